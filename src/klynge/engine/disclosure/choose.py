"""Which quantities to hide: an integer program that takes as little as possible from the reader.

Minimise the loss of what is hidden, such that everything secret is hidden, what is hidden never
stands alone in an additive relation, and at least one fact of every cut is hidden. A cut is a set
of published facts that, shown together, would tell a hidden one: the attacker finds them (see
`attack`), this program answers them. Solved by HiGHS on one thread with a fixed seed and no clock,
so the same counts give the same answer everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from klynge.engine.disclosure.layers import Layer
from klynge.engine.disclosure.solver import SolutionStatus, solver

_GAP = 0.02
"""The answer costs at most so much more than the best one, of what is hidden beside the secret."""
_MOST_NODES = 2_000
_LONG = 6


@dataclass(frozen=True)
class Cut:
    """Hide one of `facts` (quantities, or extras numbered on from them), or show `quantity`.

    quantity: None when it is secret, so that showing it is no way out.
    """

    facts: frozenset[int]
    quantity: int | None


def choose(layer: Layer, cuts: Sequence[Cut], must_hide: np.ndarray) -> np.ndarray:
    """What to hide (bool, quantities then extras) at least loss; `must_hide` is hidden anyway.

    Falls back on `by_hand` should the solver have no answer within its nodes.
    """
    demands = _Demands(must_hide, _never(layer))
    for members in layer.relations:
        demands.never_alone(members.tolist())
    for total, extra in zip(layer.extra_total, _extras(layer), strict=True):
        demands.one_of([extra], int(total))
    for cut in cuts:
        demands.one_of(sorted(cut.facts), cut.quantity)
    answer = _solve(demands, np.concatenate([layer.cost, layer.extra_cost]))
    return by_hand(layer, cuts, must_hide) if answer is None else answer


def plain(layer: Layer) -> np.ndarray:
    """What the usual hand rule would hide, for comparison: in every relation with one hidden
    cell also its smallest other one, over and over. It leaves some hidden cells recoverable."""
    hidden = np.concatenate([layer.secret, np.zeros(len(layer.extra_total), bool)])
    return by_hand(layer, (), hidden)


def start(layer: Layer) -> np.ndarray:
    """What is hidden whatever is chosen: the secret, and zeros that would tell of a secret zero.

    A shown 0 says that every part of it is 0. So where a secret quantity is 0 (its denominator
    is what is secret), every zero that contains it is hidden as well.
    """
    hidden = np.concatenate([layer.secret, np.zeros(len(layer.extra_total), bool)])
    least = layer.sums @ layer.lower
    zero = np.flatnonzero((layer.values - least < 0.5) & ~layer.open)
    secret = zero[layer.secret[zero]]
    if len(secret):
        has_room = sparse.diags((layer.upper > layer.lower).astype(float))
        part = (layer.sums[secret] @ has_room).tocsr()
        inside = (layer.sums[zero] @ part.T).tocsc()
        full = inside.toarray() >= np.asarray(part.sum(axis=1)).ravel()[None, :] - 0.5
        hidden[zero[full.any(axis=1)]] = True
    hidden[len(layer.secret) :] = hidden[layer.extra_total]
    return hidden


def _extras(layer: Layer) -> range:
    return range(len(layer.values), len(layer.values) + len(layer.extra_total))


def _never(layer: Layer) -> np.ndarray:
    return np.concatenate([layer.open, np.zeros(len(layer.extra_total), bool)])


class _Demands:
    """The rows of the integer program; those already met by what must be hidden are left out."""

    def __init__(self, hidden: np.ndarray, never: np.ndarray) -> None:
        self.hidden: list[bool] = hidden.tolist()
        self.never: list[bool] = never.tolist()
        self.columns: list[int] = []
        self.values: list[float] = []
        self.starts = [0]
        self.least: list[float] = []
        self.helpers = 0

    def one_of(self, facts: Sequence[int], if_hidden: int | None) -> None:
        """Hide one of `facts`; only if the quantity `if_hidden` is hidden, when one is given."""
        able = [at for at in facts if not self.never[at]]
        if any(self.hidden[at] for at in able):
            return
        if if_hidden is None or self.hidden[if_hidden]:
            self._row(able, [1.0] * len(able), 1.0)
        elif not self.never[if_hidden]:
            self._row([*able, if_hidden], [1.0] * len(able) + [-1.0], 0.0)

    def never_alone(self, members: Sequence[int]) -> None:
        """Of `members` none or at least two are hidden."""
        able = [at for at in members if not self.never[at]]
        hidden = [at for at in able if self.hidden[at]]
        if len(hidden) >= 2:
            return
        if hidden or len(able) <= _LONG:
            for one in hidden or able:
                self.one_of([at for at in able if at != one], one)
            return
        # For a long relation a helper that is at least the largest of its members says the same
        # as a row for each member, with far fewer numbers.
        helper = len(self.hidden) + self.helpers
        self.helpers += 1
        for one in able:
            self._row([helper, one], [1.0, -1.0], 0.0)
        self._row([*able, helper], [1.0] * len(able) + [-2.0], 0.0)

    def _row(self, columns: Sequence[int], values: Sequence[float], least: float) -> None:
        self.columns.extend(columns)
        self.values.extend(values)
        self.least.append(least)
        self.starts.append(len(self.columns))


def _solve(demands: _Demands, cost: np.ndarray) -> np.ndarray | None:
    """The solver's best answer, or None when it has none."""
    hidden = np.array(demands.hidden, bool)
    never = np.array(demands.never, bool) & ~hidden
    helpers = np.zeros(demands.helpers)
    shape = (len(demands.least), len(cost) + len(helpers))
    matrix = sparse.csr_matrix((demands.values, demands.columns, demands.starts), shape=shape)
    program = solver(
        matrix,
        cost=np.concatenate([np.where(hidden, 0.0, cost), helpers]),
        columns=(
            np.concatenate([hidden.astype(float), helpers]),
            np.concatenate([np.where(never, 0.0, 1.0), helpers + 1.0]),
        ),
        rows=(np.array(demands.least), np.full(len(demands.least), np.inf)),
        whole=True,
        mip_rel_gap=_GAP,
        mip_max_nodes=_MOST_NODES,
    )
    program.run()
    if program.getInfo().primal_solution_status != SolutionStatus.kSolutionStatusFeasible:
        return None
    return np.array(program.getSolution().col_value)[: len(cost)] > 0.5


def by_hand(layer: Layer, cuts: Sequence[Cut], must_hide: np.ndarray) -> np.ndarray:
    """Answer each unmet demand with what costs least, until none is unmet."""
    hidden = must_hide.copy()
    never = _never(layer)
    cost = np.concatenate([layer.cost, layer.extra_cost])
    changed = True
    while changed:
        changed = False
        for members in layer.relations:
            if hidden[members].sum() == 1:
                changed |= _hide_cheapest(hidden, members[~hidden[members] & ~never[members]], cost)
        for cut in cuts:
            facts = np.array(sorted(cut.facts), int)
            asked = cut.quantity is None or hidden[cut.quantity]
            if asked and not hidden[facts].any():
                changed |= _hide_cheapest(hidden, facts[~never[facts]], cost)
        alone = hidden[layer.extra_total] & ~hidden[len(layer.values) :]
        hidden[len(layer.values) :] |= alone
    return hidden


def _hide_cheapest(hidden: np.ndarray, among: np.ndarray, cost: np.ndarray) -> bool:
    if len(among):
        hidden[among[np.argmin(cost[among])]] = True
    return bool(len(among))
