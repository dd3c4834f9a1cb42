"""The series a goal is followed by: from the pack, or the body's own measurements.

A reading is one period's value. What is hidden in the pack has no value and no place in a chart,
and the page says how many there are. A pack that restates old figures does not change what the
goal was set from: the baseline is kept, and `restated` tells what the figure is now.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from klynge.web.figures import numbers, periods
from klynge.web.figures.cells import Scale
from klynge.web.figures.models import Figure, Indicator, Pack
from klynge.web.goals.models import Goal, Measurement, OwnIndicator


@dataclass(frozen=True)
class Reading:
    """One period's value, with its interval and what it rests on when that is known."""

    period: str
    value: float
    lower: float | None
    upper: float | None
    numerator: int | None
    denominator: int | None
    decimals: int

    @property
    def title(self) -> str:
        return periods.title(self.period)

    @property
    def text(self) -> str:
        return numbers.value(self.value, self.decimals)

    @property
    def interval(self) -> str:
        return numbers.interval(self.lower, self.upper, self.decimals)

    @property
    def rests_on(self) -> str:
        if self.numerator is None or self.denominator is None:
            return ""
        return _("{numerator} af {denominator}").format(
            numerator=numbers.whole(self.numerator), denominator=numbers.whole(self.denominator)
        )


@dataclass(frozen=True)
class Readings:
    """A goal's series, oldest first.

    kind: share, rate or number. hidden: periods that the pack does not show. pack: where it is
    from; None for own measurements. left: the indicator is no longer in the pack that is shown,
    and the series is an older pack's.
    """

    rows: tuple[Reading, ...]
    kind: str
    unit: str
    per: int
    grain: str
    hidden: tuple[str, ...] = ()
    pack: Pack | None = None
    indicator: Indicator | None = None
    left: bool = False

    @property
    def newest(self) -> Reading | None:
        return self.rows[-1] if self.rows else None

    def at(self, period: str) -> Reading | None:
        """The reading of a period."""
        return next((row for row in self.rows if row.period == period), None)


def of_goal(goal: Goal, on: date) -> Readings:
    """The series of a goal as known on a day, in the finest periods there are."""
    if goal.own_indicator is not None:
        return of_own(goal.own_indicator, on)
    return of_pack(goal.indicator, goal.place_kind, goal.place, goal.age, on)


def of_own(indicator: OwnIndicator, on: date) -> Readings:
    """The body's own measurements."""
    decimals = 1 if indicator.kind != OwnIndicator.Kind.NUMBER or indicator.per < 1000 else 0
    rows = [
        _measured(row, decimals)
        for row in indicator.measurements.filter(replaced_at=None)
        if periods.last_day(row.period) < on
    ]
    grain = _finest(row.period for row in rows)
    return Readings(
        rows=_sorted(row for row in rows if periods.grain(row.period) == grain),
        kind=indicator.kind,
        unit=indicator.unit,
        per=indicator.per,
        grain=grain,
    )


def of_pack(code: str, place_kind: str, place: str, age: str, on: date) -> Readings:
    """An indicator's series at a place in the pack shown, or in the newest that had it."""
    indicator, left = _defined(code)
    if indicator is None:
        return Readings((), "number", "", 1, periods.YEAR, left=True)
    measure = "count" if indicator.is_count else "crude"
    figures = [
        figure
        for figure in Figure.objects.filter(
            indicator=indicator,
            place_kind=place_kind,
            place=place,
            age=age,
            sex="all",
            education="all",
            measure=measure,
        )
        if periods.is_known_on(figure.period, on, snapshot=indicator.is_snapshot)
    ]
    shown = [figure for figure in figures if figure.status == "shown" and figure.value is not None]
    grain = _finest(figure.period for figure in shown)
    scale = Scale.of(indicator)
    kinds = {"proportion": "share", "rate": "rate"}
    return Readings(
        rows=_sorted(
            Reading(f.period, f.value, f.lower, f.upper, f.numerator, f.denominator, scale.decimals)
            for f in shown
            if f.value is not None and periods.grain(f.period) == grain
        ),
        kind=kinds.get(indicator.kind, "number"),
        unit=indicator.unit,
        per=int(indicator.entry["per"]),
        grain=grain,
        hidden=tuple(
            sorted(
                f.period
                for f in figures
                if f.status == "hidden" and periods.grain(f.period) == grain
            )
        ),
        pack=indicator.pack,
        indicator=indicator,
        left=left,
    )


def restated(goal: Goal, found: Readings) -> Reading | None:
    """The baseline's period as the pack of today has it, when that is not what was set out from."""
    if found.pack is None or found.pack.seal == goal.baseline_pack or goal.own_indicator:
        return None
    now = of_period(goal, found)
    if now is None or abs(now.value - goal.baseline) < 1e-9:
        return None
    return now


def of_period(goal: Goal, found: Readings) -> Reading | None:
    """The figure of the baseline's period, also when the series is in finer periods."""
    if found.indicator is None:
        return found.at(goal.baseline_period)
    figure = Figure.objects.filter(
        indicator=found.indicator,
        place_kind=goal.place_kind,
        place=goal.place,
        age=goal.age,
        sex="all",
        education="all",
        period=goal.baseline_period,
        measure__in=("count", "crude"),
        status="shown",
        value__isnull=False,
    ).first()
    if figure is None or figure.value is None:
        return None
    return Reading(
        figure.period,
        figure.value,
        figure.lower,
        figure.upper,
        figure.numerator,
        figure.denominator,
        Scale.of(found.indicator).decimals,
    )


def _defined(code: str) -> tuple[Indicator | None, bool]:
    """The indicator in the pack shown; else in the newest that had it, and that it is gone."""
    everywhere = Indicator.objects.filter(code=code).select_related("pack")
    shown = everywhere.filter(pack__is_current=True).first()
    if shown is not None:
        return shown, False
    return everywhere.order_by("-pack__created", "-pack__pk").first(), True


def _finest(found: Iterable[str]) -> str:
    grains = {periods.grain(period) for period in found}
    return next((grain for grain in periods.GRAINS if grain in grains), periods.YEAR)


def _sorted(rows: Iterable[Reading]) -> tuple[Reading, ...]:
    return tuple(sorted(rows, key=lambda row: periods.last_day(row.period)))


def _measured(row: Measurement, decimals: int) -> Reading:
    return Reading(row.period, row.value, None, None, row.numerator, row.denominator, decimals)
