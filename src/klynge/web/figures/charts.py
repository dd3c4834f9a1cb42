"""Draws charts as SVG on the server: Altair makes the Vega-Lite, vl-convert draws it.

What goes in are `Chart` objects: plain numbers and words, nothing a page may not show. A cell
without a value gives no point; it is never drawn as zero. The page has the same numbers as a table.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from klynge.web.documents import charting
from klynge.web.figures.across import Across
from klynge.web.figures.cells import Cell
from klynge.web.figures.places import LAND
from klynge.web.figures.reading import Breakdown, Face, Series
from klynge.web.figures.vocabulary import SEX_TITLES

DESIGN = 3
"""Raise when the drawing changes: it is part of the hash that browsers keep a chart under."""

OWN, REGION, COUNTRY = "#0a5c69", "#8a5a00", "#1a1a1a"
WOMEN, MEN = "#0a5c69", "#b45f06"
OTHER, QUIET, LINE = "#767676", "#555555", "#dcdcdc"
FONT = "IBM Plex Sans, Segoe UI, system-ui, Helvetica, Arial, sans-serif"


@dataclass(frozen=True)
class Point:
    """One value with its interval. `group` is what it belongs to, `at` where it stands."""

    group: str
    at: str
    value: float
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class Chart:
    """What a chart shows. `shape`: trend, small (a trend without words), bands or dots."""

    shape: str
    unit: str
    groups: tuple[str, ...]
    stops: tuple[str, ...]
    points: tuple[Point, ...]
    chosen: tuple[str, ...] = ()
    language: str = "da"

    @property
    def hash(self) -> str:
        """The same for the same drawing, whatever page it is on."""
        told = json.dumps([DESIGN, asdict(self)], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:20]


def trend(face: Face, language: str, *, small: bool = False) -> Chart:
    """A place's figures over time, with its region's and the country's."""
    every = [face.own, *face.beside]
    stops = [cell.period for cell in face.own.cells]
    return Chart(
        shape="small" if small else "trend",
        unit=face.indicator.unit,
        groups=tuple(series.place.name for series in every),
        stops=tuple(stops),
        # The country's count would flatten a kommune's to a line along the bottom.
        points=tuple(
            point
            for series in (every[:1] if face.indicator.is_count else every)
            for point in _points(series, stops)
        ),
        language=language,
    )


def bands(breakdown: Breakdown, unit: str, language: str) -> Chart:
    """One period by sex and age: women and men side by side."""
    sexes = {sex: str(SEX_TITLES[sex]) for sex in ("female", "male")}
    rows = [row for row in breakdown.rows if row[0] != "all"]
    return Chart(
        shape="bands",
        unit=unit,
        groups=tuple(sexes.values()),
        stops=tuple(title for _age, title, _cells in rows),
        points=tuple(
            point
            for _age, title, row in rows
            for cell in row
            if cell.sex in sexes and (point := _point(sexes[cell.sex], title, cell))
        ),
        language=language,
    )


def dots(across: Across, language: str) -> Chart:
    """Every place of a kind, the highest on top, with lines for the region and the country."""
    shown = across.shown
    points = [_point("place", line.label, line.cell) for line in shown]
    marks = [
        _point("land" if place.key == LAND else "region", place.name, cell)
        for place, cell in across.marks
    ]
    return Chart(
        shape="dots",
        unit=across.indicator.unit,
        groups=("place", "region", "land"),
        stops=tuple(line.label for line in shown),
        points=tuple(point for point in (*points, *marks) if point),
        chosen=tuple(line.label for line in across.chosen),
        language=language,
    )


def svg(chart: Chart) -> str:
    """The chart drawn. The parts that draw are imported here: they are heavy, and few need them."""
    return charting.as_svg(spec(chart), chart.language)


def spec(chart: Chart) -> dict[str, Any]:
    """The chart as Vega-Lite."""
    from klynge.web.figures import drawing

    draw = {
        "trend": drawing.trend,
        "small": drawing.small,
        "bands": drawing.bands,
        "dots": drawing.dots,
    }[chart.shape]
    return drawing.styled(draw(chart)).to_dict()


def _points(series: Series, stops: Sequence[str]) -> list[Point]:
    made = (
        _point(series.place.name, cell.period, cell)
        for cell in series.cells
        if cell.period in stops
    )
    return [point for point in made if point]


def _point(group: str, at: str, cell: Cell) -> Point | None:
    """None for a cell without a value, so that a hidden one can leave no mark."""
    if not cell.has_value or cell.value is None:
        return None
    return Point(group, at, cell.value, cell.lower, cell.upper)
