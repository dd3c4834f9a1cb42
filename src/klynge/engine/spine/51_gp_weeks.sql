-- ISO week 1 is the week of 4 January, so its Monday is that of the week 4 January lies in. Week 53 of a
-- year that has 52 is the week its last days lie in: it never begins in the year after.
WITH dated AS (
  SELECT
    *,
    CAST(DATE_TRUNC('week', MAKE_DATE(year, 1, 4)) AS DATE) + 7 * (week - 1) AS monday
  FROM gp_week_rows
  WHERE fate = 'used'
)
SELECT
  pid,
  year,
  week,
  CASE WHEN monday > MAKE_DATE(year, 12, 31) THEN monday - 7 ELSE monday END AS week_begins_on,
  specialty,
  contacts
FROM dated
