-- Every time of living in a care home, with what becomes of it.
SELECT
  p.pid,
  h.d_tilflyt_dato AS moved_in_on,
  h.d_fraflyt_dato AS moved_out_on,
  CASE
    WHEN p.pid IS NULL AND h.replacement THEN 'replacement_number'
    WHEN p.pid IS NULL THEN 'no_residence'
    WHEN h.d_tilflyt_dato IS NULL OR h.d_fraflyt_dato < h.d_tilflyt_dato THEN 'impossible_times'
    ELSE 'used'
  END AS fate
FROM reg_plejehjem AS h
LEFT JOIN persons AS p ON p.pnr = h.v_pnr
