-- Every day of home nursing, with what becomes of it.
SELECT
  p.pid,
  n.hjemsygep_dato AS nursed_on,
  CASE
    WHEN p.pid IS NULL AND n.replacement THEN 'replacement_number'
    WHEN p.pid IS NULL THEN 'no_residence'
    WHEN n.hjemsygep_dato IS NULL THEN 'impossible_times'
    ELSE 'used'
  END AS fate
FROM reg_aehjsp AS n
LEFT JOIN persons AS p ON p.pnr = n.pnr
