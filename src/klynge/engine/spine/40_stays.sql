-- One row a stay. Whether it was acute, its domain and its diagnosis are those of the first contact:
-- why the person came, not what was found or arose later.
WITH chained AS (
  SELECT
    pid,
    stay,
    MIN(started_at) AS started_at,
    MAX(ended_at) AS ended_at,
    MAX(CASE WHEN opens_stay AND acute THEN 1 ELSE 0 END) = 1 AS acute,
    MAX(CASE WHEN opens_stay THEN domain END) AS domain,
    MAX(CASE WHEN opens_stay THEN specialty END) AS specialty,
    MAX(CASE WHEN opens_stay THEN diagnosis END) AS diagnosis,
    MAX(CASE WHEN running THEN 1 ELSE 0 END) = 1 AS running,
    CAST(COUNT(*) AS INTEGER) AS contacts
  FROM contacts
  GROUP BY pid, stay
)
SELECT
  s.pid,
  s.stay,
  s.started_at,
  s.ended_at,
  s.acute,
  s.domain,
  s.specialty,
  s.diagnosis,
  s.ended_at >= s.started_at + INTERVAL :admission_min_hours HOUR AS admission,
  s.ended_at < s.started_at + INTERVAL 24 HOUR AS under_24_hours,
  s.running,
  COALESCE(p.died_on <= CAST(s.ended_at AS DATE), FALSE) AS died,
  s.contacts
FROM chained AS s
JOIN persons AS p ON p.pid = s.pid
