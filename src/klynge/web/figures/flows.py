"""Where a place's citizens go from month to month: a table of ways, and a bar for each origin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from klynge.web.figures import numbers, periods
from klynge.web.figures.models import HIDDEN, Flow, FlowTable, Pack, said
from klynge.web.figures.places import Place

WIDTH = 700
"""How wide a bar is, in the units of its picture."""
FACTS = ("numerator", "denominator", "window", "ties", "leaves_out", "weak_points")


@dataclass(frozen=True)
class Way:
    """One cell: the share and number of steps to a state, or that it is hidden or of nobody."""

    state: str
    name: str
    number: str
    share: str
    is_hidden: bool
    strength: int

    @property
    def words(self) -> str:
        """What stands in the table."""
        return _("skjult") if self.is_hidden else self.share or "–"


@dataclass(frozen=True)
class Segment:
    """A part of a bar. `hidden`: what the hidden ways take together."""

    state: str
    x: float
    width: float


@dataclass(frozen=True)
class Line:
    """One origin: how many steps there are from it, where they go, and the bar."""

    state: str
    name: str
    means: str
    steps: str
    ways: tuple[Way, ...]
    bar: tuple[Segment, ...]


@dataclass(frozen=True)
class Table:
    """The table of one place, year and age."""

    of: FlowTable
    lines: tuple[Line, ...]
    destinations: tuple[tuple[str, str], ...]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The definition in words, each with its label."""
        labels = {
            "numerator": _("Tæller"),
            "denominator": _("Nævner"),
            "window": _("Vindue"),
            "ties": _("Rækkefølge"),
            "leaves_out": _("Udeladt"),
            "weak_points": _("Svage punkter"),
        }
        return [(labels[key], said(self.of.entry[key])) for key in FACTS]

    @property
    def certainty_note(self) -> str:
        """Why it is a local definition."""
        return said(self.of.entry["certainty_note"])

    @property
    def unit(self) -> str:
        """What a value is."""
        return said(self.of.entry["unit"])


def table_of(pack: Pack) -> FlowTable | None:
    """The pack's table, if it has one."""
    return FlowTable.objects.filter(pack=pack).first()


def periods_of(table: FlowTable, on: date) -> list[str]:
    """The years that are over on a date, the oldest first."""
    years = table.flows.order_by("period").values_list("period", flat=True).distinct()
    return [year for year in years if periods.is_known_on(year, on)]


def read(table: FlowTable, place: Place, *, period: str, age: str) -> Table | None:
    """The table of a place; None when the pack has none for it."""
    cells = {
        (flow.origin, flow.destination): flow
        for flow in table.flows.filter(
            place_kind=place.kind, place=place.id, period=period, age=age
        )
    }
    if not cells:
        return None
    origins, goals = table.entry["origins"], table.entry["destinations"]
    lines = tuple(_line(state, goals, cells) for state in origins)
    return Table(table, lines, tuple((goal["id"], said(goal["name"])) for goal in goals))


def _line(
    state: dict[str, Any], goals: Sequence[dict[str, Any]], cells: dict[tuple[str, str], Flow]
) -> Line:
    flows = [(goal, cells[state["id"], goal["id"]]) for goal in goals]
    sizes = {flow.denominator for _goal, flow in flows if flow.denominator is not None}
    return Line(
        state=state["id"],
        name=said(state["name"]),
        means=said(state["means"]),
        steps=numbers.whole(sizes.pop()) if sizes else "",
        ways=tuple(_way(goal, flow) for goal, flow in flows),
        bar=_bar(flows),
    )


def _way(goal: dict[str, Any], flow: Flow) -> Way:
    share = flow.value or 0
    return Way(
        state=goal["id"],
        name=said(goal["name"]),
        number=numbers.whole(flow.numerator),
        share=f"{numbers.value(flow.value, 1)}{numbers.THIN}%" if flow.value is not None else "",
        is_hidden=flow.status == HIDDEN,
        strength=sum(share >= limit for limit in (1, 5, 15, 35, 65)),
    )


def _bar(flows: Sequence[tuple[dict[str, Any], Flow]]) -> tuple[Segment, ...]:
    """The shown ways beside each other; what is hidden comes last, together, when it is known."""
    made, x = [], 0.0
    for goal, flow in flows:
        width = WIDTH * (flow.value or 0) / 100
        if width:
            made.append(Segment(goal["id"], round(x, 1), round(width, 1)))
            x += width
    if any(flow.status == HIDDEN for _goal, flow in flows) and x < WIDTH - 0.5:
        made.append(Segment("skjult", round(x, 1), round(WIDTH - x, 1)))
    return tuple(made)
