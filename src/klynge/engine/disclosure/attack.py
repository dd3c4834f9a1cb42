"""The attacker's arithmetic: which hidden sums can be worked out from what is known.

The unknowns are leaf counts x. Known are sums of them (`rows @ x == values`), sums known within
limits (`ranges`), and bounds of each leaf. A hidden sum is *recovered* when every x that agrees
with all of it gives the same whole number: floor(max) == ceil(min), with max and min from linear
programs. Two x that agree with everything known and differ in a hidden sum prove that it is safe,
so a few programs with random objectives clear most sums at once; what is left gets its own max
and min. For a recovered sum the dual solutions tell which known facts determined it.

Nothing here knows of places, ages or rules, and nothing is looked up in what was hidden:
`klynge.engine.disclosure.suppress` and `audit` only differ in what they hand over.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from klynge.engine.disclosure.solver import Status, run, solver

TOLERANCE = 1e-6
"""How far a solver's number may be from the exact one. Counts are whole, so this is ample."""
_DUAL_TOLERANCE = 1e-7
_RANDOM_ROUNDS = 30
_ROUNDS_WITHOUT_GAIN = 3
_STEPS = 12
_PRIMAL = 4
"""HiGHS's primal simplex: each solve starts where the last one ended."""
_OTHERWISE: tuple[dict[str, int | str], ...] = (
    {"simplex_strategy": 1},
    {"solver": "ipm"},
    {"solver": "choose", "simplex_strategy": _PRIMAL},
)


class NoSuchCounts(ValueError):
    """No counts agree with what is said to be known: what is published contradicts itself."""


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


def recovered(
    facts: Facts,
    targets: sparse.csr_matrix,
    *,
    truth: np.ndarray | None = None,
    doubt: int = 1,
    price: np.ndarray | None = None,
) -> tuple[Recovered, ...]:
    """Every one of `targets` (p x n) for which `facts` leave fewer than `doubt` other whole numbers
    possible.

    truth: a vector of leaves that agrees with the facts, when one is at hand (it only saves time).
    price (rows, then ranges): what it costs to withdraw a fact. When given, a target may come
    several times: with the facts that determine it, and with those that still would if the
    cheapest of them were withdrawn, and so on.
    Raises NoSuchCounts when no leaves agree with the facts.
    """
    if targets.shape[0] == 0:
        return ()
    attack = _Attack(facts, targets, truth, doubt)
    found = attack.run()
    if price is not None and found:
        found += attack.run_again(found, price)
    return tuple(found)


class _Attack:
    def __init__(
        self, facts: Facts, targets: sparse.csr_matrix, truth: np.ndarray | None, doubt: int
    ) -> None:
        self.facts, self.doubt = facts, doubt
        self.targets = targets.astype(float).tocsr()
        self.lower = np.asarray(facts.lower, float)
        self.room = _finite_room(facts, truth) - self.lower
        self.base = self.targets @ self.lower
        self.rows = facts.rows.astype(float).tocsr()
        self.rows.eliminate_zeros()
        none = sparse.csr_matrix((0, self.rows.shape[1]))
        self.ranges = none if facts.ranges is None else facts.ranges.tocsr()
        self.left = np.asarray(facts.values, float) - self.rows @ self.lower
        self._settle()
        self._build()
        count = self.targets.shape[0]
        self.low = np.full(count, np.inf)
        self.high = np.full(count, -np.inf)
        if truth is not None:
            self._seen(self.targets @ np.asarray(truth, float))

    def run(self) -> list[Recovered]:
        self._explore()
        pressed = [self._press(int(target)) for target in np.flatnonzero(self._open())]
        return [one for one in pressed if one is not None]

    def run_again(self, found: list[Recovered], price: np.ndarray) -> list[Recovered]:
        """What would be found if the cheapest fact of each of `found` were withdrawn, and the
        cheapest of each of those, for a while. Changes the program: nothing is run after it."""
        more: list[Recovered] = []
        withdrawn: set[int] = set()
        for one in found:
            self._withdraw(one, price, withdrawn)
        for target in dict.fromkeys(one.target for one in found):
            for _step in range(_STEPS):
                again = self._press(target)
                if again is None:
                    break
                more.append(again)
                if not self._withdraw(again, price, withdrawn):
                    break
        return more

    def _withdraw(self, one: Recovered, price: np.ndarray, withdrawn: set[int]) -> bool:
        """Take the cheapest fact of `one` out of the program, unless one of them is out already.
        False when none can be: leaves that a spent sum settled are no longer in the program."""
        count, kept = self.rows.shape[0], len(self.kept_rows)
        facts = [*one.rows, *(count + at for at in one.ranges)]
        if withdrawn & set(facts):
            return True
        able = [fact for fact in facts if fact >= count or fact not in self.spent_rows]
        if not able:
            return False
        cheapest = min(able, key=lambda fact: (price[fact], fact))
        row = kept + cheapest - count
        if cheapest < count:
            row = int(np.searchsorted(self.kept_rows, cheapest))
        self.program.changeRowBounds(row, -np.inf, np.inf)
        withdrawn.add(cheapest)
        return True

    def _press(self, target: int) -> Recovered | None:
        """Drive one target to both ends; the facts that hold it when it can only be one number."""
        rows: set[int] = set()
        ranges: set[int] = set()
        for up in (True, False):
            if not self._open()[target]:
                return None
            more_rows, more_ranges = self._push(target, up=up)
            rows |= more_rows
            ranges |= more_ranges
        if not self._open()[target]:
            return None
        ends = float(self.low[target]), float(self.high[target])
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
        self.group, first = _equal_columns(sparse.vstack([equal, within, goals]).tocsc())
        self.goals = goals[:, first]
        matrix = sparse.vstack([equal, within]).tocsr()[:, first]
        room = np.bincount(self.group, self.room[self.free], minlength=len(first))
        left = self.left[self.kept_rows]
        self.program = solver(
            matrix,
            cost=np.zeros(len(room)),
            columns=(np.zeros(len(room)), room),
            rows=(np.concatenate([left, low]), np.concatenate([left, high])),
            simplex_strategy=_PRIMAL,
        )

    def _scaled_ranges(self) -> tuple[sparse.csr_matrix, np.ndarray, np.ndarray]:
        """The ranges over the free leaves, each scaled so that its largest weight is 1."""
        moved = self.ranges @ self.lower
        part = self.ranges[:, self.free]
        largest = np.zeros(part.shape[0])
        if part.shape[1]:
            largest = abs(part).max(axis=1).toarray().ravel()
        self.scale = 1.0 / np.where(largest > 0, largest, 1.0)
        low = (self.facts.range_low - moved) * self.scale
        high = (self.facts.range_high - moved) * self.scale
        return (sparse.diags(self.scale) @ part).tocsr(), low, high

    def _explore(self) -> None:
        """Random objectives until they stop clearing targets."""
        chance = np.random.default_rng(20240915)
        idle = 0
        for _round in range(_RANDOM_ROUNDS):
            before = self._open()
            if not before.any() or idle == _ROUNDS_WITHOUT_GAIN:
                return
            signs = chance.choice([-1.0, 1.0], len(before)) * before
            self._solve(self.goals.T @ signs)
            idle = 0 if self._open().sum() < before.sum() else idle + 1

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
        if run(self.program, otherwise=_OTHERWISE) == Status.kInfeasible:
            raise NoSuchCounts
        solution = np.array(self.program.getSolution().col_value)
        self._seen(self.base + self.goals @ solution)

    def _seen(self, sums: np.ndarray) -> None:
        self.low = np.minimum(self.low, sums)
        self.high = np.maximum(self.high, sums)

    def _open(self) -> np.ndarray:
        """Targets for which too few different whole numbers are proven possible yet."""
        seen = self.high >= self.low
        low, high = np.where(seen, self.low, 0.0), np.where(seen, self.high, 0.0)
        others = np.floor(high + TOLERANCE) - np.ceil(low - TOLERANCE)
        is_open: np.ndarray = others < self.doubt
        return is_open


def _finite_room(facts: Facts, truth: np.ndarray | None) -> np.ndarray:
    """Upper bounds with a far but finite end: enough to prove doubt, and no program unbounded."""
    sizes = [np.asarray(facts.values, float), np.asarray(facts.lower, float)]
    if truth is not None:
        sizes.append(np.asarray(truth, float))
    far = 1000.0 + 2.0 * max((part.max() for part in sizes if part.size), default=0.0)
    room: np.ndarray = np.minimum(np.asarray(facts.upper, float), far)
    return room


def _equal_columns(matrix: sparse.csc_matrix) -> tuple[np.ndarray, np.ndarray]:
    """For each column the number of its group of equal columns; and the first of each group."""
    matrix.sort_indices()
    seen: dict[bytes, int] = {}
    first: list[int] = []
    group = np.empty(matrix.shape[1], int)
    for column in range(matrix.shape[1]):
        part = slice(matrix.indptr[column], matrix.indptr[column + 1])
        look = matrix.indices[part].tobytes() + matrix.data[part].tobytes()
        if look not in seen:
            seen[look] = len(first)
            first.append(column)
        group[column] = seen[look]
    return group, np.array(first, int)
