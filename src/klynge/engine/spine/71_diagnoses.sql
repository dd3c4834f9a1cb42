SELECT pid, recorded_on, code, type
FROM diagnosis_rows
WHERE fate = 'used'
