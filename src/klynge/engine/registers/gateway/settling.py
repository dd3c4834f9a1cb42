"""The last version of every resource, and the register rows it gives, in SQL.

The same id is an update: the version with the latest `meta.lastUpdated` holds; of two with the
same, the one reported last, and then the one that stands last in the delivery. A last version that
was entered in error takes the resource away.
"""

from __future__ import annotations

TEMPORARY = {
    "latest": """
        SELECT * FROM read_parquet({versions})
        QUALIFY row_number() OVER (
            PARTITION BY kind, id ORDER BY updated DESC, reported DESC, place DESC
        ) = 1
    """,
    "shared_ids": """
        SELECT count(*) AS ids FROM (
            SELECT kind, id FROM read_parquet({versions})
            GROUP BY kind, id HAVING count(DISTINCT person) > 1
        )
    """,
    "settled_counts": """
        SELECT count(*) AS kept, count(*) FILTER (erased) AS erased FROM latest
    """,
    # What is still granted goes on to the last day told of in the delivery.
    "last_day": "SELECT CAST(max(reported) AS DATE) AS day FROM read_parquet({versions})",
    "granted": """
        SELECT person, register, detail, starts, least(coalesce(ends, day), day) AS ends,
            kind, id, ends IS NULL AS goes_on
        FROM latest CROSS JOIN last_day
        WHERE NOT erased AND register <> '' AND kind IN ('CarePlan', 'Procedure')
    """,
    "visited": """
        SELECT v.person, v.starts AS day, p.id AS plan, p.register
        FROM (
            SELECT person, starts, unnest(about) AS plan FROM latest
            WHERE kind = 'Encounter' AND NOT erased AND starts IS NOT NULL
        ) AS v
        JOIN latest AS p ON p.kind = 'CarePlan' AND p.id = v.plan AND p.person = v.person
        WHERE NOT p.erased
    """,
}
"""Tables made on the way, in order."""

_MONTHS = """
    SELECT person, detail, unnest(generate_series(
        date_trunc('month', starts), date_trunc('month', ends), INTERVAL 1 MONTH
    )) AS month
    FROM granted WHERE register = '{register}' AND ends >= starts
"""

TABLES = {
    "aefv": f"""
        SELECT DISTINCT person AS pnr, strftime(month, '%Y%m') AS haend_mdr, 'ja' AS visiteret
        FROM ({_MONTHS.format(register="aefv")}) ORDER BY ALL
    """,  # noqa: S608
    # Days told of by visits and by care that was not planned. A plan itself gives the day it
    # begins, and 1 January of every later year it goes on, so that a recipient is one each year.
    "aehjsp": """
        SELECT DISTINCT pnr, hjemsygep_dato FROM (
            SELECT person AS pnr, day AS hjemsygep_dato FROM visited WHERE register = 'aehjsp'
            UNION ALL
            SELECT person, starts FROM granted WHERE register = 'aehjsp' AND ends >= starts
            UNION ALL
            SELECT person, CAST(unnest(generate_series(
                date_trunc('year', starts) + INTERVAL 1 YEAR, date_trunc('year', ends),
                INTERVAL 1 YEAR
            )) AS DATE)
            FROM granted WHERE register = 'aehjsp' AND kind = 'CarePlan' AND ends >= starts
        ) ORDER BY ALL
    """,
    "aetr": f"""
        SELECT DISTINCT person AS pnr, strftime(month, '%Y%m') AS haend_mdr, detail AS trean_art
        FROM ({_MONTHS.format(register="aetr")}) ORDER BY ALL
    """,  # noqa: S608
    "aerehab": """
        SELECT DISTINCT person AS pnr, CAST(unnest(range(year(starts), year(ends) + 1)) AS INTEGER)
            AS aar
        FROM granted WHERE register = 'aerehab' AND ends >= starts ORDER BY ALL
    """,
    "genoptraeningsplaner": """
        SELECT person AS cpr, starts AS plan_dato, detail AS plan_type,
            discharged AS udskrivningsdato, ends AS foerste_tilbud_dato, reason AS aarsag
        FROM latest
        WHERE NOT erased AND register = 'genoptraeningsplaner' ORDER BY ALL
    """,
    "forebyggelsestilbud": """
        SELECT DISTINCT person AS cpr, starts AS start_dato,
            CASE WHEN NOT goes_on THEN ends END AS slut_dato
        FROM granted WHERE register = 'forebyggelsestilbud' AND ends >= starts ORDER BY ALL
    """,
}
"""The registers' rows."""
