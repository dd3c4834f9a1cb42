-- Every preventive home visit, with what becomes of it.
SELECT
  p.pid,
  v.besoeg_dato AS visited_on,
  CASE
    WHEN p.pid IS NULL AND v.replacement THEN 'replacement_number'
    WHEN p.pid IS NULL THEN 'no_residence'
    WHEN v.besoeg_dato IS NULL THEN 'impossible_times'
    ELSE 'used'
  END AS fate
FROM reg_aefb AS v
LEFT JOIN persons AS p ON p.pnr = v.pnr
