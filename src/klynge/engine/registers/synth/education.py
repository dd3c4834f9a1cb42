"""Highest completed education: who has how much of it, and since when.

How large the three groups are at each age is our own drawing, as is how strongly little schooling
and frailty come together: a person's place in the order is drawn around frailty, which illness,
admissions and death lean on. So the gradient is there in every register, and no other register
changes. Municipalities with a longer life expectancy have more education.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

from klynge.engine.registers.synth.days import Ints, whole_years
from klynge.engine.registers.synth.people import People, Span
from klynge.engine.registers.synth.reference import denmark

GROUPS = ("10", "20", "30", "40", "50", "70", "90")
"""Main groups of DISCED-15; the last is "not told"."""

_AGES = [30, 50, 70, 90]
_LOW = [0.11, 0.15, 0.27, 0.48]
_HIGH = [0.47, 0.40, 0.27, 0.14]
_WITH_FRAILTY = 0.35  # how closely little education and frailty go together, as a correlation
_PER_LIFE_YEAR = 0.12
_NO_ROW = 0.02
_NOT_TOLD = 0.01
_OLDEST, _OLDEST_KNOWN = 95, 0.5  # at that age in the first year: born before the register knows
_MIDDLE_KINDS, _HIGH_KINDS = ((1, 0.2), (2, 1.0)), ((3, 0.2), (4, 0.65), (5, 1.0))


def completed(rng: np.random.Generator, people: People, span: Span) -> tuple[Ints, Ints, Ints]:
    """Person, day and kind (number in GROUPS) of every education, sorted by person and day.

    Who has more than school has a row for the school too, as the register has.
    """
    size = len(people)
    level = _levels(rng, people, span)
    grows = rng.random((3, size))
    at_16 = people.born + np.rint((16 + grows[0]) * 365.25).astype(np.int64)
    later = people.born + np.rint((19 + 5 * grows[1] + 6 * (level == 2)) * 365.25).astype(np.int64)
    kind = np.where(level == 2, _kinds(grows[2], _HIGH_KINDS), _kinds(grows[2], _MIDDLE_KINDS))
    known = ~people.visitor & _is_known(rng, people, span)
    not_told = rng.random(size) < _NOT_TOLD
    school = np.flatnonzero(known & (at_16 < span.end))
    more = np.flatnonzero(known & (level > 0) & (later < span.end))
    person = np.concatenate([school, more])
    day = np.concatenate([at_16[school], later[more]])
    what = np.concatenate([np.zeros(len(school), np.int64), kind[more]])
    what = np.where(not_told[person], len(GROUPS) - 1, what)
    order = np.lexsort((what, day, person))
    return person[order], day[order], what[order]


def _levels(rng: np.random.Generator, people: People, span: Span) -> Ints:
    """0 low, 1 middle, 2 high: where each will end."""
    age = whole_years(people.born, span.first_day)
    spread = np.sqrt(1 - _WITH_FRAILTY**2)
    place = spread * rng.standard_normal(len(people)) - _WITH_FRAILTY * people.frailty
    place = special.ndtr(place + _PER_LIFE_YEAR * denmark().health[people.kom])
    low, high = np.interp(age, _AGES, _LOW), 1 - np.interp(age, _AGES, _HIGH)
    level: Ints = (place >= low).astype(np.int64) + (place >= high)
    return level


def _is_known(rng: np.random.Generator, people: People, span: Span) -> NDArray[np.bool_]:
    age = whole_years(people.born, span.first_day)
    unknown = np.where(age >= _OLDEST, 1 - _OLDEST_KNOWN, _NO_ROW)
    known: NDArray[np.bool_] = rng.random(len(people)) >= unknown
    return known


def _kinds(chance: NDArray[np.float64], kinds: tuple[tuple[int, float], ...]) -> Ints:
    upto = np.array([limit for _kind, limit in kinds])
    found: Ints = np.array([kind for kind, _limit in kinds])[np.searchsorted(upto, chance)]
    return found
