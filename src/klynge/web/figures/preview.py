"""What an import of published figures will do, as the page shows it before it is done."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from klynge import structure
from klynge.web.bodies.danish import danish_order
from klynge.web.figures import numbers, periods
from klynge.web.figures.models import PublishedIndicator
from klynge.web.figures.places import known
from klynge.web.figures.published import DECIMALS, Told
from klynge.web.figures.published_file import About
from klynge.web.figures.rules import Plan
from klynge.web.figures.vocabulary import KIND_TITLES, THEME_OF_CODE

EXAMPLES = 3


@dataclass(frozen=True)
class Planned:
    """One indicator of the file: how many figures, and some of them."""

    code: str
    about: About
    theme: str
    source: str
    periods: str
    counts: list[tuple[str, int]]
    computed: int
    lowest: str
    highest: str
    examples: list[tuple[str, str, bool]]


def of(plan: Plan) -> list[Planned]:
    """Every indicator of the file."""
    return [_planned(plan, source, code) for source, code in plan.content.about]


def _planned(plan: Plan, source: str, code: str) -> Planned:
    rows = [r for r in plan.content.rows if (r.source, r.indicator) == (source, code)]
    computed = [c for c in plan.computed if (c.source, c.indicator) == (source, code)]
    kinds = Counter(row.place_kind for row in rows)
    values = [row.value for row in rows]
    about = plan.content.about[source, code]
    wanted = [row for row in computed if row.place_kind == "klynge"][:EXAMPLES]
    examples = [
        (known(r.place_kind, r.place).name, _value(r.value), False) for r in rows[:EXAMPLES]
    ]
    examples += [(known(r.place_kind, r.place).name, _value(r.value), True) for r in wanted]
    return Planned(
        code=code,
        about=about,
        theme=str(THEME_OF_CODE[about.theme].title),
        source=source,
        periods=", ".join(periods.title(p) for p in sorted({row.period for row in rows})),
        counts=[
            (str(KIND_TITLES[kind][1 if kinds[kind] > 1 else 0]), kinds[kind])
            for kind in structure.KINDS
            if kinds[kind]
        ],
        computed=len(computed),
        lowest=_value(min(values)),
        highest=_value(max(values)),
        examples=examples,
    )


@dataclass(frozen=True)
class SourceTable:
    """Places down, indicators (and periods) across."""

    columns: list[tuple[PublishedIndicator, str]]
    rows: list[tuple[str, list[Told | None], str]]


def table(told: Iterable[Told]) -> SourceTable:
    """A source's figures of one kind of place as one table; the method is said once a row."""
    columns: dict[tuple[int, str], tuple[PublishedIndicator, str]] = {}
    rows: dict[tuple[str, str], dict[tuple[int, str], Told]] = defaultdict(dict)
    for one in told:
        figure = one.figure
        column = (figure.indicator_id, figure.period)
        columns.setdefault(column, (figure.indicator, one.period_title))
        rows[figure.place_kind, figure.place][column] = one
    named = sorted(
        ((known(*key).name, by_column) for key, by_column in rows.items()),
        key=lambda row: danish_order(row[0]),
    )
    return SourceTable(
        columns=list(columns.values()),
        rows=[
            (name, [by.get(column) for column in columns], _method(by.values()))
            for name, by in named
        ],
    )


def _method(told: Iterable[Told]) -> str:
    return next((one.method for one in told if one.method), "")


def _value(number: float) -> str:
    return numbers.value(number, DECIMALS)
