"""Control charts and run charts, against textbook examples and worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klynge import methods
from klynge.methods import Signal

# Montgomery, Introduction to statistical quality control, 6th ed.: nonconforming cans, 30 samples
# of 50 (table 7.1), and nonconformities on 26 samples of 100 circuit boards (table 7.7).
CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22]
CANS += [8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
BOARDS = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16]
BOARDS += [19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15]
SERIES = st.lists(st.integers(min_value=-1000, max_value=1000), min_size=1, max_size=60)
COUNTS = st.lists(
    st.tuples(st.integers(min_value=0, max_value=40), st.integers(min_value=40, max_value=400)),
    min_size=2,
    max_size=40,
)


def signal(chart, rule):
    return [found.points for found in chart.signals if found.rule == rule]


def test_p_chart_gives_the_textbooks_lines():
    chart = methods.p_chart(CANS, 50)

    assert chart.centre == pytest.approx(0.2313, abs=5e-5)
    assert chart.upper == pytest.approx(0.4102, abs=5e-5)
    assert chart.lower == pytest.approx(0.0524, abs=5e-5)
    assert signal(chart, "outside_limits") == [(14, 22)]


def test_c_chart_gives_the_textbooks_lines():
    chart = methods.c_chart(BOARDS)

    assert chart.centre == pytest.approx(19.85, abs=5e-3)
    assert chart.upper == pytest.approx(33.22, abs=1e-2)
    assert chart.lower == pytest.approx(6.48, abs=1e-2)
    assert signal(chart, "outside_limits") == [(5, 19)]


def test_u_chart_worked_by_hand():
    # 30 events in 300: 0.1; 3·sqrt(0.1/100) = 0.0949, and 3·sqrt(0.1/50) = 0.134 cut off at 0.
    chart = methods.u_chart([5, 15, 10], [50, 100, 150], per=100)

    assert chart.centre.tolist() == pytest.approx([10, 10, 10])
    assert chart.values.tolist() == pytest.approx([10, 15, 20 / 3])
    assert chart.upper[1] == pytest.approx(10 + 300 * math.sqrt(0.001))
    assert chart.lower[0] == 0


def test_xmr_worked_by_hand():
    # Moving ranges 2, 1, 3, 2: mean 2; mean of the values 10.
    chart = methods.xmr([10, 12, 11, 8, 10])

    assert chart.centre[0] == pytest.approx(10.2)
    assert chart.upper[0] == pytest.approx(10.2 + 2.66 * 2)
    assert chart.lower[0] == pytest.approx(10.2 - 2.66 * 2)


def test_a_single_leap_is_screened_out_of_the_limits():
    # Ranges: twelve of 1 and two of 19 around the leap; mean 50/14, times 3.267 is 11.7.
    values = [10, 11, 10, 11, 10, 11, 10, 30, 11, 10, 11, 10, 11, 10, 11]
    screened, plain = methods.xmr(values), methods.xmr(values, screening=False)

    assert screened.upper[0] - screened.centre[0] == pytest.approx(2.66)
    assert plain.upper[0] - plain.centre[0] == pytest.approx(2.66 * (12 + 20 + 19) / 14)
    assert signal(screened, "outside_limits") == [(7,)]


def test_prime_charts_widen_limits_by_the_variation_between_points():
    # p = ½ and n = 100: sigma 0.05, so z is 1, -1, 1, -1: ranges 2; 2/1.128 sigmas.
    chart = methods.p_prime_chart([55, 45, 55, 45], 100)

    assert chart.upper[0] - 0.5 == pytest.approx(3 * 0.05 * 2 / 1.128)


def test_u_prime_worked_by_hand():
    # Rate 1 in 100: sigma 0.1; z is 1, -1, 1, -1: ranges 2.
    chart = methods.u_prime_chart([110, 90, 110, 90], 100)

    assert chart.upper[0] - 1 == pytest.approx(3 * 0.1 * 2 / 1.128)


@given(COUNTS)
def test_a_prime_chart_has_the_plain_charts_values_and_centre(pairs):
    count, n = map(list, zip(*pairs, strict=True))
    for plain, prime in (
        (methods.p_chart, methods.p_prime_chart),
        (methods.u_chart, methods.u_prime_chart),
    ):
        assert plain(count, n).values.tolist() == prime(count, n).values.tolist()
        assert plain(count, n).centre.tolist() == prime(count, n).centre.tolist()


@given(COUNTS)
def test_limits_lie_around_the_centre_and_shares_between_0_and_1(pairs):
    count, n = map(list, zip(*pairs, strict=True))
    for chart in (methods.p_chart(count, n), methods.p_prime_chart(count, n)):
        assert (chart.lower >= 0).all()
        assert (chart.upper <= 1).all()
    for chart in (methods.u_chart(count, n), methods.c_chart(count), methods.xmr(count)):
        assert (chart.lower <= chart.centre).all()
        assert (chart.centre <= chart.upper).all()


def test_a_point_of_nobody_is_a_gap():
    with_gap = methods.p_chart([3, 0, 4, 9], [10, 0, 10, 10])
    without = methods.p_chart([3, 4, 9], [10, 10, 10])

    assert math.isnan(with_gap.values[1])
    assert math.isnan(with_gap.upper[1])
    assert with_gap.centre[0] == without.centre[0]
    assert (with_gap.useful, with_gap.longest_run) == (without.useful, without.longest_run)


def test_a_series_where_nothing_or_all_happens_has_no_width():
    for chart in (methods.p_prime_chart([0, 0], 5), methods.p_prime_chart([5, 5], 5)):
        assert chart.lower.tolist() == chart.upper.tolist() == chart.centre.tolist()
        assert chart.signals == ()


def test_a_single_value_has_no_limits():
    chart = methods.xmr([5])
    assert math.isnan(chart.upper[0])
    assert chart.signals == ()


# Runs


@pytest.mark.parametrize(
    ("n", "longest", "crossings"),
    [
        (10, 6, 2),
        (12, 7, 3),
        (16, 7, 4),
        (20, 7, 6),
        (24, 8, 8),
        (30, 8, 10),
        (60, 9, 23),
        (100, 10, 41),
    ],
)
def test_the_limits_of_runs_are_those_of_the_published_table(n, longest, crossings):
    # Anhøj & Olesen 2014, PLOS ONE 9:e113825, table 1; 100: Anhøj & Wentzel-Larsen 2018.
    chart = methods.run_chart([1, -1] * (n // 2))
    assert (chart.longest_run_max, chart.crossings_min) == (longest, crossings)


def test_runs_are_counted_by_hand():
    # Around 0: ++ - +++ -- - (0 skipped) + : runs 2 1 3 3 1.
    chart = methods.run_chart([1, 2, -1, 3, 1, 4, -2, -2, 0, -5, 6], centre=0)
    assert (chart.useful, chart.longest_run, chart.crossings) == (10, 3, 4)


def test_a_run_chart_lies_around_the_median_and_has_no_limits():
    chart = methods.run_chart([5, 1, 9, 3])
    assert chart.centre.tolist() == [4, 4, 4, 4]
    assert np.isnan(chart.lower).all()
    assert np.isnan(chart.upper).all()


def test_a_shift_is_a_long_run_with_few_crossings():
    chart = methods.run_chart([1, 3, 2, 1, 2, 3, 1, 2, 1, 2, 8, 9, 8, 7, 9, 8, 7, 9, 8, 9])

    assert (chart.longest_run, chart.longest_run_max) == (10, 7)
    assert (chart.crossings, chart.crossings_min) == (1, 6)
    assert chart.signals == (
        Signal("long_run", tuple(range(10))),
        Signal("long_run", tuple(range(10, 20))),
        Signal("few_crossings", ()),
    )


def test_points_of_a_long_run_are_places_in_the_whole_series():
    chart = methods.run_chart([0, *[1] * 9, 0, *[-1, 1] * 5], centre=0)
    assert signal(chart, "long_run") == [tuple(range(1, 10))]


def test_a_series_that_swings_as_chance_does_has_no_signal():
    assert methods.run_chart([3, 5, 4, 6, 7, 2, 5, 3, 6, 4, 5, 4, 6, 3, 7, 4]).signals == ()


def test_a_flat_series_has_no_useful_points_and_no_signal():
    for chart in (methods.run_chart([2] * 30), methods.xmr([0.1] * 30)):
        assert (chart.useful, chart.longest_run, chart.crossings) == (0, 0, 0)
        assert chart.signals == ()


@given(SERIES)
def test_runs_and_crossings_agree_with_counting_one_by_one(values):
    chart = methods.run_chart(values)
    sides = [value > chart.centre[0] for value in values if value != chart.centre[0]]
    longest = run = crossings = 0
    for at, side in enumerate(sides):
        crossed = at > 0 and side != sides[at - 1]
        crossings += crossed
        run = 1 if crossed else run + 1
        longest = max(longest, run)
    assert (chart.useful, chart.longest_run, chart.crossings) == (len(sides), longest, crossings)


@given(SERIES)
def test_turning_the_series_upside_down_changes_nothing_about_its_runs(values):
    chart, turned = methods.run_chart(values), methods.run_chart([-value for value in values])
    assert (chart.longest_run, chart.crossings) == (turned.longest_run, turned.crossings)


# Rules of thumb


def special(values, rule):
    found = methods.special_causes(values, 0, -3, 3)
    return np.flatnonzero(getattr(found, rule)).tolist()


def test_outside_is_beyond_a_limit():
    assert special([0, 3, 3.1, -3.1], "outside") == [2, 3]


def test_a_shift_is_seven_on_one_side():
    assert special([-1, *[1] * 7, -1], "shift") == list(range(1, 8))
    assert special([-1, *[1] * 6, -1], "shift") == []
    assert special([*[-1] * 3, 0, *[-1] * 4], "shift") == []


def test_a_trend_is_seven_points_that_each_rise_or_fall():
    assert special([0, -3, -2, -1, 0, 1, 2, 3, 3], "trend") == list(range(1, 8))
    assert special([0, 1, 2, 3, 4, 5], "trend") == []
    assert special([6, 5, 4, 3, 2, 1, 0], "trend") == list(range(7))
    assert special([0, 1, 2, 3, 3, 4, 5, 6], "trend") == []


def test_two_of_three_are_in_the_outer_third_on_one_side():
    assert special([0, 2.5, 1, 2.5, 0], "two_of_three") == [1, 3]
    assert special([0, 2.5, -1, 2.5, 0], "two_of_three") == []
    assert special([0, 2.5, 1, 1, 2.5], "two_of_three") == []
    # Beyond the limits is another rule's.
    assert special([0, 2.5, 1, 3.5, 0], "two_of_three") == []


def test_special_by_any_rule_is_the_sum_of_them():
    values = [5, *[1] * 7, -1, 2.5, 2.5, 1]
    found = methods.special_causes(values, 0, -3, 3)
    assert np.flatnonzero(found.any).tolist() == [0, *range(1, 8), 9, 10]


def test_special_causes_of_a_chart_and_of_its_series_are_the_same():
    values = [*[10, 11] * 6, 30, *[10, 11] * 3]
    by_chart, by_series = (methods.special_causes(x) for x in (methods.xmr(values), values))
    assert by_chart.any.tolist() == by_series.any.tolist()
    assert by_chart.outside[12]


def test_a_run_chart_has_nothing_outside():
    assert not methods.special_causes(methods.run_chart([1, 50, 2, 3])).outside.any()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: methods.xmr([]), "at least one"),
        (lambda: methods.xmr([[1, 2]]), "one series"),
        (lambda: methods.xmr([1, math.nan]), "finite"),
        (lambda: methods.run_chart(5), "one series"),
        (lambda: methods.c_chart([1, -1]), "negative"),
        (lambda: methods.p_chart([3], [2]), "larger"),
        (lambda: methods.p_chart([1, 1], [2, 2, 2]), "shapes differ"),
        (lambda: methods.p_chart([0], [0]), "throughout"),
        (lambda: methods.u_chart([1, 1], [0, 5]), "where n is 0"),
        (lambda: methods.u_chart([1], [5], per=0), "per"),
        (lambda: methods.special_causes([1, 2], 1), "none of them"),
        (lambda: methods.special_causes([1, 2], 1, [0, 0, 0], 3), "shapes differ"),
    ],
)
def test_refuses_what_makes_no_sense(call, says):
    with pytest.raises(ValueError, match=says):
        call()
