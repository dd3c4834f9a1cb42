"""What to be careful about before a figure is used: few cases, and what looks like a data error.

National quality reports warn that a few cases move a share, and have put a cluster at 0.1 % beside
62.1 % in another down to wrong registration. So every figure is looked at in three ways.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from klynge.web.figures import numbers
from klynge.web.figures.cells import Cell
from klynge.web.figures.comparing import Side, side

FEW = 20
"""Fewer cases than this (or fewer without the event, for a share) are called small numbers."""
JUMP = 2.0
"""A figure that doubles or halves from one period to the next is looked at."""
FAR = 5.0
"""So is one that is a fifth, or five times, that of the country."""


@dataclass(frozen=True)
class Caution:
    """One thing to be careful about. `suspect`: it may be an error in the data."""

    label: str
    words: str
    suspect: bool = False


def of(series: Sequence[Cell], land: Cell | None = None) -> list[Caution]:
    """What to say of the last cell of `series` (one place, oldest first)."""
    if not series or not series[-1].has_value or series[-1].scale.kind == "count":
        return []
    found = [_few(series[-1]), _jump(series), _far(series[-1], land)]
    return [caution for caution in found if caution]


def _few(cell: Cell) -> Caution | None:
    cases = cell.numerator or 0
    rest = (cell.denominator or 0) - cases if cell.scale.kind == "proportion" else FEW
    if cases >= FEW and rest >= FEW:
        return None
    return Caution(
        _("Små tal"),
        _("Tallet bygger på {cases}, og få tilfælde flytter det meget fra år til år.").format(
            cases=cell.n
        ),
    )


def _jump(series: Sequence[Cell]) -> Caution | None:
    """Twice or half the value of the period before, with intervals apart."""
    earlier = [cell for cell in series[:-1] if cell.has_value]
    if not earlier:
        return None
    before, now = earlier[-1], series[-1]
    if not _apart(now, before, JUMP):
        return None
    text = (
        _("Tallet er mere end fordoblet siden {period} ({value}).")
        if side(now, before) is Side.ABOVE
        else _("Tallet er mere end halveret siden {period} ({value}).")
    )
    return _suspected(text.format(period=before.period_title, value=before.text))


def _far(cell: Cell, land: Cell | None) -> Caution | None:
    """Five times or a fifth of the country's value, with intervals apart."""
    if land is None or not land.has_value or not _apart(cell, land, FAR):
        return None
    text = (
        _("Tallet er mere end {times} gange landets ({value}).")
        if side(cell, land) is Side.ABOVE
        else _("Tallet er under en {times}.-del af landets ({value}).")
    )
    return _suspected(text.format(times=numbers.whole(FAR), value=land.text))


def _apart(one: Cell, other: Cell, times: float) -> bool:
    high, low = max(one.value or 0, other.value or 0), min(one.value or 0, other.value or 0)
    return high > times * low and side(one, other) in (Side.ABOVE, Side.BELOW)


def _suspected(text: str) -> Caution:
    return Caution(
        _("Datafejl mistænkes"),
        _("{text} Undersøg registreringen, før tallet bruges.").format(text=text),
        suspect=True,
    )
