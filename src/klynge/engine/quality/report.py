"""Accounts for every row: how many came in, how many were used, and why the rest fell out.

No small number leaves: each count is rounded to the nearest 5, and 1 to 4 are told as "<5". Shares
are computed from the rounded counts, or told in whole per cent of a thousand or more. Words are
given in Danish and English, because the report is read in the open zone, in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from klynge.engine.indicators import compiling
from klynge.engine.indicators.groups import Group, groups_of
from klynge.engine.indicators.indicator import Indicator
from klynge.engine.quality import cautions, completeness, fates, linking, movers
from klynge.engine.quality.rounding import ROUNDED_TO, rounded
from klynge.engine.spine import coverage
from klynge.engine.spine.engine import Engine
from klynge.engine.spine.models import Model, Parameters
from klynge.structure import places

Answers = Mapping[str, Sequence[tuple[Any, ...]]]
"""The rows of each question's answer; the last columns are the numbers."""

_QUALITY = "quality "
_NOT_FOLLOWED = "not followed "


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
    asked = fates.questions(made, years) | linking.questions(made)
    for group in _following(indicators):
        asked[_NOT_FOLLOWED + group.name] = compiling.not_followed_sql(
            group, parameters.extract_end
        )
    asked |= cautions.questions(made, parameters)
    asked |= completeness.questions(made) | movers.questions(made)
    return {_QUALITY + name: sql for name, sql in asked.items()}


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
    found = _bare(answers)
    tables = fates.registers(found)
    linkage, by_year = linking.overall(tables), linking.yearly(found, years)
    sectors = linking.sectors(found, years)
    months = completeness.as_json(completeness.told(found), _names())
    return {
        **_of_contacts(parameters),
        "counts_rounded_to": ROUNDED_TO,
        "tables": tables,
        "events": fates.events(found),
        "no_full_follow_up": _without_follow_up(found, indicators, years),
        "linkage": linkage,
        "linkage_by_year": by_year,
        "sectors": sectors,
        "completeness": months,
        "movers": movers.told(found.get(movers.QUESTION, ()), years, rounded),
        "warnings": [
            *linking.warnings(linkage, by_year, sectors),
            *completeness.warnings(months),
            *cautions.warnings(found, indicators, years, left_out),
        ],
    }


def delivered(answers: Answers) -> dict[tuple[str, int], int]:
    """How many rows of each register and year came in, from the answers to `questions`. Not
    rounded: no part of the report."""
    return fates.delivered(_bare(answers))


def _bare(answers: Answers) -> dict[str, Sequence[tuple[Any, ...]]]:
    return {name.removeprefix(_QUALITY): rows for name, rows in answers.items()}


def _names() -> dict[str, str]:
    return {place.id: place.name for place in places("kommune")}


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


def _of_contacts(parameters: Parameters) -> dict[str, Any]:
    """What holds for hospital contacts; nothing when none were read."""
    if parameters.extract_end == coverage.NO_CONTACTS:
        return {}
    return {
        "extract_end": (parameters.extract_end - timedelta(days=1)).date().isoformat(),
        "max_gap_hours": parameters.max_gap_hours,
        "admission_min_hours": parameters.admission_min_hours,
    }
