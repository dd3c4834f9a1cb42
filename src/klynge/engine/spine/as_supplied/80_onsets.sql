-- Chronic diseases as the register RUKS tells them: from the first debut to the last day out.
SELECT
  pid,
  disease,
  MIN(began_on) AS began_on,
  CASE WHEN COUNT(*) = COUNT(ended_on) THEN MAX(ended_on) END AS ended_on
FROM ruks_rows
WHERE fate = 'used'
GROUP BY pid, disease
