SELECT pid, year, kommune, sex, age
FROM resident_rows
WHERE fate = 'used'
