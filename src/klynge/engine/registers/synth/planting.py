"""An effect that is planted on purpose, so that methods which look for one can be tried.

From a day on, each acute somatic stay of somebody who lives in the place is left out with the same
chance, independently of all others: so whatever counts acute stays is, in expectation, `keep` times
what it would have been. Where somebody lives is, as for the figures, 1 January of the year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from klynge import structure
from klynge.engine.registers.synth.contacts import Stays
from klynge.engine.registers.synth.days import DAY, day_number
from klynge.engine.registers.synth.people import People, Span
from klynge.engine.registers.synth.reference import denmark
from klynge.faults import WrongUse
from klynge.structure.geography import KLYNGE_ON
from klynge.texts import _


@dataclass(frozen=True)
class Planted:
    """Where, from when and how much: the share of acute stays that is left, 0 to 1."""

    klynge: str
    start: date
    keep: float

    @classmethod
    def read(cls, text: str) -> Planted:
        """ "rm-randers:2024-01-01:0.85". WrongUse when it is not written so."""
        try:
            klynge, day, keep = text.split(":")
            made = cls(klynge, date.fromisoformat(day), float(keep))
            structure.place("klynge", klynge)
        except (ValueError, structure.UnknownPlace):
            made = None
        if made is None or not 0 < made.keep <= 1:
            raise WrongUse(
                _("--effect skal være KLYNGE:DATO:ANDEL, fx rm-randers:2024-01-01:0.85.")
            )
        return made


def thinned(
    rng: np.random.Generator, people: People, stays: Stays, span: Span, planted: Planted
) -> Stays:
    """`stays` without those that the effect prevented."""
    rows = structure.members("klynge", planted.klynge, domain="somatik", on=KLYNGE_ON)
    codes = {row.kommune for row in rows}
    inside = np.array([code in codes for code in denmark().kom])
    day = stays.start // DAY
    touched = stays.acute & (day >= day_number(*_parts(planted.start)))
    here = np.zeros(len(stays), bool)
    for year in span.years:
        first, after = day_number(year), day_number(year + 1)
        there = inside[people.places(first)][stays.person]
        here |= there & (day >= first) & (day < after)
    prevented = touched & here & (rng.random(len(stays)) >= planted.keep)
    return stays.rows(~prevented)


def _parts(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day
