-- Every hospital contact, with what becomes of it.
-- Fysisk fremmoede only. Finished contacts; unfinished ones count in psychiatry, as running to the
-- end of the extract, or to the end of the day of death when that comes first. What was delivered in
-- two forms (LPR2, LPR_A, LPR3_F) is counted from the newest.
WITH placed AS (
  SELECT
    p.pid,
    k.replacement,
    k.dw_ek_kontakt AS contact_id,
    k.start_ts AS started_at,
    k.slut_ts AS finished_at,
    CASE
      WHEN k.slut_ts IS NOT NULL THEN k.slut_ts
      WHEN p.died_on + 1 < CAST(:extract_end AS DATE) THEN CAST(p.died_on + 1 AS TIMESTAMP)
      ELSE CAST(:extract_end AS TIMESTAMP)
    END AS ended_at,
    COALESCE(k.prioritet LIKE 'ATA1%', FALSE) AS acute,
    CASE
      WHEN LOWER(k.hovedspeciale_ans) LIKE '%psykiatri%' THEN 'psykiatri' ELSE 'somatik'
    END AS domain,
    LOWER(k.hovedspeciale_ans) AS specialty,
    k.aktionsdiagnose AS diagnosis,
    k.kontakttype,
    k.doubled,
    p.died_on
  FROM reg_kontakter AS k
  LEFT JOIN persons AS p ON p.pnr = k.cpr
)
SELECT
  pid,
  contact_id,
  started_at,
  ended_at,
  acute,
  domain,
  specialty,
  diagnosis,
  finished_at IS NULL AS running,
  CASE
    WHEN doubled THEN 'in_newer_form'
    WHEN pid IS NULL AND replacement THEN 'replacement_number'
    WHEN pid IS NULL THEN 'no_residence'
    WHEN kontakttype IS NULL OR kontakttype <> 'ALCA00' THEN 'not_physical'
    WHEN started_at IS NULL OR finished_at < started_at THEN 'impossible_times'
    WHEN started_at >= CAST(:extract_end AS TIMESTAMP) THEN 'after_extract_end'
    WHEN CAST(started_at AS DATE) > died_on THEN 'after_death'
    WHEN finished_at IS NULL AND domain <> 'psykiatri' THEN 'unfinished'
    ELSE 'used'
  END AS fate
FROM placed
