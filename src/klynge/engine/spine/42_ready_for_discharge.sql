-- Times of being ready for discharge (AWA1) within a finished admission: until the marker is taken
-- back (AWX1) or the admission ends. A second AWA1 before that begins nothing new.
-- Days are counted by the calendar; the sum is written out because one date less another means
-- something else on another engine.
WITH marked AS (
  SELECT DISTINCT
    s.pid,
    s.stay,
    s.domain,
    CAST(s.ended_at AS DATE) AS discharged_on,
    m.marked_on,
    m.marker
  FROM stays AS s
  JOIN marker_rows AS m ON m.pid = s.pid
  WHERE
    m.fate = 'used'
    AND s.admission
    AND NOT s.running
    AND m.marked_on >= CAST(s.started_at AS DATE)
    AND m.marked_on <= CAST(s.ended_at AS DATE)
),
ordered AS (
  SELECT
    *,
    LAG(marker) OVER (PARTITION BY pid, stay ORDER BY marked_on, marker) AS marker_before,
    MIN(CASE WHEN marker = 'AWX1' THEN marked_on END) OVER (
      PARTITION BY pid, stay
      ORDER BY marked_on, marker
      ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS taken_back_on
  FROM marked
),
ready AS (
  SELECT pid, domain, discharged_on, marked_on, COALESCE(taken_back_on, discharged_on) AS ended_on
  FROM ordered
  WHERE marker = 'AWA1' AND COALESCE(marker_before, 'AWX1') = 'AWX1'
)
SELECT
  pid,
  domain,
  marked_on AS ready_on,
  discharged_on,
  CAST(
    365 * (EXTRACT(YEAR FROM ended_on) - EXTRACT(YEAR FROM marked_on))
    + (EXTRACT(YEAR FROM ended_on) - 1) // 4 - (EXTRACT(YEAR FROM marked_on) - 1) // 4
    - (EXTRACT(YEAR FROM ended_on) - 1) // 100 + (EXTRACT(YEAR FROM marked_on) - 1) // 100
    + (EXTRACT(YEAR FROM ended_on) - 1) // 400 - (EXTRACT(YEAR FROM marked_on) - 1) // 400
    + DAYOFYEAR(ended_on) - DAYOFYEAR(marked_on)
    AS INTEGER
  ) AS days
FROM ready
