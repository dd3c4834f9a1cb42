-- Every municipal offer of prevention (section 119), with what becomes of it.
SELECT
  p.pid,
  f.start_dato AS began_on,
  f.slut_dato + 1 AS ended_on,
  CASE
    WHEN p.pid IS NULL AND f.replacement THEN 'replacement_number'
    WHEN p.pid IS NULL THEN 'no_residence'
    WHEN f.start_dato IS NULL OR f.slut_dato < f.start_dato THEN 'impossible_times'
    ELSE 'used'
  END AS fate
FROM reg_forebyggelsestilbud AS f
LEFT JOIN persons AS p ON p.pnr = f.cpr
