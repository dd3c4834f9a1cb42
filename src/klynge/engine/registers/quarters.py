"""The days that snapshots of the population are of.

A snapshot of the last day of a quarter and one of the first day of the next tell the same
population.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta


def day_of(told: date) -> date:
    """The day whose population a snapshot is: the one after the last day of a quarter."""
    return told if told.day == 1 else told + timedelta(days=1)


def is_quarter(day: date) -> bool:
    """Whether a quarter begins on the day."""
    return day.day == 1 and day.month in (1, 4, 7, 10)


def missing_quarters(days: Collection[date]) -> list[date]:
    """The quarters that are not there, of those there are snapshots before and after, in the years
    that have some other quarter than the first day."""
    if not days:
        return []
    quarterly = {day.year for day in days if day.month != 1}
    expected = {date(year, month, 1) for year in quarterly for month in (1, 4, 7, 10)}
    expected |= {date(year + 1, 1, 1) for year in quarterly}
    return sorted(day for day in expected - set(days) if min(days) < day < max(days))
