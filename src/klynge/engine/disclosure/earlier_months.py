"""What earlier editions have told of months and quarters, by the rules of `earlier`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc
from scipy import sparse

from klynge.engine.disclosure import rules
from klynge.engine.disclosure.columns import row_hashes
from klynge.engine.disclosure.published import UNKNOWN
from klynge.engine.months import SPANS, MonthGrid

if TYPE_CHECKING:
    from klynge.engine.disclosure.earlier import Edition
    from klynge.engine.months import MonthCounts

_COLUMNS = ("place_kind", "place", "period", "status", "numerator", "denominator")


@dataclass(frozen=True, eq=False)
class ToldMonths:
    """What one edition tells of one indicator and year, the year's own totals among it.

    grid: its places. numerator, denominator (its cells): -1 where not shown.
    standing, denominators: shown rows and shown denominators that are still as they were.
    hidden: rows it hid. near: rows of another definition that have changed by 1-4.
    """

    grid: MonthGrid
    numerator: np.ndarray
    denominator: np.ndarray
    standing: np.ndarray
    denominators: np.ndarray
    hidden: np.ndarray
    near: np.ndarray

    def looser(self) -> ToldMonths:
        """The same for one who takes nothing to hold of a place whose year has been revised."""
        years = ~self.grid.below
        stands = np.repeat(self.standing[years], len(SPANS))
        revised = np.repeat((self.numerator != UNKNOWN)[years], len(SPANS)) & ~stands
        return replace(
            self,
            standing=self.standing & stands,
            denominators=self.denominators & stands,
            hidden=self.hidden & ~revised,
        )


def told_of_months(
    counts: MonthCounts,
    residents: np.ndarray | None,
    editions: Sequence[Edition],
    otherwise: Mapping[str, Sequence[bool]] | None = None,
) -> tuple[ToldMonths, ...]:
    """What each edition that has months of the indicator and year tells of them.

    residents: of each area, when they are the denominator. otherwise: as `earlier.told_of` takes.
    """
    found = []
    for number, edition in enumerate(editions):
        changed = bool(otherwise and otherwise.get(counts.indicator.code, ())[number])
        one = _told(counts, residents, edition, other_definition=changed)
        if one is not None:
            found.append(one)
    return tuple(found)


def sums_told(
    told: Sequence[ToldMonths], which: str
) -> tuple[sparse.csr_matrix, np.ndarray] | None:
    """The sums of leaves that editions tell and that still hold; None without any.

    which: "numerator" or "denominator".
    """
    if not told:
        return None
    rows, values = [], []
    for one in told:
        at = np.flatnonzero(one.standing if which == "numerator" else one.denominators)
        rows.append(one.grid.matrix[at].astype(float))
        values.append(getattr(one, which)[at])
    return sparse.vstack(rows, format="csr"), np.concatenate(values).astype(float)


def among(rows: sparse.csr_matrix, others: sparse.csr_matrix) -> np.ndarray:
    """Which of `rows` are the same sums as some of `others`."""
    looks = {look.tobytes() for look in row_hashes(others.astype(float))}
    return np.array([look.tobytes() in looks for look in row_hashes(rows.astype(float))], bool)


def _told(
    counts: MonthCounts,
    residents: np.ndarray | None,
    edition: Edition,
    *,
    other_definition: bool,
) -> ToldMonths | None:
    rows = _rows(counts, edition)
    if not rows:
        return None
    grid = MonthGrid(counts.indicator, counts.year, counts.areas, edition.geography)
    names = zip(grid.kind.tolist(), grid.place.tolist(), grid.period.tolist(), strict=True)
    read = [rows.get(name) for name in names]
    hidden = np.array([row is not None and row[0] == "hidden" for row in read], bool)
    above, below = (
        np.array([UNKNOWN if r is None or r[at] is None else r[at] for r in read], np.int64)
        for at in (1, 2)
    )
    people = _denominator(counts, residents, grid)
    change = np.abs(grid.sums(counts.numerator) - above)
    near = rules.too_few(change)
    same = np.ones(len(grid), bool)
    if people is not None:
        # The year's own denominator may be told at other ages; its own table answers for it.
        asked = (below != UNKNOWN) & grid.below
        same = ~asked | (people == below)
        near = near | (asked & rules.too_few(np.abs(people - below)))
    shown = above != UNKNOWN
    of_events = counts.denominator is not None
    told = (below != UNKNOWN) & same & grid.below & of_events
    return ToldMonths(
        grid=grid,
        numerator=above,
        denominator=below,
        standing=shown & (change == 0) & same,
        denominators=told,
        hidden=hidden & grid.below,
        near=shown & near & grid.below & other_definition,
    )


def _rows(
    counts: MonthCounts, edition: Edition
) -> dict[tuple[str, str, str], tuple[str, int | None, int | None]]:
    """(place kind, place, period) -> status, numerator and denominator, both sexes and all ages;
    empty when the edition has no months of it."""
    figures = edition.figures
    wanted = pc.starts_with(figures["period"], str(counts.year))
    for name, word in (
        ("indicator", counts.indicator.code), ("sex", "all"), ("age", "all"),
        ("education", "all"), ("measure", "crude"),
    ):  # fmt: skip
        wanted = pc.and_(wanted, pc.equal(figures[name], word))
    rows = figures.filter(wanted)
    if len(pc.unique(rows["period"])) < len(SPANS):
        return {}
    columns = [rows[name].to_pylist() for name in _COLUMNS]
    return {
        (kind, place, period): (status, above, below)
        for kind, place, period, status, above, below in zip(*columns, strict=True)
    }


def _denominator(
    counts: MonthCounts, residents: np.ndarray | None, grid: MonthGrid
) -> np.ndarray | None:
    if counts.denominator is not None:
        return grid.sums(counts.denominator)
    if residents is None:
        return None
    by_place = np.asarray(grid.place_matrix @ residents, np.int64)
    return np.repeat(by_place, len(SPANS))
