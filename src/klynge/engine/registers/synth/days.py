"""Days as whole numbers since 1970, minutes as whole numbers since the same midnight.

Registers are made as numbers throughout and become dates only when they are written.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

NEVER = 2_000_000  # a day some 5,000 years from now: has not happened, will not happen
DAY = 1440  # minutes

_MONTHS = (1.13, 1.11, 1.06, 0.99, 0.96, 0.94, 0.90, 0.93, 0.96, 0.99, 1.01, 1.04)
_HOURS_ACUTE = (22, 18, 15, 13, 12, 13, 17, 25, 40, 55, 64, 66, 65, 64, 63, 62, 60, 58, 55)
_HOURS = np.array([*_HOURS_ACUTE, 50, 45, 40, 34, 28], dtype=float)


def day_number(year: int, month: int = 1, day: int = 1) -> int:
    """The number of a calendar day."""
    return date(year, month, day).toordinal() - date(1970, 1, 1).toordinal()


def year_bounds(year: int) -> tuple[int, int]:
    """The first day of a year and the first day of the next."""
    return day_number(year), day_number(year + 1)


def whole_years(born: Ints, on: int) -> Ints:
    """Age in whole years on a day (0 for the unborn)."""
    birth = born.astype("datetime64[D]")
    birth_year = birth.astype("datetime64[Y]").astype(int)
    birth_month = birth.astype("datetime64[M]")
    month_of_year = birth_month.astype(int) % 12
    day_of_month = (birth - birth_month.astype("datetime64[D]")).astype(int)
    today = np.datetime64(on, "D")
    this_year = int(today.astype("datetime64[Y]").astype(int))
    this_month = int(today.astype("datetime64[M]").astype(int)) % 12
    this_day = int((today - today.astype("datetime64[M]").astype("datetime64[D]")).astype(int))
    before = (month_of_year > this_month) | (
        (month_of_year == this_month) & (day_of_month > this_day)
    )
    return np.maximum(this_year - birth_year - before, 0)


def random_days(rng: np.random.Generator, n: int, year: int, *, swing: float = 1.0) -> Ints:
    """`n` days of `year`, more of them in winter; `swing` 0 makes the year flat."""
    first, after = year_bounds(year)
    months = np.arange(first, after).astype("datetime64[D]").astype("datetime64[M]").astype(int)
    weight = 1 + swing * (np.array(_MONTHS)[months % 12] - 1)
    edges = np.cumsum(weight) / weight.sum()
    return first + np.minimum(np.searchsorted(edges, rng.random(n)), after - first - 1)


def on_weekdays(days: Ints) -> Ints:
    """Planned days: a Saturday becomes the Friday before, a Sunday the Monday after."""
    weekday = (days + 3) % 7  # day 0 was a Thursday; Monday is 0
    return days + np.select([weekday == 5, weekday == 6], [-1, 1], 0)


def acute_minutes(rng: np.random.Generator, n: int) -> Ints:
    """Minutes after midnight at which acute patients come: fewest before dawn."""
    hour = np.searchsorted(np.cumsum(_HOURS) / _HOURS.sum(), rng.random(n))
    return np.minimum(hour, 23) * 60 + rng.integers(0, 60, n)


def planned_minutes(rng: np.random.Generator, n: int) -> Ints:
    """Minutes after midnight at which planned visits begin: office hours, in quarters."""
    return 450 + 15 * rng.integers(0, 30, n)


def iso_year_week(days: Ints) -> Ints:
    """The ISO year and week of days as a number yyww (two-digit year)."""
    weekday = (days + 3) % 7
    thursday = days - weekday + 3
    year = thursday.astype("datetime64[D]").astype("datetime64[Y]")
    first = year.astype("datetime64[D]").astype(np.int64)
    week = (thursday - first) // 7 + 1
    return (year.astype(int) + 1970) % 100 * 100 + week
