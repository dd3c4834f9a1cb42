-- Steps from one month to the next, by kommune, age and the states of the two months. Months are
-- numbered year x 12 + month - 1; states as in states.py, the strongest lowest.
-- Only months in which something happened are kept; what is left of a year was spent at home.
WITH admitted AS (
  SELECT
    pid,
    started_at,
    ended_at,
    acute,
    LAG(ended_at) OVER (PARTITION BY pid ORDER BY started_at, stay) AS ended_before
  FROM stays
  WHERE admission
),
happened AS (
  SELECT
    pid,
    CAST(12 * EXTRACT(YEAR FROM started_at) + EXTRACT(MONTH FROM started_at) - 1 AS INTEGER) AS month,
    CASE WHEN started_at <= ended_before + INTERVAL '30' DAY THEN 2 ELSE 3 END AS state
  FROM admitted
  WHERE acute
  UNION ALL
  SELECT a.pid, m.month, 3 AS state
  FROM admitted AS a
  JOIN flow_months AS m ON m.first_day > CAST(a.started_at AS DATE)
    AND m.day_after <= CAST(a.ended_at AS DATE)
  WHERE a.acute AND a.ended_at > a.started_at + INTERVAL '28' DAY
  UNION ALL
  SELECT h.pid, m.month, 4 AS state
  FROM care_home AS h
  JOIN flow_months AS m ON h.moved_in_on < m.day_after
    AND (h.moved_out_on IS NULL OR h.moved_out_on >= m.day_after)
  UNION ALL
  SELECT
    pid,
    CAST(12 * EXTRACT(YEAR FROM month_begins_on) + EXTRACT(MONTH FROM month_begins_on) - 1 AS INTEGER),
    5
  FROM home_help
  UNION ALL
  SELECT
    pid,
    CAST(12 * EXTRACT(YEAR FROM month_begins_on) + EXTRACT(MONTH FROM month_begins_on) - 1 AS INTEGER),
    5
  FROM training
  UNION ALL
  SELECT
    pid,
    CAST(12 * EXTRACT(YEAR FROM nursed_on) + EXTRACT(MONTH FROM nursed_on) - 1 AS INTEGER),
    5
  FROM home_nursing
  UNION ALL
  SELECT
    pid,
    CAST(12 * EXTRACT(YEAR FROM week_begins_on) + EXTRACT(MONTH FROM week_begins_on) - 1 AS INTEGER),
    6
  FROM gp_weeks
  WHERE specialty = '80' AND contacts >= 1
  UNION ALL
  SELECT
    pid,
    CAST(12 * EXTRACT(YEAR FROM died_on) + EXTRACT(MONTH FROM died_on) - 1 AS INTEGER),
    1
  FROM persons
  WHERE died_on IS NOT NULL
),
states AS (
  SELECT h.pid, h.month, MIN(h.state) AS state
  FROM happened AS h
  JOIN persons AS p ON p.pid = h.pid
  WHERE
    p.died_on IS NULL
    OR h.month <= 12 * EXTRACT(YEAR FROM p.died_on) + EXTRACT(MONTH FROM p.died_on) - 1
  GROUP BY h.pid, h.month
),
along AS (
  SELECT
    pid,
    month,
    state,
    LAG(month) OVER (PARTITION BY pid ORDER BY month) AS month_before,
    LEAD(month) OVER (PARTITION BY pid ORDER BY month) AS month_after,
    LEAD(state) OVER (PARTITION BY pid ORDER BY month) AS state_after
  FROM states
),
adults AS (
  SELECT
    r.pid,
    r.year,
    d.period,
    r.kommune,
    r.age,
    CASE
      WHEN EXTRACT(YEAR FROM p.died_on) = r.year THEN CAST(EXTRACT(MONTH FROM p.died_on) AS INTEGER) - 1
      ELSE 11
    END AS steps
  FROM residents AS r
  JOIN persons AS p ON p.pid = r.pid
  JOIN periods AS d ON d.year = r.year
  WHERE r.age >= 18
),
moved AS (
  SELECT
    r.pid,
    r.year,
    a.state AS origin,
    CASE WHEN a.month_after = a.month + 1 THEN a.state_after ELSE 7 END AS destination
  FROM adults AS r
  JOIN along AS a ON a.pid = r.pid AND a.month >= 12 * r.year AND a.month < 12 * r.year + 11
  WHERE a.state > 1
  UNION ALL
  SELECT r.pid, r.year, 7 AS origin, a.state AS destination
  FROM adults AS r
  JOIN along AS a ON a.pid = r.pid AND a.month > 12 * r.year AND a.month < 12 * r.year + 12
  WHERE a.month_before IS NULL OR a.month_before < a.month - 1
),
told AS (
  SELECT pid, year, origin, destination, COUNT(*) AS steps
  FROM moved
  GROUP BY pid, year, origin, destination
),
elsewhere AS (
  SELECT pid, year, CAST(SUM(steps) AS INTEGER) AS steps
  FROM told
  GROUP BY pid, year
),
each_way AS (
  SELECT pid, year, origin, destination, CAST(steps AS INTEGER) AS steps
  FROM told
  UNION ALL
  SELECT r.pid, r.year, 7 AS origin, 7 AS destination, r.steps - COALESCE(e.steps, 0) AS steps
  FROM adults AS r
  LEFT JOIN elsewhere AS e ON e.pid = r.pid AND e.year = r.year
  WHERE r.steps > COALESCE(e.steps, 0)
),
wholes AS (
  SELECT pid, year, origin, CAST(SUM(steps) AS INTEGER) AS steps, COUNT(*) AS ways
  FROM each_way
  GROUP BY pid, year, origin
),
both_kinds AS (
  SELECT w.pid, w.year, w.origin, w.destination, w.steps, CASE WHEN o.ways = 1 THEN 1 ELSE 0 END AS alone
  FROM each_way AS w
  JOIN wholes AS o ON o.pid = w.pid AND o.year = w.year AND o.origin = w.origin
  UNION ALL
  SELECT pid, year, origin, 0 AS destination, steps, 0 AS alone
  FROM wholes
)
SELECT
  r.period,
  r.kommune,
  r.age,
  CAST(b.origin AS INTEGER) AS origin,
  CAST(b.destination AS INTEGER) AS destination,
  CAST(SUM(b.steps) AS BIGINT) AS steps,
  COUNT(*) AS persons,
  CAST(SUM(b.alone) AS BIGINT) AS alone
FROM both_kinds AS b
JOIN adults AS r ON r.pid = b.pid AND r.year = b.year
GROUP BY r.period, r.kommune, r.age, b.origin, b.destination
