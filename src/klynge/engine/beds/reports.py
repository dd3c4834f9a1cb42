"""What hospitals reported, month by month."""

from __future__ import annotations

import calendar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HospitalMonth:
    """What a hospital reported in one month.

    patients, beds: at 23:00, added up over wards and days. overfull: ward days with more patients
    than beds. days: on how many days any of its wards reported.
    """

    klynge: str
    hospital: str
    year: int
    month: int
    patients: int
    beds: int
    overfull: int
    days: int

    @property
    def is_whole(self) -> bool:
        """Whether it reported every day of the month."""
        return self.days == days_of(self.year, self.month)


@dataclass(frozen=True, slots=True)
class WardCounts:
    """What was reported in `years`. unplaced: the share of rows (0-1) of hospitals that belong to
    no klynge."""

    years: tuple[int, ...]
    months: tuple[HospitalMonth, ...]
    unplaced: float


def days_of(year: int, month: int) -> int:
    """How many days the month has."""
    return calendar.monthrange(year, month)[1]
