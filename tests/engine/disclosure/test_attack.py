"""The attacker's arithmetic, against answers worked out by hand and against scipy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import linprog

from klynge.engine.disclosure.attack import Facts, NoSuchCounts, Recovered, recovered


def matrix(*rows: list[float]) -> sparse.csr_matrix:
    return sparse.csr_matrix(np.array(rows, float))


def attack(
    rows: list[list[float]],
    values: list[float],
    targets: list[list[float]],
    *,
    upper: float = np.inf,
    ranges: list[tuple[list[float], float, float]] = (),
    truth: list[float] | None = None,
    doubt: int = 1,
) -> tuple[Recovered, ...]:
    size = len(targets[0])
    facts = Facts(
        rows=matrix(*rows) if rows else sparse.csr_matrix((0, size)),
        values=np.array(values, float),
        lower=np.zeros(size),
        upper=np.full(size, upper),
        ranges=matrix(*(row for row, _low, _high in ranges)) if ranges else None,
        range_low=np.array([low for _row, low, _high in ranges]),
        range_high=np.array([high for _row, _low, high in ranges]),
    )
    given_truth = None if truth is None else np.array(truth, float)
    return recovered(facts, matrix(*targets), truth=given_truth, doubt=doubt)


def test_what_is_alone_in_its_sum_is_recovered_with_the_facts_that_tell_it() -> None:
    (found,) = attack([[1, 1, 0], [0, 1, 0], [0, 0, 1]], [10, 7, 4], [[1, 0, 0]])

    assert found == Recovered(target=0, low=3, high=3, rows=(0, 1), ranges=())


def test_two_unknown_in_one_sum_are_not_recovered() -> None:
    assert attack([[1, 1]], [10], [[1, 0], [0, 1]]) == ()


def test_unknown_zeros_under_a_known_zero_are_recovered() -> None:
    found = attack([[1, 1, 0], [1, 1, 1]], [0, 5], [[1, 0, 0], [0, 1, 0]])

    assert [one.rows for one in found] == [(0,), (0,)]


def test_unknown_ones_at_the_ceiling_are_recovered() -> None:
    assert len(attack([[1, 1]], [6], [[1, 0], [0, 1]], upper=3)) == 2


def test_a_ceiling_that_is_not_reached_recovers_nothing() -> None:
    assert attack([[1, 1]], [5], [[1, 0], [0, 1]], upper=3) == ()


def test_none_alone_in_its_sum_but_all_recovered_through_combinations() -> None:
    """a+b, b+c and a+c: no sum has only one unknown, and all three follow."""
    found = attack([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [5, 7, 6], np.eye(3).tolist())

    assert [(one.target, one.low) for one in found] == [(0, 2), (1, 3), (2, 4)]


def test_only_one_whole_number_within_the_limits_is_recovered() -> None:
    """2a + 2b = 3 and b <= 0.7 leave a between 0.8 and 1.5, and a is whole."""
    found = attack([[2, 2]], [3], [[1, 0]], ranges=[([0, 1], 0, 0.7)])

    assert [one.target for one in found] == [0]
    assert found[0].ranges == (0,)


def test_a_sum_known_within_limits_tells_what_the_exact_ones_do_not() -> None:
    """a + b = 9, and 3a + b lies within 0.4 of 15: a is 3."""
    assert attack([[1, 1]], [9], [[1, 0]]) == ()
    assert len(attack([[1, 1]], [9], [[1, 0]], ranges=[([3, 1], 14.6, 15.4)])) == 1


def test_more_doubt_can_be_asked_for() -> None:
    """a is 0, 1 or 2."""
    assert attack([[1, 1]], [2], [[1, 0]], doubt=2) == ()
    assert len(attack([[1, 1]], [2], [[1, 0]], doubt=3)) == 1


def test_knowing_the_truth_changes_no_answer() -> None:
    rows, targets = [[1, 1, 0], [0, 1, 1]], np.eye(3).tolist()

    assert attack(rows, [0, 4], targets) == attack(rows, [0, 4], targets, truth=[0, 0, 4])


def test_facts_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(NoSuchCounts):
        attack([[1, 1], [1, 0]], [3, 5], [[0, 1]])


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1))
def test_agrees_with_two_linear_programs_a_target(seed: int) -> None:
    chance = np.random.default_rng(seed)
    size = int(chance.integers(3, 9))
    truth = chance.integers(0, 4, size).astype(float)
    upper = truth + chance.integers(0, 3, size)
    rows = (chance.random((int(chance.integers(1, 6)), size)) < 0.5).astype(float)
    weights = chance.random((2, size)).round(2)
    limits = weights @ truth + np.array([[-0.3], [0.3]])
    targets = np.vstack([np.eye(size), rows[:1] + np.eye(size)[:1]])
    facts = Facts(
        rows=sparse.csr_matrix(rows),
        values=rows @ truth,
        lower=np.zeros(size),
        upper=upper,
        ranges=sparse.csr_matrix(weights),
        range_low=limits[0],
        range_high=limits[1],
    )

    found = {one.target for one in recovered(facts, sparse.csr_matrix(targets))}

    expected = set()
    for at, goal in enumerate(targets):
        ends = [
            sign
            * linprog(
                sign * goal,
                A_eq=rows,
                b_eq=rows @ truth,
                A_ub=np.vstack([weights, -weights]),
                b_ub=np.concatenate([limits[1], -limits[0]]),
                bounds=list(zip(np.zeros(size), upper, strict=True)),
            ).fun
            for sign in (1, -1)
        ]
        if math.floor(ends[1] + 1e-6) <= math.ceil(ends[0] - 1e-6):
            expected.add(at)
    assert found == expected


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1))
def test_the_facts_named_are_enough_to_recover(seed: int) -> None:
    chance = np.random.default_rng(seed)
    size = int(chance.integers(4, 10))
    truth = (chance.integers(0, 5, size) * (chance.random(size) < 0.7)).astype(float)
    rows = sparse.csr_matrix((chance.random((8, size)) < 0.4).astype(float))
    targets = sparse.identity(size, format="csr")
    facts = Facts(rows, rows @ truth, np.zeros(size), truth + 2)

    for one in recovered(facts, targets, truth=truth):
        named = list(one.rows)
        alone = Facts(rows[named], (rows @ truth)[named], facts.lower, facts.upper)
        assert recovered(alone, targets[[one.target]])
