SELECT
  pid, made_on, kind, waits_from, offered_on, held_back, offered_within_7_days, days_waited
FROM rehabilitation_plan_rows
WHERE fate = 'used'
