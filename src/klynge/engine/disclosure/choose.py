"""Which quantities to hide: an integer program that takes as little as possible from the reader.

Minimise the loss of what is hidden, such that everything secret is hidden, what is hidden never
stands alone in an additive relation, and at least one fact of every cut is hidden. A cut is a set
of published facts that, shown together, would tell a hidden one: the attacker finds them (see
`attack`), this program answers them. Solved by HiGHS on one thread with a fixed seed and no clock,
so the same counts give the same answer everywhere.

The program is given `candidates` only: in every relation that something hidden can reach, the few
members that cost least. A dear cell is hardly ever the answer, and leaving them out makes the
program half as large.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from klynge.engine.disclosure.layers import Layer
from klynge.engine.disclosure.program import Demands
from klynge.engine.disclosure.solver import SolutionStatus, solver

_GAP = 0.05
"""The answer costs at most so much more than the best one, of what is hidden beside the secret."""
_MOST_NODES = 2_000
_CHEAPEST = 3
"""So many members of a relation are candidates, beside those that must be hidden."""


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
    never = _never(layer)
    cost = np.concatenate([layer.cost, layer.extra_cost])
    relations = _with_extras(layer.incidence, len(layer.extra_total))
    allowed = candidates(layer, relations, cost, cuts, must_hide, never)
    demands = Demands(must_hide, never | ~allowed)
    demands.never_alone(relations)
    least = _least_together(layer, must_hide)
    for sizes in _sizes(layer):
        demands.together(layer.incidence, layer.totals, sizes, least)
    for total, extra in zip(layer.extra_total, _extras(layer), strict=True):
        if not never[extra]:
            demands.one_of([extra], int(total))
    for cut in cuts:
        demands.one_of(sorted(cut.facts), cut.quantity)
    answer = _solve(demands, cost)
    return by_hand(layer, cuts, must_hide) if answer is None else answer


def candidates(
    layer: Layer,
    relations: sparse.csr_matrix,
    cost: np.ndarray,
    cuts: Sequence[Cut],
    must_hide: np.ndarray,
    never: np.ndarray,
) -> np.ndarray:
    """What may be hidden: `must_hide`, extras, the facts of cuts, and over and over the cheapest
    members of every relation that holds a candidate. One with two that must be hidden, and large
    enough, asks no more."""
    extras = len(layer.extra_total)
    allowed = must_hide.copy()
    allowed[len(must_hide) - extras :] = ~never[len(must_hide) - extras :]
    for cut in cuts:
        allowed[list(cut.facts)] = True
    asks = relations @ must_hide.astype(np.int32) < 2
    least, hidden = _least_together(layer, must_hide), must_hide[: len(layer.values)]
    for sizes in _sizes(layer):
        asks |= layer.incidence @ (sizes * hidden) < least
    cheapest = _cheapest(relations, cost, never)
    while True:
        reached = asks & (relations @ allowed.astype(np.int32) > 0)
        more = allowed | (cheapest.T @ reached.astype(np.int32) > 0)
        if np.array_equal(more, allowed):
            return allowed
        allowed = more


def _sizes(layer: Layer) -> tuple[np.ndarray, np.ndarray]:
    """How far each quantity lies above the least it can be, and below the most."""
    low, high = layer.sums @ layer.lower, layer.sums @ layer.upper
    far = np.finfo(np.float32).max
    return layer.values - low, np.minimum(high, far) - layer.values


def _least_together(layer: Layer, must_hide: np.ndarray) -> np.ndarray:
    """What the hidden parts of each relation must be together, so that the doubt of those that must
    be hidden can be had: none of them can move farther than all of them together."""
    doubt = np.where(must_hide[: len(layer.values)], layer.doubt, 0)
    row = np.repeat(np.arange(layer.incidence.shape[0]), np.diff(layer.incidence.indptr))
    column = layer.incidence.indices
    part = column != layer.totals[row]
    least = np.zeros(layer.incidence.shape[0])
    np.maximum.at(least, row[part], doubt[column[part]])
    return least


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
    with_total = hidden[layer.extra_total] | layer.extra_flags("secret")
    hidden[len(layer.secret) :] = with_total & ~layer.extra_flags("open")
    return hidden


def _extras(layer: Layer) -> range:
    return range(len(layer.values), len(layer.values) + len(layer.extra_total))


def _never(layer: Layer) -> np.ndarray:
    return np.concatenate([layer.open, layer.extra_flags("open")])


def _with_extras(relations: sparse.csr_matrix, extras: int) -> sparse.csr_matrix:
    """The relations with columns for the extras, which are in none."""
    shape = (relations.shape[0], relations.shape[1] + extras)
    parts = (relations.data, relations.indices, relations.indptr)
    return sparse.csr_matrix(parts, shape=shape)


def _cheapest(
    relations: sparse.csr_matrix, cost: np.ndarray, never: np.ndarray
) -> sparse.csr_matrix:
    """`relations` with only the members of each that cost least."""
    row = np.repeat(np.arange(relations.shape[0]), np.diff(relations.indptr))
    able = ~never[relations.indices]
    row, column = row[able], relations.indices[able]
    order = np.lexsort((column, cost[column], row))
    row, column = row[order], column[order]
    rank = np.arange(len(row)) - np.searchsorted(row, np.arange(relations.shape[0]))[row]
    few = rank < _CHEAPEST
    ones = np.ones(int(few.sum()), np.int32)
    return sparse.csr_matrix((ones, (row[few], column[few])), shape=relations.shape)


def _solve(demands: Demands, cost: np.ndarray) -> np.ndarray | None:
    """The solver's best answer, or None when it has none."""
    matrix, least = demands.matrix()
    helpers = matrix.shape[1] - len(cost)
    hidden = np.concatenate([demands.hidden, np.zeros(helpers, bool)])
    price = np.concatenate([np.where(demands.hidden, 0.0, cost), np.zeros(helpers)])
    # What is in no row stays as it is, and is no concern of the solver's.
    used = np.flatnonzero(np.diff(matrix.tocsc().indptr))
    answer = demands.hidden.copy()
    if not len(used):
        return answer
    program = solver(
        matrix[:, used],
        cost=price[used],
        columns=(hidden[used].astype(float), np.ones(len(used))),
        rows=(least, np.full(len(least), np.inf)),
        whole=True,
        mip_rel_gap=_GAP,
        mip_max_nodes=_MOST_NODES,
    )
    program.run()
    if program.getInfo().primal_solution_status != SolutionStatus.kSolutionStatusFeasible:
        return None
    told = used < len(cost)
    answer[used[told]] = np.array(program.getSolution().col_value)[told] > 0.5
    return answer


def by_hand(layer: Layer, cuts: Sequence[Cut], must_hide: np.ndarray) -> np.ndarray:
    """Answer each unmet demand with what costs least, until none is unmet."""
    hidden = must_hide.copy()
    never = _never(layer)
    cost = np.concatenate([layer.cost, layer.extra_cost])
    relations = _with_extras(layer.incidence, len(layer.extra_total))
    changed = True
    while changed:
        changed = False
        for at in np.flatnonzero(relations @ hidden.astype(np.int32) == 1):
            members = layer.relations[at]
            if hidden[members].sum() == 1:
                changed |= _hide_cheapest(hidden, members[~hidden[members] & ~never[members]], cost)
        for cut in cuts:
            facts = np.array(sorted(cut.facts), int)
            asked = cut.quantity is None or hidden[cut.quantity]
            if asked and not hidden[facts].any():
                changed |= _hide_cheapest(hidden, facts[~never[facts]], cost)
        alone = hidden[layer.extra_total] & ~hidden[len(layer.values) :]
        alone &= ~never[len(layer.values) :]
        hidden[len(layer.values) :] |= alone
    return hidden


def _hide_cheapest(hidden: np.ndarray, among: np.ndarray, cost: np.ndarray) -> bool:
    if len(among):
        hidden[among[np.argmin(cost[among])]] = True
    return bool(len(among))
