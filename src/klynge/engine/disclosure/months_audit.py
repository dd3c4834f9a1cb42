"""The attack on months and quarters: what can be worked out of finished rows, the years' totals and
earlier editions among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from klynge.engine.disclosure import rules
from klynge.engine.disclosure.attack import Facts, NoSuchCounts, recovered
from klynge.engine.disclosure.earlier_months import ToldMonths, among, sums_told
from klynge.engine.disclosure.joint import Part, joint_facts
from klynge.engine.disclosure.layers import without_known_zeros
from klynge.engine.disclosure.months import (
    MONTH_SPANS,
    ProtectedMonths,
    YearTotals,
    ceiling,
    few_below,
    without_empty_years,
)
from klynge.engine.disclosure.published import Finding
from klynge.engine.months import MonthCounts, MonthGrid

Sums = tuple[sparse.csr_matrix, np.ndarray]
"""Sums of leaves, rows x leaves, and what they are."""


def attack_months(
    published: dict[tuple[str, str, str], tuple[int | None, int | None]],
    counts: MonthCounts,
    grid: MonthGrid,
    year: YearTotals,
    told: Sequence[ToldMonths] = (),
    few: Mapping[str, np.ndarray] | None = None,
) -> list[tuple[str, str, str, str]]:
    """What an attacker gets out of the finished rows: (place kind, place, period, what).

    published: (place kind, place, period) -> numerator and denominator of a shown row, the year's
    of both sexes and all ages among them. He knows the denominators leaf by leaf when he is after
    a numerator, and every published numerator when he is after a denominator. Of `counts` only the
    denominators are read. few: as `months.few_below` gives it; None when earlier editions may have
    narrowed those numbers already.
    """
    names = list(zip(grid.kind.tolist(), grid.place.tolist(), grid.period.tolist(), strict=True))
    rows = [published.get(name, (None, None)) for name in names]
    above = np.array([-1 if n is None else n for n, _d in rows], np.int64)
    upper = without_empty_years(ceiling(counts, year), above, grid)
    known = sums_told(told, "numerator")
    if known is not None:
        upper = without_known_zeros(upper, known[0][np.flatnonzero(known[1] == 0)])
    few = few or {}
    found = _attack(grid.matrix, above, upper, known, few.get("numerator"))
    fallen = [(*names[cell], "numerator") for cell in found]
    fallen += [
        (*names[cell], "hidden in an earlier edition")
        for cell in np.flatnonzero((above >= 0) & grid.below & _kept_hidden(grid, upper, told))
    ]
    if counts.denominator is None:
        return fallen
    below = np.array([-1 if d is None else d for _n, d in rows], np.int64)
    years = np.flatnonzero(~grid.below)
    totals = grid.sums(counts.denominator)[years]
    below[years] = np.where(year.denominator_hidden, -1, totals)
    under = _attack_below(grid, below, above, counts, told, few.get("denominator"))
    return fallen + [(*names[cell], "denominator") for cell in under]


def attack_rows(
    figures: pa.Table, protected: Sequence[ProtectedMonths], *, jobs: int = 1
) -> tuple[Finding, ...]:
    """Everything about months and quarters that can be worked out of finished rows of `figures`."""
    totals = pc.and_(pc.equal(figures["sex"], "all"), pc.equal(figures["age"], "all"))
    wanted = pc.and_(totals, pc.and_(pc.equal(figures["measure"], "crude"),
                                     pc.equal(figures["status"], "shown")))  # fmt: skip
    rows: dict[tuple[str, int], dict[tuple[str, str, str], tuple[int, int]]] = {}
    columns = ["indicator", "place_kind", "place", "period", "numerator", "denominator"]
    for code, kind, place, period, n, d in zip(
        *(figures.filter(wanted)[name].to_pylist() for name in columns), strict=True
    ):
        rows.setdefault((code, int(period[:4])), {})[kind, place, period] = n, d

    def one(known: ProtectedMonths) -> list[Finding]:
        code, year = known.counts.indicator.code, known.counts.year
        mine = rows.get((code, year), {})
        few = None if known.told else few_below(known.counts, known.grid)
        found = attack_months(mine, known.counts, known.grid, known.year, known.told, few)
        return [Finding(code, period, kind, place, "all", "all", what)
                for kind, place, period, what in found]  # fmt: skip

    with ThreadPoolExecutor(max(1, jobs)) as pool:
        return tuple(finding for found in pool.map(one, protected) for finding in found)


def _attack(
    matrix: sparse.csr_matrix,
    numbers: np.ndarray,
    upper: np.ndarray,
    more: Sums | None,
    few: np.ndarray | None,
) -> list[int]:
    """The hidden cells whose number can be worked out; cells over nobody are left out, and so is
    what an earlier edition tells (more)."""
    somebody = matrix @ np.minimum(upper, 1.0) > 0
    targets = np.flatnonzero((numbers < 0) & somebody)
    if more is not None:
        targets = targets[~among(matrix[targets], more[0])]
    sums = matrix.astype(float)
    rows, values = _known(sums, numbers, more)
    facts = Facts(rows, values, np.zeros(len(upper)), upper)
    return _told(facts, sums[targets], targets, few)


def _known(sums: sparse.csr_matrix, numbers: np.ndarray, more: Sums | None) -> Sums:
    """The sums that are shown, and those told before."""
    shown = np.flatnonzero(numbers >= 0)
    rows, values = sums[shown], numbers[shown].astype(float)
    if more is None:
        return rows, values
    return sparse.vstack([rows, more[0]], format="csr"), np.concatenate([values, more[1]])


def _kept_hidden(grid: MonthGrid, upper: np.ndarray, told: Sequence[ToldMonths]) -> np.ndarray:
    """The cells that an edition hid, that none has told since, and that are about somebody."""
    kept = np.zeros(len(grid), bool)
    for one in told:
        kept |= among(grid.matrix, one.grid.matrix[np.flatnonzero(one.hidden)])
    known = sums_told(told, "numerator")
    if known is not None:
        kept &= ~among(grid.matrix, known[0])
    somebody = np.asarray(grid.matrix @ np.minimum(upper, 1.0)) > 0
    return kept & somebody


def _attack_below(
    grid: MonthGrid,
    below: np.ndarray,
    above: np.ndarray,
    counts: MonthCounts,
    told: Sequence[ToldMonths],
    few: np.ndarray | None,
) -> list[int]:
    sums = grid.matrix.astype(float)
    targets = np.flatnonzero(below < 0)
    more = sums_told(told, "denominator")
    if more is not None:
        targets = targets[~among(sums[targets], more[0])]
    parts = []
    if counts.indicator.kind == "proportion":
        seen = _known(sums, above, sums_told(told, "numerator"))
        parts = [Part(MONTH_SPANS, MONTH_SPANS, *seen)]
    facts = joint_facts(*_known(sums, below, more), MONTH_SPANS, parts)
    beyond = sparse.csr_matrix((len(targets), facts.rows.shape[1] - sums.shape[1]))
    goals = sparse.hstack([sums[targets], beyond], format="csr")
    found = _told(facts, goals, targets, few)
    # A denominator that only goes with its numerator's row is no secret of its own.
    persons = (
        grid.persons(counts.denominator_persons)
        if (counts.denominator_persons is not None)
        else np.zeros(len(grid), np.int64)
    )
    secret = rules.denominator_is_secret(persons)
    return [cell for cell in found if secret[cell]]


def _told(
    facts: Facts, goals: sparse.csr_matrix, targets: np.ndarray, few: np.ndarray | None
) -> list[int]:
    """The targets that fall out. few (cells): those of which more must remain possible."""
    if not len(targets):
        return []
    secret = np.zeros(len(targets), bool) if few is None else few[targets]
    try:
        found = recovered(facts, goals, doubt=rules.least_doubt(secret, goals @ facts.upper))
    except NoSuchCounts:
        return [int(targets[0])]
    return [int(targets[one.target]) for one in found]
