-- ISO week 1 is the week of 4 January, so its Monday is that of the week 4 January lies in.
SELECT
  pid,
  year,
  week,
  CAST(DATE_TRUNC('week', MAKE_DATE(year, 1, 4)) AS DATE) + 7 * (week - 1) AS week_begins_on,
  specialty,
  contacts
FROM gp_week_rows
WHERE fate = 'used'
