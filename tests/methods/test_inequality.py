"""Slope and relative index of inequality, worked by hand and against simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from klynge import methods

SII, RII = methods.slope_index_of_inequality, methods.relative_index_of_inequality
GROUPS = st.lists(
    st.tuples(
        st.floats(min_value=10, max_value=100),
        st.integers(min_value=100, max_value=10_000),
        st.floats(min_value=0.1, max_value=3),
    ),
    min_size=3,
    max_size=10,
)


def columns(groups):
    return tuple(map(list, zip(*groups, strict=True)))


def simulated(value, population, error, draws=200_000):
    """The ends of the line through values drawn anew, fitted with numpy's own least squares."""
    share = np.array(population) / sum(population)
    ridit = np.cumsum(share) - share / 2
    rng = np.random.default_rng(7)
    drawn = rng.normal(value, error, size=(draws, len(value)))
    root = np.sqrt(share)
    design = np.column_stack([root, root * ridit])
    (bottom, slope), *_ = np.linalg.lstsq(design, (drawn * root).T, rcond=None)
    return bottom, bottom + slope


def test_a_straight_line_over_equal_groups_is_worked_by_hand():
    # Midpoints 1/6, 1/2, 5/6 and values 10, 20, 30: the line runs from 5 to 35.
    assert SII([10, 20, 30], [7, 7, 7]).value == pytest.approx(30)
    assert RII([10, 20, 30], [7, 7, 7]).value == pytest.approx(7)


def test_groups_stand_at_the_midpoint_of_their_share_of_the_population():
    # Shares 0.5, 0.3, 0.2: midpoints 0.25, 0.65, 0.9; values on the line 4 + 10·ridit.
    found = SII([6.5, 10.5, 13], [500, 300, 200])

    assert found.value == pytest.approx(10)
    assert RII([6.5, 10.5, 13], [500, 300, 200]).value == pytest.approx(14 / 4)


def test_the_line_is_weighted_by_population():
    # By hand: shares ½, ¼, ¼ at 0.25, 0.625, 0.875; weighted means 0.5 and 2.
    # Slope: sum w(x - 0.5)(y - 2) / sum w(x - 0.5)² with y = 1, 2, 4.
    top = 0.5 * -0.25 * -1 + 0.25 * 0.125 * 0 + 0.25 * 0.375 * 2
    bottom = 0.5 * 0.0625 + 0.25 * 0.015625 + 0.25 * 0.140625
    assert SII([1, 2, 4], [20, 10, 10]).value == pytest.approx(top / bottom)


def test_with_standard_errors_the_interval_is_worked_by_hand():
    # Equal groups: the slope is (y3 - y1)·1.5, so its standard error is 1.5·sqrt(2)·error.
    found = SII([10, 20, 30], [1, 1, 1], standard_error=[2, 2, 2])

    half = 1.959964 * 1.5 * math.sqrt(2) * 2
    assert (found.lower, found.upper) == pytest.approx((30 - half, 30 + half))


def test_without_standard_errors_the_scatter_around_the_line_decides():
    assert SII([10, 20, 30], [1, 1, 1]).lower == pytest.approx(30)
    scattered = SII([10, 24, 30, 37], [1, 1, 1, 1])
    # scipy.stats.linregress([.125, .375, .625, .875], [10, 24, 30, 37])
    from scipy import stats

    line = stats.linregress([0.125, 0.375, 0.625, 0.875], [10, 24, 30, 37])
    half = stats.t.ppf(0.975, 2) * line.stderr
    assert (scattered.lower, scattered.upper) == pytest.approx(
        (line.slope - half, line.slope + half)
    )


@settings(max_examples=25)
@given(GROUPS)
def test_the_intervals_are_those_of_endless_simulation(groups):
    value, population, error = columns(groups)
    bottom, top = simulated(value, population, error, draws=20_000)
    slope = SII(value, population, standard_error=error)
    ratio = RII(value, population, standard_error=error)

    spread = slope.upper - slope.lower
    assert np.quantile(top - bottom, [0.025, 0.975]) == pytest.approx(
        (slope.lower, slope.upper), abs=0.05 * spread
    )
    if not math.isnan(ratio.lower) and (bottom > 0).all():
        spread = ratio.upper - ratio.lower
        assert np.quantile(top / bottom, [0.025, 0.975]) == pytest.approx(
            (ratio.lower, ratio.upper), abs=0.08 * spread
        )


@given(GROUPS)
@example([(10.0, 100, 1.0), (10.0, 100, 1.0), (10.0, 139, 1.0)])  # the root's last digit
def test_the_interval_holds_the_index(groups):
    value, population, error = columns(groups)
    for index in (SII, RII):
        for errors in (None, error):
            found = index(value, population, standard_error=errors)
            if not math.isnan(found.lower):
                assert found.lower <= found.value <= found.upper


@given(GROUPS, st.floats(min_value=0.1, max_value=10))
def test_a_multiplier_scales_the_slope_and_leaves_the_ratio(groups, by):
    value, population, error = columns(groups)
    one, scaled = (SII(value, population, standard_error=error, multiplier=m) for m in (1, by))
    assert (scaled.value, scaled.lower) == pytest.approx((by * one.value, by * one.lower))
    assert RII(value, population, multiplier=by).value == RII(value, population).value


def test_a_negative_multiplier_turns_the_sign_and_inverts_the_ratio():
    value, population, error = [20, 30, 40], [3, 2, 1], [1, 1, 1]
    slope, turned = (SII(value, population, standard_error=error, multiplier=m) for m in (1, -1))
    ratio, inverse = (RII(value, population, standard_error=error, multiplier=m) for m in (1, -1))

    assert (turned.value, turned.lower, turned.upper) == pytest.approx(
        (-slope.value, -slope.upper, -slope.lower)
    )
    assert (inverse.value, inverse.lower, inverse.upper) == pytest.approx(
        (1 / ratio.value, 1 / ratio.upper, 1 / ratio.lower)
    )


def test_log_is_a_straight_line_of_logs_worked_by_hand():
    # Logs 1, 2, 3 at 1/6, 1/2, 5/6: from 0.5 to 3.5.
    value = np.exp([1, 2, 3])
    slope = SII(value, [1, 1, 1], standard_error=[0.1] * 3, transform="log")
    ratio = RII(value, [1, 1, 1], standard_error=[0.1] * 3, transform="log")

    assert slope.value == pytest.approx(math.exp(3.5) - math.exp(0.5))
    assert ratio.value == pytest.approx(math.exp(3))
    half = 1.959964 * 1.5 * math.sqrt(2) * 0.1
    assert (ratio.lower, ratio.upper) == pytest.approx(
        (math.exp(3 - half), math.exp(3 + half)), rel=0.01
    )
    assert slope.lower < slope.value < slope.upper


def test_logit_is_a_straight_line_of_logits_worked_by_hand():
    # Logits -2, -1, 0: from -2.5 to 0.5.
    bottom, top = 1 / (1 + math.exp(2.5)), 1 / (1 + math.exp(-0.5))
    value = 1 / (1 + np.exp([2.0, 1.0, 0.0]))

    found = SII(value, [1, 1, 1], standard_error=[0.1] * 3, transform="logit", multiplier=100)
    assert found.value == pytest.approx(100 * (top - bottom))
    assert RII(value, [1, 1, 1], transform="logit").value == pytest.approx(top / bottom)


def test_simulated_intervals_are_the_same_every_time():
    given = {"standard_error": [0.1, 0.1, 0.1], "transform": "log"}
    once, again = (SII([1, 2, 4], [1, 1, 1], **given) for _ in range(2))
    assert (once.lower, once.upper) == (again.lower, again.upper)


def test_without_differences_there_is_no_inequality():
    assert SII([5, 5, 5], [1, 2, 3]).value == pytest.approx(0, abs=1e-12)
    assert RII([5, 5, 5], [1, 2, 3]).value == pytest.approx(1)


@pytest.mark.parametrize("index", [SII, RII])
@pytest.mark.parametrize("transform", ["none", "log", "logit"])
def test_values_without_any_error_have_no_width(index, transform):
    found = index([0.2, 0.3, 0.5], [1, 1, 1], standard_error=[0, 0, 0], transform=transform)
    assert (found.lower, found.upper) == pytest.approx((found.value, found.value))


def test_a_ratio_to_what_may_be_nothing_has_no_interval():
    found = RII([0.1, 1, 2], [1, 1, 1], standard_error=[1, 1, 1])
    assert math.isnan(found.lower)
    assert math.isnan(found.upper)


def test_many_places_at_once_give_what_each_gives():
    values, people = [[1, 2, 4], [9, 5, 2]], [[1, 1, 1], [3, 2, 5]]
    together = SII(values, people)
    alone = [SII(v, p) for v, p in zip(values, people, strict=True)]
    assert together.upper.tolist() == [found.upper for found in alone]
    assert type(alone[0].value) is float


@pytest.mark.parametrize(
    ("arguments", "options", "says"),
    [
        (([1, 2], [1, 1]), {}, "3 groups"),
        ((1, 1), {}, "3 groups"),
        (([1, 2, 3], [1, 1]), {}, "shapes differ"),
        (([1, 2, 3], [1, 1, 1]), {"standard_error": [1, 1]}, "shapes differ"),
        (([1, 2, 3], [1, 0, 1]), {}, "above 0"),
        (([0, 2, 3], [1, 1, 1]), {"transform": "log"}, "log"),
        (([0.1, 0.2, 1], [1, 1, 1]), {"transform": "logit"}, "logit"),
        (([1, 2, 3], [1, 1, 1]), {"transform": "root"}, "transform"),
        (([1, 2, 3], [1, 1, 1]), {"multiplier": 0}, "multiplier"),
        (([1, 2, 3], [1, 1, 1]), {"confidence": 2}, "confidence"),
        (([1, 2, math.nan], [1, 1, 1]), {}, "finite"),
    ],
)
def test_refuses_what_makes_no_sense(arguments, options, says):
    with pytest.raises(ValueError, match=says):
        SII(*arguments, **options)
    with pytest.raises(ValueError, match=says):
        RII(*arguments, **options)
