-- Chronic diseases by local definitions, all in one pass over the diagnoses and one over the
-- medicines: what counts lies in two small tables, chronic_codes and chronic_rules, made from the
-- codelists beside the indicators. A disease begins on the day its rule is first met, so for a rule
-- of two dispensings on the second day. Two packs handed over on one day are one event.
-- Codes are matched once against the codes in use, not once against every row.
WITH diagnosis_codes AS (
  SELECT used.code, c.disease, c.role, c.main_only, MAX(c.from_age) AS from_age
  FROM (SELECT DISTINCT diagnosekode AS code FROM reg_diagnoser) AS used
  JOIN chronic_codes AS c
    ON used.code = c.code OR (c.by_prefix AND STARTS_WITH(used.code, c.code))
  WHERE c.register = 'diagnoses'
  GROUP BY used.code, c.disease, c.role, c.main_only
),
medicine_codes AS (
  SELECT
    used.atc,
    c.disease,
    c.role,
    MAX(c.not_women_under) AS not_women_under,
    MAX(c.from_age) AS from_age
  FROM (SELECT DISTINCT atc FROM reg_lmdb) AS used
  JOIN chronic_codes AS c
    ON used.atc = c.code OR (c.by_prefix AND STARTS_WITH(used.atc, c.code))
  WHERE c.register = 'dispensings'
  GROUP BY used.atc, c.disease, c.role
),
events AS (
  SELECT
    d.pid,
    c.disease,
    c.role,
    'diagnoses' AS register,
    d.recorded_on AS day,
    0 AS not_women_under,
    c.from_age
  FROM diagnoses AS d
  JOIN diagnosis_codes AS c ON c.code = d.code
  WHERE d.type = 'A' OR (d.type = 'B' AND NOT c.main_only)
  UNION ALL
  SELECT
    m.pid,
    c.disease,
    c.role,
    'dispensings' AS register,
    m.dispensed_on AS day,
    c.not_women_under,
    c.from_age
  FROM dispensings AS m
  JOIN medicine_codes AS c ON c.atc = m.atc
),
aged AS (
  SELECT
    e.pid,
    e.disease,
    e.role,
    e.register,
    e.day,
    e.not_women_under,
    e.from_age,
    p.sex,
    EXTRACT(YEAR FROM e.day) - EXTRACT(YEAR FROM p.born_on)
    - CASE
      WHEN EXTRACT(MONTH FROM e.day) < EXTRACT(MONTH FROM p.born_on) THEN 1
      WHEN EXTRACT(MONTH FROM e.day) = EXTRACT(MONTH FROM p.born_on)
        AND EXTRACT(DAY FROM e.day) < EXTRACT(DAY FROM p.born_on) THEN 1
      ELSE 0
    END AS age
  FROM events AS e
  JOIN persons AS p ON p.pid = e.pid
),
days AS (
  SELECT DISTINCT pid, disease, role, register, day
  FROM aged
  WHERE age >= from_age AND (sex <> 'female' OR age >= COALESCE(not_women_under, 0))
),
tallied AS (
  SELECT
    pid,
    disease,
    MIN(CASE WHEN role = 'for' AND register = 'diagnoses' THEN day END) AS first_diagnosis,
    MIN(CASE WHEN role = 'with' AND register = 'dispensings' THEN day END) AS first_with,
    MAX(CASE WHEN role IN ('for', 'with') THEN day END) AS last_day,
    SUM(CASE WHEN role = 'for' AND register = 'diagnoses' THEN 1 ELSE 0 END) AS diagnoses_for,
    SUM(CASE WHEN role = 'against' AND register = 'diagnoses' THEN 1 ELSE 0 END)
      AS diagnoses_against,
    SUM(CASE WHEN role = 'against' AND register = 'dispensings' THEN 1 ELSE 0 END)
      AS dispensings_against
  FROM days
  GROUP BY pid, disease
),
behind AS (
  SELECT
    pid,
    disease,
    register,
    day,
    LAG(day) OVER (PARTITION BY pid, disease, register ORDER BY day) AS day_before,
    MIN(day) OVER (
      PARTITION BY pid, disease, register
      ORDER BY day
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS first_day
  FROM days
  WHERE role = 'for'
),
met AS (
  SELECT b.pid, b.disease, b.day
  FROM behind AS b
  JOIN chronic_rules AS r ON r.disease = b.disease AND r.register = b.register
  WHERE
    r.events_needed = 1
    OR (
      r.events_needed = 2
      AND b.day >= b.first_day + r.apart_days
      AND (r.within_days IS NULL OR b.day <= b.day_before + r.within_days)
    )
  UNION ALL
  SELECT
    t.pid,
    t.disease,
    CASE WHEN t.first_diagnosis > t.first_with THEN t.first_diagnosis ELSE t.first_with END AS day
  FROM tallied AS t
  WHERE t.first_diagnosis IS NOT NULL AND t.first_with IS NOT NULL
),
begun AS (
  SELECT
    m.pid,
    m.disease,
    MIN(m.day) AS began_on,
    MAX(t.last_day) AS last_day,
    MAX(r.unless) AS unless,
    MAX(r.gone_after) AS gone_after
  FROM met AS m
  JOIN tallied AS t ON t.pid = m.pid AND t.disease = m.disease
  JOIN chronic_rules AS r ON r.disease = m.disease AND r.register = 'diagnoses'
  WHERE
    NOT (t.diagnoses_against > t.diagnoses_for AND t.dispensings_against > 0)
    AND NOT (r.majority AND t.diagnoses_against >= t.diagnoses_for)
  GROUP BY m.pid, m.disease
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
