SELECT pid, dispensed_on, atc
FROM dispensing_rows
WHERE fate = 'used'
