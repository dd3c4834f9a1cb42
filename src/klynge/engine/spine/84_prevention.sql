SELECT pid, began_on, ended_on
FROM prevention_rows
WHERE fate = 'used'
