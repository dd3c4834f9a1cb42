"""Psychiatric contacts: spells of treatment with visits, and admissions that often come again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klynge.engine.registers.synth import chronic
from klynge.engine.registers.synth.causes import (
    CHILD_PSYCHIATRY,
    CODES,
    CONDITION_CODES,
    PSYCHIATRIC_CODES,
    PSYCHIATRY,
    SPECIALTIES,
    pick,
    pick_code,
)
from klynge.engine.registers.synth.contacts import PLANNED, Contacts, Stays
from klynge.engine.registers.synth.days import (
    DAY,
    NEVER,
    Ints,
    acute_minutes,
    day_number,
    on_weekdays,
    planned_minutes,
    random_days,
)
from klynge.engine.registers.synth.people import People, Span
from klynge.engine.registers.synth.reference import curve, denmark

# Persons per 1,000 who begin a spell of treatment in a year; a spell lasts 1.6 years on average.
_SPELLS = curve((3, 0), (6, 6), (12, 17), (16, 26), (20, 27), (30, 19), (45, 12), (60, 7), (75, 7),
                (90, 8), women=((3, 0), (6, 4), (12, 15), (16, 36), (20, 37), (30, 22), (45, 14),
                                (60, 8), (75, 8), (90, 8)))  # fmt: skip
_SPELL_YEARS = 1.6
_LEVEL = 0.825
_VISITS = 5.0  # physical, outreach and virtual together, a year in a spell (thinned)
_VISIT_KINDS = np.array([0.64, 0.13, 0.23])
_INDEX_ADMISSIONS = 0.225  # a year in a spell, before readmissions
_SCHIZOPHRENIA = 2.6  # times as many admissions
_BACK = np.array([0.045, 0.62])  # chance of another within 30 days; most people, and the others
_OFTEN = 0.135  # share who are among those others
_ACUTE = 0.80
_MEDIAN_WAIT = 19  # days from referral to the first visit; our own drawing
_SPACE = 1_000_000  # more than any day number


def spells(rng: np.random.Generator, people: People, span: Span) -> tuple[Ints, Ints, Ints]:
    """Person, first day and last day of each spell of treatment that touches the span."""
    persons, begins, ends = [], [], []
    health = np.exp(-0.08 * denmark().health)
    for year in range(span.years[0] - 4, span.years[-1] + 1):
        first = day_number(year)
        age = np.minimum(people.ages(first), 119)
        rate = _SPELLS[people.sex, age] / 1000 * _LEVEL * health[people.places(first)]
        rate *= np.exp(0.5 * people.frailty - 0.125) * ~people.visitor
        person = np.repeat(np.arange(len(people)), rng.poisson(rate))
        begin = random_days(rng, len(person), year, swing=0.3)
        persons.append(person)
        begins.append(begin)
        length = rng.exponential(_SPELL_YEARS * 365, len(person)).astype(np.int64)
        ends.append(begin + 14 + length)
    ill = np.flatnonzero(people.onset[:, chronic.SKIZOFRENI] < span.end)
    ill = ill[rng.random(len(ill)) < 0.85]
    persons.append(ill)
    begins.append(people.onset[ill, chronic.SKIZOFRENI])
    ends.append(np.full(len(ill), span.end + 365))
    return np.concatenate(persons), np.concatenate(begins), np.concatenate(ends)


def visits(
    rng: np.random.Generator, people: People, span: Span, spell: tuple[Ints, Ints, Ints]
) -> Contacts:
    """Psychiatric visits; at least one at the start of each spell."""
    person, begin, end = _within(spell, span.hospital_from, span.end)
    times = rng.poisson((end - begin) / 365 * _VISITS)
    row = np.repeat(np.arange(len(person)), times)
    day = begin[row] + (rng.random(len(row)) * (end - begin)[row]).astype(np.int64)
    opened = spell[1] >= span.hospital_from
    who = np.append(person[row], spell[0][opened])
    when = np.append(day, spell[1][opened])
    n = len(who)
    age = np.maximum((when - people.born[who]) // 365.25, 0)
    start = on_weekdays(when) * DAY + planned_minutes(rng, n)
    made = Contacts(
        person=who,
        start=start,
        end=start + rng.integers(20, 90, n),
        diag=_diagnoses(rng, people, who, when, age),
        priority=np.where(rng.random(n) < 0.05, 0, PLANNED).astype(np.int8),
        reason=np.zeros(n, dtype=np.int8),
        kind=pick(rng, _VISIT_KINDS, n).astype(np.int8),
        specialty=_specialties(age),
    )
    return made.rows((made.start < span.end * DAY) & people.can_have(who, start))


def referrals(rng: np.random.Generator, contacts: Contacts, spell: tuple[Ints, Ints, Ints]) -> Ints:
    """The day of the referral that each contact follows, NEVER for all but planned psychiatry.

    A spell of treatment begins some weeks after its referral, and all its planned contacts follow
    that one.
    """
    referred = np.full(len(contacts), NEVER, dtype=np.int64)
    names = [SPECIALTIES.index(PSYCHIATRY), SPECIALTIES.index(CHILD_PSYCHIATRY)]
    planned = np.isin(contacts.specialty, names) & (contacts.priority == PLANNED)
    rows = np.flatnonzero(planned)
    person, begin, _end = spell
    order = np.lexsort((begin, person))
    person, begin = person[order], begin[order]
    waited = 1 + np.exp(rng.normal(np.log(_MEDIAN_WAIT), 0.75, len(person))).astype(np.int64)
    key = person * _SPACE + np.maximum(begin, 0)
    # A first visit on a Saturday is moved to the Friday before.
    when = contacts.start[rows] // DAY + 2
    at = np.searchsorted(key, contacts.person[rows] * _SPACE + when, side="right") - 1
    known = (at >= 0) & (person[at] == contacts.person[rows])
    day = begin[at[known]] - waited[at[known]]
    referred[rows[known]] = day
    return referred


def admissions(
    rng: np.random.Generator, people: People, span: Span, spell: tuple[Ints, Ints, Ints]
) -> Stays:
    """Psychiatric stays of 12 hours and more, with readmissions; some are still under way."""
    person, begin, end = _within(spell, span.hospital_from, span.end)
    ill = people.onset[person, chronic.SKIZOFRENI] <= begin
    tendency = rng.gamma(0.45, 1 / 0.45, len(person)) * np.where(ill, _SCHIZOPHRENIA, 1.0)
    age = np.maximum((begin - people.born[person]) // 365.25, 0)
    tendency *= np.interp(age, [5, 13, 18, 40, 90], [0.1, 0.5, 1.1, 1.1, 1.3])
    row = np.repeat(
        np.arange(len(person)), rng.poisson((end - begin) / 365 * _INDEX_ADMISSIONS * tendency)
    )
    day = begin[row] + (rng.random(len(row)) * (end - begin)[row]).astype(np.int64)
    latest = _stays(rng, people, person[row], day, acute_share=_ACUTE).lived(people, span).apart()
    made = [latest]
    for _generation in range(8):
        chance = _BACK[_comes_often(people, latest.person).astype(int)]
        index = latest.rows(rng.random(len(latest)) < chance)
        delay = 1 + np.floor(30 * rng.random(len(index)) ** 1.4).astype(np.int64)
        back = _stays(rng, people, index.person, index.end // DAY + delay, acute_share=0.92)
        latest = back.lived(people, span)
        made.append(latest)
    return Stays.together(made).apart()


def _comes_often(people: People, person: Ints) -> NDArray[np.bool_]:
    return (people.luck[person] * 7) % 1 < _OFTEN


def _within(spell: tuple[Ints, Ints, Ints], first: int, after: int) -> tuple[Ints, Ints, Ints]:
    person, begin, end = spell
    begin, end = np.maximum(begin, first), np.minimum(end, after)
    inside = begin < end
    return person[inside], begin[inside], end[inside]


def _stays(
    rng: np.random.Generator, people: People, person: Ints, day: Ints, *, acute_share: float
) -> Stays:
    n = len(person)
    acute = rng.random(n) < acute_share
    day = np.where(acute, day, on_weekdays(day))
    start = day * DAY + np.where(acute, acute_minutes(rng, n), planned_minutes(rng, n))
    days = np.exp(rng.normal(np.log(9.5), 1.25, n))
    # Some of the acute ones leave the next day.
    days = np.where(acute & (rng.random(n) < 0.06), 0.4 * rng.random(n), days)
    age = np.maximum((day - people.born[person]) // 365.25, 0)
    return Stays(
        person=person,
        start=start,
        end=start + 720 + (np.minimum(days, 400) * DAY).astype(np.int64),
        diag=_diagnoses(rng, people, person, day, age),
        specialty=_specialties(age),
        acute=acute,
        back=np.zeros(n),
        rehab=np.zeros(n),
    )


def _diagnoses(
    rng: np.random.Generator, people: People, person: Ints, day: Ints, age: Ints
) -> NDArray[np.int16]:
    diag = pick_code(rng, PSYCHIATRIC_CODES["adult"], len(person))
    young, old = age < 18, age >= 70
    diag[young] = pick_code(rng, PSYCHIATRIC_CODES["young"], int(young.sum()))
    diag[old] = pick_code(rng, PSYCHIATRIC_CODES["old"], int(old.sum()))
    schizophrenic = people.onset[person, chronic.SKIZOFRENI] <= day
    codes = CONDITION_CODES[chronic.SKIZOFRENI]
    diag[schizophrenic] = pick_code(rng, codes, int(schizophrenic.sum()))
    assert diag.max(initial=0) < len(CODES)
    return diag


def _specialties(age: Ints) -> NDArray[np.int8]:
    adult, child = SPECIALTIES.index(PSYCHIATRY), SPECIALTIES.index(CHILD_PSYCHIATRY)
    return np.where(age < 18, child, adult).astype(np.int8)
