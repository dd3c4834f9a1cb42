-- Those that the register does not tell, by the local rules.
SELECT
  o.pid,
  o.disease,
  o.began_on,
  o.ended_on
FROM local_onsets AS o
LEFT JOIN (SELECT DISTINCT disease FROM ruks_names) AS told ON told.disease = o.disease
WHERE told.disease IS NULL
