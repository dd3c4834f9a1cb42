"""The attacker's arithmetic: which hidden sums can be worked out from what is known.

The unknowns are leaf counts x. Known are sums of them (`rows @ x == values`), sums known within
limits (`ranges`), and bounds of each leaf. A hidden sum is *recovered* when every x that agrees
with all of it gives the same whole number: floor(max) == ceil(min), with max and min from linear
programs. Two x that agree with everything known and differ in a hidden sum prove that it is safe
(`witnesses`), which clears nearly all; what is left gets its own max and min. For a recovered sum
the dual solutions tell which known facts determined it.

Nothing here knows of places, ages or rules, and nothing is looked up in what was hidden:
`klynge.engine.disclosure.suppress` and `audit` only differ in what they hand over.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse

from klynge.engine.disclosure.columns import equal_columns
from klynge.engine.disclosure.solver import Status, run, solver
from klynge.engine.disclosure.witnesses import (
    OTHERWISE,
    PRIMAL,
    TOLERANCE,
    NoSuchCounts,
    Seen,
    agreeing,
    largest_weights,
    look_for_witnesses,
)

__all__ = ["Facts", "NoSuchCounts", "Recovered", "attack", "recovered"]

_DUAL_TOLERANCE = 1e-7
_STEPS = 12
_DUAL = 1
"""HiGHS's dual simplex, the faster one from nothing."""


@dataclass(frozen=True)
class Facts:
    """What the attacker knows of n leaves.

    rows (m x n, CSR), values (m): sums known exactly. ranges (k x n), range_low, range_high (k):
    sums known within limits. lower, upper (n): bounds of each leaf; upper may be infinite.
    """

    rows: sparse.csr_matrix
    values: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    ranges: sparse.csr_matrix | None = None
    range_low: np.ndarray = field(default_factory=lambda: np.empty(0))
    range_high: np.ndarray = field(default_factory=lambda: np.empty(0))


@dataclass(frozen=True)
class Recovered:
    """A hidden sum that can be worked out.

    target: its number among the targets. low, high: the attacker's limits for it.
    rows, ranges: numbers of the facts that determine it, by themselves sufficient.
    """

    target: int
    low: float
    high: float
    rows: tuple[int, ...]
    ranges: tuple[int, ...]

    @property
    def others(self) -> int:
        """How many whole numbers it may be, besides one."""
        return math.floor(self.high + TOLERANCE) - math.ceil(self.low - TOLERANCE)


def recovered(
    facts: Facts,
    targets: sparse.csr_matrix,
    *,
    truth: np.ndarray | None = None,
    doubt: int | np.ndarray = 1,
    price: np.ndarray | None = None,
) -> tuple[Recovered, ...]:
    """Every one of `targets` (p x n) for which `facts` leave fewer than `doubt` other whole numbers
    possible.

    doubt: one number, or one for each target.
    truth: a vector of leaves that agrees with the facts, when one is at hand (it only saves time).
    price (rows, then ranges): what it costs to withdraw a fact. When given, a target may come
    several times: with the facts that determine it, and with those that still would if the
    cheapest of them were withdrawn, and so on.
    Raises NoSuchCounts when no leaves agree with the facts.
    """
    witnesses = [] if truth is None else [truth]
    return attack(facts, targets, witnesses=witnesses, doubt=doubt, price=price)[0]


def attack(
    facts: Facts,
    targets: sparse.csr_matrix,
    *,
    witnesses: Sequence[np.ndarray] = (),
    doubt: int | np.ndarray = 1,
    price: np.ndarray | None = None,
) -> tuple[tuple[Recovered, ...], list[np.ndarray]]:
    """As `recovered`, and the witnesses that prove the other targets safe.

    witnesses: vectors of leaves said to agree with the facts. Each is checked, and left out when it
    does not.
    """
    if targets.shape[0] == 0:
        return (), []
    targets = targets.astype(float).tocsr()
    facts = replace(facts, rows=facts.rows.astype(float).tocsr())
    seen = Seen(targets, doubt)
    for witness in agreeing(facts, witnesses):
        seen.take(np.asarray(witness, float))
    room = _finite_room(facts, seen.witnesses) - np.asarray(facts.lower, float)
    look_for_witnesses(facts, seen, room)
    left = np.flatnonzero(seen.open())
    if not len(left):
        return (), seen.witnesses
    pressed = _Attack(facts, seen, left, room)
    found = pressed.run()
    if price is not None and found:
        found += pressed.run_again(found, price)
    named = tuple(replace(one, target=int(left[one.target])) for one in found)
    return named, seen.witnesses


class _Attack:
    """Presses the targets numbered `left` in `seen` one by one."""

    def __init__(self, facts: Facts, seen: Seen, left: np.ndarray, room: np.ndarray) -> None:
        self.facts, self.all_seen, self.room = facts, seen, room
        self.targets = seen.targets[left]
        self.seen = Seen(self.targets, seen.doubt[left])
        self.seen.low, self.seen.high = seen.low[left], seen.high[left]
        self.lower = np.asarray(facts.lower, float)
        self.rows = facts.rows
        self.rows.eliminate_zeros()
        none = sparse.csr_matrix((0, self.rows.shape[1]))
        self.ranges = none if facts.ranges is None else facts.ranges.tocsr()
        self.left = np.asarray(facts.values, float) - self.rows @ self.lower
        self.withdrawn: set[int] = set()
        self._settle()
        self._build()

    def run(self) -> list[Recovered]:
        pressed = [self._press(int(target)) for target in np.flatnonzero(self.seen.open())]
        for witness in self.seen.witnesses:
            self.all_seen.take(witness)
        return [one for one in pressed if one is not None]

    def run_again(self, found: list[Recovered], price: np.ndarray) -> list[Recovered]:
        """What would be found if the cheapest fact of each of `found` were withdrawn, and the
        cheapest of each of those, for a while. Changes the program: nothing is run after it."""
        more: list[Recovered] = []
        for one in found:
            self._withdraw(one, price)
        for target in dict.fromkeys(one.target for one in found):
            for _step in range(_STEPS):
                again = self._press(target)
                if again is None:
                    break
                more.append(again)
                if not self._withdraw(again, price):
                    break
        return more

    def _withdraw(self, one: Recovered, price: np.ndarray) -> bool:
        """Take the cheapest fact of `one` out of the program, unless one of them is out already.
        False when none can be: leaves that a spent sum settled are no longer in the program."""
        count, kept = self.rows.shape[0], len(self.kept_rows)
        facts = [*one.rows, *(count + at for at in one.ranges)]
        if self.withdrawn & set(facts):
            return True
        able = [fact for fact in facts if fact >= count or fact not in self.spent_rows]
        if not able:
            return False
        cheapest = min(able, key=lambda fact: (price[fact], fact))
        row = kept + cheapest - count
        if cheapest < count:
            row = int(np.searchsorted(self.kept_rows, cheapest))
        self.program.changeRowBounds(row, -np.inf, np.inf)
        self.withdrawn.add(cheapest)
        return True

    def _press(self, target: int) -> Recovered | None:
        """Drive one target to both ends; the facts that hold it when it can only be one number."""
        rows: set[int] = set()
        ranges: set[int] = set()
        for up in (True, False):
            if not self.seen.open()[target]:
                return None
            more_rows, more_ranges = self._push(target, up=up)
            rows |= more_rows
            ranges |= more_ranges
        if not self.seen.open()[target]:
            return None
        ends = float(self.seen.low[target]), float(self.seen.high[target])
        return Recovered(target, *ends, tuple(sorted(rows)), tuple(sorted(ranges)))

    def _settle(self) -> None:
        """Leaves under a known sum with nothing left above their lower bounds are settled."""
        spent = np.flatnonzero(self.left <= TOLERANCE)
        if np.any(self.left < -TOLERANCE):
            raise NoSuchCounts
        self.spent, self.spent_rows = spent, frozenset(spent.tolist())
        covered = np.asarray(self.rows[spent].sum(axis=0)).ravel() > 0
        self.free = np.flatnonzero(~covered & (self.room > TOLERANCE))
        self.kept_rows = np.setdiff1d(np.arange(self.rows.shape[0]), spent)

    def _build(self) -> None:
        """The linear program over the free leaves, leaves with equal columns taken as one."""
        equal = self.rows[self.kept_rows][:, self.free]
        within, low, high = self._scaled_ranges()
        goals = self.targets[:, self.free]
        together = sparse.vstack([equal, within, goals], format="csr")
        self.group, first = equal_columns(together, np.ones(len(self.free), bool))
        self.goals = goals[:, first]
        matrix = sparse.vstack([equal, within]).tocsr()[:, first]
        room = np.bincount(self.group, self.room[self.free], minlength=len(first))
        self.share = self.room[self.free] / room[self.group]
        left = self.left[self.kept_rows]
        self.program = solver(
            matrix,
            cost=np.zeros(len(room)),
            columns=(np.zeros(len(room)), room),
            rows=(np.concatenate([left, low]), np.concatenate([left, high])),
            simplex_strategy=_DUAL,
        )

    def _scaled_ranges(self) -> tuple[sparse.csr_matrix, np.ndarray, np.ndarray]:
        """The ranges over the free leaves, each scaled so that its largest weight is 1."""
        moved = self.ranges @ self.lower
        part = self.ranges[:, self.free]
        self.scale = 1.0 / largest_weights(part)
        low = (self.facts.range_low - moved) * self.scale
        high = (self.facts.range_high - moved) * self.scale
        return (sparse.diags(self.scale) @ part).tocsr(), low, high

    def _push(self, target: int, *, up: bool) -> tuple[set[int], set[int]]:
        """Drive one target to its end; the facts that stop it there."""
        sign = -1.0 if up else 1.0
        cost = sign * self.goals[[target]].toarray().ravel()
        self._solve(cost)
        kept = len(self.kept_rows)
        duals = np.zeros(kept + self.ranges.shape[0])
        if len(cost):
            duals = np.array(self.program.getSolution().row_dual)
        used = np.flatnonzero(np.abs(duals) > _DUAL_TOLERANCE)
        rows = {int(self.kept_rows[at]) for at in used if at < kept}
        ranges = {int(at - kept) for at in used if at >= kept}
        return rows | self._settling(target, sign, duals, kept), ranges

    def _settling(self, target: int, sign: float, duals: np.ndarray, kept: int) -> set[int]:
        """The spent sums that hold back leaves which would otherwise move the target on."""
        price = sign * self.targets[[target]].toarray().ravel()
        price = price - self.rows[self.kept_rows].T @ duals[:kept]
        price = price - self.ranges.T @ (duals[kept:] * self.scale)
        waiting = (price < -_DUAL_TOLERANCE) & (self.room > TOLERANCE)
        waiting[self.free] = False
        reasons: set[int] = set()
        spent = self.rows[self.spent]
        while waiting.any():
            covers = spent @ waiting.astype(float)
            best = int(np.argmax(covers))
            reasons.add(int(self.spent[best]))
            waiting[spent.indices[spent.indptr[best] : spent.indptr[best + 1]]] = False
        return reasons

    def _solve(self, cost: np.ndarray) -> None:
        """Minimise `cost` and note what every target is there."""
        size = len(cost)
        if size:
            self.program.changeColsCost(size, np.arange(size, dtype=np.int32), cost)
        if run(self.program, otherwise=OTHERWISE) == Status.kInfeasible:
            raise NoSuchCounts
        self.program.setOptionValue("simplex_strategy", PRIMAL)
        groups = np.array(self.program.getSolution().col_value)
        witness = self.lower.copy()
        witness[self.free] += self.share * groups[self.group]
        self.seen.take(witness)


def _finite_room(facts: Facts, witnesses: Sequence[np.ndarray]) -> np.ndarray:
    """Upper bounds with a far but finite end: enough to prove doubt, and no program unbounded."""
    sizes = [np.asarray(facts.values, float), np.asarray(facts.lower, float), *witnesses]
    far = 1000.0 + 2.0 * max((part.max() for part in sizes if part.size), default=0.0)
    room: np.ndarray = np.minimum(np.asarray(facts.upper, float), far)
    return room
