-- The highest level completed so far, from the day it was until the day a higher one is.
WITH first_days AS (
  SELECT pid, rank, MIN(completed_on) AS completed_on
  FROM education_rows
  WHERE fate = 'used'
  GROUP BY pid, rank
),
so_far AS (
  SELECT
    pid,
    rank,
    completed_on,
    MAX(rank) OVER (
      PARTITION BY pid ORDER BY completed_on, rank DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS before
  FROM first_days
)
SELECT
  pid,
  CASE rank WHEN 1 THEN 'low' WHEN 2 THEN 'middle' ELSE 'high' END AS level,
  completed_on AS held_from,
  LEAD(completed_on) OVER (PARTITION BY pid ORDER BY completed_on) AS held_until
FROM so_far
WHERE before IS NULL OR rank > before
