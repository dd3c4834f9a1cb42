-- Every claim to the health insurance, with what becomes of it. The register tells the week of the
-- claim only (yyww), not the day of the service. A service to a child may be claimed on the number
-- of a parent (BARNMAK): it says nothing about the parent, and falls out. The year 2005 may be in both
-- SYSI and SSSY.
WITH placed AS (
  SELECT
    p.pid,
    s.replacement,
    s.doubled,
    s.claim_year AS year,
    s.claim_week AS week,
    s.specialty,
    CAST(s.kontakt AS INTEGER) AS contacts,
    COALESCE(s.barnmak, 0) AS child
  FROM reg_sssy AS s
  LEFT JOIN persons AS p ON p.pnr = s.pnr
)
SELECT
  pid,
  year,
  week,
  specialty,
  contacts,
  CASE
    WHEN doubled THEN 'in_newer_form'
    WHEN pid IS NULL AND replacement THEN 'replacement_number'
    WHEN pid IS NULL THEN 'no_residence'
    WHEN year IS NULL OR week IS NULL OR week NOT BETWEEN 1 AND 53 THEN 'impossible_times'
    WHEN child <> 0 THEN 'child_on_parents_number'
    ELSE 'used'
  END AS fate
FROM placed
