SELECT pid, moved_in_on, moved_out_on
FROM care_home_rows
WHERE fate = 'used'
