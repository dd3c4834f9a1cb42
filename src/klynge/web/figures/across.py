"""One indicator in every place of a kind: the chosen place beside the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from klynge.web.bodies.danish import danish_order
from klynge.web.figures import cells, comparing, periods
from klynge.web.figures.cells import Cell, Scale
from klynge.web.figures.comparing import Comparison
from klynge.web.figures.models import Figure, Indicator
from klynge.web.figures.places import LAND, Key, Place
from klynge.web.figures.reading import Desk, split


@dataclass(frozen=True)
class Line:
    """One place of a comparison. `chosen`: the place the reader came from, or a part of it."""

    place: Place
    cell: Cell
    chosen: bool
    comparison: Comparison | None
    region: str = ""

    @property
    def label(self) -> str:
        """The name, with its region for a klynge: three of them are called something with Midt."""
        return f"{self.place.name} ({self.region})" if self.region else self.place.name


@dataclass(frozen=True)
class Across:
    """Every place of a kind in one period, the highest first and those without a value last."""

    indicator: Indicator
    scale: Scale
    period: str
    lines: tuple[Line, ...]
    marks: tuple[tuple[Place, Cell], ...]

    @property
    def period_title(self) -> str:
        return periods.title(self.period, snapshot=self.scale.snapshot) if self.period else ""

    @property
    def shown(self) -> list[Line]:
        return [line for line in self.lines if line.cell.has_value]

    @property
    def chosen(self) -> list[Line]:
        """The lines the reader came for, those without a value left out."""
        return [line for line in self.shown if line.chosen]


def known_periods(desk: Desk, indicator: Indicator, measure: str) -> tuple[list[str], list[str]]:
    """The pack's years of an indicator on the date, oldest first; and those that are later."""
    found = (
        Figure.objects.filter(
            indicator=indicator, place_kind="land", place="DK", sex="all", measure=measure
        )
        .values_list("period", flat=True)
        .distinct()
    )
    years = [period for period in found if periods.grain(period) == periods.YEAR]
    return split(sorted(years, key=periods.last_day), indicator.is_snapshot, desk.on)


def find_across(
    desk: Desk,
    indicator: Indicator,
    kind: str,
    *,
    period: str,
    sex: str,
    age: str,
    measure: str,
    chosen: Place | None,
    inside: Place | None = None,
) -> Across:
    """Every place of `kind` in one period, with the chosen one's region and the country. One query.

    inside: only the kommuner counted in this place.
    """
    scale = Scale.of(indicator)
    marks = desk.neighbours(chosen) if chosen else [desk.places.place(*LAND)]
    figures = Figure.objects.filter(
        indicator=indicator,
        place_kind__in={kind, *(mark.kind for mark in marks)},
        period=period,
        sex=sex,
        age=age,
        education="all",
        measure=measure,
    )
    found = {(f.place_kind, f.place): cells.of_figure(f, scale) for f in figures}
    land = found.get(LAND)
    asked = _asked(desk, kind, indicator, inside)
    marked = _marked(desk, kind, indicator, chosen)
    lines = [
        Line(
            place=place,
            cell=cell,
            chosen=place.key in marked,
            comparison=comparing.with_land(cell, land)
            if land and land.has_value and cell.has_value and not indicator.is_count
            else None,
            region=_region_name(desk, place),
        )
        for place in asked
        if (cell := found.get(place.key))
    ]
    lines.sort(key=_by_value)
    beside = [(mark, found[mark.key]) for mark in marks if mark.key in found and mark.kind != kind]
    return Across(indicator, scale, period, tuple(lines), tuple(beside))


def _asked(desk: Desk, kind: str, indicator: Indicator, inside: Place | None) -> Iterable[Place]:
    every = desk.places.of_kind(kind)
    if inside is None or kind != "kommune":
        return every
    members = set(desk.places.kommuner(inside.key, indicator.domain))
    return [place for place in every if place.id in members]


def _marked(desk: Desk, kind: str, indicator: Indicator, chosen: Place | None) -> set[Key]:
    """The chosen place, or its kommuner where kommuner are compared."""
    if chosen is None:
        return set()
    if kind != "kommune" or chosen.kind in ("kommune", "land"):
        return {chosen.key}
    return {("kommune", code) for code in desk.places.kommuner(chosen.key, indicator.domain)}


def _region_name(desk: Desk, place: Place) -> str:
    region = desk.places.region_of(place.key) if place.kind == "klynge" else None
    return region.name.removeprefix("Region ") if region else ""


def _by_value(line: Line) -> tuple[bool, float, str]:
    value = line.cell.value if line.cell.has_value else None
    return (value is None, -(value or 0), danish_order(line.place.name))
