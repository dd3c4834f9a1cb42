-- Every month of granted home help, with what becomes of it. Minutes a week, rounded to whole ones;
-- missing where it is told that help is granted and not how much (KL Gateway).
SELECT
  p.pid,
  MAKE_DATE(
    CAST(SUBSTRING(h.haend_mdr, 1, 4) AS INTEGER), CAST(SUBSTRING(h.haend_mdr, 5, 2) AS INTEGER), 1
  ) AS month_begins_on,
  CASE
    WHEN COALESCE(h.perpl_vis, 0) + COALESCE(h.prahj_vis, 0) >= 0.5
      THEN CAST(FLOOR(COALESCE(h.perpl_vis, 0) + COALESCE(h.prahj_vis, 0) + 0.5) AS INTEGER)
  END AS minutes,
  CASE
    WHEN p.pid IS NULL AND h.replacement THEN 'replacement_number'
    WHEN p.pid IS NULL THEN 'no_residence'
    WHEN h.haend_mdr IS NULL THEN 'impossible_times'
    WHEN
      COALESCE(h.perpl_vis, 0) + COALESCE(h.prahj_vis, 0) < 0.5
      AND COALESCE(h.visiteret, 'nej') <> 'ja'
      THEN 'nothing_granted'
    ELSE 'used'
  END AS fate
FROM reg_aefv AS h
LEFT JOIN persons AS p ON p.pnr = h.pnr
