"""A figure as a page shows it: a number, or that it is hidden, not counted or not there.

Hidden, zero and not counted are three different things, and each has its own words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from klynge.web.figures import numbers, periods
from klynge.web.figures.models import HIDDEN, NOT_COUNTED, SHOWN, Figure, Indicator

MISSING = "missing"


@dataclass(frozen=True)
class Scale:
    """How an indicator's figures are written."""

    kind: str
    decimals: int
    snapshot: bool

    @classmethod
    def of(cls, indicator: Indicator) -> Scale:
        """The scale of one indicator."""
        per = int(indicator.entry["per"])
        return cls(indicator.kind, numbers.decimals(indicator.kind, per), indicator.is_snapshot)


@dataclass(frozen=True)
class Cell:
    """One cell with its numbers, if it may show any."""

    place_kind: str
    place: str
    period: str
    sex: str
    age: str
    measure: str
    status: str
    scale: Scale
    numerator: int | None = None
    denominator: int | None = None
    value: float | None = None
    lower: float | None = None
    upper: float | None = None

    @property
    def is_shown(self) -> bool:
        return self.status == SHOWN

    @property
    def is_hidden(self) -> bool:
        return self.status == HIDDEN

    @property
    def has_value(self) -> bool:
        """Whether there is a value to draw; a share of nobody has none."""
        return self.is_shown and self.value is not None

    @property
    def is_standardised(self) -> bool:
        return self.measure == "standardised"

    @property
    def text(self) -> str:
        """The value, or why there is none."""
        if self.is_hidden:
            return _("skjult")
        if self.status == NOT_COUNTED:
            return _("ikke opgjort")
        if self.status == MISSING:
            return "–"
        if self.value is None:
            return _("ingen i nævneren")
        return numbers.value(self.value, self.scale.decimals)

    @property
    def why(self) -> str:
        """What a reader needs to know when there is no value."""
        if self.is_hidden:
            return _(
                "Skjult: alene eller sammen med andre tal kunne det vise noget om færre end"
                " 5 personer."
            )
        if self.status == NOT_COUNTED:
            return _("Ikke opgjort: grundlaget er for spinkelt, eller kilden opgør det ikke.")
        if self.status == MISSING:
            return _("Datapakken har ikke dette tal.")
        return ""

    @property
    def interval(self) -> str:
        """The 95 % interval, empty when there is none."""
        if not self.is_shown:
            return ""
        return numbers.interval(self.lower, self.upper, self.scale.decimals)

    @property
    def numerator_text(self) -> str:
        return numbers.whole(self.numerator) if self.is_shown else ""

    @property
    def denominator_text(self) -> str:
        return numbers.whole(self.denominator) if self.is_shown else ""

    @property
    def n(self) -> str:
        """What the value rests on: "120 af 2.400", or nothing for a plain count."""
        if not self.is_shown or self.scale.kind == "count" or self.denominator is None:
            return ""
        return _("{numerator} af {denominator}").format(
            numerator=self.numerator_text, denominator=self.denominator_text
        )

    @property
    def period_title(self) -> str:
        return periods.title(self.period, snapshot=self.scale.snapshot)


def of_figure(figure: Figure, scale: Scale) -> Cell:
    """A figure of a pack as a cell. Numbers are taken only from one that is shown."""
    cell = Cell(
        place_kind=figure.place_kind,
        place=figure.place,
        period=figure.period,
        sex=figure.sex,
        age=figure.age,
        measure=figure.measure,
        status=figure.status,
        scale=scale,
    )
    if figure.status != SHOWN:
        return cell
    return replace(
        cell,
        numerator=figure.numerator,
        denominator=figure.denominator,
        value=figure.value,
        lower=figure.lower,
        upper=figure.upper,
    )


def missing(scale: Scale, **at: Any) -> Cell:
    """The cell a pack does not have."""
    return Cell(status=MISSING, scale=scale, **at)
