-- One row a person and month: what is granted in two rows of a month is added up.
SELECT pid, month_begins_on, CAST(SUM(minutes) AS INTEGER) AS minutes
FROM home_help_rows
WHERE fate = 'used'
GROUP BY pid, month_begins_on
