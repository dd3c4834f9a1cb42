"""Did it help: difference-in-differences, interrupted time series, synthetic control."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from klynge import methods
from klynge.methods.difference import excess_variance

SEEDS = st.integers(min_value=0, max_value=10_000)


def noise(seed: int, units: int = 12, periods: int = 8) -> np.ndarray:
    random = np.random.default_rng(seed)
    return 50 + random.normal(0, 2, (units, 1)) + random.normal(0, 1, (units, periods))


# Difference-in-differences


def test_the_effect_worked_by_hand():
    # Treated: from a mean of 10 to 16, +6. The others: +1, +3, +2, +2, a mean of 2.
    values = [[9, 11, 16], [5, 5, 6], [1, 3, 5], [7, 7, 9], [4, 6, 7]]
    found = methods.difference_in_differences(values, [2, None, None, None, None])

    # Their variance is ((-1)² + 1² + 0 + 0) / 3 = 2/3; of one more less their mean: 2/3·(1 + 1/4).
    half = stats.t.ppf(0.975, 3) * math.sqrt(2 / 3 * 5 / 4)
    assert found.effect.value == pytest.approx(4)
    assert (found.effect.lower, found.effect.upper) == pytest.approx((4 - half, 4 + half))
    assert found.excess == pytest.approx(math.sqrt(2 / 3))
    assert (found.controls, found.times) == (4, (-2, -1, 0))
    assert [each.value for each in found.by_time] == pytest.approx([-1 + 0.5, 1 - 0.5, 4])


def test_a_ratio_is_the_ratio_of_ratios():
    # The others double; the treated triple: half as much again.
    values = [[10, 30], [5, 10], [1, 2], [7, 14], [4, 8]]
    found = methods.difference_in_differences(values, [1, *[None] * 4], scale="ratio")

    assert found.effect.value == pytest.approx(1.5)
    assert found.effect.none == 1


@given(SEEDS)
def test_how_high_a_unit_lies_and_what_hits_all_play_no_part(seed):
    values, starts = noise(seed), [5, 6, *[None] * 10]
    random = np.random.default_rng(seed + 1)
    moved = values + random.normal(0, 9, (12, 1)) + random.normal(0, 9, (1, 8))

    plain = methods.difference_in_differences(values, starts)
    other = methods.difference_in_differences(moved, starts)
    assert other.effect.value == pytest.approx(plain.effect.value, abs=1e-9)
    assert other.effect.lower == pytest.approx(plain.effect.lower, abs=1e-9)
    assert other.pre_trend is not None
    assert other.pre_trend.value == pytest.approx(plain.pre_trend.value, abs=1e-9)


@given(SEEDS, st.floats(min_value=-20, max_value=20))
def test_what_is_added_from_the_start_on_is_added_to_the_effect(seed, size):
    values, starts = noise(seed), [3, 6, *[None] * 10]
    treated = values.copy()
    treated[0, 3:] += size
    treated[1, 6:] += size

    before = methods.difference_in_differences(values, starts)
    after = methods.difference_in_differences(treated, starts)
    assert after.effect.value == pytest.approx(before.effect.value + size, abs=1e-9)
    assert [each.value for each in after.by_unit] == pytest.approx(
        [each.value + size for each in before.by_unit], abs=1e-9
    )


def test_two_units_with_one_start_are_their_mean():
    values = noise(4)
    both = methods.difference_in_differences(values, [4, 4, *[None] * 10])
    assert both.effect.value == pytest.approx(np.mean([each.value for each in both.by_unit]))
    widths = [each.upper - each.lower for each in both.by_unit]
    assert both.effect.upper - both.effect.lower < min(widths)


def test_a_larger_sampling_error_of_the_treated_widens_the_interval():
    values, errors = noise(7), np.ones((12, 8))
    narrow = methods.difference_in_differences(
        values, [5, *[None] * 11], standard_error=errors
    ).effect
    errors[0] = 4
    wide = methods.difference_in_differences(
        values, [5, *[None] * 11], standard_error=errors
    ).effect
    assert wide.upper - wide.lower > 2 * (narrow.upper - narrow.lower)
    assert wide.value == narrow.value


def test_a_course_that_differed_already_is_told():
    values = noise(2, periods=12)
    values[0] += 2 * np.arange(12)
    found = methods.difference_in_differences(values, [9, *[None] * 11])

    assert found.pre_trend is not None
    assert found.pre_trend.value == pytest.approx(2, abs=0.4)
    assert found.pre_trend.is_seen


def test_with_two_periods_before_nothing_is_said_of_the_trend():
    found = methods.difference_in_differences(noise(1), [2, *[None] * 11])
    assert found.pre_trend is None


def test_several_looks_widen_the_interval_as_bonferroni_says():
    values, starts = noise(3), [4, *[None] * 11]
    five = methods.difference_in_differences(values, starts, looks=5).effect
    one = methods.difference_in_differences(values, starts, confidence=0.99).effect
    assert five.confidence == pytest.approx(0.99)
    assert (five.lower, five.upper) == pytest.approx((one.lower, one.upper))


@given(SEEDS)
def test_the_excess_solves_its_equation(seed):
    random = np.random.default_rng(seed)
    sampling = random.uniform(0.1, 2, 15)
    values = random.normal(0, np.sqrt(sampling + 1))
    found = excess_variance(values, sampling)

    weights = 1 / (sampling + found)
    q = weights @ (values - weights @ values / weights.sum()) ** 2
    assert found == 0 or q == pytest.approx(14)
    if found == 0:
        assert q <= 14 + 1e-6


def test_controls_that_change_exactly_alike_leave_no_doubt_but_the_treateds_own():
    values = np.tile(np.arange(4.0), (6, 1))
    values[0, 3] += 5
    errors = np.zeros((6, 4))
    found = methods.difference_in_differences(values, [3, *[None] * 5], standard_error=errors)
    assert found.effect.value == found.effect.lower == found.effect.upper == pytest.approx(5)
    assert found.effect.p_value == 0


# Interrupted time series


def test_a_series_without_noise_is_read_exactly():
    time = np.arange(24)
    values = 10 + 0.5 * time + np.where(time >= 12, 3 + 0.25 * (time - 12), 0)
    values = values + 1e-9 * np.sin(time * time)
    found = methods.interrupted_time_series(values, 12)

    assert found.level.value == pytest.approx(3, abs=1e-6)
    assert found.slope is not None
    assert found.slope.value == pytest.approx(0.25, abs=1e-6)
    assert found.trend_before.value == pytest.approx(0.5, abs=1e-6)
    # The mean of 3 + 0.25·(0, 1 ... 11)
    assert found.effect.value == pytest.approx(3 + 0.25 * 5.5, abs=1e-6)
    assert found.without[23] == pytest.approx(10 + 0.5 * 23, abs=1e-6)
    assert found.fitted == pytest.approx(values, abs=1e-6)


def test_without_correlation_it_is_ordinary_least_squares():
    random = np.random.default_rng(8)
    values = random.normal(5, 1, 400)
    values[200:] += 0.8
    found = methods.interrupted_time_series(values, 200, slope=False)

    time = np.arange(400)
    design = np.column_stack([np.ones(400), time, time >= 200])
    plain = np.linalg.lstsq(design, values, rcond=None)[0]
    assert found.autocorrelation == pytest.approx(0, abs=0.1)
    assert found.effect.value == pytest.approx(plain[2], abs=0.02)


@pytest.mark.parametrize("season", [4, 12])
def test_a_season_is_not_taken_for_an_effect(season):
    time = np.arange(8 * season)
    random = np.random.default_rng(season)
    values = 20 + 6 * np.cos(2 * np.pi * time / season) + random.normal(0, 0.5, len(time))
    # From the top of one season to the trough of another.
    start = 5 * season + season // 2
    found = methods.interrupted_time_series(values, start, season=season, slope=False)
    blind = methods.interrupted_time_series(values, start, slope=False)

    assert abs(found.effect.value) < 0.6
    assert found.effect.upper - found.effect.lower < (blind.effect.upper - blind.effect.lower) / 2


@given(SEEDS, st.floats(min_value=0.5, max_value=2))
def test_a_ratio_is_read_as_one(seed, times):
    random = np.random.default_rng(seed)
    values = np.exp(3 + random.normal(0, 0.05, 40))
    raised = values.copy()
    raised[25:] *= times
    plain = methods.interrupted_time_series(values, 25, slope=False, scale="ratio")
    found = methods.interrupted_time_series(raised, 25, slope=False, scale="ratio")
    assert found.effect.value == pytest.approx(plain.effect.value * times, rel=0.02)


# Synthetic control


def test_an_exact_mixture_is_found():
    random = np.random.default_rng(5)
    others = random.normal(0, 3, (6, 14)).cumsum(axis=1)
    own = 0.7 * others[1] + 0.3 * others[4] + 40
    own[10:] += 5
    found = methods.synthetic_control(np.vstack([own, others]), 0, 10)

    assert found.weights == pytest.approx([0, 0.7, 0, 0, 0.3, 0], abs=0.01)
    assert found.effect.value == pytest.approx(5, abs=0.1)
    assert found.without == pytest.approx(0.7 * others[1] + 0.3 * others[4] + 40, abs=0.3)
    assert found.fit < 0.05


@given(SEEDS)
def test_the_mixture_is_a_mixture_and_no_worse_than_any_single_unit(seed):
    values = noise(seed)
    found = methods.synthetic_control(values, 0, 5)

    moved = values - values[:, :5].mean(axis=1, keepdims=True)
    single = np.sqrt(((moved[1:, :5] - moved[0, :5]) ** 2).mean(axis=1))
    assert found.weights.sum() == pytest.approx(1)
    assert (found.weights >= 0).all()
    assert found.fit <= single.min() * 1.001 + 1e-6


def test_the_rank_is_the_share_with_as_large_a_gap():
    values = noise(6, units=20)
    values[0, 5:] += 40
    found = methods.synthetic_control(values, 0, 5)
    assert found.rank_p == pytest.approx(1 / 20)
    assert found.effect.is_seen
    assert len(found.placebos) == 19


# How often they are right (a seed's worth; benchmarks/bench_effect.py has the registers')


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    held = {"did": 0, "synthetic": 0, "its": 0}
    for seed in range(120):
        random = np.random.default_rng(seed)
        people = random.integers(2_000, 9_000, 22).astype(float)
        log = np.log(0.2) + random.normal(0, 0.1, (22, 1)) + random.normal(0, 0.03, (22, 5))
        log[0, 3:] += math.log(0.9)
        count = random.poisson(np.exp(log) * people[:, None])
        values, errors = count / people[:, None], np.sqrt(count) / people[:, None]
        did = methods.difference_in_differences(
            values, [3, *[None] * 21], standard_error=errors, scale="ratio"
        ).effect
        mixed = methods.synthetic_control(values, 0, 3, standard_error=errors, scale="ratio").effect
        series = random.normal(10, 0.5, 40)
        series[24:] += 1
        its = methods.interrupted_time_series(series, 24, slope=False).effect
        held["did"] += did.lower <= 0.9 <= did.upper
        held["synthetic"] += mixed.lower <= 0.9 <= mixed.upper
        held["its"] += its.lower <= 1 <= its.upper

    # 95 % of 120 is 114; below 105 has a chance of about 1 in 10,000.
    assert all(number >= 105 for number in held.values()), held


# What makes no sense

FIVE = [[1.0, 2, 3]] * 5


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: methods.difference_in_differences([1, 2, 3], [1]), "units, periods"),
        (lambda: methods.difference_in_differences(FIVE, [1]), "one entry a unit"),
        (lambda: methods.difference_in_differences(FIVE, [None] * 5), "at least one unit"),
        (lambda: methods.difference_in_differences(FIVE, [0, *[None] * 4]), "before its start"),
        (lambda: methods.difference_in_differences(FIVE, [3, *[None] * 4]), "before its start"),
        (lambda: methods.difference_in_differences(FIVE, [1, 1, *[None] * 3]), "never treated"),
        (
            lambda: methods.difference_in_differences(
                [[0.0, 1, 2], *FIVE[1:]], [1, *[None] * 4], scale="ratio"
            ),
            "above 0",
        ),
        (
            lambda: methods.difference_in_differences(
                FIVE, [1, *[None] * 4], standard_error=[[1, 2]]
            ),
            "alike",
        ),
        (
            lambda: methods.difference_in_differences(FIVE, [1, *[None] * 4], scale="odds"),
            "scale",
        ),
        (lambda: methods.difference_in_differences(FIVE, [1, *[None] * 4], looks=0), "looks"),
        (lambda: methods.interrupted_time_series([1, 2, 3, 4, 5], 3), "too few points"),
        (lambda: methods.interrupted_time_series([1.0] * 30, 28), "too few points"),
        (lambda: methods.interrupted_time_series([1.0] * 30, 15, season=1), "season"),
        (lambda: methods.interrupted_time_series([1.0, math.nan] * 9, 9), "gaps"),
        (lambda: methods.synthetic_control(FIVE, 5, 2), "position of a unit"),
        (lambda: methods.synthetic_control(FIVE[:4], 0, 2), "other units"),
        (lambda: methods.synthetic_control(FIVE, 0, 1), "periods before"),
        (lambda: methods.synthetic_control(FIVE, 0, 2, standard_error=np.zeros((5, 3))), "above 0"),
    ],
)
def test_refuses_what_makes_no_sense(call, says):
    with pytest.raises(ValueError, match=says):
        call()
