-- Every row of the register of chronic diseases (RUKS), with what becomes of it. The register is made
-- anew at each update: where a person and disease were updated more than once, the newest counts.
WITH placed AS (
  SELECT
    p.pid,
    k.replacement,
    n.disease,
    k.debut AS began_on,
    k.uddato AS ended_on,
    k.opdateringsdato AS updated_on,
    MAX(
      CASE WHEN k.debut <= COALESCE(k.uddato, k.debut) THEN k.opdateringsdato END
    ) OVER (PARTITION BY p.pid, n.disease) AS newest_on
  FROM reg_kronikere AS k
  LEFT JOIN persons AS p ON p.pnr = k.cpr
  LEFT JOIN ruks_names AS n ON n.name = LOWER(TRIM(k.sygdom))
)
SELECT
  pid,
  disease,
  began_on,
  ended_on,
  CASE
    WHEN pid IS NULL AND replacement THEN 'replacement_number'
    WHEN pid IS NULL THEN 'no_residence'
    WHEN disease IS NULL THEN 'other_disease'
    WHEN began_on IS NULL OR ended_on < began_on THEN 'impossible_times'
    WHEN COALESCE(updated_on < newest_on, newest_on IS NOT NULL) THEN 'updated_since'
    WHEN ended_on = began_on THEN 'left_at_once'
    ELSE 'used'
  END AS fate
FROM placed
