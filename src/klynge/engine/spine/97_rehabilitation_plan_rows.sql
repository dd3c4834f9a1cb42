-- Every rehabilitation plan, with what becomes of it. The wait is counted from the discharge, or
-- from the plan when no discharge is told; an offer on that day waited 0 days.
WITH placed AS (
  SELECT
    p.pid,
    g.replacement,
    g.plan_dato AS made_on,
    g.plan_type AS kind,
    COALESCE(g.udskrivningsdato, g.plan_dato) AS waits_from,
    g.foerste_tilbud_dato AS offered_on,
    g.aarsag AS held_back
  FROM reg_genoptraeningsplaner AS g
  LEFT JOIN persons AS p ON p.pnr = g.cpr
)
SELECT
  pid,
  made_on,
  kind,
  waits_from,
  offered_on,
  held_back,
  COALESCE(offered_on <= waits_from + 7, FALSE) AS offered_within_7_days,
  -- One date less another means something else on another engine. Who is offered before being
  -- discharged has waited no day.
  CASE
    WHEN offered_on <= waits_from THEN 0
    ELSE CAST(
      365 * (EXTRACT(YEAR FROM offered_on) - EXTRACT(YEAR FROM waits_from))
      + (EXTRACT(YEAR FROM offered_on) - 1) // 4 - (EXTRACT(YEAR FROM waits_from) - 1) // 4
      - (EXTRACT(YEAR FROM offered_on) - 1) // 100 + (EXTRACT(YEAR FROM waits_from) - 1) // 100
      + (EXTRACT(YEAR FROM offered_on) - 1) // 400 - (EXTRACT(YEAR FROM waits_from) - 1) // 400
      + DAYOFYEAR(offered_on) - DAYOFYEAR(waits_from)
      AS INTEGER
    )
  END AS days_waited,
  CASE
    WHEN pid IS NULL AND replacement THEN 'replacement_number'
    WHEN pid IS NULL THEN 'no_residence'
    WHEN held_back = 'fejl' THEN 'sent_in_error'
    WHEN made_on IS NULL OR offered_on < made_on THEN 'impossible_times'
    ELSE 'used'
  END AS fate
FROM placed
