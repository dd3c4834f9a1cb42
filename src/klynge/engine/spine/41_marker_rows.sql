-- Every marker of a contact, with what becomes of it. Only those of being ready for discharge count.
SELECT
  p.pid,
  m.dato AS marked_on,
  m.markoer AS marker,
  CASE
    WHEN p.pid IS NULL AND m.replacement THEN 'replacement_number'
    WHEN p.pid IS NULL THEN 'no_residence'
    WHEN m.dato IS NULL THEN 'impossible_times'
    WHEN m.markoer NOT IN ('AWA1', 'AWX1') THEN 'other_marker'
    ELSE 'used'
  END AS fate
FROM reg_markoerer AS m
LEFT JOIN persons AS p ON p.pnr = m.cpr
