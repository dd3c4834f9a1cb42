"""What a reader must know about a figure that is not counted person by person.

An `Indicator` is asked of citizens, one at a time. A few of the figures klynger ask for are not:
one published figure divided by another, and what hospitals report of their wards. They are told
of in the same words, and stand beside the others in the pack and on the reference page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klynge.engine.indicators.indicator import IN_THE_PERIOD, Indicator
from klynge.engine.indicators.relations import Window, Words


@dataclass(frozen=True, kw_only=True, eq=False)
class Described:
    """The fields are those of `Indicator`. places: the kinds of place it is given for, in words.
    given_by: what it is made of, in words."""

    code: str
    theme: str
    domain: str
    title: Words
    numerator: Words
    denominator: Words | None
    unit: Words
    kind: str
    per: int
    better: str
    certainty: str
    certainty_note: Words
    sources: tuple[str, ...]
    owner: str
    review_by: date
    leaves_out: Words
    weak_points: Words
    places: Words
    given_by: Words
    ages: tuple[str, ...] = ("all",)
    window: Window = IN_THE_PERIOD


@dataclass(frozen=True, kw_only=True, eq=False)
class Ratio(Described):
    """One indicator's numerator divided by another's, cell by cell, where both are shown."""

    above: str
    below: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Mean(Ratio):
    """A mean of the events of a share, cell by cell, where the share is shown.

    above: an indicator that adds up a number of those events, such as days waited. below: the
    share.
    """


@dataclass(frozen=True, kw_only=True, eq=False)
class PersonTime(Ratio):
    """One indicator's events by the time its citizens were here, cell by cell, where all is shown.

    above: an indicator of events out of the citizens of 1 January. below: the days those citizens
    lost in the year. The time is a whole year for each less those days, in days.
    """


@dataclass(frozen=True, kw_only=True, eq=False)
class Wards(Described):
    """A figure of what hospitals report of their wards. over: from how many per cent of the beds a
    ward with more patients is overfull."""

    over: int = 100


Told = Indicator | Described
"""What stands in `indicators.json`."""
