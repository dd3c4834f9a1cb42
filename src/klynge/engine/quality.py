"""Accounts for every row: how many came in, how many were used, and why the rest fell out.

No small number leaves: each count is rounded to the nearest 5, and 1 to 4 are told as "<5". Shares
are computed from the rounded counts. Words are given in Danish and English, because the report is
read in the open zone, in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from statistics import median
from typing import Any

from klynge.engine import completeness, movers
from klynge.engine.indicators import compiling
from klynge.engine.indicators.groups import Group, groups_of
from klynge.engine.indicators.indicator import Indicator
from klynge.engine.spine import coverage
from klynge.engine.spine.engine import Engine
from klynge.engine.spine.models import Model, Parameters
from klynge.structure import places

Words = dict[str, str]

ROUNDED_TO = 5
FEW = "<5"
LOW_LINKAGE = 99.0
LONG_HISTORY = 10
_HISTORIES = {"diagnoses": ("Diagnoserne", "Diagnoses"), "dispensings": ("Medicinen", "Medicines")}

# The views that tell the fate of every row of a register.
_ROWS = {
    "bef": "resident_rows",
    "kontakter": "contact_rows",
    "diagnoser": "diagnosis_rows",
    "sssy": "gp_week_rows",
    "lmdb": "dispensing_rows",
    "plejehjem": "care_home_rows",
    "aehjsp": "home_nursing_rows",
    "aefv": "home_help_rows",
    "genoptraeningsplaner": "rehabilitation_plan_rows",
    "aetr": "training_rows",
    "aerehab": "reablement_rows",
    "aefb": "preventive_visit_rows",
    "forebyggelsestilbud": "prevention_rows",
    "markoerer": "marker_rows",
    "lab_dm_forsker": "lab_result_rows",
}
# Tables whose rows belong to a year: what they are called, and the year of a row.
_YEARLY = {
    "stays": "CAST(EXTRACT(YEAR FROM started_at) AS INTEGER)",
    "gp_weeks": "year",
}
_REASONS: dict[str, Words] = {
    "not_year_end": {
        "da": "øjebliksbilledet er ikke fra 31. december",
        "en": "the snapshot is not of 31 December",
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
    "no_number": {"da": "prøvesvaret er ikke et tal", "en": "the result is no number"},
    "other_marker": {
        "da": "markøren handler om andet end at være færdigbehandlet",
        "en": "the marker is about something else than being ready for discharge",
    },
    "sent_in_error": {"da": "planen er sendt ved en fejl", "en": "the plan was sent in error"},
    "nothing_granted": {"da": "der er ikke visiteret noget", "en": "nothing was granted"},
    "child_on_parents_number": {
        "da": "ydelse til et barn på en forælders nummer",
        "en": "service to a child on a parent's number",
    },
}


def rounded(count: int) -> int | str:
    """A count as it may be told: nearest 5, 1-4 as "<5"."""
    if 0 < count < ROUNDED_TO:
        return FEW
    return ROUNDED_TO * ((2 * count + ROUNDED_TO) // (2 * ROUNDED_TO))


Answers = Mapping[str, Sequence[tuple[Any, ...]]]
"""The rows of each question's answer; the last columns are the numbers."""


def questions(
    indicators: Sequence[Indicator],
    *,
    years: Sequence[int],
    models: Iterable[Model],
    parameters: Parameters,
) -> dict[str, str]:
    """What must be asked of the spine and `periods`, in SQL by name. Every answer is a number of
    rows of each kind, so the answers of some persons at a time add up."""
    made = {model.name for model in models}
    asked = {view: _fates(view, years) for view in _ROWS.values() if view in made}
    asked |= {table: _yearly_fates(table, year) for table, year in _YEARLY.items() if table in made}
    for group in _following(indicators):
        asked[_NOT_FOLLOWED + group.name] = compiling.not_followed_sql(
            group, parameters.extract_end
        )
    if "contacts" in made:
        asked[_UNFINISHED] = _unfinished(parameters)
    for table, day in _histories(made, indicators).items():
        asked[_HISTORY + table] = (
            f"SELECT CAST(EXTRACT(YEAR FROM {day}) AS INTEGER) AS year, COUNT(*) AS n"  # noqa: S608
            f" FROM {table} GROUP BY 1"
        )
    asked |= completeness.questions(made) | movers.questions(made)
    return {f"quality {name}": sql for name, sql in asked.items()}


def report(
    database: Engine,
    indicators: Sequence[Indicator],
    *,
    years: Sequence[int],
    models: Sequence[Model],
    parameters: Parameters,
    left_out: Mapping[str, Sequence[int]],
) -> dict[str, Any]:
    """What quality.json holds, asked of the spine and `periods` in `database`."""
    asked = questions(indicators, years=years, models=models, parameters=parameters)
    answers = {name: database.fetchall(sql, doing=name) for name, sql in asked.items()}
    return told(answers, indicators, years=years, parameters=parameters, left_out=left_out)


def told(
    answers: Answers,
    indicators: Sequence[Indicator],
    *,
    years: Sequence[int],
    parameters: Parameters,
    left_out: Mapping[str, Sequence[int]],
) -> dict[str, Any]:
    """What quality.json holds, from the answers to `questions`.

    left_out: for each indicator the years it was not counted in, because its register does not
    cover them.
    """
    found = {name.removeprefix("quality "): rows for name, rows in answers.items()}
    tables = {
        register: _account(_numbers(found[view]))
        for register, view in _ROWS.items()
        if view in found
    }
    events = {table: _account(_numbers(found[table])) for table in _YEARLY if table in found}
    linkage = _linkage(tables)
    months = completeness.as_json(completeness.told(found), _names())
    return {
        **_of_contacts(parameters),
        "counts_rounded_to": ROUNDED_TO,
        "tables": tables,
        "events": events,
        "no_full_follow_up": _without_follow_up(found, indicators, years),
        "linkage": linkage,
        "completeness": months,
        "movers": movers.told(found.get(movers.QUESTION, ()), years, rounded),
        "warnings": [
            *_linkage_warnings(linkage),
            *completeness.warnings(months),
            *_year_warnings(left_out),
            *_unfinished_warnings(found),
            *_history_warnings(found, years),
        ],
    }


def _names() -> dict[str, str]:
    return {place.id: place.name for place in places("kommune")}


_NOT_FOLLOWED = "not followed "
_UNFINISHED = "unfinished"
_HISTORY = "history "


def _fates(view: str, years: Sequence[int]) -> str:
    fate = "fate"
    if view == "resident_rows":
        first, last = min(years), max(years)
        fate = (
            f"CASE WHEN fate = 'used' AND year NOT BETWEEN {first:d} AND {last:d}"
            " THEN 'outside_years' ELSE fate END"
        )
    return f"SELECT {fate} AS fate, COUNT(*) AS n FROM {view} GROUP BY 1"  # noqa: S608


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
        """  # noqa: S608


def _numbers(rows: Sequence[tuple[Any, ...]]) -> dict[str, int]:
    return {str(name): int(number) for name, number in rows}


def _account(fates: Mapping[str, int]) -> dict[str, Any]:
    return {
        "rows": rounded(sum(fates.values())),
        "used": rounded(fates.get("used", 0)),
        "fell_out": [
            {"reason": reason, **words, "rows": rounded(fates[reason])}
            for reason, words in _REASONS.items()
            if fates.get(reason, 0)
        ],
    }


def _without_follow_up(
    found: Answers, indicators: Sequence[Indicator], years: Sequence[int]
) -> list[dict[str, Any]]:
    """Events left out because the extract ends before they could be followed."""
    told = [
        {
            "indicator": indicator.code,
            "period": str(years[period]),
            "days": indicator.follow_up_days,
            "events": rounded(int(number)),
        }
        for group in _following(indicators)
        for period, *numbers in sorted(found.get(_NOT_FOLLOWED + group.name, ()))
        for indicator, number in zip(group.indicators, numbers, strict=True)
        if number
    ]
    order = [indicator.code for indicator in indicators]
    return sorted(told, key=lambda line: (order.index(line["indicator"]), line["period"]))


def _following(indicators: Sequence[Indicator]) -> tuple[Group, ...]:
    return groups_of(each for each in indicators if each.follow_up_days)


def _linkage(tables: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """How large a share of each register's rows belongs to somebody in the population."""
    told = []
    for register, account in tables.items():
        if register == "bef" or not isinstance(account["rows"], int) or not account["rows"]:
            continue
        lost = [
            _least(line["rows"])
            for line in account["fell_out"]
            if line["reason"] in ("no_residence", "replacement_number", "no_contact")
        ]
        share = 100 * (1 - sum(lost) / account["rows"])
        told.append({"register": register, "to": "bef", "per_cent": round(share, 1)})
    return told


def _least(count: int | str) -> int:
    return count if isinstance(count, int) else 0


def _linkage_warnings(linkage: Sequence[Mapping[str, Any]]) -> list[Words]:
    return [
        {
            "da": f"Kun {_comma(line['per_cent'])} pct. af rækkerne i {line['register']} hører til"
            " en person i befolkningen.",
            "en": f"Only {line['per_cent']} per cent of the rows in {line['register']} belong to a"
            " person in the population.",
        }
        for line in linkage
        if line["per_cent"] < LOW_LINKAGE
    ]


def _year_warnings(left_out: Mapping[str, Sequence[int]]) -> list[Words]:
    return [
        {
            "da": f"{code} er ikke opgjort i {_listed(years)}: registret dækker ikke hele året.",
            "en": f"{code} was not counted in {_listed(years)}: the register does not cover the"
            " whole year.",
        }
        for code, years in left_out.items()
        if years
    ]


def _unfinished(parameters: Parameters) -> str:
    long_ago = (parameters.extract_end - timedelta(days=365)).isoformat(sep=" ")
    return (
        "SELECT COUNT(*) AS n FROM contacts"  # noqa: S608
        f" WHERE running AND started_at < CAST('{long_ago}' AS TIMESTAMP)"
    )


def _unfinished_warnings(found: Answers) -> list[Words]:
    number = rounded(int(found[_UNFINISHED][0][0])) if _UNFINISHED in found else 0
    if number == 0:
        return []
    return [
        {
            "da": f"{number} psykiatriske kontakter har været uafsluttede i over et år: er de"
            " glemt, opsluger de senere ophold for de samme personer.",
            "en": f"{number} psychiatric contacts have been unfinished for over a year: if"
            " forgotten, they swallow later stays of the same people.",
        }
    ]


def _histories(made: set[str], indicators: Sequence[Indicator]) -> dict[str, str]:
    """The tables that chronic disease is told from, with the day of a row."""
    if not any(indicator.chronic for indicator in indicators):
        return {}
    days = {"diagnoses": "recorded_on", "dispensings": "dispensed_on"}
    return {table: day for table, day in days.items() if table in made}


def _history_warnings(found: Answers, years: Sequence[int]) -> list[Words]:
    return [
        warning
        for table in _HISTORIES
        for warning in _short_history(table, found.get(_HISTORY + table, ()), min(years))
    ]


def _short_history(table: str, rows: Sequence[tuple[Any, ...]], first_year: int) -> list[Words]:
    """The first year with as many rows as a tenth of a usual one begins the history: a few rows
    dated wrong do not."""
    if not rows:
        return []
    usual = median(int(number) for _year, number in rows)
    first = min(int(year) for year, number in rows if number >= usual / 10)
    history = max(0, first_year - first)
    if history >= LONG_HISTORY:
        return []
    da, en = _HISTORIES[table]
    return [
        {
            "da": f"{da} går {history} år tilbage før det første år: forekomsten af kroniske"
            " sygdomme er for lav i de første år og vokser med historikken, og gamle tilfælde"
            " tælles som nye.",
            "en": f"{en} go back {history} years before the first year: the prevalence of chronic"
            " disease is too low in the first years and grows with the history, and old cases"
            " count as new.",
        }
    ]


def _comma(share: float) -> str:
    return str(share).replace(".", ",")


def _listed(years: Sequence[int]) -> str:
    return ", ".join(str(year) for year in years)


def _of_contacts(parameters: Parameters) -> dict[str, Any]:
    """What holds for hospital contacts; nothing when none were read."""
    if parameters.extract_end == coverage.NO_CONTACTS:
        return {}
    return {
        "extract_end": (parameters.extract_end - timedelta(days=1)).date().isoformat(),
        "max_gap_hours": parameters.max_gap_hours,
        "admission_min_hours": parameters.admission_min_hours,
    }
