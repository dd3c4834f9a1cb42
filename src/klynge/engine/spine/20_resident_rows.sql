-- Every row of the population register, with what becomes of it.
-- A snapshot of the last day of a quarter is the population of the day after, as one of the first day
-- is. The population of a year is that of its 1 January; the other quarters do not change it. Age is
-- counted in whole years on 1 January, so whoever was born on a 1 January turns a year that same day.
WITH dated AS (
  SELECT
    pnr,
    foed_dag,
    kom,
    koen,
    CASE WHEN EXTRACT(DAY FROM referencetid) = 1 THEN referencetid ELSE referencetid + 1 END AS day
  FROM reg_bef
),
placed AS (
  SELECT
    p.pid,
    CAST(EXTRACT(YEAR FROM b.day) AS INTEGER) AS year,
    b.day,
    b.foed_dag,
    b.kom,
    b.koen,
    k.kommune,
    p.died_on
  FROM dated AS b
  JOIN persons AS p ON p.pnr = b.pnr
  LEFT JOIN kommuner AS k ON k.kommune = b.kom
)
SELECT
  pid,
  year,
  kommune,
  CASE WHEN koen = 1 THEN 'male' WHEN koen = 2 THEN 'female' END AS sex,
  CAST(
    year - EXTRACT(YEAR FROM foed_dag)
    - CASE WHEN EXTRACT(MONTH FROM foed_dag) = 1 AND EXTRACT(DAY FROM foed_dag) = 1 THEN 0 ELSE 1 END
    AS INTEGER
  ) AS age,
  CASE
    WHEN EXTRACT(MONTH FROM day) <> 1 OR EXTRACT(DAY FROM day) <> 1 THEN 'not_year_end'
    WHEN foed_dag IS NULL OR foed_dag >= day THEN 'impossible_times'
    WHEN koen IS NULL OR koen NOT IN (1, 2) THEN 'unknown_sex'
    WHEN kommune IS NULL THEN 'unknown_kommune'
    WHEN died_on < day THEN 'dead_on_1_january'
    ELSE 'used'
  END AS fate
FROM placed
