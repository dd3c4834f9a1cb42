SELECT DISTINCT pid, nursed_on
FROM home_nursing_rows
WHERE fate = 'used'
