"""What time the extracts cover: when hospital contacts end, and which whole years there are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from statistics import median

from klynge.engine.registers.quarters import day_of
from klynge.engine.spine.engine import Engine

# A day with less than this share of a usual day's contacts does not belong to the extract: it is
# a date that was typed wrong, or the last transfers of contacts begun before the end.
_FEW = 0.1


def _by_day(register: str, day: str) -> str:
    return f"""
        SELECT CAST(EXTRACT(YEAR FROM {day}) AS INTEGER) AS year,
               CAST(EXTRACT(MONTH FROM {day}) AS INTEGER) AS month, COUNT(*) AS n
        FROM reg_{register} WHERE {day} IS NOT NULL GROUP BY 1, 2
    """  # noqa: S608


_MONTHS = {
    "kontakter": _by_day("kontakter", "start_ts"),
    # Weeks 1 to 4 lie in January, and weeks 49 and later in December.
    "sssy": """
        SELECT claim_year AS year,
               CASE WHEN claim_week <= 4 THEN 1 WHEN claim_week >= 49 THEN 12 ELSE 6 END AS month,
               COUNT(*) AS n
        FROM reg_sssy WHERE claim_year IS NOT NULL AND claim_week IS NOT NULL GROUP BY 1, 2
    """,
    "lmdb": _by_day("lmdb", "eksd"),
    "aehjsp": _by_day("aehjsp", "hjemsygep_dato"),
    "genoptraeningsplaner": _by_day("genoptraeningsplaner", "plan_dato"),
    "aefb": _by_day("aefb", "besoeg_dato"),
    "forebyggelsestilbud": _by_day("forebyggelsestilbud", "start_dato"),
    "markoerer": _by_day("markoerer", "dato"),
    "aetr": """
        SELECT CAST(SUBSTRING(haend_mdr, 1, 4) AS INTEGER) AS year,
               CAST(SUBSTRING(haend_mdr, 5, 2) AS INTEGER) AS month, COUNT(*) AS n
        FROM reg_aetr WHERE haend_mdr IS NOT NULL GROUP BY 1, 2
    """,
    "kronikere": _by_day("kronikere", "debut"),
    "vnds": _by_day("vnds", "haend_dato"),
    # The register knows the year alone, so a year that is there is taken to be whole.
    "aerehab": """
        SELECT CAST(aar AS INTEGER) AS year, half AS month, COUNT(*) AS n
        FROM reg_aerehab CROSS JOIN (SELECT UNNEST([1, 12]) AS half)
        WHERE aar IS NOT NULL GROUP BY 1, 2
    """,
}
NO_CONTACTS = datetime(1900, 1, 1)
"""The extract's end where no hospital contacts were read."""

_REGISTER_OF = {
    "stays": "kontakter",
    "contacts": "kontakter",
    "diagnoses": "kontakter",
    "onsets": "kontakter",
    "ruks_rows": "kronikere",
    "psychiatric_referrals": "kontakter",
    "osdc_diabetes": "kontakter",
    "atrial_fibrillation": "kontakter",
    "gp_weeks": "sssy",
    "dispensings": "lmdb",
    "home_nursing": "aehjsp",
    "rehabilitation_plans": "genoptraeningsplaner",
    "ready_for_discharge": "markoerer",
    "preventive_visits": "aefb",
    "training": "aetr",
    "reablement": "aerehab",
    "prevention": "forebyggelsestilbud",
    "migrations": "vnds",
    "time_lost": "vnds",
}


def extract_end(database: Engine) -> datetime:
    """The first moment the extract of hospital contacts does not cover: the midnight after the
    last day with a usual number of contacts begun. Reads `reg_kontakter`."""
    days = database.fetchall(
        "SELECT CAST(start_ts AS DATE) AS day, COUNT(*) AS n FROM reg_kontakter"
        " WHERE start_ts IS NOT NULL GROUP BY 1",
        doing="kontakter",
    )
    return end_of(days)


def end_of(days: Iterable[tuple[date, int]]) -> datetime:
    """The midnight after the last usual day of (day, number) pairs; 1 January 1900 for none."""
    listed = list(days)
    if not listed:
        return NO_CONTACTS
    usual = median(number for _day, number in listed)
    last = max(day for day, number in listed if number >= _FEW * usual)
    return datetime.combine(last + timedelta(days=1), time())


def snapshot_years(database: Engine) -> tuple[int, ...]:
    """The years whose 1 January there is a population snapshot for. Reads `reg_bef`."""
    rows = database.fetchall(
        "SELECT DISTINCT referencetid FROM reg_bef WHERE referencetid IS NOT NULL", doing="bef"
    )
    days = {day_of(told) for (told,) in rows}
    return tuple(sorted(day.year for day in days if (day.month, day.day) == (1, 1)))


def whole_years(database: Engine, table: str, extract_end: datetime) -> frozenset[int] | None:
    """The years that the register behind a spine table has rows from both January and December
    of, for hospital contacts up to `extract_end`; None for tables that are not about what happens
    in a year."""
    register = _REGISTER_OF.get(table)
    if register is None:
        return None
    months: dict[int, set[int]] = {}
    rows = database.fetchall(_MONTHS[register], doing=register)
    usual = median(number for *_when, number in rows) if rows else 0
    for year, month, number in rows:
        if number >= _FEW * usual:
            months.setdefault(year, set()).add(month)
    whole = frozenset(year for year, found in months.items() if {1, 12} <= found)
    if register == "kontakter":
        return frozenset(year for year in whole if datetime(year + 1, 1, 1) <= extract_end)
    return whole
