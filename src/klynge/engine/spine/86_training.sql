SELECT DISTINCT pid, month_begins_on
FROM training_rows
WHERE fate = 'used'
