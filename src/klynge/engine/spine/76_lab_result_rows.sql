-- Every laboratory result, with what becomes of it. Only long-term blood sugar (HbA1c) counts, in
-- either unit; a result that is no number says nothing.
SELECT
  p.pid,
  l.samplingdate AS taken_on,
  (l.analysiscode = 'NPU27300' AND l.number >= 48)
  OR (l.analysiscode = 'NPU03835' AND 10 * l.number >= 65) AS is_high,
  CASE
    WHEN p.pid IS NULL AND l.replacement THEN 'replacement_number'
    WHEN p.pid IS NULL THEN 'no_residence'
    WHEN l.samplingdate IS NULL THEN 'impossible_times'
    WHEN l.analysiscode NOT IN ('NPU27300', 'NPU03835') THEN 'other_analysis'
    WHEN l.number IS NULL THEN 'no_number'
    ELSE 'used'
  END AS fate
FROM reg_lab_dm_forsker AS l
LEFT JOIN persons AS p ON p.pnr = l.patient_cpr
