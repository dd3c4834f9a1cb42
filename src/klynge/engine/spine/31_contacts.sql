-- Contacts of one person chained to stays: a contact opens a new stay when it begins more than the
-- largest gap after the latest end so far. The latest end, not the previous one: contacts nest.
-- Nights are midnights by the calendar. The sum is written out because one date less another means
-- something else on another engine.
WITH behind AS (
  SELECT
    pid,
    contact_id,
    started_at,
    ended_at,
    acute,
    domain,
    specialty,
    diagnosis,
    running,
    MAX(ended_at) OVER (
      PARTITION BY pid
      ORDER BY started_at, contact_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS latest_end
  FROM contact_rows
  WHERE fate = 'used'
),
opened AS (
  SELECT
    *,
    COALESCE(started_at > latest_end + INTERVAL :max_gap_hours HOUR, TRUE) AS opens_stay
  FROM behind
)
SELECT
  pid,
  contact_id,
  CAST(
    SUM(CASE WHEN opens_stay THEN 1 ELSE 0 END) OVER (
      PARTITION BY pid
      ORDER BY started_at, contact_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS INTEGER
  ) AS stay,
  opens_stay,
  started_at,
  ended_at,
  acute,
  domain,
  specialty,
  diagnosis,
  running,
  CAST(
    365 * (EXTRACT(YEAR FROM ended_at) - EXTRACT(YEAR FROM started_at))
    + (EXTRACT(YEAR FROM ended_at) - 1) // 4 - (EXTRACT(YEAR FROM started_at) - 1) // 4
    - (EXTRACT(YEAR FROM ended_at) - 1) // 100 + (EXTRACT(YEAR FROM started_at) - 1) // 100
    + (EXTRACT(YEAR FROM ended_at) - 1) // 400 - (EXTRACT(YEAR FROM started_at) - 1) // 400
    + DAYOFYEAR(ended_at) - DAYOFYEAR(started_at)
    AS INTEGER
  ) AS nights
FROM opened
