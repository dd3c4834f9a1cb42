-- Every month of training, with what becomes of it.
SELECT
  p.pid,
  MAKE_DATE(
    CAST(SUBSTRING(t.haend_mdr, 1, 4) AS INTEGER), CAST(SUBSTRING(t.haend_mdr, 5, 2) AS INTEGER), 1
  ) AS month_begins_on,
  CASE
    WHEN p.pid IS NULL AND t.replacement THEN 'replacement_number'
    WHEN p.pid IS NULL THEN 'no_residence'
    WHEN t.haend_mdr IS NULL THEN 'impossible_times'
    ELSE 'used'
  END AS fate
FROM reg_aetr AS t
LEFT JOIN persons AS p ON p.pnr = t.pnr
