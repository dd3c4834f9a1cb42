-- The days of a year that people who lived here on its 1 January were not here: from the day after
-- their death, and from the day they left the country until the day they were back. Moves within the
-- country take nothing away: what is counted of people follows them there.
-- A second move out without one home in between says nothing new, and so with moves in.
WITH dated AS (
  SELECT
    r.pid,
    r.year,
    DAYOFYEAR(m.moved_on) AS day,
    m.direction,
    LAG(m.direction) OVER (PARTITION BY r.pid, r.year ORDER BY m.moved_on) AS before
  FROM residents AS r
  JOIN migrations AS m ON m.pid = r.pid AND EXTRACT(YEAR FROM m.moved_on) = r.year
),
turns AS (
  SELECT
    pid,
    year,
    day,
    direction,
    LEAD(day) OVER (PARTITION BY pid, year ORDER BY day) AS back
  FROM dated
  WHERE direction <> COALESCE(before, 'in')
),
whole AS (
  SELECT
    r.pid,
    r.year,
    DAYOFYEAR(MAKE_DATE(r.year, 12, 31)) + 1 AS after_year,
    CASE
      WHEN EXTRACT(YEAR FROM p.died_on) = r.year THEN DAYOFYEAR(p.died_on)
      ELSE DAYOFYEAR(MAKE_DATE(r.year, 12, 31))
    END + 1 AS after_life
  FROM residents AS r
  JOIN persons AS p ON p.pid = r.pid
),
away AS (
  SELECT
    t.pid,
    t.year,
    SUM(LEAST(COALESCE(t.back, w.after_life), w.after_life) - LEAST(t.day, w.after_life)) AS days
  FROM turns AS t
  JOIN whole AS w ON w.pid = t.pid AND w.year = t.year
  WHERE t.direction = 'out'
  GROUP BY t.pid, t.year
)
SELECT
  w.pid,
  w.year,
  CAST(w.after_year - w.after_life + COALESCE(a.days, 0) AS INTEGER) AS days
FROM whole AS w
LEFT JOIN away AS a ON a.pid = w.pid AND a.year = w.year
WHERE w.after_year - w.after_life + COALESCE(a.days, 0) > 0
