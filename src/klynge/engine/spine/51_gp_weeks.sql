-- ISO week 1 is the week of 4 January, so its Monday is that of the week 4 January lies in. Week 53 of a
-- year that has 52 is the week its last days lie in: it never begins in the year after.
-- Counted in days from 1 January 1900, a Monday, by plain sums: the functions of dates cost several
-- times more, and this is asked of every claim.
WITH yearly AS (
  SELECT
    *,
    365 * (year - 1900) + (year - 1) // 4 - (year - 1) // 100 + (year - 1) // 400 - 457
      AS fourth_of_january,
    365 * (year - 1899) + year // 4 - year // 100 + year // 400 - 460 AS new_year_after
  FROM gp_week_rows
  WHERE fate = 'used'
),
dated AS (
  SELECT *, fourth_of_january - fourth_of_january % 7 + 7 * (week - 1) AS monday
  FROM yearly
)
SELECT
  pid,
  year,
  week,
  CAST('1900-01-01' AS DATE)
    + CAST(CASE WHEN monday >= new_year_after THEN monday - 7 ELSE monday END AS INTEGER)
    AS week_begins_on,
  specialty,
  contacts
FROM dated
