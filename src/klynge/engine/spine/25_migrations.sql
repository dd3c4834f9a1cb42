-- One row a person and day. Who went and came on one day is where he or she was before.
SELECT pid, moved_on, MAX(direction) AS direction
FROM migration_rows
WHERE fate = 'used'
GROUP BY pid, moved_on
HAVING MIN(direction) = MAX(direction)
