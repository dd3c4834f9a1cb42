-- Every hospital diagnosis, dated by the day its contact began, with what becomes of it.
-- Contacts of every kind count here: a disease may be recorded at a virtual visit too.
SELECT
  p.pid,
  CAST(k.start_ts AS DATE) AS recorded_on,
  d.diagnosekode AS code,
  d.diagnosetype AS type,
  CASE
    WHEN k.dw_ek_kontakt IS NULL THEN 'no_contact'
    WHEN p.pid IS NULL THEN 'no_residence'
    WHEN LOWER(d.senere_afkraeftet) = 'ja' THEN 'revoked'
    WHEN k.start_ts IS NULL THEN 'impossible_times'
    ELSE 'used'
  END AS fate
FROM reg_diagnoser AS d
LEFT JOIN reg_kontakter AS k ON k.dw_ek_kontakt = d.dw_ek_kontakt
LEFT JOIN persons AS p ON p.pnr = k.cpr
