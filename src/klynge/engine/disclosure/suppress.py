"""Hide enough that no hidden number can be worked out, and no more than that.

For each layer: `choose` what to hide, let the attacker (`attack`) try everything that would be
published, and where a hidden number falls out, demand that one of the facts that told it is
hidden too (a cut) and choose again, until nothing falls out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from klynge.engine.disclosure.attack import Facts, Recovered, attack
from klynge.engine.disclosure.choose import Cut, choose, plain, start
from klynge.engine.disclosure.layers import Layer

_FREE_ROUNDS = 2
"""After so many rounds what is hidden stays hidden, so that the end comes surely and soon: from
then on less and less is shown, and only what fell out or is newly hidden must be attacked again."""


class CannotProtect(ValueError):
    """Whatever is hidden, something can be worked out. No rule in `rules` makes this happen."""


@dataclass(frozen=True)
class Outcome:
    """What to hide in a layer.

    hidden (q), extras (e): bool. plain (q): what the usual hand rule would hide, for comparison.
    rounds: how often the attacker had to be answered; cuts: what he was answered with.
    witnesses: leaves that agree with all that is shown, and differ in all that is hidden.
    """

    name: str
    hidden: np.ndarray
    extras: np.ndarray
    plain: np.ndarray
    rounds: int
    cuts: int
    witnesses: tuple[np.ndarray, ...] = ()


def suppress(layer: Layer, cuts: Sequence[Cut] = ()) -> Outcome:
    """Choose, attack, cut, until the attacker finds nothing; `cuts` are demanded from the start.

    Raises CannotProtect when that is impossible.
    """
    must_hide = start(layer)
    demanded = dict.fromkeys(cuts)
    asked = must_hide.any() or bool(demanded)
    hidden = choose(layer, list(demanded), must_hide) if asked else must_hide
    among: np.ndarray | None = None
    rounds = 0
    witnesses = [layer.leaves]
    while found := fall_out(layer, hidden, among, witnesses):
        rounds += 1
        answered = len(demanded)
        demanded.update(dict.fromkeys(cut for _quantity, cut in found))
        if len(demanded) == answered:
            raise CannotProtect(layer.name)
        before = hidden
        if rounds >= _FREE_ROUNDS:
            must_hide = before
        hidden = choose(layer, list(demanded), must_hide)
        if rounds >= _FREE_ROUNDS:
            open_still = np.array([quantity for quantity, _cut in found])
            among = np.union1d(open_still, np.flatnonzero(hidden & ~before))
    size = len(layer.values)
    return Outcome(
        layer.name,
        hidden[:size],
        hidden[size:],
        plain(layer)[:size],
        rounds,
        len(demanded),
        tuple(witnesses),
    )


def suppress_beside(layer: Layer, cuts: Sequence[Cut] = ()) -> Outcome:
    """As `suppress`, of a layer of which earlier editions have told some.

    Where they alone leave less doubt of a number than the rules ask, what doubt there is is kept.
    Where they alone tell a number that none of them has a cell for, such as the sum of two hidden
    ages, it is told already: its row is hidden, and nothing is hidden to protect it.
    """
    try:
        return suppress(layer, cuts)
    except CannotProtect:
        narrow = _told_already(layer)
        if not narrow.any():
            raise
        layer = replace(layer, few=layer.few & ~narrow) if len(layer.few) else layer
    try:
        return suppress(layer, cuts)
    except CannotProtect:
        told = _told_already(layer)
        if not told.any() or (told & layer.kept).any():
            raise
        return suppress(replace(layer, open=layer.open | told, secret=layer.secret & ~told), cuts)


def _told_already(layer: Layer) -> np.ndarray:
    """The quantities that fall out though everything is hidden that can be."""
    everything = np.concatenate([~layer.open, ~layer.extra_flags("open")])
    told = np.zeros(len(layer.values), bool)
    told[[quantity for quantity, _cut in fall_out(layer, everything)]] = True
    return told


def fall_out(
    layer: Layer,
    hidden: np.ndarray,
    among: np.ndarray | None = None,
    witnesses: list[np.ndarray] | None = None,
) -> list[tuple[int, Cut]]:
    """Attack what would be published with `hidden` (quantities, then extras) left out: every
    hidden quantity (of those `among`, when given) that can be worked out, with the cut for it.

    witnesses: those of an earlier round, to begin with; those of this one take their place. What
    is not `among` keeps its old ones.
    """
    size = len(layer.values)
    shown = np.flatnonzero(~hidden[:size])
    targets = np.flatnonzero(hidden[:size] & ~layer.open)
    if among is not None:
        targets = np.intersect1d(targets, among)
    facts = Facts(layer.sums[shown], layer.values[shown], layer.lower, layer.upper)
    told = np.empty(0, int)
    if layer.ranges is not None:
        told = np.flatnonzero(~hidden[size:][layer.range_owner])
        facts = replace(
            facts,
            ranges=layer.ranges[told],
            range_low=layer.range_low[told],
            range_high=layer.range_high[told],
        )
    # The same number can often be worked out in many ways that share one telling fact. Known all
    # at once, they are best answered by hiding that one; one by one, each would cost a cell.
    price = np.concatenate([layer.cost[shown], layer.extra_cost[layer.range_owner[told]]])
    witnesses = [layer.leaves] if witnesses is None else witnesses
    broken, used = attack(
        facts,
        layer.sums[targets],
        witnesses=witnesses,
        doubt=layer.doubt[targets],
        price=price,
    )
    kept = witnesses if among is not None else []
    witnesses[:] = [*used, *(one for one in kept if not any(one is other for other in used))]
    return [(int(targets[one.target]), _cut(layer, one, targets, shown, told)) for one in broken]


def _cut(
    layer: Layer, one: Recovered, targets: np.ndarray, shown: np.ndarray, told: np.ndarray
) -> Cut:
    quantity = int(targets[one.target])
    facts = {int(shown[row]) for row in one.rows}
    for at in one.ranges:
        facts.add(len(layer.values) + int(layer.range_owner[told[at]]))
    return Cut(frozenset(facts), None if layer.secret[quantity] else quantity)
