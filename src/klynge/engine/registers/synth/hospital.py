"""Somatic hospital stays: acute, planned and births, readmissions, the last stay of a life.

Levels are tuned so that the country as a whole comes near the sources in `calibration`.
A region's level is worked out from its age pyramid and its published admission rate.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from klynge.engine.registers.synth import chronic
from klynge.engine.registers.synth.causes import CONDITION_CODES, Causes, causes, pick_code
from klynge.engine.registers.synth.contacts import Stays
from klynge.engine.registers.synth.days import (
    DAY,
    Ints,
    acute_minutes,
    day_number,
    on_weekdays,
    planned_minutes,
    random_days,
)
from klynge.engine.registers.synth.people import People, Span
from klynge.engine.registers.synth.reference import Floats, curve, denmark

# Admissions per 1,000 in 2021 (Statistics Denmark, NYT cid=32737); the three regions that the
# source does not name get what is left of the national 135.
REGION_LEVEL = {"1085": 152.0, "1082": 121.0}
OTHER_REGIONS = 136.0
PREVENTABLE_TILT = {"1084": 1.44}  # Region Hovedstaden has 71 preventable stays per 1,000 65+
OTHER_TILT = 0.88

_ACUTE = curve(
    (0, 260), (1, 120), (5, 40), (15, 35), (25, 42), (45, 68), (55, 88), (65, 122), (75, 190),
    (85, 300), (95, 350),
    women=((0, 220), (1, 95), (5, 33), (15, 45), (25, 56), (45, 68), (55, 80), (65, 108), (75, 168),
           (85, 265), (95, 310)),
)  # fmt: skip
_PLANNED = curve((0, 15), (5, 12), (20, 15), (40, 28), (60, 50), (70, 66), (80, 55), (95, 20))
_BIRTH = curve((0, 0), (100, 0), women=((17, 0), (20, 12), (25, 65), (30, 125), (35, 72), (40, 16),
                                        (46, 0)))  # fmt: skip
_SHORT = curve((0, 140), (3, 150), (10, 110), (20, 130), (40, 95), (65, 85), (85, 120))
_LEVEL = {"acute": 0.63, "planned": 0.90, "birth": 0.92, "short": 0.9}

# Extra acute admissions a year for those who have a condition.
_OF_CONDITION = {
    chronic.KOL: 0.13, chronic.HJERTESVIGT: 0.18, chronic.T2D: 0.015, chronic.T1D: 0.05,
    chronic.ASTMA: 0.02, chronic.DEMENS: 0.03,
}  # fmt: skip
_BACK = curve((0, 0.05), (18, 0.06), (45, 0.083), (67, 0.098), (80, 0.113))
_FRAIL = 0.35


def admissions(rng: np.random.Generator, people: People, span: Span) -> Stays:
    """All somatic stays of `people`, sorted by person and time, none within five hours of another.

    Those of 12 hours and more are admissions; those under are short acute stays.
    """
    primary = [_last_stays(rng, people, span)]
    for year in (span.run_in_year, *span.years):
        for kind in ("acute", "planned", "birth", "short"):
            primary.append(_of_kind(rng, people, year, kind))
        primary.extend(_of_conditions(rng, people, year))
    primary.append(_before_death(rng, people, span))
    primary.append(_of_visitors(rng, people))
    made = Stays.together(primary)
    made = made.rows(made.start >= span.hospital_from * DAY).lived(people, span).apart()
    all_of_them, latest = [made], made
    for _generation in range(4):
        latest = _readmissions(rng, people, latest).lived(people, span)
        all_of_them.append(latest)
    return Stays.together(all_of_them).apart()


@cache
def place_factor() -> Floats:
    """Admissions relative to the country for people of equal age, by municipality."""
    place = denmark()
    use = np.sqrt(place.hospital_use / place.mean(place.hospital_use))
    expected = place.expected(_ACUTE + _PLANNED + _BIRTH) * use
    regions = np.array(place.region)
    factor = np.empty(len(regions))
    for region in np.unique(regions):
        rows = regions == region
        mean = np.average(expected[rows], weights=place.population[rows])
        factor[rows] = REGION_LEVEL.get(region, OTHER_REGIONS) / mean * use[rows]
    return factor / np.average(factor, weights=place.population)


def _events(
    rng: np.random.Generator, people: People, year: int, rate: Floats, *, swing: float = 1.0
) -> tuple[Ints, Ints]:
    """Persons and days of a year's events: `rate` a person (whether or not alive all year)."""
    times = rng.poisson(rate)
    person = np.repeat(np.arange(len(people)), times)
    return person, random_days(rng, len(person), year, swing=swing)


def _of_kind(rng: np.random.Generator, people: People, year: int, kind: str) -> Stays:
    first = day_number(year)
    age = np.minimum(people.ages(first), 119)
    where = people.places(first)
    per_1000 = {"acute": _ACUTE, "planned": _PLANNED, "birth": _BIRTH, "short": _SHORT}[kind]
    rate = per_1000[people.sex, age] / 1000 * _LEVEL[kind] * place_factor()[where] * ~people.visitor
    if kind != "birth":
        rate *= np.exp(_FRAIL * people.frailty - _FRAIL**2 / 2)
    acute = kind in ("acute", "short")
    person, day = _events(rng, people, year, rate, swing=1.0 if acute else 0.3)
    group = causes(kind).draw(rng, np.maximum(age[person], 0), _tilt(where[person]))
    acute_now = acute | ((kind == "birth") & (rng.random(len(person)) < 0.5))
    return _stays(rng, causes(kind), person, day, group, acute_now, short=kind == "short")


def _of_conditions(rng: np.random.Generator, people: People, year: int) -> list[Stays]:
    first = day_number(year)
    where = people.places(first)
    made = []
    for condition, yearly in _OF_CONDITION.items():
        has = people.onset[:, condition] <= first
        rate = has * yearly * place_factor()[where] * np.exp(0.4 * people.frailty - 0.08)
        person, day = _events(rng, people, year, rate)
        name = {chronic.DEMENS: "delirium", chronic.HJERTESVIGT: "fibrillation"}
        like = causes("acute").name.index(name.get(condition, "bronchitis"))
        stays = _stays(rng, causes("acute"), person, day, np.full(len(person), like), True)
        stays.diag = pick_code(rng, CONDITION_CODES[condition], len(person))
        made.append(stays)
    return made


def _before_death(rng: np.random.Generator, people: People, span: Span) -> Stays:
    """The last months of life bring more admissions."""
    person = np.repeat(np.arange(len(people)), rng.poisson(0.7 * ~people.visitor, len(people)))
    day = people.dies[person] - 2 - rng.exponential(70, len(person)).astype(np.int64)
    inside = (day >= span.hospital_from) & (day < span.end)
    person, day = person[inside], day[inside]
    age = whole_years_each(people, person, day)
    group = causes("acute").draw(rng, age)
    return _stays(rng, causes("acute"), person, day, group, True)


def _last_stays(rng: np.random.Generator, people: People, span: Span) -> Stays:
    """Nearly half of those who die do so during an acute stay."""
    known = (people.dies >= span.hospital_from) & (people.dies < span.end + 20) & ~people.visitor
    person = np.flatnonzero(known)
    age = (people.dies[person] - people.born[person]) // 365.25
    person = person[rng.random(len(person)) < np.interp(age, [50, 75, 95], [0.55, 0.47, 0.28])]
    before = rng.exponential(6 * DAY, len(person)).astype(np.int64) + 60
    start = people.death_minute[person] - before
    group = causes("acute").draw(rng, whole_years_each(people, person, start // DAY))
    stays = _stays(rng, causes("acute"), person, start // DAY, group, True)
    stays.start, stays.end = start, start + before
    return stays


def _of_visitors(rng: np.random.Generator, people: People) -> Stays:
    person = np.flatnonzero(people.visitor)
    day = people.enters[person]
    group = causes("short").draw(rng, whole_years_each(people, person, day))
    return _stays(rng, causes("short"), person, day, group, True, short=True)


def _readmissions(rng: np.random.Generator, people: People, stays: Stays) -> Stays:
    """Acute stays within 30 days after some of `stays` that lasted 12 hours and more."""
    age = whole_years_each(people, stays.person, stays.start // DAY)
    chance = _BACK[people.sex[stays.person], np.minimum(age, 119)] * stays.back
    chance *= np.exp(0.3 * people.frailty[stays.person])
    comes = (stays.end - stays.start >= 720) & (rng.random(len(stays)) < chance)
    index = stays.rows(comes)
    delay = 1 + np.floor(30 * rng.random(len(index)) ** 1.5).astype(np.int64)
    group = causes("acute").draw(rng, age[comes])
    again = _stays(rng, causes("acute"), index.person, index.end // DAY + delay, group, True)
    same = rng.random(len(index)) < 0.5
    again.diag = np.where(same, index.diag, again.diag)
    again.specialty = np.where(same, index.specialty, again.specialty)
    return again


def _stays(
    rng: np.random.Generator, table: Causes, person: Ints, day: Ints, group: Ints,
    acute: NDArray[np.bool_] | bool, *, short: bool = False,
) -> Stays:  # fmt: skip
    n = len(person)
    acute = np.broadcast_to(np.asarray(acute), (n,)).copy()
    day = np.where(acute, day, on_weekdays(day))
    minute = np.where(acute, acute_minutes(rng, n), planned_minutes(rng, n))
    length = np.exp(rng.normal(np.log(table.hours[group] * 60), 0.5 if short else 0.9))
    length = np.clip(length, 15, 705) if short else 720 + np.minimum(length, 120 * DAY)
    start = day * DAY + minute
    return Stays(
        person=person,
        start=start,
        end=start + length.astype(np.int64),
        diag=table.code(rng, group),
        specialty=table.specialty[group].astype(np.int8),
        acute=acute,
        back=table.back[group],
        rehab=table.rehab[group],
    )


def whole_years_each(people: People, person: Ints, day: Ints) -> Ints:
    """About the whole years of age of each person on each day (365.25 days a year)."""
    return np.maximum((day - people.born[person]) // 365.25, 0).astype(np.int64)


def _tilt(where: NDArray[np.int16]) -> Floats:
    by_place = [PREVENTABLE_TILT.get(region, OTHER_TILT) for region in denmark().region]
    return np.array(by_place)[where]
