"""Cheap proofs that hidden sums are safe: other worlds that agree with everything published.

A *witness* is a vector of leaf counts that agrees with all that is known. Two witnesses between
which a hidden sum differs by a whole number or more prove that it cannot be worked out, and whoever
doubts it only has to add up: no program need be solved again. So the protection hands its witnesses
to the audit, which believes none of them before it has checked them against the finished rows.

They are found by linear programs over what is still unknown. Most of a table is published, and a
cell that is known, alone or by subtraction of known ones, is taken out first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from klynge.engine.disclosure.columns import equal_columns, equal_rows
from klynge.engine.disclosure.solver import Status, run, solver

if TYPE_CHECKING:
    from klynge.engine.disclosure.attack import Facts

TOLERANCE = 1e-6
"""How far a solver's number may be from the exact one. Counts are whole, so this is ample."""
PRIMAL = 4
"""HiGHS's primal simplex: each solve starts where the last one ended."""
OTHERWISE: tuple[dict[str, int | str], ...] = (
    {"simplex_strategy": 1},
    {"solver": "ipm"},
    {"solver": "choose", "simplex_strategy": PRIMAL},
)
_RANDOM_ROUNDS = 30
_ROUNDS_WITHOUT_GAIN = 3
_FLOAT = 1e-11


class NoSuchCounts(ValueError):
    """No counts agree with what is said to be known: what is published contradicts itself."""


class Seen:
    """The least and the most that each target was in any witness, and the witnesses."""

    def __init__(self, targets: sparse.csr_matrix, doubt: int | np.ndarray) -> None:
        self.targets = targets
        self.doubt = np.broadcast_to(np.asarray(doubt), targets.shape[0])
        self.low = np.full(targets.shape[0], np.inf)
        self.high = np.full(targets.shape[0], -np.inf)
        self.witnesses: list[np.ndarray] = []

    def take(self, witness: np.ndarray) -> None:
        """Note what every target is in `witness`, and keep it when it tells anything new."""
        sums = self.targets @ witness
        before = self.open()
        low, high = np.minimum(self.low, sums), np.maximum(self.high, sums)
        gains = before & ((low < self.low) | (high > self.high))
        self.low, self.high = low, high
        if gains.any():
            self.witnesses.append(witness)

    def open(self) -> np.ndarray:
        """Targets for which too few different whole numbers are proven possible yet."""
        seen = self.high >= self.low
        low, high = np.where(seen, self.low, 0.0), np.where(seen, self.high, 0.0)
        others = np.floor(high + TOLERANCE) - np.ceil(low - TOLERANCE)
        is_open: np.ndarray = others < self.doubt
        return is_open


def agreeing(facts: Facts, witnesses: Iterable[np.ndarray]) -> list[np.ndarray]:
    """Those of `witnesses` that agree with all of `facts`; the others say nothing."""
    slack = _slack(facts)
    return [witness for witness in witnesses if _agrees(facts, np.asarray(witness, float), slack)]


def _slack(facts: Facts) -> np.ndarray | None:
    return None if facts.ranges is None else TOLERANCE * largest_weights(facts.ranges)


def _agrees(facts: Facts, witness: np.ndarray, slack: np.ndarray | None) -> bool:
    """slack: how far each range may be passed; see `_slack`."""
    if len(witness) != facts.rows.shape[1]:
        return False
    if np.any(witness < facts.lower - TOLERANCE) or np.any(witness > facts.upper + TOLERANCE):
        return False
    values = np.asarray(facts.values, float)
    if np.any(np.abs(facts.rows @ witness - values) > TOLERANCE + _FLOAT * np.abs(values)):
        return False
    if facts.ranges is None or slack is None:
        return True
    sums = facts.ranges @ witness
    return bool(
        np.all(sums >= facts.range_low - slack) and np.all(sums <= facts.range_high + slack)
    )


def largest_weights(ranges: sparse.csr_matrix) -> np.ndarray:
    """The largest weight of each row, 1 for an empty one: the unit its sum is measured in."""
    if not ranges.shape[0] or not ranges.shape[1]:
        return np.ones(ranges.shape[0])
    largest = abs(ranges).max(axis=1).toarray().ravel()
    return np.where(largest > 0, largest, 1.0)


def look_for_witnesses(facts: Facts, seen: Seen, room: np.ndarray) -> None:
    """Add witnesses to `seen` until they show that every target is safe, or stop helping.

    room: how far each leaf may lie above its lower bound. Raises NoSuchCounts when no leaves agree
    with the facts.
    """
    if seen.open().any():
        _Search(facts, seen, room).run()


class _Search:
    """Linear programs over the leaves that may still move; the others stay where they are.

    Where a witness is at hand, leaves that the rows settle stay as they are in it. What limits tell
    of how such a leaf is made up is left as it is, too: fewer worlds are looked at, and any of them
    is a proof.
    """

    def __init__(self, facts: Facts, seen: Seen, room: np.ndarray) -> None:
        self.facts, self.seen, self.room = facts, seen, room
        self.wanted = np.flatnonzero(seen.open())
        targets = seen.targets[self.wanted]
        ranges = facts.ranges
        if ranges is None:
            ranges = sparse.csr_matrix((0, facts.rows.shape[1]))
        scale = 1.0 / largest_weights(ranges)
        self.ranges = (sparse.diags(scale) @ ranges).tocsr()
        self.limits = facts.range_low * scale, facts.range_high * scale
        self.base, moving = self._moving(targets)
        self._build(targets[:, moving], moving)

    def run(self) -> None:
        """Random objectives until they stop clearing targets."""
        chance = np.random.default_rng(20240915)
        slack = _slack(self.facts)
        idle = 0
        free = np.diff(self.goals.indptr) > 0
        for _round in range(_RANDOM_ROUNDS):
            before = self.seen.open()[self.wanted] & free
            if not before.any() or idle == _ROUNDS_WITHOUT_GAIN:
                return
            signs = chance.choice([-1.0, 1.0], len(before)) * before
            witness = self._solved(self.goals.T @ signs)
            if _agrees(self.facts, witness, slack):
                self.seen.take(witness)
            after = self.seen.open()[self.wanted] & free
            idle = 0 if after.sum() < before.sum() else idle + 1

    def _moving(self, targets: sparse.csr_matrix) -> tuple[np.ndarray, np.ndarray]:
        """Leaves as they are where they stay, and the numbers of those that move."""
        lower, has_room = np.asarray(self.facts.lower, float), self.room > TOLERANCE
        rows = self.facts.rows
        group, first = equal_columns(sparse.vstack([rows, targets], format="csr"), has_room)
        inside = group >= 0
        room = np.bincount(group[inside], self.room[inside], len(first))
        known = _Known(rows[:, first], np.asarray(self.facts.values, float) - rows @ lower, room)
        known.settle()
        settled = np.zeros(len(group), bool)
        settled[inside] = ~np.isnan(known.settled[group[inside]])
        if self.seen.witnesses:
            return self.seen.witnesses[0], np.flatnonzero(has_room & ~settled)
        if self.ranges.shape[0]:
            return lower, np.flatnonzero(has_room)
        base = lower.copy()
        at = np.flatnonzero(settled)
        base[at] += self.room[at] * (known.settled / np.where(room > 0, room, 1.0))[group[at]]
        return base, np.flatnonzero(has_room & ~settled)

    def _build(self, targets: sparse.csr_matrix, moving: np.ndarray) -> None:
        lower = np.asarray(self.facts.lower, float)
        still = self.base.copy()
        still[moving] = lower[moving]
        rows = self.facts.rows[:, moving].tocsr()
        left = np.asarray(self.facts.values, float) - self.facts.rows @ still
        held = np.flatnonzero(np.diff(rows.indptr))
        held = held[equal_rows(rows[held])]
        rows, left = rows[held], left[held]
        ranges, moved = self.ranges[:, moving].tocsr(), self.ranges @ still
        low, high = self.limits[0] - moved, self.limits[1] - moved
        together = sparse.vstack([rows, ranges, targets], format="csr")
        self.group, first = equal_columns(together, np.ones(len(moving), bool))
        room = np.bincount(self.group, self.room[moving], len(first))
        self.moving, self.still = moving, still
        self.share = self.room[moving] / room[self.group] if len(moving) else np.empty(0)
        self.goals = targets[:, first].tocsr()
        ranges = ranges[:, first]
        least, most = ranges.minimum(0) @ room, ranges.maximum(0) @ room
        if np.any((low > most + TOLERANCE) | (high < least - TOLERANCE)):
            raise NoSuchCounts
        # A limit that nothing moving can reach says nothing.
        binding = (low > least - TOLERANCE) | (high < most + TOLERANCE)
        self.program = solver(
            sparse.vstack([rows[:, first], ranges[binding]], format="csr"),
            cost=np.zeros(len(room)),
            columns=(np.zeros(len(room)), room),
            rows=(np.append(left, low[binding]), np.append(left, high[binding])),
            simplex_strategy=PRIMAL,
        )

    def _solved(self, cost: np.ndarray) -> np.ndarray:
        """The leaves that minimise `cost`."""
        size = len(cost)
        self.program.changeColsCost(size, np.arange(size, dtype=np.int32), cost)
        if run(self.program, otherwise=OTHERWISE) == Status.kInfeasible:
            raise NoSuchCounts
        witness = self.still.copy()
        witness[self.moving] += (
            self.share * np.array(self.program.getSolution().col_value)[self.group]
        )
        return witness


class _Known:
    """Equations rows @ x == left over 0 <= x <= room, and the x they settle one by one.

    settled: the value of each x, not-a-number where it is not settled.
    """

    def __init__(self, rows: sparse.csr_matrix, left: np.ndarray, room: np.ndarray) -> None:
        self.rows, self.left, self.room = rows.astype(float).tocsr(), left, room
        self.rows.eliminate_zeros()
        self.columns = self.rows.tocsc()
        self.settled = np.full(len(room), np.nan)

    def settle(self) -> None:
        """Settle what a row says of its only unknown, and what rows with nothing left, or with no
        room left, say of all of theirs; over and over."""
        while True:
            unknown = np.isnan(self.settled).astype(float)
            many = np.rint((self.rows != 0) @ unknown)
            room = self.rows @ (self.room * unknown)
            if np.any((self.left < -TOLERANCE) | (self.left > room + TOLERANCE)):
                raise NoSuchCounts
            asked = many > 0
            none, full = self.left <= TOLERANCE, self.left >= room - TOLERANCE
            found = np.full(len(self.room), np.nan)
            self._each(asked & (many == 1), found, alone=True)
            self._each(asked & full, found, value=self.room)
            self._each(asked & none, found, value=np.zeros(len(self.room)))
            new = np.flatnonzero(~np.isnan(found) & np.isnan(self.settled))
            if not len(new):
                return
            self.settled[new] = np.clip(found[new], 0.0, self.room[new])
            self.left = self.left - self.columns[:, new] @ self.settled[new]

    def _each(
        self,
        which: np.ndarray,
        found: np.ndarray,
        *,
        value: np.ndarray | None = None,
        alone: bool = False,
    ) -> None:
        at = np.flatnonzero(which)
        if not len(at):
            return
        entries = self.rows[at].tocoo()
        open_still = np.isnan(self.settled[entries.col])
        column = entries.col[open_still]
        if value is not None:
            found[column] = value[column]
        elif alone:
            found[column] = self.left[at[entries.row[open_still]]] / entries.data[open_still]
