-- Every hospital diagnosis, dated by the day its contact began, with what becomes of it.
-- Contacts of every kind count here: a disease may be recorded at a virtual visit too. The person and
-- the time are those of the contact; the view of the register has them on the row of the diagnosis.
SELECT
  p.pid,
  CAST(d.start_ts AS DATE) AS recorded_on,
  d.diagnosekode AS code,
  d.diagnosetype AS type,
  LOWER(d.hovedspeciale_ans) AS specialty,
  CASE
    WHEN d.doubled THEN 'in_newer_form'
    WHEN NOT d.has_contact THEN 'no_contact'
    WHEN p.pid IS NULL AND d.replacement THEN 'replacement_number'
    WHEN p.pid IS NULL THEN 'no_residence'
    WHEN LOWER(d.senere_afkraeftet) = 'ja' THEN 'revoked'
    WHEN d.start_ts IS NULL THEN 'impossible_times'
    ELSE 'used'
  END AS fate
FROM reg_diagnoser AS d
LEFT JOIN persons AS p ON p.pnr = d.cpr
