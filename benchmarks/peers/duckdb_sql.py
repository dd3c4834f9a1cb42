"""The five indicators as an analyst would write them in DuckDB: one query each, from the files."""

from __future__ import annotations

import duckdb
import task

from klynge.engine.indicators.codelists import Codelist

FILES = {
    table: f"read_parquet('{task.registers()}/{table}/*.parquet')"
    for table in ("bef", "dod", "kontakter", "diagnoser", "sssy", "lmdb")
}


def starts_with(column: str, codes: Codelist) -> str:
    """SQL for: the code is on the list."""
    lengths = sorted({len(prefix) for prefix in codes.prefixes})
    tests = [
        f"substring({column}, 1, {length}) IN"
        f" ({', '.join(repr(p) for p in codes.prefixes if len(p) == length)})"
        for length in lengths
    ]
    if codes.exact:
        tests.append(f"{column} IN ({', '.join(map(repr, codes.exact))})")
    return f"coalesce({' OR '.join(tests)}, false)"


RESIDENTS = f"""
residents AS (
  SELECT b.pnr, b.kom AS kommune, year(b.referencetid) + 1 AS year,
    year(b.referencetid) + 1 - year(b.foed_dag)
      - CASE WHEN month(b.foed_dag) = 1 AND day(b.foed_dag) = 1 THEN 0 ELSE 1 END AS age
  FROM {FILES["bef"]} AS b LEFT JOIN {FILES["dod"]} AS d ON d.pnr = b.pnr
  WHERE month(b.referencetid) = 12 AND day(b.referencetid) = 31
    AND b.foed_dag <= b.referencetid AND b.koen IN (1, 2)
    AND b.kom IN ({", ".join(map(repr, task.KOMMUNER))})
    AND (d.doddato IS NULL OR d.doddato > b.referencetid)
    AND year(b.referencetid) + 1 BETWEEN 2021 AND 2025
)"""

STAYS = f"""
known AS (SELECT DISTINCT pnr FROM {FILES["bef"]}),
timed AS (
  SELECT k.cpr AS pnr, k.dw_ek_kontakt AS contact, d.doddato,
    k.dato_start + CAST(k.tidspunkt_start AS TIME) AS started,
    k.dato_slut + CAST(k.tidspunkt_slut AS TIME) AS finished,
    coalesce(k.prioritet LIKE 'ATA1%', false) AS acute,
    lower(k.hovedspeciale_ans) LIKE '%psykiatri%' AS psychiatric,
    k.aktionsdiagnose AS diagnosis, k.kontakttype
  FROM {FILES["kontakter"]} AS k
  JOIN known ON known.pnr = k.cpr LEFT JOIN {FILES["dod"]} AS d ON d.pnr = k.cpr
),
contacts AS (
  SELECT *, coalesce(finished, CASE
    WHEN doddato + 1 < DATE '{task.EXTRACT_END}' THEN CAST(doddato + 1 AS TIMESTAMP)
    ELSE TIMESTAMP '{task.EXTRACT_END}' END) AS ended
  FROM timed
  WHERE kontakttype = 'ALCA00' AND started IS NOT NULL
    AND (finished IS NULL OR finished >= started) AND started < TIMESTAMP '{task.EXTRACT_END}'
    AND (doddato IS NULL OR CAST(started AS DATE) <= doddato)
    AND (finished IS NOT NULL OR coalesce(psychiatric, false))
),
behind AS (
  SELECT *, max(ended) OVER (PARTITION BY pnr ORDER BY started, contact
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS latest FROM contacts
),
opened AS (
  SELECT *, coalesce(started > latest + INTERVAL 4 HOUR, true) AS opens FROM behind
),
numbered AS (
  SELECT *, sum(opens::INT) OVER (PARTITION BY pnr ORDER BY started, contact
    ROWS UNBOUNDED PRECEDING) AS stay FROM opened
),
stays AS (
  SELECT pnr, stay, min(started) AS started, max(ended) AS ended,
    bool_or(opens AND acute) AS acute,
    coalesce(bool_or(opens AND psychiatric), false) AS psychiatric,
    max(diagnosis) FILTER (opens) AS diagnosis, bool_or(finished IS NULL) AS running,
    max(ended) >= min(started) + INTERVAL 12 HOUR AS admission,
    coalesce(max(doddato) <= CAST(max(ended) AS DATE), false) AS died
  FROM numbered GROUP BY pnr, stay
)"""


def of_people(least: int, events: str) -> str:
    """Events (pnr, year, n) of residents of an age, and those residents."""
    return f"""
SELECT p.year, p.kommune, coalesce(n.n, 0)::BIGINT, p.n FROM
  (SELECT year, kommune, count(*) AS n FROM residents WHERE age >= {least} GROUP BY ALL) AS p
LEFT JOIN (
  SELECT r.year, r.kommune, sum(e.n) AS n FROM ({events}) AS e
  JOIN residents AS r ON r.pnr = e.pnr AND r.year = e.year WHERE r.age >= {least} GROUP BY ALL
) AS n USING (year, kommune)"""


GP = f"""WITH {RESIDENTS} {
    of_people(
        0,
        f'''
  SELECT pnr, 2000 + CAST(honuge[1:2] AS INT) AS year, 1 AS n FROM {FILES["sssy"]}
  WHERE speciale[1:2] = '80' AND kontakt >= 1 GROUP BY ALL''',
    )
}"""

PREVENTABLE = f"""WITH {RESIDENTS}, {STAYS} {
    of_people(
        65,
        f'''
  SELECT pnr, year(started) AS year, count(*) AS n FROM stays
  WHERE acute AND NOT psychiatric AND {starts_with("diagnosis", task.PREVENTABLE)}
  GROUP BY ALL''',
    )
}"""

PSYCHIATRIC = f"""WITH {RESIDENTS}, {STAYS} {
    of_people(
        0,
        '''
  SELECT pnr, year(started) AS year, count(*) AS n FROM stays
  WHERE psychiatric AND admission GROUP BY ALL''',
    )
}"""

READMITTED = f"""WITH {RESIDENTS}, {STAYS},
first AS (
  SELECT * FROM stays WHERE admission AND NOT psychiatric AND NOT running AND NOT died
    AND NOT {starts_with("diagnosis", task.NOT_FIRST)}
    AND ended + INTERVAL 30 DAY <= TIMESTAMP '{task.EXTRACT_END}'
),
again AS (
  SELECT pnr, started FROM stays WHERE admission AND acute AND NOT psychiatric
    AND NOT {starts_with("diagnosis", task.NOT_AGAIN)}
),
followed AS (
  SELECT DISTINCT f.pnr, f.stay FROM first AS f JOIN again AS a ON a.pnr = f.pnr
    AND a.started > f.ended AND a.started <= f.ended + INTERVAL 30 DAY
)
SELECT r.year, r.kommune, count(b.stay), count(*)
FROM first AS f JOIN residents AS r ON r.pnr = f.pnr AND r.year = year(f.ended)
LEFT JOIN followed AS b ON b.pnr = f.pnr AND b.stay = f.stay
WHERE r.age >= 67 GROUP BY ALL"""

COPD = f"""WITH {RESIDENTS},
persons AS (
  SELECT pnr, max_by(foed_dag, referencetid) AS born FROM {FILES["bef"]} GROUP BY pnr
),
days AS (
  SELECT k.cpr AS pnr, k.dato_start AS day, true AS diagnosed
  FROM {FILES["diagnoser"]} AS d JOIN {FILES["kontakter"]} AS k USING (dw_ek_kontakt)
  WHERE d.diagnosetype IN ('A', 'B') AND coalesce(lower(d.senere_afkraeftet), '') <> 'ja'
    AND ({" OR ".join(f"d.diagnosekode LIKE '{code}%'" for code in task.COPD_DIAGNOSES)})
  UNION
  SELECT pnr12, eksd, false FROM {FILES["lmdb"]}
  WHERE {" OR ".join(f"atc LIKE '{code}%'" for code in task.COPD_MEDICINES)}
),
aged AS (
  SELECT d.*, lag(day) OVER (PARTITION BY d.pnr, diagnosed ORDER BY day) AS before
  FROM days AS d JOIN persons AS p USING (pnr)
  WHERE year(day) - year(born)
    - CASE WHEN (month(day), day(day)) < (month(born), day(born)) THEN 1 ELSE 0 END >= 30
),
onsets AS (
  SELECT pnr, min(day) AS began FROM aged
  WHERE diagnosed OR day <= before + 365 GROUP BY pnr
) {
    of_people(
        30,
        '''
  SELECT o.pnr, y.year, 1 AS n FROM onsets AS o
  JOIN (SELECT unnest(range(2021, 2026)) AS year) AS y ON o.began <= make_date(y.year, 1, 1)
''',
    )
}"""

QUERIES = {
    "prim_andel": GP,
    "forebyg_65": PREVENTABLE,
    "genind_67": READMITTED,
    "psyk_indl": PSYCHIATRIC,
    "ruks_praev_kol": COPD,
}


if __name__ == "__main__":
    task.check_the_definitions()
    db = duckdb.connect(config={"threads": 2})
    task.answer({code: db.sql(query).fetchall() for code, query in QUERIES.items()})
