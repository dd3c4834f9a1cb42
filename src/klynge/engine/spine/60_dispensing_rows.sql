-- Every prescription medicine handed over, with what becomes of it.
SELECT
  p.pid,
  m.eksd AS dispensed_on,
  m.atc,
  CASE
    WHEN p.pid IS NULL THEN 'no_residence'
    WHEN m.eksd IS NULL THEN 'impossible_times'
    ELSE 'used'
  END AS fate
FROM reg_lmdb AS m
LEFT JOIN persons AS p ON p.pnr = m.pnr12
