-- Chronic diseases by local definitions, all in one pass over the diagnoses and one over the
-- medicines: what counts lies in two small tables, chronic_codes and chronic_rules, made from the
-- codelists beside the indicators. A disease begins on the day its rule is first met, so for a rule
-- of two dispensings on the second day. Two packs handed over on one day are one event.
-- Codes are matched once against the codes in use, not once against every row.
WITH diagnosis_codes AS (
  SELECT DISTINCT used.code, c.disease, c.role
  FROM (SELECT DISTINCT diagnosekode AS code FROM reg_diagnoser) AS used
  JOIN chronic_codes AS c
    ON used.code = c.code OR (c.by_prefix AND STARTS_WITH(used.code, c.code))
  WHERE c.register = 'diagnoses'
),
medicine_codes AS (
  SELECT used.atc, c.disease, c.role, MAX(c.not_women_under) AS not_women_under
  FROM (SELECT DISTINCT atc FROM reg_lmdb) AS used
  JOIN chronic_codes AS c
    ON used.atc = c.code OR (c.by_prefix AND STARTS_WITH(used.atc, c.code))
  WHERE c.register = 'dispensings'
  GROUP BY used.atc, c.disease, c.role
),
events AS (
  SELECT d.pid, c.disease, c.role, 'diagnoses' AS register, d.recorded_on AS day, 0 AS not_women_under
  FROM diagnoses AS d
  JOIN diagnosis_codes AS c ON c.code = d.code
  WHERE d.type IN ('A', 'B')
  UNION ALL
  SELECT m.pid, c.disease, c.role, 'dispensings' AS register, m.dispensed_on AS day, c.not_women_under
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
  SELECT DISTINCT a.pid, a.disease, a.role, a.register, a.day
  FROM aged AS a
  LEFT JOIN chronic_rules AS r ON r.disease = a.disease AND r.register = a.register
  WHERE
    a.age >= COALESCE(r.from_age, 0)
    AND (a.sex <> 'female' OR a.age >= COALESCE(a.not_women_under, 0))
),
weighed AS (
  SELECT pid, disease
  FROM days
  GROUP BY pid, disease
  HAVING
    SUM(CASE WHEN role = 'against' AND register = 'diagnoses' THEN 1 ELSE 0 END)
    > SUM(CASE WHEN role = 'for' AND register = 'diagnoses' THEN 1 ELSE 0 END)
    AND SUM(CASE WHEN role = 'against' AND register = 'dispensings' THEN 1 ELSE 0 END) > 0
),
behind AS (
  SELECT
    pid,
    disease,
    register,
    day,
    LAG(day) OVER (PARTITION BY pid, disease, register ORDER BY day) AS day_before
  FROM days
  WHERE role = 'for'
)
SELECT b.pid, b.disease, MIN(b.day) AS began_on
FROM behind AS b
JOIN chronic_rules AS r ON r.disease = b.disease AND r.register = b.register
LEFT JOIN weighed AS w ON w.pid = b.pid AND w.disease = b.disease
WHERE
  w.pid IS NULL
  AND (
    r.events_needed = 1
    OR (b.day_before IS NOT NULL AND (r.within_days IS NULL OR b.day <= b.day_before + r.within_days))
  )
GROUP BY b.pid, b.disease
