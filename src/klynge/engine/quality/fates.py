"""What becomes of every row of a register: used, or the one reason it fell out; by year."""

# ruff: noqa: S608  (names come from this file)
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from klynge.engine.quality.rounding import rounded

Words = dict[str, str]
Numbers = Mapping[str, int]
"""How many rows have each fate."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The view that tells the fate of every row of a register, and the column that dates a row."""

    view: str
    dated_by: str

    @property
    def year(self) -> str:
        day = self.dated_by
        return f"CAST({day if day == 'year' else f'EXTRACT(YEAR FROM {day})'} AS INTEGER)"


ROWS = {
    "bef": Rows("resident_rows", "year"),
    "udda": Rows("education_rows", "completed_on"),
    "vnds": Rows("migration_rows", "moved_on"),
    "kontakter": Rows("contact_rows", "started_at"),
    "diagnoser": Rows("diagnosis_rows", "recorded_on"),
    "sssy": Rows("gp_week_rows", "year"),
    "lmdb": Rows("dispensing_rows", "dispensed_on"),
    "plejehjem": Rows("care_home_rows", "moved_in_on"),
    "aehjsp": Rows("home_nursing_rows", "nursed_on"),
    "aefv": Rows("home_help_rows", "month_begins_on"),
    "genoptraeningsplaner": Rows("rehabilitation_plan_rows", "made_on"),
    "aetr": Rows("training_rows", "month_begins_on"),
    "aerehab": Rows("reablement_rows", "year"),
    "aefb": Rows("preventive_visit_rows", "visited_on"),
    "forebyggelsestilbud": Rows("prevention_rows", "began_on"),
    "markoerer": Rows("marker_rows", "marked_on"),
    "lab_dm_forsker": Rows("lab_result_rows", "taken_on"),
    "kronikere": Rows("ruks_rows", "began_on"),
}

# Tables whose rows belong to a year: what they are called, and the year of a row.
_YEARLY = {
    "stays": "CAST(EXTRACT(YEAR FROM started_at) AS INTEGER)",
    "gp_weeks": "year",
}

DELIVERED_TWICE = "in_newer_form"
NOBODYS = ("no_residence", "replacement_number", "no_contact")
"""Rows of these fates belong to nobody in the population."""

_REASONS: dict[str, Words] = {
    "not_year_end": {
        "da": "øjebliksbilledet er fra et andet kvartal end årsskiftet",
        "en": "the snapshot is of another quarter than the turn of the year",
    },
    "outside_years": {"da": "uden for årene", "en": "outside the years"},
    "unknown_sex": {"da": "ukendt køn", "en": "unknown sex"},
    "unknown_kommune": {
        "da": "kommunen er ikke en af de 98",
        "en": "the kommune is not one of the 98",
    },
    "in_newer_form": {
        "da": "også leveret i et nyere format, og talt dér",
        "en": "delivered in a newer form too, and counted there",
    },
    "impossible_times": {"da": "umulige tider", "en": "impossible times"},
    "dead_on_1_january": {"da": "død før 1. januar", "en": "dead before 1 January"},
    "no_residence": {
        "da": "personen er ikke i noget øjebliksbillede af befolkningen",
        "en": "the person is in no snapshot of the population",
    },
    "replacement_number": {
        "da": "erstatningsnummer, som ikke er koblet til et personnummer",
        "en": "a replacement number that is not linked to a CPR number",
    },
    "no_residence_on_1_january": {
        "da": "personen boede ikke i en af de 98 kommuner 1. januar",
        "en": "the person did not live in one of the 98 kommuner on 1 January",
    },
    "not_physical": {"da": "ikke fysisk fremmøde", "en": "not a contact in person"},
    "after_extract_end": {
        "da": "begyndt efter udtrækkets slutning",
        "en": "begun after the end of the extract",
    },
    "after_death": {"da": "begyndt efter dødsdagen", "en": "begun after the day of death"},
    "unfinished": {"da": "uafsluttet somatisk kontakt", "en": "unfinished somatic contact"},
    "no_contact": {"da": "kontakten findes ikke", "en": "the contact is not there"},
    "revoked": {"da": "senere afkræftet", "en": "later revoked"},
    "other_analysis": {
        "da": "prøven er en anden end langtidsblodsukker",
        "en": "the result is of something else than HbA1c",
    },
    "other_disease": {
        "da": "en sygdom, som ingen af indikatorerne handler om",
        "en": "a disease that none of the indicators is about",
    },
    "updated_since": {
        "da": "afløst af en nyere opdatering",
        "en": "replaced by a newer update",
    },
    "left_at_once": {
        "da": "gået ud samme dag, som sygdommen begyndte",
        "en": "left the day the disease began",
    },
    "no_number": {"da": "prøvesvaret er ikke et tal", "en": "the result is no number"},
    "other_marker": {
        "da": "markøren handler om andet end at være færdigbehandlet",
        "en": "the marker is about something else than being ready for discharge",
    },
    "unknown_level": {
        "da": "koden siger ikke, hvilket niveau uddannelsen er på",
        "en": "the code does not tell the level of the education",
    },
    "sent_in_error": {"da": "planen er sendt ved en fejl", "en": "the plan was sent in error"},
    "nothing_granted": {"da": "der er ikke visiteret noget", "en": "nothing was granted"},
    "child_on_parents_number": {
        "da": "ydelse til et barn på en forælders nummer",
        "en": "service to a child on a parent's number",
    },
}


def questions(made: set[str], years: Sequence[int]) -> dict[str, str]:
    """What must be asked of the spine's tables that are `made`, in SQL by name."""
    asked = {rows.view: _by_year(rows, years) for rows in ROWS.values() if rows.view in made}
    return asked | {
        table: _yearly_fates(table, year) for table, year in _YEARLY.items() if table in made
    }


def registers(found: Mapping[str, Sequence[tuple[Any, ...]]]) -> dict[str, dict[str, Any]]:
    """Each register's rows in, rows used, and why the rest fell out."""
    return {
        register: account(numbers((fate, n) for fate, _year, n in found[rows.view]))
        for register, rows in ROWS.items()
        if rows.view in found
    }


def events(found: Mapping[str, Sequence[tuple[Any, ...]]]) -> dict[str, dict[str, Any]]:
    """The same of stays and claims: the share that belongs to somebody who lived here."""
    return {table: account(numbers(found[table])) for table in _YEARLY if table in found}


def by_year(rows: Iterable[tuple[Any, ...]]) -> dict[int, dict[str, int]]:
    """The fates of a register's rows for each year; rows without a year have none."""
    years: dict[int, dict[str, int]] = defaultdict(dict)
    for fate, year, n in rows:
        if year is not None:
            years[int(year)][str(fate)] = years[int(year)].get(str(fate), 0) + int(n)
    return dict(years)


def delivered(found: Mapping[str, Sequence[tuple[Any, ...]]]) -> dict[tuple[str, int], int]:
    """How many rows of each register and year were delivered, whatever became of them; once, where
    the same came in two forms."""
    return {
        (register, year): sum(n for fate, n in fates.items() if fate != DELIVERED_TWICE)
        for register, rows in ROWS.items()
        for year, fates in by_year(found.get(rows.view, ())).items()
    }


def numbers(rows: Iterable[tuple[Any, ...]]) -> dict[str, int]:
    """Rows (fate, number) added up."""
    added: dict[str, int] = defaultdict(int)
    for fate, n in rows:
        added[str(fate)] += int(n)
    return dict(added)


def account(fates: Numbers) -> dict[str, Any]:
    """Rows in, rows used, and why the rest fell out, all rounded."""
    return {
        "rows": rounded(sum(fates.values())),
        "used": rounded(fates.get("used", 0)),
        "fell_out": [
            {"reason": reason, **words, "rows": rounded(fates[reason])}
            for reason, words in _REASONS.items()
            if fates.get(reason, 0)
        ],
    }


def _by_year(rows: Rows, years: Sequence[int]) -> str:
    fate = "fate"
    if rows.view == "resident_rows":
        first, last = min(years), max(years)
        fate = (
            f"CASE WHEN fate = 'used' AND year NOT BETWEEN {first:d} AND {last:d}"
            " THEN 'outside_years' ELSE fate END"
        )
    return (
        f"SELECT {fate} AS fate, {rows.year} AS year, COUNT(*) AS n FROM {rows.view} GROUP BY 1, 2"
    )


def _yearly_fates(table: str, year: str) -> str:
    # Gathered to a row a person and year first, so that each meets the population once.
    return f"""
        SELECT
          CASE
            WHEN p.year IS NULL THEN 'outside_years'
            WHEN r.pid IS NULL THEN 'no_residence_on_1_january'
            ELSE 'used'
          END AS fate,
          CAST(SUM(e.events) AS BIGINT) AS n
        FROM (
          SELECT pid, happened, COUNT(*) AS events
          FROM (SELECT pid, {year} AS happened FROM {table}) AS dated
          GROUP BY pid, happened
        ) AS e
        LEFT JOIN periods AS p ON p.year = e.happened
        LEFT JOIN residents AS r ON r.pid = e.pid AND r.year = e.happened
        GROUP BY 1
        """
