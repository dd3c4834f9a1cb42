"""Choosing what to hide: as little as possible, and never in vain."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from klynge.engine.disclosure.choose import Cut, by_hand, choose, plain, start
from klynge.engine.disclosure.layers import Layer
from klynge.engine.disclosure.suppress import CannotProtect, fall_out, suppress, suppress_beside


def a_layer(leaves: list[int], *, secret: list[int], cost: list[float] | None = None) -> Layer:
    """Leaves, and their sum as the last quantity."""
    size = len(leaves)
    sums = sparse.csr_matrix(np.vstack([np.eye(size), np.ones((1, size))]))
    values = sums @ np.array(leaves)
    return Layer(
        name="a layer",
        sums=sums,
        values=values,
        secret=np.isin(np.arange(size + 1), secret),
        open=np.zeros(size + 1, bool),
        cost=np.array(cost if cost is not None else [1.0] * (size + 1)),
        relations=[np.arange(size + 1)],
        leaves=np.array(leaves, float),
        lower=np.zeros(size),
        upper=np.full(size, np.inf),
    )


def hidden(layer: Layer) -> list[int]:
    return np.flatnonzero(suppress(layer).hidden).tolist()


def test_nothing_secret_hides_nothing() -> None:
    assert hidden(a_layer([10, 20, 30], secret=[])) == []


def test_the_cheapest_other_cell_is_hidden() -> None:
    assert hidden(a_layer([3, 20, 30], secret=[0], cost=[1, 2, 1, 9])) == [0, 2]


def test_two_secret_cells_protect_each_other() -> None:
    assert hidden(a_layer([3, 2, 30], secret=[0, 1])) == [0, 1]


def test_two_secret_zeros_do_not_and_their_zero_sum_is_hidden() -> None:
    layer = a_layer([0, 0, 0], secret=[0, 1])

    assert 3 in hidden(layer)


def test_a_cut_hides_the_cheapest_of_its_facts() -> None:
    layer = a_layer([3, 2, 30], secret=[0, 1], cost=[1, 1, 2, 3])
    cut = Cut(frozenset({2, 3}), None)

    assert np.flatnonzero(choose(layer, [cut], start(layer))).tolist() == [0, 1, 2]


def test_what_is_demanded_is_hidden_although_nothing_is_secret() -> None:
    layer = a_layer([10, 20, 30], secret=[], cost=[2, 1, 3, 9])

    outcome = suppress(layer, [Cut(frozenset({0, 3}), None)])

    assert np.flatnonzero(outcome.hidden).tolist() == [0, 1]


def test_a_cut_about_what_is_shown_demands_nothing() -> None:
    layer = a_layer([3, 2, 30], secret=[0, 1])
    cut = Cut(frozenset({3}), 2)

    assert np.flatnonzero(choose(layer, [cut], start(layer))).tolist() == [0, 1]


def test_what_is_open_is_never_hidden() -> None:
    layer = a_layer([3, 20, 30], secret=[0], cost=[1, 1, 5, 9])
    layer = replace(layer, open=np.array([False, True, False, False]))

    assert hidden(layer) == [0, 2]


def test_by_hand_meets_the_same_demands() -> None:
    layer = a_layer([3, 20, 30], secret=[0], cost=[1, 2, 1, 9])

    found = by_hand(layer, [Cut(frozenset({1, 3}), None)], start(layer))

    assert np.flatnonzero(found).tolist() == [0, 1, 2]


def test_plain_suppression_leaves_hidden_zeros_recoverable() -> None:
    layer = a_layer([0, 0, 0], secret=[0, 1])

    assert {quantity for quantity, _cut in fall_out(layer, plain(layer))} == {0, 1}


def test_a_number_that_is_known_anyway_cannot_be_protected() -> None:
    layer = a_layer([3, 20, 30], secret=[0])
    layer = replace(layer, lower=np.array([3.0, 0, 0]), upper=np.array([3.0, 99, 99]))

    with pytest.raises(CannotProtect):
        suppress(layer)


def test_a_few_are_left_as_many_numbers_as_the_rules_ask() -> None:
    """2 and 1 leave 0-3 and would do. 1 and 1 leave 0-2, so a third is hidden with them."""
    assert hidden(with_few(a_layer([2, 1, 30, 40], secret=[0, 1]), [0, 1])) == [0, 1]
    assert hidden(with_few(a_layer([1, 1, 30, 40], secret=[0, 1]), [0, 1])) == [0, 1, 2]
    assert hidden(a_layer([1, 1, 30, 40], secret=[0, 1])) == [0, 1]


def test_the_same_above_where_few_are_left_over() -> None:
    """Of 10 and 10 people 9 and 9: each may be 8, 9 or 10, and that is one too few."""
    layer = with_few(a_layer([9, 9, 30, 40], secret=[0, 1]), [0, 1])
    layer = replace(layer, upper=np.array([10.0, 10.0, 99.0, 99.0]))

    assert hidden(layer) == [0, 1, 2]


def test_no_more_doubt_is_asked_than_the_people_leave() -> None:
    """One of two people is 0, 1 or 2, whatever is hidden: there is no fourth number."""
    layer = with_few(a_layer([1, 1, 30, 40], secret=[0, 1]), [0, 1])
    layer = replace(layer, upper=np.array([2.0, 2.0, 99.0, 99.0]))

    assert layer.doubt.tolist() == [2, 2, 1, 1, 1]
    assert hidden(layer) == [0, 1]


def test_what_is_chosen_first_is_large_enough_together() -> None:
    """The program is told so at once: no round of the attacker is needed for it."""
    layer = with_few(a_layer([1, 1, 30, 40], secret=[0, 1]), [0, 1])

    assert suppress(layer).rounds == 0


def test_earlier_editions_may_have_left_less_doubt() -> None:
    """They told all but the two, so of these nothing better can be had; both stay hidden."""
    layer = with_few(a_layer([1, 1, 30, 40], secret=[0, 1]), [0, 1])
    layer = replace(layer, open=np.array([False, False, True, True, True]))

    with pytest.raises(CannotProtect):
        suppress(layer)
    assert np.flatnonzero(suppress_beside(layer).hidden).tolist() == [0, 1]


def with_few(layer: Layer, few: list[int]) -> Layer:
    """`layer`, with the numbers of some quantities kept secret by the rules themselves."""
    return replace(layer, few=np.isin(np.arange(len(layer.values)), few))
