"""Finds the figures of a page with few queries, and puts them beside each other.

A `Face` is an indicator as a place sees it: its newest figure, the periods before, the same for the
region and the country, what may be said of them, and what to be careful about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from klynge.web.figures import cautions, cells, comparing, periods, places
from klynge.web.figures.cells import Cell, Scale
from klynge.web.figures.comparing import Comparison
from klynge.web.figures.models import Figure, Indicator, Pack
from klynge.web.figures.places import LAND, Key, PackPlaces, Place
from klynge.web.figures.vocabulary import STANDARDISED, age_title


@dataclass(frozen=True)
class Desk:
    """What every page of figures stands on: the pack shown, its places, the date it is seen on."""

    pack: Pack
    places: PackPlaces
    on: date

    @classmethod
    def of(cls, on: date) -> Desk | None:
        """The desk on a date; None before the first pack is brought in."""
        left_out = ("quality", "registers", "flow_table__entry")
        pack = Pack.objects.select_related("flow_table").defer(*left_out).current()
        return cls(pack, places.of(pack), on) if pack else None

    @cached_property
    def indicators(self) -> list[Indicator]:
        """Every indicator of the pack, in its order."""
        return list(self.pack.indicators.all())

    @cached_property
    def has_flows(self) -> bool:
        """Whether the pack tells where citizens go from month to month."""
        return hasattr(self.pack, "flow_table")

    def indicator(self, code: str) -> Indicator:
        """One indicator. Raises Indicator.DoesNotExist."""
        return self.pack.indicators.get(code=code)

    def neighbours(self, place: Place) -> list[Place]:
        """What a place is seen beside: its region, where it has one, and the country."""
        if place.key == LAND:
            return []
        land = self.places.place(*LAND)
        region = self.places.region_of(place.key)
        return [region, land] if region else [land]


@dataclass(frozen=True)
class Series:
    """One place's figures of one indicator and age, the oldest first."""

    place: Place
    cells: tuple[Cell, ...]

    def at(self, period: str) -> Cell | None:
        """The cell of a period."""
        return next((cell for cell in self.cells if cell.period == period), None)


@dataclass(frozen=True)
class Face:
    """An indicator at a place, for one age. `later`: periods the pack has after the date."""

    indicator: Indicator
    place: Place
    age: str
    measure: str
    scale: Scale
    own: Series
    beside: tuple[Series, ...]
    later: tuple[str, ...]
    wants_standardised: bool = False

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def title(self) -> str:
        return self.indicator.title

    @property
    def age_title(self) -> str:
        """The age it is about, where that is not all the indicator's ages."""
        return "" if self.age == "all" else age_title(self.age)

    @property
    def newest(self) -> Cell:
        """The newest figure known on the date, or the cell that is not there."""
        if self.own.cells:
            return self.own.cells[-1]
        return cells.missing(
            self.scale,
            place_kind=self.place.kind,
            place=self.place.id,
            period="",
            sex="all",
            age=self.age,
            measure=self.measure,
        )

    @property
    def grain(self) -> str:
        """How long the periods of its series are."""
        return periods.grain(self.own.cells[-1].period) if self.own.cells else periods.YEAR

    @property
    def has_figures(self) -> bool:
        return bool(self.own.cells)

    @property
    def is_standardised(self) -> bool:
        return self.measure == STANDARDISED

    @property
    def not_standardised(self) -> bool:
        """Whether the reader asked for standardised figures and this indicator has none."""
        return self.wants_standardised and not self.is_standardised

    @cached_property
    def comparisons(self) -> list[Comparison]:
        """The newest figure beside the region's and the country's of the same period."""
        if not self.newest.has_value or self.indicator.is_count:
            return []
        return [
            _compared(self.newest, other, series.place)
            for series in self.beside
            if (other := series.at(self.newest.period)) and other.has_value
        ]

    @cached_property
    def others(self) -> list[tuple[Place, Cell]]:
        """The region's and the country's cells of the newest period, hidden ones too."""
        found = ((series.place, series.at(self.newest.period)) for series in self.beside)
        return [(place, cell) for place, cell in found if cell]

    @property
    def beside_newest(self) -> list[tuple[Place, Cell | None, Comparison | None]]:
        """The region and the country, each with its cell and what may be said of it."""
        said = {comparison.other.place_kind: comparison for comparison in self.comparisons}
        return [
            (series.place, series.at(self.newest.period), said.get(series.place.kind))
            for series in self.beside
        ]

    @cached_property
    def cautions(self) -> list[cautions.Caution]:
        """What to be careful about in the newest figure."""
        return cautions.of(self.own.cells, self.of_the_country)

    @property
    def of_the_country(self) -> Cell | None:
        """The country's cell of the newest period."""
        return next((s.at(self.newest.period) for s in self.beside if s.place.key == LAND), None)

    @property
    def table(self) -> list[tuple[str, Cell, list[Cell | None]]]:
        """Period, own cell, and the cells beside it: newest first."""
        return [
            (cell.period_title, cell, [series.at(cell.period) for series in self.beside])
            for cell in reversed(self.own.cells)
        ]


def faces(
    desk: Desk,
    place: Place,
    indicators: Sequence[Indicator],
    *,
    standardised: bool = False,
    grain: str = periods.YEAR,
) -> list[Face]:
    """A face of every indicator, one an age where it is not told for all ages. One query.

    grain: the periods of the series: years, or the quarters or months some are told by.
    """
    beside = desk.neighbours(place)
    found = _figures(indicators, [place, *beside])
    made = []
    for indicator in indicators:
        scale, told = Scale.of(indicator), _told_by(indicator, found, grain)
        for age in head_ages(indicator):
            measure = _measure(indicator, standardised, found, age)
            own, later = _series(indicator, place, age, measure, scale, found, desk.on, told)
            made.append(
                Face(
                    indicator=indicator,
                    place=place,
                    age=age,
                    measure=measure,
                    scale=scale,
                    own=own,
                    beside=tuple(
                        _series(indicator, other, age, measure, scale, found, desk.on, told)[0]
                        for other in beside
                    ),
                    later=later,
                    wants_standardised=standardised and not indicator.is_count,
                )
            )
    return made


def head_ages(indicator: Indicator) -> list[str]:
    """The ages an indicator is headed with: "all" where it has it, else each of its bands."""
    ages = list(indicator.entry["ages"])
    return ["all"] if "all" in ages else ages


def plain_measure(indicator: Indicator) -> str:
    """The measure of figures that are not standardised."""
    return "count" if indicator.is_count else "crude"


@dataclass(frozen=True)
class Breakdown:
    """One period by sex and age: for each age its title and the cells of the three sexes."""

    period: str
    period_title: str
    sexes: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[Cell, ...]], ...]


def breakdown(desk: Desk, place: Place, indicator: Indicator, period: str) -> Breakdown:
    """A place's figures of one period by sex and age. One query."""
    scale = Scale.of(indicator)
    measure = plain_measure(indicator)
    figures = Figure.objects.filter(
        indicator=indicator,
        place_kind=place.kind,
        place=place.id,
        period=period,
        education="all",
        measure=measure,
    )
    found = {(f.sex, f.age): cells.of_figure(f, scale) for f in figures}
    ages = list(indicator.entry["ages"])
    sexes = ("all", "female", "male")
    rows = tuple(
        (
            age,
            age_title(age, ages),
            tuple(
                found.get((sex, age))
                or cells.missing(
                    scale,
                    place_kind=place.kind,
                    place=place.id,
                    period=period,
                    sex=sex,
                    age=age,
                    measure=measure,
                )
                for sex in sexes
            ),
        )
        for age in ages
    )
    return Breakdown(period, periods.title(period, snapshot=scale.snapshot), sexes, rows)


Found = dict[tuple[str, Key, str, str], list[Figure]]


def _figures(indicators: Sequence[Indicator], asked: Iterable[Place]) -> Found:
    """Figures of both sexes by code, place, age and measure."""
    keys = [place.key for place in asked]
    codes = {indicator.pk: indicator.code for indicator in indicators}
    ages = {age for indicator in indicators for age in head_ages(indicator)}
    figures = Figure.objects.filter(
        indicator__in=codes,
        place_kind__in={kind for kind, _id in keys},
        place__in={id for _kind, id in keys},
        sex="all",
        age__in=ages,
        education="all",
    )
    found: Found = defaultdict(list)
    for figure in figures:
        key = (figure.place_kind, figure.place)
        if key in keys:
            found[codes[figure.indicator_id], key, figure.age, figure.measure].append(figure)
    return found


def _told_by(indicator: Indicator, found: Found, wanted: str) -> str:
    """The length of period to show: the wanted one, or the longest an indicator has instead."""
    told = {
        periods.grain(figure.period)
        for (code, *_rest), figures in found.items()
        if code == indicator.code
        for figure in figures
    }
    return next((grain for grain in (wanted, *reversed(periods.GRAINS)) if grain in told), wanted)


def _measure(indicator: Indicator, standardised: bool, found: Found, age: str) -> str:
    """Standardised where that is asked for and the pack has it."""
    has = any(
        code == indicator.code and of == age and measure == STANDARDISED
        for code, _key, of, measure in found
    )
    return STANDARDISED if standardised and has else plain_measure(indicator)


def _series(
    indicator: Indicator,
    place: Place,
    age: str,
    measure: str,
    scale: Scale,
    found: Found,
    on: date,
    grain: str,
) -> tuple[Series, tuple[str, ...]]:
    figures = found.get((indicator.code, place.key, age, measure), [])
    by_period = {f.period: f for f in figures if periods.grain(f.period) == grain}
    known, later = split(sorted(by_period, key=periods.last_day), scale.snapshot, on)
    own = Series(place, tuple(cells.of_figure(by_period[period], scale) for period in known))
    return own, tuple(later)


def grains_of(indicator: Indicator) -> list[str]:
    """The lengths of period that an indicator is told by, years first."""
    told = Figure.objects.filter(indicator=indicator, place_kind="land", sex="all")
    found = {periods.grain(period) for period in told.values_list("period", flat=True).distinct()}
    return [grain for grain in reversed(periods.GRAINS) if grain in found]


def split(found: list[str], snapshot: bool, on: date) -> tuple[list[str], list[str]]:
    """Periods that are known on the date, and those that are later."""
    known = [p for p in found if periods.is_known_on(p, on, snapshot=snapshot)]
    return known, [p for p in found if p not in known]


def _compared(own: Cell, other: Cell, place: Place) -> Comparison:
    if place.key == LAND:
        return comparing.with_land(own, other)
    return comparing.with_region(own, other)
