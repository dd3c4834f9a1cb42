"""Holds published numbers against the finished rows of a pack.

Against the finished rows, and never against what was counted: a cell that is hidden is not
compared, and where it is shown our number is in the pack already. So what is told here can be
worked out by anyone who has the pack and the published number, and gives nothing else away.
Decided in docs/decisions/0100-totals-against-finished-rows.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from klynge.engine.disclosure.rules import rounded as round_count
from klynge.engine.quality.rounding import ENOUGH, rounded
from klynge.engine.totals.reading import COUNTRY, Total

Answer = Literal["agrees", "differs", "not_compared"]
Why = Literal["", "hidden", "not_counted", "not_in_pack", "too_few"]

_CELL = ("indicator", "place_kind", "place", "period", "sex", "age", "education")


@dataclass(frozen=True, slots=True)
class Compared:
    """A published number and ours. ours: None when it may not be told or is not there; why says
    which. difference: of ours, in per cent of what is published; None when that is 0."""

    total: Total
    answer: Answer
    why: Why = ""
    ours: float | None = None
    difference: float | None = None


def compare(
    totals: Sequence[Total],
    figures: pa.Table,
    delivered: Mapping[tuple[str, int], int],
    *,
    rounded: bool = False,
) -> list[Compared]:
    """Every total, in the order of the file.

    figures: the finished rows of the pack. delivered: how many rows of each register and year came
    in, as counted; it is rounded here, and not told at all when it is small. rounded: the counts in
    `figures` are; one agrees with a published number that is rounded to the same.
    """
    cells = _cells(totals, figures)
    return [
        _of_register(total, delivered)
        if total.is_of_register
        else _of_figure(total, cells, rounded)
        for total in totals
    ]


def _cells(totals: Iterable[Total], figures: pa.Table) -> dict[tuple[str, ...], dict[str, Any]]:
    """The rows of `figures` that some total is about, by their cell and whether standardised."""
    wanted = [total for total in totals if not total.is_of_register]
    among = figures
    for column in ("place", "period"):
        values = pa.array(sorted({getattr(total, column) for total in wanted}), pa.string())
        among = among.filter(pc.is_in(among[column], values))
    codes = pa.array(sorted({total.what for total in wanted}), pa.string())
    among = among.filter(pc.is_in(among["indicator"], codes))
    return {
        (*(row[name] for name in _CELL), str(row["measure"] == "standardised")): row
        for row in among.to_pylist()
    }


def _of_figure(
    total: Total, cells: Mapping[tuple[str, ...], Mapping[str, Any]], are_rounded: bool
) -> Compared:
    standardised = total.number == "standardised"
    row = cells.get(
        (
            total.what,
            total.place_kind,
            total.place,
            total.period,
            total.sex,
            total.age,
            total.education,
            str(standardised),
        )
    )
    if row is None:
        return Compared(total, "not_compared", "not_in_pack")
    if row["status"] != "shown":
        return Compared(total, "not_compared", row["status"])
    ours = row["value" if standardised else total.number]
    if ours is None:
        return Compared(total, "not_compared", "not_counted")
    same = are_rounded and not standardised and round_count(total.published) == ours
    return Compared(total, "agrees", ours=ours) if same else _met(total, ours)


def _of_register(total: Total, delivered: Mapping[tuple[str, int], int]) -> Compared:
    rows = delivered.get((total.what, int(total.period)))
    if total.place_kind != COUNTRY or rows is None:
        return Compared(total, "not_compared", "not_in_pack")
    if rows < ENOUGH:
        return Compared(total, "not_compared", "too_few")
    return _met(total, int(rounded(rows)))


def _met(total: Total, ours: float) -> Compared:
    published = total.published
    if published == 0:
        return Compared(total, "agrees" if ours == 0 else "differs", ours=ours)
    difference = 100 * (ours - published) / published
    # A difference in the last binary digit is none.
    within = abs(difference) <= total.tolerance + 1e-9
    return Compared(total, "agrees" if within else "differs", ours=ours, difference=difference)
