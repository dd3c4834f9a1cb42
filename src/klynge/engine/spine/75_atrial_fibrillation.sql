-- Each person's first diagnosis of atrial fibrillation: how many points of CHA2DS2-VASc they had
-- that day (signs up to the day, age and sex), and whether they got medicine against clots from 120
-- days before to 30 days after. Which codes are signs of what lies in the small table score_codes.
WITH diagnosis_codes AS (
  SELECT used.code, c.score, c.family, c.points, c.days
  FROM (SELECT DISTINCT diagnosekode AS code FROM reg_diagnoser) AS used
  JOIN score_codes AS c
    ON used.code = c.code OR (c.by_prefix AND STARTS_WITH(used.code, c.code))
  WHERE c.register = 'diagnoses' AND c.moment = 'atrial_fibrillation'
),
medicine_codes AS (
  SELECT used.atc, c.score, c.family, c.points, c.days
  FROM (SELECT DISTINCT atc FROM reg_lmdb) AS used
  JOIN score_codes AS c
    ON used.atc = c.code OR (c.by_prefix AND STARTS_WITH(used.atc, c.code))
  WHERE c.register = 'dispensings' AND c.moment = 'atrial_fibrillation'
),
first_diagnosis AS (
  SELECT d.pid, MIN(d.recorded_on) AS diagnosed_on
  FROM diagnoses AS d
  JOIN diagnosis_codes AS c ON c.code = d.code
  WHERE c.score = 'atrial_fibrillation' AND d.type IN ('A', 'B')
  GROUP BY d.pid
),
signs AS (
  SELECT f.pid, f.diagnosed_on, d.recorded_on AS day, c.score, c.family, c.points, c.days
  FROM first_diagnosis AS f
  JOIN diagnoses AS d ON d.pid = f.pid
  JOIN diagnosis_codes AS c ON c.code = d.code
  WHERE d.type IN ('A', 'B')
  UNION ALL
  SELECT f.pid, f.diagnosed_on, m.dispensed_on AS day, c.score, c.family, c.points, c.days
  FROM first_diagnosis AS f
  JOIN dispensings AS m ON m.pid = f.pid
  JOIN medicine_codes AS c ON c.atc = m.atc
),
families AS (
  SELECT pid, family, MAX(points) AS points
  FROM signs
  WHERE score = 'cha2ds2_vasc' AND day <= diagnosed_on AND day >= diagnosed_on - days
  GROUP BY pid, family
),
scored AS (
  SELECT pid, SUM(points) AS points
  FROM families
  GROUP BY pid
),
treated AS (
  SELECT DISTINCT pid
  FROM signs
  WHERE score = 'anticoagulant' AND day >= diagnosed_on - 120 AND day <= diagnosed_on + 30
),
aged AS (
  SELECT
    f.pid,
    f.diagnosed_on,
    p.sex,
    p.died_on,
    EXTRACT(YEAR FROM f.diagnosed_on) - EXTRACT(YEAR FROM p.born_on)
    - CASE
      WHEN EXTRACT(MONTH FROM f.diagnosed_on) < EXTRACT(MONTH FROM p.born_on) THEN 1
      WHEN EXTRACT(MONTH FROM f.diagnosed_on) = EXTRACT(MONTH FROM p.born_on)
        AND EXTRACT(DAY FROM f.diagnosed_on) < EXTRACT(DAY FROM p.born_on) THEN 1
      ELSE 0
    END AS age
  FROM first_diagnosis AS f
  JOIN persons AS p ON p.pid = f.pid
)
SELECT
  a.pid,
  a.diagnosed_on,
  CAST(
    COALESCE(s.points, 0)
    + CASE WHEN a.age >= 75 THEN 2 WHEN a.age >= 65 THEN 1 ELSE 0 END
    + CASE WHEN a.sex = 'female' THEN 1 ELSE 0 END
    AS INTEGER
  ) AS score,
  t.pid IS NOT NULL AS anticoagulated,
  COALESCE(a.died_on < a.diagnosed_on + 30, FALSE) AS died_within_30_days,
  a.diagnosed_on + 30 < CAST(:extract_end AS DATE) AS followed_30_days
FROM aged AS a
LEFT JOIN scored AS s ON s.pid = a.pid
LEFT JOIN treated AS t ON t.pid = a.pid
