"""Life expectancy, worked by hand and against a slow, plain life table."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klynge import methods
from klynge.methods.lifetable import STARTS

BANDS = st.lists(
    st.tuples(st.floats(min_value=0, max_value=0.35), st.integers(min_value=100, max_value=90_000)),
    min_size=20,
    max_size=20,
).map(lambda bands: ([max(int(r * p), 0) for r, p in bands[:-1]] + [40], [p for _r, p in bands]))


def plain(deaths, population, at):
    """Chiang's table with Silcocks' variance, one line a step, as in a textbook."""
    first = STARTS.index(at)
    alive, rows = 1.0, []
    for i in range(first, 20):
        m = deaths[i] / population[i]
        if i == 19:
            rows.append((alive, 1 / m, deaths[i] / population[i] ** 2 / m**4, None, None))
            break
        width = STARTS[i + 1] - STARTS[i]
        lived = 0.1 if i == 0 else 0.5
        q = min(width * m / (1 + (1 - lived) * width * m), 1)
        died = alive * q
        years = width * (alive - died) + lived * width * died
        variance = q**2 * (1 - q) / deaths[i] if deaths[i] else 0
        rows.append((alive, years, variance, width, lived))
        alive -= died
    total = sum(years for _a, years, *_ in rows[:-1]) + rows[-1][0] * rows[-1][1]
    left, variance = rows[-1][0] * rows[-1][1], rows[-1][0] ** 2 * rows[-1][2]
    for (alive, years, spread, width, lived), (after, *_) in zip(
        reversed(rows[:-1]), reversed(rows[1:]), strict=True
    ):
        expectancy_after = left / after if after else 0
        variance += alive**2 * ((1 - lived) * width + expectancy_after) ** 2 * spread
        left += years
    return total, variance


def flat(deaths, people):
    return [deaths] * 20, [people] * 20


def test_the_open_band_alone_is_worked_by_hand():
    # 50 of 200 die a year: 4 years left; variance 50/200²/0.25⁴ = 0.32.
    found = methods.life_expectancy(*flat(50, 200), at=90)

    half = 1.959964 * math.sqrt(0.32)
    assert (found.value, found.lower, found.upper) == pytest.approx((4, 4 - half, 4 + half))


def test_two_bands_are_worked_by_hand():
    # 10 of 100 die a year at 85-89: q = 0.5/1.25 = 0.4; 5·0.6 + 2.5·0.4 = 4 years lived in the
    # band. 25 of 100 at 90+: 4 years left. 4 + 0.6·4 = 6.4.
    # Variance: (2.5 + 4)²·(0.4²·0.6/10) + 0.6²·(25/100²/0.25⁴) = 0.4056 + 0.2304 = 0.636.
    deaths, people = flat(0, 100)
    deaths[18], deaths[19] = 10, 25
    found = methods.life_expectancy(deaths, people, at=85)

    assert found.value == pytest.approx(6.4)
    assert found.upper - found.value == pytest.approx(1.959964 * math.sqrt(0.636))


def test_the_first_year_is_mostly_lost_by_those_who_die_in_it():
    # Infants who die live a tenth of the year: q = M/(1 + 0.9·M).
    deaths, people = flat(0, 1000)
    deaths[0], deaths[19] = 100, 100
    q = 0.1 / 1.09
    found = methods.life_expectancy(deaths, people)

    assert found.value == pytest.approx((1 - 0.9 * q) + (1 - q) * (89 + 10))


@given(BANDS, st.sampled_from(STARTS))
def test_agrees_with_a_plain_life_table(bands, at):
    deaths, population = bands
    found = methods.life_expectancy(deaths, population, at=at)

    value, variance = plain(deaths, population, at)
    assert found.value == pytest.approx(value, rel=1e-9)
    assert found.upper - found.value == pytest.approx(1.959964 * math.sqrt(variance), rel=1e-6)


@given(BANDS)
def test_fewer_deaths_is_a_longer_life(bands):
    deaths, population = bands
    fewer = [max(count - 1, 0) for count in deaths[:-1]] + deaths[-1:]
    assert (
        methods.life_expectancy(fewer, population).value
        >= methods.life_expectancy(deaths, population).value
    )


def test_bands_without_deaths_are_no_hindrance():
    deaths, people = flat(0, 1000)
    deaths[19] = 100
    found = methods.life_expectancy(deaths, people)

    assert found.value == pytest.approx(100)
    assert found.lower < 100 < found.upper


def test_an_open_band_without_deaths_gives_no_answer():
    deaths, people = flat(5, 1000)
    deaths[19] = 0
    assert math.isnan(methods.life_expectancy(deaths, people).value)


@pytest.mark.parametrize(("died", "lived"), [(0, 0), (6, 5)])
def test_a_band_without_people_or_with_more_deaths_than_people_gives_no_answer(died, lived):
    deaths, people = flat(1, 1000)
    deaths[4], people[4] = died, lived

    found = methods.life_expectancy(deaths, people)
    assert math.isnan(found.value)
    assert math.isnan(found.lower)


def test_bands_below_the_age_play_no_part():
    deaths, people = flat(50, 1000)
    deaths[3] = people[3] = 0

    assert methods.life_expectancy(deaths, people, at=65).value > 0


def test_a_band_where_the_rate_leaves_nobody_ends_the_table():
    # 9 in 10 a year for five years: more than everyone; they live 2.5 years on average.
    deaths, people = flat(1, 1000)
    deaths[18] = 900

    assert methods.life_expectancy(deaths, people, at=85).value == pytest.approx(2.5)


def test_many_places_at_once_give_what_each_gives():
    rng = np.random.default_rng(1)
    people = rng.integers(500, 5000, size=(2, 3, 20))
    deaths = rng.binomial(people, 0.02)
    deaths[0, 1, 19] = 0
    together = methods.life_expectancy(deaths, people, at=1)

    assert together.value.shape == (2, 3)
    assert math.isnan(together.value[0, 1])
    assert together.lower[1, 2] == methods.life_expectancy(deaths[1, 2], people[1, 2], at=1).lower


def test_unreliable_answers_are_left_out_when_asked():
    few = flat(2, 200)
    assert methods.life_expectancy(*few).value > 0
    assert math.isnan(methods.life_expectancy(*few, reliable_only=True).value)
    many = [40] * 19 + [1000], [4000] * 20
    assert methods.life_expectancy(*many, reliable_only=True).value > 0


@pytest.mark.parametrize(
    ("arguments", "options", "says"),
    [
        (([1] * 19, [1] * 19), {}, "20 bands"),
        (([1] * 20, [[1] * 20]), {}, "20 bands"),
        (flat(1, 10), {"at": 3}, "first age of a band"),
        (flat(-1, 10), {}, "negative"),
        (flat(math.nan, 10), {}, "finite"),
        (flat(1, 10), {"confidence": 95}, "confidence"),
    ],
)
def test_refuses_what_makes_no_sense(arguments, options, says):
    with pytest.raises(ValueError, match=says):
        methods.life_expectancy(*arguments, **options)
