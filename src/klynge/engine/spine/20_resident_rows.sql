-- Every row of the population register, with what becomes of it.
-- The population of 1 January is the snapshot of 31 December the day before. Age is counted in whole
-- years on 1 January, so whoever was born on a 1 January turns a year that same day.
WITH placed AS (
  SELECT
    p.pid,
    CAST(EXTRACT(YEAR FROM b.referencetid) AS INTEGER) + 1 AS year,
    b.referencetid,
    b.foed_dag,
    b.kom,
    b.koen,
    k.kommune,
    p.died_on
  FROM reg_bef AS b
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
    WHEN EXTRACT(MONTH FROM referencetid) <> 12 OR EXTRACT(DAY FROM referencetid) <> 31
      THEN 'not_year_end'
    WHEN foed_dag IS NULL OR foed_dag > referencetid THEN 'impossible_times'
    WHEN koen IS NULL OR koen NOT IN (1, 2) THEN 'unknown_sex'
    WHEN kommune IS NULL THEN 'unknown_kommune'
    WHEN died_on <= referencetid THEN 'dead_on_1_january'
    ELSE 'used'
  END AS fate
FROM placed
