-- Chronic diseases by local definitions, all in one pass over the diagnoses and one over the
-- medicines: what counts lies in two small tables, chronic_codes and chronic_rules, made from the
-- codelists beside the indicators. A disease begins on the day its rule is first met, so for a rule
-- of two dispensings on the second day. Two packs handed over on one day are one event.
-- Codes are matched once against the codes in use, not once against every row.
-- A disease has a number, and what an event says of it has one too, for numbers are told apart in a
-- fraction of the time of words. Kinds: 1 diagnosis for it, 2 dispensing for it, 3 diagnosis with,
-- 4 dispensing with, 5 diagnosis against, 6 dispensing against.
WITH diagnosis_codes AS (
  SELECT used.code, c.number, c.kind, c.main_only, MAX(c.from_age) AS from_age
  FROM (SELECT DISTINCT diagnosekode AS code FROM reg_diagnoser) AS used
  JOIN chronic_codes AS c
    ON used.code = c.code OR (c.by_prefix AND STARTS_WITH(used.code, c.code))
  WHERE c.register = 'diagnoses'
  GROUP BY used.code, c.number, c.kind, c.main_only
),
medicine_codes AS (
  SELECT
    used.atc,
    c.number,
    c.kind,
    COALESCE(MAX(c.not_women_under), 0) AS not_women_under,
    MAX(c.from_age) AS from_age
  FROM (SELECT DISTINCT atc FROM reg_lmdb) AS used
  JOIN chronic_codes AS c
    ON used.atc = c.code OR (c.by_prefix AND STARTS_WITH(used.atc, c.code))
  WHERE c.register = 'dispensings'
  GROUP BY used.atc, c.number, c.kind
),
born AS (
  SELECT
    pid,
    sex,
    CAST(EXTRACT(YEAR FROM born_on) AS INTEGER) AS year,
    CAST(100 * EXTRACT(MONTH FROM born_on) + EXTRACT(DAY FROM born_on) AS INTEGER) AS birthday
  FROM persons
),
events AS (
  SELECT d.pid, c.number, c.kind, d.recorded_on AS day, 0 AS not_women_under, c.from_age
  FROM diagnoses AS d
  JOIN diagnosis_codes AS c ON c.code = d.code
  WHERE d.type = 'A' OR (d.type = 'B' AND NOT c.main_only)
  UNION ALL
  SELECT m.pid, c.number, c.kind, m.dispensed_on AS day, c.not_women_under, c.from_age
  FROM dispensings AS m
  JOIN medicine_codes AS c ON c.atc = m.atc
),
aged AS (
  SELECT
    e.pid,
    e.number,
    e.kind,
    e.day,
    e.not_women_under,
    e.from_age,
    b.sex,
    EXTRACT(YEAR FROM e.day) - b.year
    - CASE
      WHEN 100 * EXTRACT(MONTH FROM e.day) + EXTRACT(DAY FROM e.day) < b.birthday THEN 1 ELSE 0
    END AS age
  FROM events AS e
  JOIN born AS b ON b.pid = e.pid
),
days AS (
  SELECT DISTINCT pid, number, kind, day
  FROM aged
  WHERE age >= from_age AND (sex <> 'female' OR age >= not_women_under)
),
tallied AS (
  SELECT
    pid,
    number,
    MIN(CASE WHEN kind = 1 THEN day END) AS first_diagnosis,
    MIN(CASE WHEN kind = 4 THEN day END) AS first_with,
    MAX(CASE WHEN kind <= 4 THEN day END) AS last_day,
    SUM(CASE WHEN kind = 1 THEN 1 ELSE 0 END) AS diagnoses_for,
    SUM(CASE WHEN kind = 5 THEN 1 ELSE 0 END) AS diagnoses_against,
    SUM(CASE WHEN kind = 6 THEN 1 ELSE 0 END) AS dispensings_against
  FROM days
  GROUP BY pid, number
),
behind AS (
  SELECT
    d.pid,
    d.number,
    d.day,
    r.apart_days,
    r.within_days,
    LAG(d.day) OVER (PARTITION BY d.pid, d.number, d.kind ORDER BY d.day) AS day_before,
    MIN(d.day) OVER (
      PARTITION BY d.pid, d.number, d.kind
      ORDER BY d.day
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS first_day
  FROM days AS d
  JOIN chronic_rules AS r ON r.number = d.number AND r.kind = d.kind
  WHERE r.events_needed = 2
),
met AS (
  SELECT d.pid, d.number, MIN(d.day) AS day
  FROM days AS d
  JOIN chronic_rules AS r ON r.number = d.number AND r.kind = d.kind
  WHERE r.events_needed = 1
  GROUP BY d.pid, d.number
  UNION ALL
  SELECT pid, number, day
  FROM behind
  WHERE
    day >= first_day + apart_days
    AND (within_days IS NULL OR day <= day_before + within_days)
  UNION ALL
  SELECT
    pid,
    number,
    CASE WHEN first_diagnosis > first_with THEN first_diagnosis ELSE first_with END AS day
  FROM tallied
  WHERE first_diagnosis IS NOT NULL AND first_with IS NOT NULL
),
begun AS (
  SELECT
    m.pid,
    r.disease,
    MIN(m.day) AS began_on,
    MAX(t.last_day) AS last_day,
    MAX(r.unless) AS unless,
    MAX(r.gone_after) AS gone_after
  FROM met AS m
  JOIN tallied AS t ON t.pid = m.pid AND t.number = m.number
  JOIN chronic_rules AS r ON r.number = m.number AND r.register = 'diagnoses'
  WHERE
    NOT (t.diagnoses_against > t.diagnoses_for AND t.dispensings_against > 0)
    AND NOT (r.majority AND t.diagnoses_against >= t.diagnoses_for)
  GROUP BY m.pid, r.disease
),
ended AS (
  SELECT
    b.pid,
    b.disease,
    b.began_on,
    other.began_on AS other_began_on,
    b.last_day + b.gone_after AS gone_on
  FROM begun AS b
  LEFT JOIN begun AS other ON other.pid = b.pid AND other.disease = b.unless
)
SELECT
  pid,
  disease,
  began_on,
  CASE
    WHEN other_began_on IS NULL THEN gone_on
    WHEN gone_on IS NULL OR other_began_on < gone_on THEN other_began_on
    ELSE gone_on
  END AS ended_on
FROM ended
WHERE other_began_on IS NULL OR other_began_on > began_on
