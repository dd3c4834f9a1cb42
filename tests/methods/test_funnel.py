"""Funnel limits: what lies outside is what differs from the baseline by its own interval."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klynge import methods

SIZE = st.integers(min_value=1, max_value=10**6)


def all_limits(found):
    return found.lower, found.upper, found.outer_lower, found.outer_upper


def test_shares_worked_by_hand():
    # 0.2 ± z·sqrt(0.2·0.8/100) = 0.2 ± z·0.04
    found = methods.funnel_limits(100, 20, kind="proportion", per=100)

    expected = (20 - 7.839856, 20 + 7.839856, 20 - 12.360929, 20 + 12.360929)
    assert found.centre == 20
    assert all_limits(found) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    ("expected", "low", "high"),
    [
        (3.6889, 0, None),
        (5.5716, 1, None),
        (11.6683, 5, None),
        (0.0253, None, 1),
        (1.6235, None, 5),
    ],
)
def test_counts_stand_at_the_limit_where_their_published_interval_ends(expected, low, high):
    # The exact Poisson table: 5.5716 is the upper limit of 1, so 1 is just too low there.
    found = methods.funnel_limits(expected, kind="ratio")

    if low is not None:
        assert found.lower * expected == pytest.approx(low, abs=1e-4)
    if high is not None:
        assert found.upper * expected == pytest.approx(high, abs=1e-3)


@given(SIZE, st.floats(min_value=0.01, max_value=0.99))
def test_a_share_at_the_limit_has_the_baseline_at_the_end_of_its_wilson_interval(n, baseline):
    found = methods.funnel_limits(n, baseline, kind="proportion")

    if found.upper < 1:
        assert methods.wilson(found.upper * n, n).lower == pytest.approx(baseline, abs=1e-9)
    if found.outer_lower > 0:
        outer = methods.wilson(found.outer_lower * n, n, confidence=0.998)
        assert outer.upper == pytest.approx(baseline, abs=1e-9)


@given(SIZE, st.floats(min_value=1e-6, max_value=2))
def test_a_rate_at_the_limit_has_the_baseline_at_the_end_of_its_exact_interval(n, baseline):
    found = methods.funnel_limits(n, baseline, kind="rate")

    high = methods.exact_poisson(found.upper * n)
    assert high.lower == pytest.approx(baseline * n, rel=1e-6)
    if found.outer_lower > 0:
        low = methods.exact_poisson(found.outer_lower * n, confidence=0.998)
        assert low.upper == pytest.approx(baseline * n, rel=1e-6)


@pytest.mark.parametrize(("kind", "baseline"), [("proportion", 0.3), ("rate", 0.3), ("ratio", 1)])
@given(n=SIZE)
def test_limits_lie_in_order_around_the_baseline_and_close_in(kind, baseline, n):
    found = methods.funnel_limits(n, baseline, kind=kind)
    larger = methods.funnel_limits(n * 4, baseline, kind=kind)

    assert 0 <= found.outer_lower <= found.lower <= baseline <= found.upper <= found.outer_upper
    assert found.lower <= larger.lower
    assert larger.upper <= found.upper


def test_shares_are_cut_off_at_none_and_all():
    assert all_limits(methods.funnel_limits(1, 0.5, kind="proportion")) == (0, 1, 0, 1)


def test_a_place_of_size_0_has_no_limits():
    for kind in ("proportion", "rate", "ratio"):
        found = methods.funnel_limits([0, 10], 0.5, kind=kind)
        assert np.isnan([limit[0] for limit in all_limits(found)]).all()
        assert np.isfinite([limit[1] for limit in all_limits(found)]).all()


def test_where_nothing_ever_happens_the_limits_are_0():
    assert all_limits(methods.funnel_limits(50, 0, kind="rate")) == (0, 0, 0, 0)


def test_a_ratio_stands_around_what_is_expected_on_every_scale():
    as_index, as_ratio = (methods.funnel_limits(20, kind="ratio", per=per) for per in (100, 1))
    assert as_index.centre == 100
    assert as_index.lower == pytest.approx(100 * as_ratio.lower)


def test_arrays_give_what_scalars_give():
    sizes = [1, 10, 1000]
    together = methods.funnel_limits(sizes, 5, kind="rate", per=100)
    alone = [methods.funnel_limits(n, 5, kind="rate", per=100) for n in sizes]
    assert together.outer_upper.tolist() == [found.outer_upper for found in alone]
    assert type(alone[0].lower) is float


@pytest.mark.parametrize(
    ("arguments", "options", "says"),
    [
        ((1, 1), {"kind": "mean"}, "kind"),
        ((1, 1.5), {"kind": "proportion"}, "baseline"),
        ((-1, 1), {"kind": "rate"}, "negative"),
        ((1, -1), {"kind": "rate"}, "negative"),
        ((1, math.nan), {"kind": "rate"}, "finite"),
        ((1, 1), {"kind": "rate", "per": -1}, "per"),
        ((1,), {"kind": "rate"}, "baseline must be given for a rate"),
        ((1,), {"kind": "proportion"}, "baseline must be given for a proportion"),
    ],
)
def test_refuses_what_makes_no_sense(arguments, options, says):
    with pytest.raises(ValueError, match=says):
        methods.funnel_limits(*arguments, **options)
