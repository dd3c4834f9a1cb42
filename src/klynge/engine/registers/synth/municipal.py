"""What kommuner do for older citizens beside care: training, reablement, preventive visits; and the
hospitals' markers of those who wait for the kommune.

Levels are our own drawing.
"""

from __future__ import annotations

import numpy as np

from klynge.engine.registers.synth.care import Homes
from klynge.engine.registers.synth.contacts import Stays
from klynge.engine.registers.synth.days import DAY, NEVER, Ints, day_number
from klynge.engine.registers.synth.people import People, Span

_VISITED = 0.28  # of those aged 75 and more in a year
_PREVENTED = ((18, 0.002), (45, 0.008), (65, 0.016), (80, 0.008))  # in a year
_REABLED = ((65, 0.006), (80, 0.03))
_TRAINED = ((18, 0.03), (65, 0.14), (80, 0.30))  # of those discharged after two days or more


def training(
    rng: np.random.Generator, people: People, stays: Stays, homes: Homes, span: Span
) -> tuple[Ints, Ints, Ints]:
    """Person, month and kind of training, for a few months after some stays."""
    day = stays.end // DAY
    age = (day - people.born[stays.person]) // 365.25
    chance = np.interp(age, *zip(*_TRAINED, strict=True))
    fits = (stays.end - stays.start >= 2 * DAY) & (people.dies[stays.person] > day + 30)
    fits &= ~people.visitor[stays.person] & (rng.random(len(stays)) < chance)
    person, begins = stays.person[fits], day[fits] + rng.integers(3, 30, int(fits.sum()))
    months = rng.integers(1, 5, len(person))
    row = np.repeat(np.arange(len(person)), months)
    step = np.arange(len(row)) - np.repeat(np.cumsum(months) - months, months)
    on = begins[row] + 30 * step
    inside = (on >= span.first_day) & (on < span.end) & (on < people.dies[person[row]])
    row, on = row[inside], on[inside]
    month = on.astype("datetime64[D]").astype("datetime64[M]").astype(int)
    number = (month // 12 + 1970) * 100 + month % 12 + 1
    key = np.unique(person[row] * 1_000_000 + number)
    who, when = np.divmod(key, 1_000_000)
    return who, when, rng.integers(0, 2, len(who))


def reablement(
    rng: np.random.Generator, people: People, homes: Homes, span: Span
) -> tuple[Ints, Ints]:
    """Person and year of reablement: the old who do not live in a care home."""
    lives_in = np.full(len(people), np.iinfo(np.int64).max)
    lives_in[homes.person] = homes.moved_in
    found = []
    for year in span.years:
        first = day_number(year)
        chance = np.interp(people.ages(first), *zip(*_REABLED, strict=True))
        chance *= (people.ages(first) >= 65) & people.residents(first) & (lives_in > first)
        found.append((np.flatnonzero(rng.random(len(people)) < chance), year))
    person = np.concatenate([rows for rows, _year in found])
    years = np.concatenate([np.full(len(rows), year) for rows, year in found])
    order = np.lexsort((years, person))
    return person[order], years[order]


def prevention(rng: np.random.Generator, people: People, span: Span) -> tuple[Ints, Ints, Ints]:
    """Person, first day and last day of offers of prevention (section 119); the last day is NEVER
    while the offer goes on."""
    found = []
    for year in span.years:
        first, after = day_number(year), day_number(year + 1)
        chance = np.interp(people.ages(first), *zip(*_PREVENTED, strict=True))
        chance *= (people.ages(first) >= 18) & people.residents(first)
        person = np.flatnonzero(rng.random(len(people)) < chance)
        begins = first + rng.integers(0, after - first, len(person))
        ends = begins + rng.integers(40, 160, len(person))
        found.append((person, begins, np.minimum(ends, people.dies[person])))
    person, begins, ends = (np.concatenate(column) for column in zip(*found, strict=True))
    alive = begins < people.dies[person]
    person, begins, ends = person[alive], begins[alive], ends[alive]
    order = np.lexsort((begins, person))
    ends = np.where(ends < span.end, ends, NEVER)
    return person[order], begins[order], ends[order]


def visits(rng: np.random.Generator, people: People, span: Span) -> tuple[Ints, Ints]:
    """Person and day of preventive home visits, at most one a year."""
    found = []
    for year in span.years:
        first, after = day_number(year), day_number(year + 1)
        able = (people.ages(first) >= 75) & people.residents(first)
        person = np.flatnonzero(able & (rng.random(len(people)) < _VISITED))
        day = first + rng.integers(0, after - first, len(person))
        found.append((person[day < people.dies[person]], day[day < people.dies[person]]))
    person, day = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.lexsort((day, person))
    return person[order], day[order]


def markers(
    rng: np.random.Generator, somatic: Stays, psychiatric: Stays, span: Span
) -> tuple[Ints, Ints, Ints]:
    """Person, day and kind of marker: some long acute stays end in waiting; for a tenth of them
    the marker is taken back the day after and set again."""
    parts = []
    for stays, share, longest in ((somatic, 0.02, 8), (psychiatric, 0.04, 60)):
        length = (stays.end - stays.start) // DAY
        waits = (length >= 4) & (rng.random(len(stays)) < share) & (stays.end < span.end * DAY)
        person, last = stays.person[waits], stays.end[waits] // DAY
        days = np.minimum(1 + rng.integers(0, longest, len(person)), length[waits] - 1)
        ready = last - days
        parts.append((person, ready, np.zeros(len(person), np.int64)))
        back = (rng.random(len(person)) < 0.1) & (days >= 3)
        parts.append((person[back], ready[back] + 1, np.ones(int(back.sum()), np.int64)))
        parts.append((person[back], ready[back] + 2, np.zeros(int(back.sum()), np.int64)))
    person, day, kind = (np.concatenate(column) for column in zip(*parts, strict=True))
    inside = day >= span.first_day
    person, day, kind = person[inside], day[inside], kind[inside]
    order = np.lexsort((kind, day, person))
    return person[order], day[order], kind[order]
