"""Splitting a whole number in whole parts."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from klynge.methods import largest_remainder

WEIGHTS = st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=30).filter(any)
TOTAL = st.integers(min_value=0, max_value=10**12)


def test_the_textbook_example_of_hamiltons_method():
    # 100,000 votes for 10 seats: 4.7, 1.6, 1.58, 1.2, 0.61, 0.31 (the article on the method in
    # every encyclopedia).
    votes = [47_000, 16_000, 15_800, 12_000, 6_100, 3_100]
    assert largest_remainder(votes, 10) == [5, 2, 1, 1, 1, 0]


def test_a_hundred_kroner_between_three():
    assert largest_remainder([1, 1, 1], 10_000) == [3334, 3333, 3333]


def test_equal_remainders_go_to_the_earlier():
    assert largest_remainder([1, 1, 1, 1], 2) == [1, 1, 0, 0]


@given(WEIGHTS, TOTAL)
def test_the_parts_add_up_exactly(weights, total):
    assert sum(largest_remainder(weights, total)) == total


@given(WEIGHTS, TOTAL)
def test_no_part_is_a_whole_one_from_its_share(weights, total):
    for part, weight in zip(largest_remainder(weights, total), weights, strict=True):
        assert abs(part - Fraction(weight * total, sum(weights))) < 1


@given(WEIGHTS, TOTAL)
def test_a_larger_weight_never_gets_less(weights, total):
    parts = largest_remainder(weights, total)
    ordered = sorted(zip(weights, parts, strict=True))
    assert all(
        fewer <= more for (light, fewer), (heavy, more) in pairwise(ordered) if light < heavy
    )


@given(st.lists(st.floats(min_value=0, max_value=1e9), min_size=1, max_size=20), TOTAL)
def test_weights_may_be_fractions(weights, total):
    assume(any(weights))
    assert sum(largest_remainder(weights, total)) == total


@given(WEIGHTS, TOTAL)
def test_a_correction_downwards_mirrors_one_upwards(weights, total):
    up, down = largest_remainder(weights, total), largest_remainder(weights, -total)
    assert [-part for part in down] == up


@given(WEIGHTS, TOTAL)
def test_an_array_gives_an_array_of_the_same_parts(weights, total):
    parts = largest_remainder(np.array(weights), total)
    assert parts.dtype == np.int64
    assert parts.tolist() == largest_remainder(weights, total)


def test_a_list_gives_plain_ints():
    assert {type(part) for part in largest_remainder((1, 2.5), np.int64(9))} == {int}


@pytest.mark.parametrize("kind", [Decimal, Fraction, float, np.float32, np.float64])
def test_halves_count_in_every_kind_of_number(kind):
    assert largest_remainder([kind(0.5), kind(1.5)], 100) == [25, 75]


def test_large_weights_of_numpy_do_not_run_over():
    assert largest_remainder([np.int64(2**62), np.int64(2**62)], 10**6) == [500_000, 500_000]


def test_nothing_is_split_in_nothings():
    assert largest_remainder([0, 0], 0) == [0, 0]
    assert largest_remainder([], 0) == []


@pytest.mark.parametrize(
    ("weights", "total", "says"),
    [
        ([0, 0], 1, "all be 0"),
        ([], 1, "all be 0"),
        ([1, -1], 1, "negative"),
        ([1, math.nan], 1, "finite"),
        ([[1]], 1, "one list"),
        ([1], 1.5, "whole number"),
        ([1], True, "whole number"),
        ([1], math.nan, "whole number"),
        ([1], math.inf, "whole number"),
        ([1], None, "whole number"),
        ([1], "1", "whole number"),
    ],
)
def test_refuses_what_makes_no_sense(weights, total, says):
    with pytest.raises(ValueError, match=says):
        largest_remainder(weights, total)
