"""Intervals of counts, rates and shares, against published values, scipy and their own laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from klynge import methods

CONFIDENCE = st.floats(min_value=0.5, max_value=0.999)
COUNT = st.integers(min_value=0, max_value=10**7)
SHARE = st.integers(min_value=1, max_value=10**6).flatmap(
    lambda n: st.tuples(st.integers(min_value=0, max_value=n), st.just(n))
)
OF_COUNT = [methods.byar, methods.exact_poisson]
OF_SHARE = [methods.wilson, methods.clopper_pearson, methods.proportion]


def ends(interval):
    return interval.lower, interval.upper


# Published values


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [(0, 0, 3.6889), (1, 0.0253, 5.5716), (5, 1.6235, 11.6683), (10, 4.7954, 18.3904)],
)
def test_exact_poisson_gives_the_limits_of_the_published_table(count, lower, upper):
    # Garwood 1936, Biometrika 28:437-442; in every textbook of epidemiology.
    assert ends(methods.exact_poisson(count)) == pytest.approx((lower, upper), abs=5e-5)


@pytest.mark.parametrize(
    ("count", "n", "lower", "upper"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_limits_of_newcombes_table(count, n, lower, upper):
    # Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3.
    assert ends(methods.wilson(count, n)) == pytest.approx((lower, upper), abs=5e-5)


@pytest.mark.parametrize(
    ("count", "n", "lower", "upper"),
    [
        (81, 263, 0.2527, 0.3676),
        (15, 148, 0.0578, 0.1617),
        (0, 20, 0, 0.1684),
        (1, 29, 0.0009, 0.1776),
    ],
)
def test_clopper_pearson_gives_the_limits_of_newcombes_table(count, n, lower, upper):
    # The same table, method 5.
    assert ends(methods.clopper_pearson(count, n)) == pytest.approx((lower, upper), abs=5e-5)


def test_byar_is_its_formula_worked_by_hand():
    # 25: 25·(1 - 1/225 - 1.959964/15)³ and 26·(1 - 1/234 + 1.959964/(3·√26))³
    assert ends(methods.byar(25)) == pytest.approx((16.1742, 36.9065), abs=1e-4)


def test_the_95_and_998_quantiles_are_the_normal_ones():
    # Wilson at 1 of 2: centre ½, half width z / (2·sqrt(2 + z²)).
    for confidence, z in ((0.95, 1.959964), (0.998, 3.090232)):
        upper = methods.wilson(1, 2, confidence=confidence).upper
        assert upper == pytest.approx(0.5 + z / (2 * math.sqrt(2 + z**2)), abs=1e-6)


# Agreement with scipy


@given(COUNT, CONFIDENCE)
def test_exact_poisson_covers_as_the_poisson_distribution_says(count, confidence):
    lower, upper = ends(methods.exact_poisson(count, confidence=confidence))

    tail = (1 - confidence) / 2
    assert stats.poisson.cdf(count, upper) == pytest.approx(tail, rel=1e-6)
    if count:
        assert stats.poisson.sf(count - 1, lower) == pytest.approx(tail, rel=1e-6)


@given(SHARE, CONFIDENCE)
def test_wilson_agrees_with_scipy(share, confidence):
    theirs = stats.binomtest(*share).proportion_ci(confidence, method="wilson")

    assert ends(methods.wilson(*share, confidence=confidence)) == pytest.approx(
        (theirs.low, theirs.high), abs=1e-12
    )


@given(st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), CONFIDENCE)
def test_clopper_pearson_agrees_with_scipy(share, confidence):
    theirs = stats.binomtest(*share).proportion_ci(confidence, method="exact")

    assert ends(methods.clopper_pearson(*share, confidence=confidence)) == pytest.approx(
        (theirs.low, theirs.high), abs=1e-9
    )


@given(st.integers(min_value=10, max_value=10**6))
def test_byar_is_near_the_exact_limits_from_ten_events_on(count):
    assert ends(methods.byar(count)) == pytest.approx(ends(methods.exact_poisson(count)), rel=0.002)


# Laws


@pytest.mark.parametrize("method", OF_COUNT)
@given(count=COUNT, confidence=CONFIDENCE)
def test_a_counts_interval_holds_the_count(method, count, confidence):
    found = method(count, confidence=confidence)
    assert 0 <= found.lower <= found.value == count <= found.upper


@pytest.mark.parametrize("method", OF_SHARE)
@given(share=SHARE, confidence=CONFIDENCE)
def test_a_shares_interval_holds_it_and_stays_between_0_and_1(method, share, confidence):
    found = method(*share, confidence=confidence)
    assert 0 <= found.lower <= found.value <= found.upper <= 1


@pytest.mark.parametrize("method", OF_COUNT)
@given(count=COUNT)
def test_a_larger_count_has_higher_limits(method, count):
    fewer, more = method(count), method(count + 1)
    assert fewer.lower < more.lower
    assert fewer.upper < more.upper


@pytest.mark.parametrize("method", OF_SHARE)
@given(share=SHARE)
def test_the_share_without_the_event_mirrors_the_share_with_it(method, share):
    count, n = share
    with_it, without = method(count, n), method(n - count, n)
    assert ends(without) == pytest.approx((1 - with_it.upper, 1 - with_it.lower), abs=1e-9)


@pytest.mark.parametrize("method", OF_SHARE)
@given(share=SHARE)
def test_more_confidence_is_a_wider_interval(method, share):
    usual, sure = method(*share, confidence=0.95), method(*share, confidence=0.998)
    assert sure.lower <= usual.lower
    assert usual.upper <= sure.upper


@given(st.lists(SHARE, min_size=1, max_size=20))
def test_arrays_give_what_scalars_give(shares):
    counts, totals = map(list, zip(*shares, strict=True))
    for method in OF_SHARE:
        together = method(counts, totals)
        alone = [method(count, n) for count, n in shares]
        assert together.value.tolist() == [found.value for found in alone]
        assert together.lower.tolist() == pytest.approx([found.lower for found in alone])
        assert together.upper.tolist() == pytest.approx([found.upper for found in alone])
    rates = methods.rate(counts, totals)
    assert rates.lower.tolist() == [methods.rate(*share).lower for share in shares]


# Limits: none, one, all


@pytest.mark.parametrize("method", OF_SHARE)
def test_none_has_lower_limit_0_and_all_has_upper_limit_1(method):
    assert method(0, 7).lower == 0
    assert method(7, 7).upper == 1


@pytest.mark.parametrize("method", OF_COUNT)
def test_a_count_of_0_has_lower_limit_0(method):
    assert (method(0).value, method(0).lower) == (0, 0)
    assert 3 < method(0).upper < 4.2


@pytest.mark.parametrize("method", OF_SHARE)
def test_a_share_of_nobody_is_not_a_number(method):
    found = method([0, 1], [0, 2])
    assert np.isnan([found.value[0], found.lower[0], found.upper[0]]).all()
    assert found.value[1] == 0.5


# Rates


def test_a_rate_is_exact_under_ten_events_and_byars_from_ten_on():
    nine, ten = methods.rate(9, 1000, per=1000), methods.rate(10, 1000, per=1000)
    assert ends(nine) == ends(methods.exact_poisson(9))
    assert ends(ten) == pytest.approx(ends(methods.byar(10)), rel=1e-12)


def test_a_rate_is_per_100_000_unless_told():
    assert methods.rate(50, 200_000).value == 25
    assert methods.rate(50, 200_000, per=1000).value == 0.25


def test_a_rate_of_nobody_is_not_a_number_whatever_the_count():
    found = methods.rate([0, 3], 0)
    assert np.isnan(found.value).all()
    assert np.isnan(found.lower).all()
    assert np.isnan(found.upper).all()


@given(COUNT, st.integers(min_value=1, max_value=10**7))
def test_a_rates_interval_holds_it(count, population):
    found = methods.rate(count, population)
    assert 0 <= found.lower <= found.value <= found.upper


def test_a_proportion_can_be_per_cent():
    found = methods.proportion(20, 100, per=100)
    assert found.value == 20
    assert found.upper == pytest.approx(100 * methods.wilson(20, 100).upper)


# What comes in and out


def test_scalars_give_floats():
    for found in (methods.byar(3), methods.wilson(1, 2), methods.rate(3, np.int64(9))):
        assert [type(part) for part in (found.value, found.lower, found.upper)] == [float] * 3


def test_arrays_keep_their_shape():
    counts = np.arange(6).reshape(2, 3)
    assert methods.byar(counts).lower.shape == (2, 3)
    assert methods.rate(counts, 100).upper.shape == (2, 3)
    assert methods.wilson([], []).value.shape == (0,)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: methods.byar(-1), "negative"),
        (lambda: methods.byar(math.nan), "finite"),
        (lambda: methods.byar("many"), "numbers"),
        (lambda: methods.byar([[1], [1, 2]]), "numbers"),
        (lambda: methods.byar(1, confidence=95), "confidence"),
        (lambda: methods.exact_poisson(1, confidence=0), "confidence"),
        (lambda: methods.exact_poisson([1, math.inf]), "finite"),
        (lambda: methods.wilson(3, 2), "larger"),
        (lambda: methods.clopper_pearson(3, 2), "larger"),
        (lambda: methods.proportion(1, -1), "negative"),
        (lambda: methods.wilson([1, 2], [1, 2, 3]), "shapes differ"),
        (lambda: methods.rate([1, 2], [[1], [2]]), "shapes differ"),
        (lambda: methods.rate(1, 2, per=0), "per"),
        (lambda: methods.rate(1, 2, per=math.nan), "per"),
    ],
)
def test_refuses_what_makes_no_sense(call, says):
    with pytest.raises(ValueError, match=says):
        call()
