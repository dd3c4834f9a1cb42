-- Diabetes by the open OSDC algorithm: from the second event of any kind (an event is one kind on
-- one day), and its type. Events are a high HbA1c, glucose-lowering medicine, a hospital diagnosis
-- and the podiatrist's diabetes services. HbA1c and medicine in and around a pregnancy do not count,
-- nor metformin that may be for polycystic ovaries.
WITH pregnancies AS (
  SELECT DISTINCT pid, recorded_on AS day
  FROM diagnosis_rows
  WHERE
    fate = 'used'
    AND type IN ('A', 'B')
    AND SUBSTRING(code, 1, 4) IN (
      'DO00', 'DO01', 'DO02', 'DO03', 'DO04', 'DO05', 'DO06',
      'DO80', 'DO81', 'DO82', 'DO83', 'DO84', 'DZ33', 'DZ37'
    )
),
diagnosed AS (
  SELECT
    pid,
    recorded_on AS day,
    type,
    CASE
      WHEN code LIKE 'DE10%' OR code LIKE '249%' THEN 'T1D'
      WHEN code LIKE 'DE11%' OR code LIKE '250%' THEN 'T2D'
    END AS kind,
    specialty IN ('medicinsk endokrinologi', 'endokrinologi') AS endocrinology,
    specialty IN (
      'blandet medicin og kirurgi', 'intern medicin', 'geriatri', 'hepatologi', 'hæmatologi',
      'infektionsmedicin', 'kardiologi', 'medicinsk allergologi', 'medicinsk gastroenterologi',
      'medicinsk lungesygdomme', 'lungesygdomme', 'nefrologi', 'reumatologi',
      'palliativ medicin', 'akut medicin', 'akutmedicin', 'dermato-venerologi', 'neurologi',
      'onkologi', 'fysiurgi', 'tropemedicin'
    ) AS medical
  FROM diagnosis_rows
  WHERE
    fate = 'used'
    AND type IN ('A', 'B')
    AND (
      SUBSTRING(code, 1, 4) IN ('DE10', 'DE11', 'DE12', 'DE13', 'DE14')
      OR SUBSTRING(code, 1, 3) IN ('249', '250')
    )
),
bought AS (
  SELECT
    m.pid,
    m.dispensed_on AS day,
    m.atc,
    m.indication,
    CAST(ROUND(100 * COALESCE(m.ddd, 0)) AS BIGINT) AS doses,
    m.atc LIKE 'A10A%' AND NOT m.atc LIKE 'A10AE56%' AS insulin,
    p.sex,
    EXTRACT(YEAR FROM m.dispensed_on) - EXTRACT(YEAR FROM p.born_on)
    - CASE
      WHEN EXTRACT(MONTH FROM m.dispensed_on) < EXTRACT(MONTH FROM p.born_on) THEN 1
      WHEN EXTRACT(MONTH FROM m.dispensed_on) = EXTRACT(MONTH FROM p.born_on)
        AND EXTRACT(DAY FROM m.dispensed_on) < EXTRACT(DAY FROM p.born_on) THEN 1
      ELSE 0
    END AS age
  FROM dispensing_rows AS m
  JOIN persons AS p ON p.pid = m.pid
  WHERE
    m.fate = 'used'
    AND m.atc LIKE 'A10%'
    AND NOT (m.atc LIKE 'A10BJ%' OR m.atc LIKE 'A10BK01%' OR m.atc LIKE 'A10BK03%')
),
medicine AS (
  SELECT b.pid, b.day, b.doses, b.insulin
  FROM bought AS b
  WHERE
    NOT (
      COALESCE(b.sex = 'female', FALSE)
      AND b.atc = 'A10BA02'
      AND (
        COALESCE(b.age < 40, FALSE)
        OR COALESCE(b.indication IN ('0000092', '0000276', '0000781'), FALSE)
      )
    )
    AND NOT EXISTS (
      SELECT 1
      FROM pregnancies AS g
      WHERE g.pid = b.pid AND b.day >= g.day - 280 AND b.day <= g.day + 84
    )
),
tests AS (
  SELECT l.pid, l.taken_on AS day
  FROM lab_result_rows AS l
  WHERE
    l.fate = 'used'
    AND l.is_high
    AND NOT EXISTS (
      SELECT 1
      FROM pregnancies AS g
      WHERE g.pid = l.pid AND l.taken_on >= g.day - 280 AND l.taken_on <= g.day + 84
    )
),
events AS (
  SELECT DISTINCT pid, day, 'diagnosis' AS kind FROM diagnosed
  UNION ALL
  SELECT DISTINCT pid, day, 'medicine' AS kind FROM medicine
  UNION ALL
  SELECT DISTINCT pid, day, 'test' AS kind FROM tests
  UNION ALL
  SELECT DISTINCT pid, week_begins_on AS day, 'podiatrist' AS kind
  FROM gp_weeks
  WHERE specialty = '54'
),
numbered AS (
  SELECT pid, day, ROW_NUMBER() OVER (PARTITION BY pid ORDER BY day, kind) AS place
  FROM events
),
included AS (
  SELECT pid, day AS began_on
  FROM numbered
  WHERE place = 2
),
told AS (
  SELECT
    pid,
    SUM(CASE WHEN endocrinology AND kind = 'T1D' THEN 1 ELSE 0 END) AS type_1_endocrinology,
    SUM(CASE WHEN endocrinology AND kind = 'T2D' THEN 1 ELSE 0 END) AS type_2_endocrinology,
    SUM(CASE WHEN medical AND kind = 'T1D' THEN 1 ELSE 0 END) AS type_1_medical,
    SUM(CASE WHEN medical AND kind = 'T2D' THEN 1 ELSE 0 END) AS type_2_medical
  FROM diagnosed
  WHERE type = 'A'
  GROUP BY pid
),
treated AS (
  SELECT
    pid,
    SUM(doses) AS doses,
    SUM(CASE WHEN insulin THEN doses ELSE 0 END) AS insulin_doses,
    SUM(CASE WHEN insulin THEN 0 ELSE 1 END) AS other_purchases,
    MIN(day) AS first_on,
    MIN(CASE WHEN insulin THEN day END) AS first_insulin_on
  FROM medicine
  GROUP BY pid
)
SELECT
  i.pid,
  i.began_on,
  CASE WHEN i.began_on >= MAKE_DATE(1998, 1, 1) THEN i.began_on END AS stable_from,
  CASE
    WHEN t.first_insulin_on IS NULL THEN 'T2D'
    WHEN t.other_purchases = 0
      THEN CASE
        WHEN COALESCE(d.type_1_endocrinology + d.type_1_medical, 0) >= 1 THEN 'T1D'
        ELSE 'T2D'
      END
    WHEN COALESCE(
      CASE
        WHEN d.type_1_endocrinology + d.type_2_endocrinology > 0
          THEN d.type_1_endocrinology > d.type_2_endocrinology
        ELSE d.type_1_medical > d.type_2_medical
      END,
      FALSE
    )
    AND 3 * t.insulin_doses >= 2 * t.doses
    AND t.first_insulin_on <= t.first_on + 180
      THEN 'T1D'
    ELSE 'T2D'
  END AS type
FROM included AS i
LEFT JOIN told AS d ON d.pid = i.pid
LEFT JOIN treated AS t ON t.pid = i.pid
