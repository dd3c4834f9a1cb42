-- Each referral to planned psychiatric care that led to a contact (in person, outreach or virtual):
-- when the first of them began, and whether that was at most 30 days after the referral.
WITH led AS (
  SELECT
    p.pid,
    k.dato_henvisning AS referred_on,
    CAST(MIN(k.start_ts) AS DATE) AS seen_on
  FROM reg_kontakter AS k
  JOIN persons AS p ON p.pnr = k.cpr
  WHERE
    k.dato_henvisning IS NOT NULL
    AND LOWER(k.hovedspeciale_ans) LIKE '%psykiatri%'
    AND k.kontakttype IN ('ALCA00', 'ALCA01', 'ALCA03')
    AND NOT COALESCE(k.prioritet LIKE 'ATA1%', FALSE)
    AND k.start_ts < CAST(:extract_end AS TIMESTAMP)
    AND CAST(k.start_ts AS DATE) >= k.dato_henvisning
  GROUP BY p.pid, k.dato_henvisning
)
SELECT
  pid,
  referred_on,
  seen_on,
  seen_on <= referred_on + 30 AS seen_within_30_days,
  CAST(
    365 * (EXTRACT(YEAR FROM seen_on) - EXTRACT(YEAR FROM referred_on))
    + (EXTRACT(YEAR FROM seen_on) - 1) // 4 - (EXTRACT(YEAR FROM referred_on) - 1) // 4
    - (EXTRACT(YEAR FROM seen_on) - 1) // 100 + (EXTRACT(YEAR FROM referred_on) - 1) // 100
    + (EXTRACT(YEAR FROM seen_on) - 1) // 400 - (EXTRACT(YEAR FROM referred_on) - 1) // 400
    + DAYOFYEAR(seen_on) - DAYOFYEAR(referred_on)
    AS INTEGER
  ) AS days_waited
FROM led
