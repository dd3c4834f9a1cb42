"""Who lives where: the first residents, then births, deaths, moves and migration year by year.

Sizes of municipalities and their age pyramids are Statistics Denmark's (see `reference`).
Movers are drawn to where the pyramid of their age group lacks people, so that a university
town stays young and an island stays old; three in five stay in their region.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klynge.engine.registers.synth import chronic
from klynge.engine.registers.synth.days import (
    DAY,
    NEVER,
    Ints,
    random_days,
    whole_years,
    year_bounds,
)
from klynge.engine.registers.synth.numbering import pnr_digits
from klynge.engine.registers.synth.people import People, Span
from klynge.engine.registers.synth.reference import BAND_STARTS, Floats, curve, denmark

BIRTHS = 10.6  # a year per 1,000 residents: those aged 0-4 in FOLK1B 2020Q4, divided by five
IMMIGRANTS, EMIGRANTS = 11.5, 7.5  # a year per 1,000 residents; the difference is our estimate
VISITORS = 0.004  # people the hospitals meet who live abroad, for each resident at the start

# Gompertz: yearly risk of death at 60 and how fast it grows with age; men, women. Levels are
# set so that 57,000 of 5.9 million die a year (with the extra deaths of the chronically ill).
_RISK_AT_60 = np.array([0.00530, 0.00347])
_GROWTH = np.array([0.0985, 0.1035])
_FLOOR = 0.00015
_FIRST_YEAR = 0.003
_PER_LIFE_YEAR = -0.09  # log risk for each year of municipal life expectancy
_FRAIL = 0.30

_MOVE_BANDS = np.array([18, 23, 30, 45, 65])
_MOVING = curve((0, 0.05), (10, 0.035), (17, 0.05), (20, 0.16), (27, 0.12), (35, 0.06),
                (45, 0.03), (65, 0.015), (90, 0.012))  # fmt: skip
_SAME_REGION = 0.6


@dataclass
class _Growing:
    """The people while they are still being made: columns that grow by whole batches."""

    sex: NDArray[np.int8]
    born: Ints
    enters: Ints
    leaves: Ints
    dies: Ints
    kom: NDArray[np.int16]
    frailty: Floats
    tendency: NDArray[np.float32]
    onset: Ints
    visitor: NDArray[np.bool_]

    def add(self, other: _Growing) -> None:
        for name, column in vars(self).items():
            setattr(self, name, np.concatenate([column, getattr(other, name)]))


def populate(
    rng: np.random.Generator, persons: int, span: Span, lane: int = 0, lanes: int = 1
) -> People:
    """`persons` residents at the end of the year before `span`, and what befalls them.

    lane, lanes: which of several groups they are; see `pnr_digits`.
    """
    everyone = _first_residents(rng, persons, span.first_day)
    moves: list[tuple[Ints, Ints, NDArray[np.int16]]] = []
    where = everyone.kom.copy()
    for count, year in enumerate(span.years, start=1):
        first, after = year_bounds(year)
        present = (everyone.enters <= first) & (everyone.leaves > first) & (everyone.dies > first)
        n = int(present.sum())
        newcomers = _newborns(rng, _around(rng, BIRTHS * n / 1000), year)
        newcomers.add(_immigrants(rng, _around(rng, IMMIGRANTS * n / 1000), year))
        everyone.add(newcomers)
        where = np.concatenate([where, newcomers.kom])
        inside = (everyone.enters < after) & (everyone.leaves > first) & (everyone.dies > first)
        _fall_ill(rng, everyone, inside, where, first, after, count)
        _die(rng, everyone, inside, where, first, after, year)
        _emigrate(rng, everyone, inside, first, after)
        person, day, to = _moves(rng, everyone, inside, where, first, after)
        where[person] = to
        moves.append((person, day, to))
    _live_on(rng, everyone, where, span.end)
    everyone.add(_visitors(rng, round(VISITORS * persons), span))
    return _finished(rng, everyone, moves, lane, lanes)


def _first_residents(rng: np.random.Generator, persons: int, day: int) -> _Growing:
    expected = denmark().pyramid / denmark().pyramid.sum() * persons
    counts = np.floor(expected).astype(int)
    rest = (expected - counts).ravel()
    lacking = persons - counts.sum()
    # The remainders decide who gets the last persons: each cell is within one of its share.
    extra = np.searchsorted(np.cumsum(rest), rng.random() + np.arange(lacking))
    counts.ravel()[:] += np.bincount(np.minimum(extra, rest.size - 1), minlength=rest.size)
    cells = np.repeat(np.arange(counts.size), counts.ravel())
    kom, sex, band = np.unravel_index(cells, counts.shape)
    return _people(rng, sex, kom, _birthdays(rng, sex, band, day), np.full(persons, -NEVER), day)


def _birthdays(rng: np.random.Generator, sex: Ints, band: Ints, on: int) -> Ints:
    """Birthdays of people in five-year bands; within an old band the younger are more."""
    start = BAND_STARTS[band]
    fall = np.where(
        start >= 75, _RISK_AT_60[sex] * np.exp(_GROWTH[sex] * (start - 57.5)) * 1.7, 1e-6
    )
    fall = np.where(start >= 100, 0.7, np.maximum(fall, 1e-6))
    width = 5.0
    u = rng.random(len(sex))
    age = start - np.log1p(-u * -np.expm1(-fall * width)) / fall
    return on - 1 - np.floor(age * 365.2425).astype(np.int64)


def _people(
    rng: np.random.Generator, sex: Ints, kom: Ints, born: Ints, enters: Ints, on: int
) -> _Growing:
    n = len(sex)
    frailty = rng.standard_normal(n)
    tendency = chronic.draw_tendency(rng, frailty)
    small_sex, small_kom = sex.astype(np.int8), kom.astype(np.int16)
    seen = np.maximum(enters, np.full(n, on))
    return _Growing(
        sex=small_sex,
        born=born.astype(np.int64),
        enters=enters.astype(np.int64),
        leaves=np.full(n, NEVER, dtype=np.int64),
        dies=np.full(n, NEVER, dtype=np.int64),
        kom=small_kom,
        frailty=frailty,
        tendency=tendency,
        onset=chronic.onset_before(tendency, small_sex, small_kom, born, seen),
        visitor=np.zeros(n, dtype=bool),
    )


def _newborns(rng: np.random.Generator, n: int, year: int) -> _Growing:
    born = np.sort(random_days(rng, n, year, swing=-0.5))
    sex = (rng.random(n) > 0.513).astype(np.int64)
    return _people(
        rng, sex, _draw_places(rng, denmark().pyramid[:, :, 0].sum(axis=1), n), born, born, 0
    )


def _immigrants(rng: np.random.Generator, n: int, year: int) -> _Growing:
    enters = np.sort(random_days(rng, n, year, swing=-1.0))
    sex = (rng.random(n) > 0.52).astype(np.int64)
    age = np.clip(rng.gamma(5.0, 5.6, n), 0, 75)
    born = enters - 1 - np.floor(age * 365.2425).astype(np.int64)
    young = denmark().pyramid[:, :, 4:7].sum(axis=(1, 2))
    settle = young / young.sum() + 2 * denmark().population / denmark().population.sum()
    return _people(rng, sex, _draw_places(rng, settle, n), born, enters, 0)


def _visitors(rng: np.random.Generator, n: int, span: Span) -> _Growing:
    day = rng.integers(span.first_day, span.end, n)
    born = day - 1 - rng.integers(1, 80 * 365, n)
    sex = rng.integers(0, 2, n)
    visitors = _people(rng, sex, np.zeros(n, dtype=np.int64), born, day, 0)
    visitors.onset[:] = NEVER
    visitors.leaves = visitors.enters - 1
    visitors.visitor[:] = True
    return visitors


def _fall_ill(
    rng: np.random.Generator, everyone: _Growing, inside: NDArray[np.bool_],
    where: NDArray[np.int16], first: int, after: int, years_in: int,
) -> None:  # fmt: skip
    rows = np.flatnonzero(inside)
    age = whole_years(everyone.born[rows], first)
    new = chronic.onset_during(
        everyone.tendency[rows],
        everyone.onset[rows],
        everyone.sex[rows],
        where[rows],
        age,
        years_in,
    )
    person, which = np.nonzero(new)
    start = np.maximum(everyone.enters[rows][person], first)
    day = start + (rng.random(len(person)) * (after - start)).astype(np.int64)
    everyone.onset[rows[person], which] = np.maximum(day, everyone.born[rows][person])


def _risk(everyone: _Growing, rows: Ints, where: NDArray[np.int16], on: int) -> Floats:
    """Yearly risk (hazard) of death around the middle of the year after the day `on`."""
    age = np.maximum((on + 182 - everyone.born[rows]) / 365.25, 0.0)
    sex = everyone.sex[rows]
    risk = _FLOOR + _RISK_AT_60[sex] * np.exp(_GROWTH[sex] * (age - 60))
    risk *= np.exp(_PER_LIFE_YEAR * denmark().health[where[rows]])
    risk *= np.exp(_FRAIL * everyone.frailty[rows])
    for at, condition in enumerate(chronic.conditions()):
        if condition.death != 1.0:
            risk *= np.where(everyone.onset[rows, at] <= on + 182, condition.death, 1.0)
    return np.where(age < 1, _FIRST_YEAR, risk)


def _die(
    rng: np.random.Generator, everyone: _Growing, inside: NDArray[np.bool_],
    where: NDArray[np.int16], first: int, after: int, year: int,
) -> None:  # fmt: skip
    rows = np.flatnonzero(inside)
    dies = rng.random(len(rows)) < -np.expm1(-_risk(everyone, rows, where, first))
    day = random_days(rng, len(rows), year)
    dies &= day >= everyone.enters[rows]  # before that day they were not here to die
    everyone.dies[rows[dies]] = day[dies]


def _live_on(
    rng: np.random.Generator, everyone: _Growing, where: NDArray[np.int16], end: int
) -> None:
    """A day of death after the extract for those still alive: it decides who needs care now."""
    rows = np.flatnonzero(everyone.dies == NEVER)
    growth = _GROWTH[everyone.sex[rows]]
    left = np.log1p(rng.exponential(size=len(rows)) * growth / _risk(everyone, rows, where, end))
    everyone.dies[rows] = end + (left / growth * 365.25).astype(np.int64)


def _emigrate(
    rng: np.random.Generator, everyone: _Growing, inside: NDArray[np.bool_], first: int, after: int
) -> None:
    age = np.maximum((first - everyone.born) / 365.25, 0)
    weight = inside * np.interp(age, [0, 17, 22, 35, 50, 70, 90], [0.6, 0.8, 3, 2, 0.5, 0.2, 0])
    chance = weight / weight.sum() * inside.sum() * EMIGRANTS / 1000
    goes = rng.random(len(age)) < chance
    day = first + rng.integers(0, after - first, len(age))
    goes &= (day > everyone.enters) & (day < everyone.dies)
    everyone.leaves[goes] = day[goes]


def _moves(
    rng: np.random.Generator, everyone: _Growing, inside: NDArray[np.bool_],
    where: NDArray[np.int16], first: int, after: int,
) -> tuple[Ints, Ints, NDArray[np.int16]]:  # fmt: skip
    age = np.clip((after - everyone.born) // 365.25, 0, 119).astype(int)
    stays = inside & (everyone.leaves >= after) & (everyone.dies >= after)
    mover = stays & (rng.random(len(age)) < _MOVING[0, age]) & (everyone.enters < first)
    person = np.flatnonzero(mover)
    band = np.searchsorted(_MOVE_BANDS, age, side="right")
    lacking = _lacking(where, band, stays, mover)
    to = _destinations(rng, where[person], band[person], lacking)
    moved = to != where[person]
    person, to = person[moved], to[moved]
    day = first + rng.integers(0, after - first, len(person))
    order = np.argsort(day, kind="stable")
    return person[order], day[order], to[order]


def _lacking(
    where: NDArray[np.int16], band: Ints, stays: NDArray[np.bool_], mover: NDArray[np.bool_]
) -> Floats:
    """Municipality x move band: how many of the movers each place should receive."""
    bands = len(_MOVE_BANDS) + 1
    cell = np.searchsorted(_MOVE_BANDS, BAND_STARTS + 2, side="right")
    share = np.array([denmark().pyramid[:, :, cell == b].sum(axis=(1, 2)) for b in range(bands)]).T
    share /= share.sum(axis=0)
    size = len(share) * bands
    at = where.astype(int) * bands + band
    here = np.bincount(at[stays & ~mover], minlength=size).reshape(-1, bands)
    leaving = np.bincount(at[mover], minlength=size).reshape(-1, bands)
    wanted = share * (here + leaving).sum(axis=0) - here
    return np.maximum(wanted, share * leaving.sum(axis=0) * 0.2) + 1e-9


def _destinations(
    rng: np.random.Generator, origin: NDArray[np.int16], band: Ints, lacking: Floats
) -> NDArray[np.int16]:
    region = np.unique(np.array(denmark().region), return_inverse=True)[1]
    near = rng.random(len(origin)) < _SAME_REGION
    group = np.where(near, region[origin], -1)
    to = origin.copy()
    for b in range(lacking.shape[1]):
        for r in (-1, *range(region.max() + 1)):
            rows = np.flatnonzero((band == b) & (group == r))
            weight = lacking[:, b] * (1.0 if r < 0 else region == r)
            to[rows] = rng.choice(len(weight), size=len(rows), p=weight / weight.sum())
    return to


def _finished(
    rng: np.random.Generator,
    everyone: _Growing,
    moves: list[tuple[Ints, Ints, NDArray[np.int16]]],
    lane: int,
    lanes: int,
) -> People:
    """Shuffle, so that a block of rows is a sample of the country, and give numbers."""
    n = len(everyone.sex)
    order = rng.permutation(n)
    new_row = np.empty(n, dtype=np.int64)
    new_row[order] = np.arange(n)
    person, day, to = (np.concatenate(column) for column in zip(*moves, strict=True))
    born, sex = everyone.born[order], everyone.sex[order]
    dies = everyone.dies[order]
    return People(
        pnr=pnr_digits(born, sex, lane, lanes),
        sex=sex,
        born=born,
        enters=everyone.enters[order],
        leaves=everyone.leaves[order],
        dies=dies,
        death_minute=dies * DAY + rng.integers(0, DAY, n),
        kom=everyone.kom[order],
        frailty=everyone.frailty[order],
        luck=rng.random(n),
        onset=everyone.onset[order],
        visitor=everyone.visitor[order],
        move_person=new_row[person],
        move_day=day,
        move_to=to,
    )


def _draw_places(rng: np.random.Generator, weight: Floats, n: int) -> Ints:
    return rng.choice(len(weight), size=n, p=weight / weight.sum())


def _around(rng: np.random.Generator, expected: float) -> int:
    return int(expected) + int(rng.random() < expected % 1)
