SELECT DISTINCT pid, year
FROM reablement_rows
WHERE fate = 'used'
