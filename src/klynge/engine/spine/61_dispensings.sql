SELECT pid, dispensed_on, atc, substance, dose_packed
FROM dispensing_rows
WHERE fate = 'used'
