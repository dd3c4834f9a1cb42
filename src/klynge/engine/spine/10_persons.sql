-- Everyone who is in at least one snapshot of the population, numbered by key.
-- What is registered about a key that is in no snapshot cannot be placed, and falls out.
SELECT
  CAST(ROW_NUMBER() OVER (ORDER BY everyone.pnr) AS INTEGER) AS pid,
  everyone.pnr,
  everyone.born_on,
  CASE WHEN everyone.koen = 1 THEN 'male' WHEN everyone.koen = 2 THEN 'female' END AS sex,
  dead.doddato AS died_on
FROM (
  SELECT
    pnr,
    MAX_BY(foed_dag, referencetid) AS born_on,
    MAX_BY(koen, referencetid) AS koen
  FROM reg_bef
  GROUP BY pnr
) AS everyone
LEFT JOIN reg_dod AS dead ON dead.pnr = everyone.pnr
