"""Says how a figure lies beside another, in words that claim no more than the intervals do.

Two 95 % intervals that do not overlap are a careful sign of a real difference: careful, because
figures may differ even when the intervals overlap a little. A place is itself a part of its region
and of the country, which the words do not correct for; see docs/explanation/reading-the-figures.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

from klynge.web.figures.cells import Cell


class Side(Enum):
    """Where a figure lies beside another."""

    ABOVE = "above"
    BELOW = "below"
    SAME = "same"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Comparison:
    """One figure beside another: `side`, and the words a page says."""

    side: Side
    words: str
    other: Cell


def side(own: Cell, other: Cell) -> Side:
    """ABOVE or BELOW only when both have an interval and they do not overlap."""
    if own.lower is None or own.upper is None or other.lower is None or other.upper is None:
        return Side.UNKNOWN
    if own.lower > other.upper:
        return Side.ABOVE
    if own.upper < other.lower:
        return Side.BELOW
    return Side.SAME


def with_land(own: Cell, land: Cell) -> Comparison:
    """The figure beside the country's."""
    found = side(own, land)
    words = {
        Side.ABOVE: _("Over landet; intervallerne overlapper ikke"),
        Side.BELOW: _("Under landet; intervallerne overlapper ikke"),
        Side.SAME: _("Kan ikke skelnes fra landet"),
        Side.UNKNOWN: _("Kan ikke sammenlignes med landet"),
    }
    return Comparison(found, words[found], land)


def with_region(own: Cell, region: Cell) -> Comparison:
    """The figure beside its region's."""
    found = side(own, region)
    words = {
        Side.ABOVE: _("Over regionen; intervallerne overlapper ikke"),
        Side.BELOW: _("Under regionen; intervallerne overlapper ikke"),
        Side.SAME: _("Kan ikke skelnes fra regionen"),
        Side.UNKNOWN: _("Kan ikke sammenlignes med regionen"),
    }
    return Comparison(found, words[found], region)


def with_place(own: Cell, other: Cell, name: str) -> Comparison:
    """The figure beside that of the place called `name`."""
    found = side(own, other)
    words = {
        Side.ABOVE: _("Over {place}; intervallerne overlapper ikke"),
        Side.BELOW: _("Under {place}; intervallerne overlapper ikke"),
        Side.SAME: _("Kan ikke skelnes fra {place}"),
        Side.UNKNOWN: _("Kan ikke sammenlignes med {place}"),
    }
    return Comparison(found, words[found].format(place=name), other)
