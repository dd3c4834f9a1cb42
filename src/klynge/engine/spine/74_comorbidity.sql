-- The points of each score on 1 January of each year, for residents with at least one sign: those
-- of the signs within reach, of each family the one with most points. What the scores are made of
-- lies in the small table score_codes. Codes are matched once against the codes in use.
WITH diagnosis_codes AS (
  SELECT used.code, c.score, c.family, c.points, c.days, c.nearest
  FROM (SELECT DISTINCT diagnosekode AS code FROM reg_diagnoser) AS used
  JOIN score_codes AS c
    ON used.code = c.code OR (c.by_prefix AND STARTS_WITH(used.code, c.code))
  WHERE c.register = 'diagnoses' AND c.moment = 'new_year'
),
medicine_codes AS (
  SELECT used.atc, c.score, c.family, c.points, c.days, c.nearest
  FROM (SELECT DISTINCT atc FROM reg_lmdb) AS used
  JOIN score_codes AS c
    ON used.atc = c.code OR (c.by_prefix AND STARTS_WITH(used.atc, c.code))
  WHERE c.register = 'dispensings' AND c.moment = 'new_year'
),
signs AS (
  SELECT DISTINCT d.pid, d.recorded_on AS day, c.score, c.family, c.points, c.days, c.nearest
  FROM diagnoses AS d
  JOIN diagnosis_codes AS c ON c.code = d.code
  WHERE d.type IN ('A', 'B')
  UNION ALL
  SELECT DISTINCT m.pid, m.dispensed_on AS day, c.score, c.family, c.points, c.days, c.nearest
  FROM dispensings AS m
  JOIN medicine_codes AS c ON c.atc = m.atc
),
families AS (
  SELECT r.pid, r.year, s.score, s.family, MAX(s.points) AS points
  FROM residents AS r
  JOIN signs AS s ON s.pid = r.pid
  WHERE
    s.day >= MAKE_DATE(r.year, 1, 1) - s.days
    AND s.day <= MAKE_DATE(r.year, 1, 1) - s.nearest
  GROUP BY r.pid, r.year, s.score, s.family
)
SELECT pid, MAKE_DATE(year, 1, 1) AS taken_on, score, CAST(SUM(points) AS INTEGER) AS points
FROM families
GROUP BY pid, year, score
