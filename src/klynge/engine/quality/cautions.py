"""What a reader is warned of: years left out, forgotten contacts, histories that are short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from statistics import median
from typing import Any

from klynge.engine.indicators.indicator import Indicator
from klynge.engine.quality.fates import ROWS, Words
from klynge.engine.quality.rounding import rounded
from klynge.engine.spine.models import Parameters

LONG_HISTORY = 10
UNFINISHED = "unfinished"
_HISTORIES = {"diagnoser": ("Diagnoserne", "Diagnoses"), "lmdb": ("Medicinen", "Medicines")}

Answers = Mapping[str, Sequence[tuple[Any, ...]]]


def questions(made: set[str], parameters: Parameters) -> dict[str, str]:
    """What must be asked of the spine's tables that are `made`, in SQL by name."""
    if "contacts" not in made:
        return {}
    long_ago = (parameters.extract_end - timedelta(days=365)).isoformat(sep=" ")
    return {
        UNFINISHED: "SELECT COUNT(*) AS n FROM contacts"  # noqa: S608
        f" WHERE running AND started_at < CAST('{long_ago}' AS TIMESTAMP)"
    }


def warnings(
    found: Answers,
    indicators: Sequence[Indicator],
    years: Sequence[int],
    left_out: Mapping[str, Sequence[int]],
) -> list[Words]:
    """All of it, from the answers to the questions of the report."""
    return [*_years(left_out), *_unfinished(found), *_histories(found, indicators, years)]


def _years(left_out: Mapping[str, Sequence[int]]) -> list[Words]:
    return [
        {
            "da": f"{code} er ikke opgjort i {_listed(years)}: registret dækker ikke hele året.",
            "en": f"{code} was not counted in {_listed(years)}: the register does not cover the"
            " whole year.",
        }
        for code, years in left_out.items()
        if years
    ]


def _unfinished(found: Answers) -> list[Words]:
    number = rounded(int(found[UNFINISHED][0][0])) if UNFINISHED in found else 0
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


def _histories(
    found: Answers, indicators: Sequence[Indicator], years: Sequence[int]
) -> list[Words]:
    """The registers that chronic disease is told from, when they begin late."""
    if not any(indicator.chronic for indicator in indicators):
        return []
    return [
        warning
        for register in _HISTORIES
        for warning in _short(register, found.get(ROWS[register].view, ()), min(years))
    ]


def _short(register: str, rows: Sequence[tuple[Any, ...]], first_year: int) -> list[Words]:
    """The first year with as many rows as a tenth of a usual one begins the history: a few rows
    dated wrong do not."""
    used: dict[int, int] = defaultdict(int)
    for fate, year, n in rows:
        if fate == "used":
            used[int(year)] += int(n)
    if not used:
        return []
    usual = median(used.values())
    history = max(0, first_year - min(year for year, n in used.items() if n >= usual / 10))
    if history >= LONG_HISTORY:
        return []
    da, en = _HISTORIES[register]
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


def _listed(years: Sequence[int]) -> str:
    return ", ".join(str(year) for year in years)
