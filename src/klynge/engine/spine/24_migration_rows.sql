-- Every move into or out of the country, with what becomes of it.
SELECT
  p.pid,
  m.haend_dato AS moved_on,
  CASE WHEN m.indud_kode = 'U' THEN 'out' ELSE 'in' END AS direction,
  CASE
    WHEN p.pid IS NULL AND m.replacement THEN 'replacement_number'
    WHEN p.pid IS NULL THEN 'no_residence'
    WHEN m.haend_dato IS NULL OR m.haend_dato < p.born_on THEN 'impossible_times'
    WHEN m.haend_dato > p.died_on THEN 'after_death'
    ELSE 'used'
  END AS fate
FROM reg_vnds AS m
LEFT JOIN persons AS p ON p.pnr = m.pnr
