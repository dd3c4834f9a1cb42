-- Every row about a completed education, with what becomes of it. The level is read from the main group
-- of DISCED-15; an education without a day was completed before anything else we know.
WITH told AS (
  SELECT
    p.pid,
    p.born_on,
    u.replacement,
    u.hf_vfra,
    COALESCE(u.hovedgruppe, CASE WHEN LENGTH(u.hfaudd) = 2 THEN u.hfaudd END) AS main_group
  FROM reg_udda AS u
  LEFT JOIN persons AS p ON p.pnr = u.pnr
)
SELECT
  pid,
  CASE
    WHEN main_group IN ('10', '15') THEN 1
    WHEN main_group IN ('20', '30', '35') THEN 2
    WHEN main_group IN ('40', '50', '60', '70', '80') THEN 3
  END AS rank,
  COALESCE(hf_vfra, DATE '1900-01-01') AS completed_on,
  CASE
    WHEN pid IS NULL AND replacement THEN 'replacement_number'
    WHEN pid IS NULL THEN 'no_residence'
    WHEN hf_vfra < born_on THEN 'impossible_times'
    WHEN main_group IS NULL
      OR main_group NOT IN ('10', '15', '20', '30', '35', '40', '50', '60', '70', '80')
      THEN 'unknown_level'
    ELSE 'used'
  END AS fate
FROM told
