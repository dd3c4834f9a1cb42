-- Every year of reablement, with what becomes of it.
SELECT
  p.pid,
  CAST(r.aar AS INTEGER) AS year,
  CASE
    WHEN p.pid IS NULL AND r.replacement THEN 'replacement_number'
    WHEN p.pid IS NULL THEN 'no_residence'
    WHEN r.aar IS NULL THEN 'impossible_times'
    ELSE 'used'
  END AS fate
FROM reg_aerehab AS r
LEFT JOIN persons AS p ON p.pnr = r.pnr
