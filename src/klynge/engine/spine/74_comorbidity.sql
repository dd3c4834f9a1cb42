-- The points of each score on 1 January of each year, for residents with at least one sign: those
-- of the signs within reach, of each family the one with most points. What the scores are made of
-- lies in the small table score_codes. Codes are matched once against the codes in use, and families
-- are told apart by their numbers: words cost several times more.
-- A sign counts on the first 1 January that is at least `nearest` days after it, and on every later
-- one that is at most `days` after: from one year to another, so a sign told many times is one.
WITH diagnosis_codes AS (
  SELECT DISTINCT used.code, c.number, c.points, c.days, c.nearest
  FROM (SELECT DISTINCT diagnosekode AS code FROM reg_diagnoser) AS used
  JOIN score_codes AS c
    ON used.code = c.code OR (c.by_prefix AND STARTS_WITH(used.code, c.code))
  WHERE c.register = 'diagnoses' AND c.moment = 'new_year'
),
medicine_codes AS (
  SELECT DISTINCT used.atc, c.number, c.points, c.days, c.nearest
  FROM (SELECT DISTINCT atc FROM reg_lmdb) AS used
  JOIN score_codes AS c
    ON used.atc = c.code OR (c.by_prefix AND STARTS_WITH(used.atc, c.code))
  WHERE c.register = 'dispensings' AND c.moment = 'new_year'
),
events AS (
  SELECT d.pid, d.recorded_on AS day, c.number, c.points, c.days, c.nearest
  FROM diagnoses AS d
  JOIN diagnosis_codes AS c ON c.code = d.code
  WHERE d.type IN ('A', 'B')
  UNION ALL
  SELECT m.pid, m.dispensed_on AS day, c.number, c.points, c.days, c.nearest
  FROM dispensings AS m
  JOIN medicine_codes AS c ON c.atc = m.atc
),
signs AS (
  SELECT DISTINCT
    pid,
    number,
    points,
    CAST(EXTRACT(YEAR FROM day + nearest - 1) + 1 AS INTEGER) AS from_year,
    CAST(EXTRACT(YEAR FROM day + days) AS INTEGER) AS to_year
  FROM events
),
reached AS (
  SELECT r.pid, r.year, s.number, MAX(s.points) AS points
  FROM residents AS r
  JOIN signs AS s ON s.pid = r.pid AND r.year >= s.from_year AND r.year <= s.to_year
  GROUP BY r.pid, r.year, s.number
)
SELECT r.pid, MAKE_DATE(r.year, 1, 1) AS taken_on, c.score, CAST(SUM(r.points) AS INTEGER) AS points
FROM reached AS r
JOIN (SELECT DISTINCT number, score FROM score_codes) AS c ON c.number = r.number
GROUP BY r.pid, r.year, c.score
