"""Contacts with general practice, and thinly with the other practice specialities."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtr

from klynge.engine.registers.synth import chronic
from klynge.engine.registers.synth.causes import pick
from klynge.engine.registers.synth.days import Ints, day_number, iso_year_week, random_days
from klynge.engine.registers.synth.people import People, Span
from klynge.engine.registers.synth.reference import Floats, curve, denmark

# Per cent with a contact in a year, and contacts a year of all; the level of the first is moved
# for each municipality to its published share.
_SHARE = curve((0, 96), (4, 90), (10, 74), (18, 74), (30, 74), (45, 76), (60, 84), (70, 92),
               (80, 95), (95, 95), women=((0, 96), (4, 89), (10, 74), (16, 82), (20, 90), (45, 91),
                                          (60, 91), (70, 94), (80, 96), (95, 95)))  # fmt: skip
_MEAN = curve((0, 7.5), (4, 5.0), (10, 3.0), (18, 3.5), (30, 3.8), (45, 4.1), (60, 6.0),
              (70, 8.8), (80, 13.0), (87, 22.5), (95, 25.0),
              women=((0, 7.0), (4, 4.8), (10, 3.0), (16, 5.2), (25, 8.1), (40, 7.9), (60, 8.5),
                     (70, 9.8), (80, 14.0), (87, 22.5), (95, 25.0)))  # fmt: skip
_LEVEL_SHARE = 0.0  # on the logit scale
_LEVEL_MEAN = 0.985
_GP_SERVICES = {800101: 52, 800105: 22, 800201: 22, 800106: 4}
_OTHERS = {500101: (0.30, 18), 510101: (0.16, 30), 540101: (0.05, 60), 190101: (0.10, 55),
           210101: (0.06, 30), 630101: (0.03, 18)}  # fmt: skip
_DIABETIC_FEET, _WITH_DIABETES = 540101, 0.55  # a year

SPECIALITIES = tuple(sorted((*_GP_SERVICES, *_OTHERS)))


@dataclass
class Claims:
    """One row a person, week and kind of service; `service` is an index into SPECIALITIES."""

    person: Ints
    service: NDArray[np.int16]
    week: Ints
    number: Ints


def claims(rng: np.random.Generator, people: People, span: Span) -> Claims:
    """What practices claimed for, sorted by person and week.

    A claim may come up to two weeks after the contact, so now and then after a death.
    """
    parts = []
    for year in span.years:
        person, day, service = _gp_contacts(rng, people, year)
        others = [_other_contacts(rng, people, year, code) for code in _OTHERS]
        person, day, service = (
            np.concatenate(column) for column in zip((person, day, service), *others, strict=True)
        )
        lives = (day >= people.enters[person]) & (day < people.leaves[person])
        lives &= day <= people.dies[person]
        person, day, service = person[lives], day[lives], service[lives]
        week = iso_year_week(_claimed(rng, day, year))
        parts.append(_summed(person, service, week))
    columns = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Claims(*columns)


@cache
def _place_shift() -> Floats:
    """What each municipality adds on the logit scale to reach its published share."""
    place = denmark()
    shift = np.zeros(len(place.kom))
    for _round in range(6):
        shares = expit(logit(_SHARE / 100)[None] + shift[:, None, None])
        at = np.minimum(np.arange(21) * 5 + 2, 119)
        mean = (place.pyramid * shares[:, :, at]).sum(axis=(1, 2)) / place.population
        shift += logit(place.gp_share / 100) - logit(mean)
    return shift + _LEVEL_SHARE


def _gp_contacts(rng: np.random.Generator, people: People, year: int) -> tuple[Ints, Ints, Ints]:
    first = day_number(year)
    age = np.minimum(people.ages(first), 119)
    where = people.places(first)
    share = expit(logit(_SHARE[people.sex, age] / 100) + _place_shift()[where])
    # Those who never go one year are more likely not to go the next.
    lean = 0.55 * people.frailty + np.sqrt(1 - 0.55**2) * rng.standard_normal(len(people))
    goes = (ndtr(-lean) < share) & ~people.visitor
    place = denmark().gp_share / denmark().mean(denmark().gp_share)
    mean = _MEAN[people.sex, age] * _LEVEL_MEAN * place[where] ** 2.0 / share
    spread = rng.gamma(1.6, 1 / 1.6, len(people)) * np.exp(0.25 * people.frailty - 0.03)
    extra = rng.poisson(np.maximum(mean - 1, 0.2) * spread)
    person = np.repeat(np.arange(len(people)), np.where(goes, 1 + extra, 0))
    codes = np.array([SPECIALITIES.index(code) for code in _GP_SERVICES])
    service = codes[pick(rng, np.array(list(_GP_SERVICES.values()), dtype=float), len(person))]
    return person, random_days(rng, len(person), year, swing=0.8), service


def _other_contacts(
    rng: np.random.Generator, people: People, year: int, code: int
) -> tuple[Ints, Ints, Ints]:
    yearly, from_age = _OTHERS[code]
    age = people.ages(day_number(year))
    chance = np.where(age >= from_age, yearly, 0.0)
    if code == _DIABETIC_FEET:
        begins = np.minimum(people.onset[:, chronic.T1D], people.onset[:, chronic.T2D])
        chance = np.where(begins < day_number(year), _WITH_DIABETES, 0.0)
    person = np.flatnonzero(rng.random(len(people)) < chance)
    person = person[~people.visitor[person]]
    day = random_days(rng, len(person), year, swing=0.3)
    return person, day, np.full(len(person), SPECIALITIES.index(code))


def _claimed(rng: np.random.Generator, day: Ints, year: int) -> Ints:
    """The day of the claim: a tenth come one or two weeks late, but within the year."""
    late = 7 * pick(rng, np.array([0.90, 0.07, 0.03]), len(day))
    return np.minimum(day + late, np.maximum(day, day_number(year, 12, 28)))


def _summed(person: Ints, service: Ints, week: Ints) -> tuple[Ints, NDArray[np.int16], Ints, Ints]:
    key = (person * 10_000 + week) * 32 + service
    unique, number = np.unique(key, return_counts=True)
    rest, at = np.divmod(unique, 32)
    who, when = np.divmod(rest, 10_000)
    return who, at.astype(np.int16), when, number.astype(np.int64)
