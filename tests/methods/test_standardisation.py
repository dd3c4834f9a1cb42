"""Standardised rates and ratios, worked by hand and held to their laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from klynge import methods

BANDS = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=200),
        st.integers(min_value=1000, max_value=90_000),
        st.integers(min_value=1, max_value=9000),
    ),
    min_size=1,
    max_size=20,
).filter(lambda bands: sum(count for count, _n, _w in bands) >= 10)


def columns(bands):
    return tuple(map(list, zip(*bands, strict=True)))


def test_worked_by_hand():
    # Rates 10/1000 and 40/1000 with weights 3:1 give 0.0175.
    # Variance (0.75/1000)²·10 + (0.25/1000)²·40 = 8.125e-6; 50 events.
    found = methods.directly_standardised_rate([10, 40], [1000, 1000], [3, 1], per=1000)

    byar = methods.byar(50)
    stretch = math.sqrt(8.125e-6 / 50)
    assert found.value == pytest.approx(17.5)
    assert found.lower == pytest.approx(17.5 + 1000 * stretch * (byar.lower - 50))
    assert found.upper == pytest.approx(17.5 + 1000 * stretch * (byar.upper - 50))


def test_under_ten_events_there_is_no_rate():
    nine = methods.directly_standardised_rate([4, 5], [100, 100], [1, 1])
    ten = methods.directly_standardised_rate([5, 5], [100, 100], [1, 1])

    assert math.isnan(nine.value)
    assert math.isnan(nine.lower)
    assert math.isnan(nine.upper)
    assert ten.value == 5000


def test_asked_for_fewer_events_the_limits_are_exact():
    found = methods.directly_standardised_rate([4], [100], [1], per=100, fewest=1)

    exact = methods.exact_poisson(4)
    assert (found.lower, found.upper) == pytest.approx((exact.lower, exact.upper))


@given(BANDS, st.floats(min_value=0.01, max_value=1000))
def test_with_weights_like_the_population_it_is_the_crude_rate(bands, scale):
    count, population, _standard = columns(bands)
    found = methods.directly_standardised_rate(count, population, np.array(population) * scale)

    crude = methods.byar(sum(count))
    per = 100_000 / sum(population)
    assert found.value == pytest.approx(sum(count) * per)
    assert (found.lower, found.upper) == pytest.approx((crude.lower * per, crude.upper * per))


@given(BANDS)
@example([(1, 1000, 14), (9, 1000, 1)])  # Dobson's own lower limit is negative here
def test_the_interval_holds_the_rate(bands):
    found = methods.directly_standardised_rate(*columns(bands))
    assert 0 <= found.lower <= found.value <= found.upper


@given(BANDS, st.floats(min_value=0.01, max_value=1000))
def test_the_scale_of_the_standard_does_not_matter(bands, scale):
    count, population, standard = columns(bands)
    one = methods.directly_standardised_rate(count, population, standard)
    other = methods.directly_standardised_rate(count, population, np.array(standard) * scale)
    assert (one.value, one.lower) == pytest.approx((other.value, other.lower))


@given(st.lists(BANDS.filter(lambda bands: len(bands) >= 3), min_size=1, max_size=4))
def test_many_places_at_once_give_what_each_gives(places):
    places = [bands[:3] for bands in places]
    count, population, _ = (np.array(part) for part in zip(*map(columns, places), strict=True))
    together = methods.directly_standardised_rate(count, population, [3, 2, 1])
    alone = [
        methods.directly_standardised_rate(x, n, [3, 2, 1])
        for x, n in zip(count, population, strict=True)
    ]
    assert together.value.tolist() == pytest.approx([f.value for f in alone], nan_ok=True)
    assert together.upper.tolist() == pytest.approx([f.upper for f in alone], nan_ok=True)


def test_the_weight_of_a_band_without_people_goes_to_the_others():
    without = methods.directly_standardised_rate([10, 0, 40], [1000, 0, 1000], [3, 9, 1])
    never = methods.directly_standardised_rate([10, 40], [1000, 1000], [3, 1])

    assert (without.value, without.lower) == pytest.approx((never.value, never.lower))


def test_without_people_there_is_no_rate():
    assert math.isnan(methods.directly_standardised_rate([0], [0], [1], fewest=0).value)


def test_repeated_events_widen_the_interval_and_leave_the_rate():
    once = methods.directly_standardised_rate([20, 30], [1000, 2000], [1, 1])
    thrice = methods.directly_standardised_rate([20, 30], [1000, 2000], [1, 1], squares=[60, 90])

    assert thrice.value == once.value
    # Every event counted three times over: the half width grows by the root of 3.
    assert thrice.upper - thrice.value == pytest.approx(math.sqrt(3) * (once.upper - once.value))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (([1], [0], [1]), "no population"),
        (([1, 2], [1, 2, 3], [1, 1]), "shapes differ"),
        (([1, 2], [1, 2], [1, 1, 1]), "shapes differ"),
        ((1, 2, 3), "one number a band"),
        (([], [], []), "one number a band"),
        (([-1], [1], [1]), "negative"),
        (([1], [1], [math.nan]), "finite"),
    ],
)
def test_refuses_what_makes_no_sense(arguments, says):
    with pytest.raises(ValueError, match=says):
        methods.directly_standardised_rate(*arguments)


def test_squares_are_never_smaller_than_counts():
    with pytest.raises(ValueError, match="squares"):
        methods.directly_standardised_rate([10], [100], [1], squares=[9])


# Indirect


def test_ratio_worked_by_hand():
    # Expected 1000·(20/10000) + 500·(100/10000) = 7; observed 12.
    found = methods.indirectly_standardised_ratio([4, 8], [1000, 500], [20, 100], [10_000, 10_000])

    byar = methods.byar(12)
    assert found.value == pytest.approx(12 / 7)
    assert (found.lower, found.upper) == pytest.approx((byar.lower / 7, byar.upper / 7))


def test_few_observed_have_exact_limits():
    found = methods.indirectly_standardised_ratio([0], [100], [50], [1000], per=100)

    assert (found.value, found.lower) == (0, 0)
    assert found.upper == pytest.approx(100 * methods.exact_poisson(0).upper / 5)


@given(BANDS)
def test_the_reference_itself_has_ratio_1(bands):
    count, population, _ = columns(bands)
    found = methods.indirectly_standardised_ratio(count, population, count, population)
    assert found.value == pytest.approx(1)


def test_many_places_against_one_reference():
    found = methods.indirectly_standardised_ratio(
        [[5, 5], [50, 50]], [[500, 500], [500, 500]], [10, 10], [1000, 1000]
    )
    assert found.value.tolist() == pytest.approx([1, 10])


def test_where_nothing_is_expected_there_is_no_ratio():
    assert math.isnan(methods.indirectly_standardised_ratio([3], [0], [5], [100]).value)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (([1], [1], [1], [0]), "reference"),
        (([1], [1], [0], [0]), "reference"),
        (([1, 2], [1, 2], [1], [1]), "shapes differ"),
        (([-1], [1], [1], [1]), "negative"),
    ],
)
def test_refuses_a_ratio_that_makes_no_sense(arguments, says):
    with pytest.raises(ValueError, match=says):
        methods.indirectly_standardised_ratio(*arguments)
