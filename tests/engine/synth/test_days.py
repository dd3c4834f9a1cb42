"""Days, ages and weeks as numbers."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from klynge.engine.registers.synth.days import (
    day_number,
    iso_year_week,
    on_weekdays,
    random_days,
    whole_years,
)

DAYS = [date(2020, 12, 20) + timedelta(days=at) for at in range(400)]


def as_numbers(days: list[date]) -> np.ndarray:
    return np.array([day_number(day.year, day.month, day.day) for day in days])


def test_weeks_are_those_of_the_calendar() -> None:
    wanted = [day.isocalendar().year % 100 * 100 + day.isocalendar().week for day in DAYS]

    assert iso_year_week(as_numbers(DAYS)).tolist() == wanted


def test_planned_days_are_never_at_weekends_and_never_move_more_than_a_day() -> None:
    days = as_numbers(DAYS)
    moved = on_weekdays(days)

    assert ((moved + 3) % 7 < 5).all()
    assert np.abs(moved - days).max() == 1


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2000, 6, 1), date(2020, 5, 31), 19),
        (date(2000, 6, 1), date(2020, 6, 1), 20),
        (date(2000, 2, 29), date(2021, 2, 28), 20),
        (date(2000, 2, 29), date(2021, 3, 1), 21),
        (date(2021, 1, 1), date(2020, 1, 1), 0),
    ],
)
def test_age_is_in_whole_years(born: date, on: date, age: int) -> None:
    assert whole_years(as_numbers([born]), int(as_numbers([on])[0])).tolist() == [age]


def test_random_days_stay_in_their_year_and_reach_both_ends() -> None:
    days = random_days(np.random.default_rng(1), 20_000, 2024)

    assert (days.min(), days.max()) == (day_number(2024), day_number(2024, 12, 31))
