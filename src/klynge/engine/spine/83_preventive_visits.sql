SELECT DISTINCT pid, visited_on
FROM preventive_visit_rows
WHERE fate = 'used'
