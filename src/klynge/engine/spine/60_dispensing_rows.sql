-- Every prescription medicine handed over, with what becomes of it. A substance is an ATC code of
-- seven characters: the fifth level.
SELECT
  p.pid,
  m.eksd AS dispensed_on,
  m.atc,
  CASE WHEN LENGTH(m.atc) = 7 THEN m.atc END AS substance,
  COALESCE(m.doso NOT IN ('', '0', 'N', 'n', 'Nej', 'nej'), FALSE) AS dose_packed,
  m.indo AS indication,
  m.volume AS ddd,
  CASE
    WHEN p.pid IS NULL AND m.replacement THEN 'replacement_number'
    WHEN p.pid IS NULL THEN 'no_residence'
    WHEN m.eksd IS NULL THEN 'impossible_times'
    ELSE 'used'
  END AS fate
FROM reg_lmdb AS m
LEFT JOIN persons AS p ON p.pnr = m.pnr12
