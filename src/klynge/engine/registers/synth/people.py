"""The people a set of registers is about, as columns of numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klynge.engine.registers.synth.days import DAY, Ints, day_number, whole_years


@dataclass(frozen=True)
class Span:
    """The years a set of registers covers.

    first_day is 1 January of the first year; end the day after the last. Hospital contacts
    are made from `hospital_from` (a run-in, so that stays and readmissions at the first New
    Year are whole); diagnoses and medicine of chronic conditions from `history_from`.
    """

    years: range

    @property
    def first_day(self) -> int:
        """1 January of the first year."""
        return day_number(self.years[0])

    @property
    def end(self) -> int:
        """The day after the last; the extract ends at its midnight."""
        return day_number(self.years[-1] + 1)

    @property
    def run_in_year(self) -> int:
        """The year before the first."""
        return self.years[0] - 1

    @property
    def hospital_from(self) -> int:
        """The first day with all kinds of hospital contacts."""
        return self.first_day - 184

    @property
    def history_from(self) -> int:
        """The first day with anything at all."""
        return self.first_day - 5 * 365


@dataclass(frozen=True)
class People:
    """Everyone in the registers; row i of every array is one person.

    pnr: ten digits each. sex: 0 man, 1 woman. Days are numbers (see `days`).
    enters, leaves: first day as resident, first day no longer; dies: day of death, which may
    lie after the extract. Visitors never reside (enters after leaves).
    kom: municipality index at first; moves change it. frailty: standard normal; it leans on
    everything. luck: between 0 and 1, for choices that must come out alike in several tables.
    onset: person x condition, NEVER for those who do not get it.
    """

    pnr: NDArray[np.uint8]
    sex: NDArray[np.int8]
    born: Ints
    enters: Ints
    leaves: Ints
    dies: Ints
    death_minute: Ints
    kom: NDArray[np.int16]
    frailty: NDArray[np.float64]
    luck: NDArray[np.float64]
    onset: Ints
    visitor: NDArray[np.bool_]
    move_person: Ints
    move_day: Ints
    move_to: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.sex)

    def ages(self, on: int) -> Ints:
        """Whole years of age on a day."""
        return whole_years(self.born, on)

    def residents(self, on: int) -> NDArray[np.bool_]:
        """Who lives in Denmark on a day (dead from the day of death on)."""
        return ~self.visitor & (self.enters <= on) & (self.leaves > on) & (self.dies > on)

    def places(self, on: int) -> NDArray[np.int16]:
        """Municipality index on a day, for those who live somewhere."""
        where = self.kom.copy()
        moved = self.move_day <= on
        where[self.move_person[moved]] = self.move_to[moved]  # in day order: the last one stays
        return where

    def can_have(self, person: Ints, minute: Ints) -> NDArray[np.bool_]:
        """Whether each event falls while its person is alive and in the country."""
        day = minute // DAY
        here = (day >= self.enters[person]) & (day < self.leaves[person])
        return (here | self.visitor[person]) & (minute < self.death_minute[person])

    def slice(self, first: int, after: int) -> People:
        """The people from row `first` up to `after`, numbered from 0."""
        rows = slice(first, after)
        moves = (self.move_person >= first) & (self.move_person < after)
        return People(
            **{name: getattr(self, name)[rows] for name in _PER_PERSON},
            move_person=self.move_person[moves] - first,
            move_day=self.move_day[moves],
            move_to=self.move_to[moves],
        )


_PER_PERSON = (
    "pnr", "sex", "born", "enters", "leaves", "dies", "death_minute", "kom", "frailty", "luck",
    "onset", "visitor",
)  # fmt: skip
