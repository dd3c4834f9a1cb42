"""Planned hospital visits, and the contacts at which chronic conditions are first recorded.

Visits are thinned: about 0.45 a person and year, where Danish hospitals have 1.5.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klynge.engine.registers.synth import chronic
from klynge.engine.registers.synth.causes import (
    CONDITION_CODES,
    PSYCHIATRY,
    SPECIALTIES,
    causes,
    pick,
    pick_code,
)
from klynge.engine.registers.synth.contacts import (
    PLANNED,
    PRESENT,
    REPORT_ONLY,
    VIRTUAL,
    Contacts,
    reasons,
)
from klynge.engine.registers.synth.days import (
    DAY,
    NEVER,
    Ints,
    day_number,
    on_weekdays,
    planned_minutes,
    random_days,
)
from klynge.engine.registers.synth.people import People, Span
from klynge.engine.registers.synth.reference import curve, denmark

# Share of those with a condition whose diagnosis a hospital records; the rest is known only
# from their medicine, so all of them must take it (see `medicine`).
RECORDED = {
    chronic.KOL: 0.80, chronic.ASTMA: 0.40, chronic.T1D: 1.0, chronic.T2D: 0.65,
    chronic.HJERTESVIGT: 1.0, chronic.DEMENS: 0.85, chronic.LEDDEGIGT: 1.0,
    chronic.OSTEOPOROSE: 0.60, chronic.SKIZOFRENI: 1.0,
}  # fmt: skip
_SPECIALTY = {chronic.SKIZOFRENI: PSYCHIATRY, chronic.LEDDEGIGT: "intern medicin",
              chronic.HJERTESVIGT: "kardiologi", chronic.DEMENS: "neurologi"}  # fmt: skip
_VISITS = curve((0, 0.25), (5, 0.2), (20, 0.25), (40, 0.33), (60, 0.55), (75, 0.85), (90, 0.7),
                women=((0, 0.25), (5, 0.2), (20, 0.4), (30, 0.55), (45, 0.4), (60, 0.55),
                       (75, 0.8), (90, 0.6)))  # fmt: skip
_KINDS = np.array([0.86, 0.03, 0.10, 0.0, 0.01])


def recorded(people: People, condition: int) -> NDArray[np.bool_]:
    """Who has a condition that a hospital records, the same every time it is asked."""
    share = RECORDED[condition]
    draw = (people.luck + 0.618 * condition) % 1
    return (people.onset[:, condition] < NEVER) & (draw < share)


def visits(rng: np.random.Generator, people: People, span: Span) -> Contacts:
    """Planned visits from the run-in on."""
    parts = []
    use = denmark().hospital_use / denmark().mean(denmark().hospital_use)
    for year in (span.run_in_year, *span.years):
        first = day_number(year)
        age = np.minimum(people.ages(first), 119)
        rate = _VISITS[people.sex, age] * use[people.places(first)] * ~people.visitor
        rate *= np.exp(0.4 * people.frailty - 0.08)
        person = np.repeat(np.arange(len(people)), rng.poisson(rate))
        group = causes("visit").draw(rng, age[person])
        parts.append(
            _contacts(
                rng, person, random_days(rng, len(person), year, swing=0.4),
                causes("visit").code(rng, group), causes("visit").specialty[group],
                pick(rng, _KINDS, len(person)), causes("visit").hours[group],
            )
        )  # fmt: skip
    made = Contacts.together(parts)
    keep = (made.start >= span.hospital_from * DAY) & (made.start < span.end * DAY)
    return made.rows(keep & people.can_have(made.person, made.start))


def first_records(rng: np.random.Generator, people: People, span: Span) -> Contacts:
    """The contact at which each recorded condition first got its diagnosis, and some later.

    Conditions older than the history get their contact somewhere in its first four years, so
    that every bearer at the first snapshot is known by then.
    """
    parts = []
    for condition, codes in CONDITION_CODES.items():
        person = np.flatnonzero(recorded(people, condition) & ~people.visitor)
        onset = people.onset[person, condition]
        begin = np.maximum(span.history_from, people.enters[person])
        spread = rng.integers(0, 4 * 365, len(person))
        day = np.where(onset >= begin, onset, np.minimum(begin + spread, span.first_day - 40))
        day = np.maximum(day, begin)
        # Rheumatoid arthritis asks for two contacts at least 30 days apart.
        again = 1.0 if condition == chronic.LEDDEGIGT else 0.35
        more = rng.random(len(person)) < again
        person = np.append(person, person[more])
        day = np.append(day, day[more] + rng.integers(31, 240, int(more.sum())))
        name = _SPECIALTY.get(condition, "intern medicin")
        n = len(person)
        parts.append(
            _contacts(
                rng, person, day, pick_code(rng, codes, n), np.full(n, SPECIALTIES.index(name)),
                np.full(n, PRESENT), np.full(n, 0.7),
            )
        )  # fmt: skip
    made = Contacts.together(parts)
    return made.rows((made.start < span.end * DAY) & people.can_have(made.person, made.start))


def _contacts(
    rng: np.random.Generator, person: Ints, day: Ints, diag: NDArray[np.int16], specialty: Ints,
    kind: Ints, hours: NDArray[np.float64],
) -> Contacts:  # fmt: skip
    n = len(person)
    start = on_weekdays(day) * DAY + planned_minutes(rng, n)
    length = np.clip(np.exp(rng.normal(np.log(hours * 45), 0.5)), 5, 600).astype(np.int64)
    length = np.where(kind == VIRTUAL, np.minimum(length, 30), length)
    length = np.where(kind == REPORT_ONLY, 1, length)
    return Contacts(
        person=person,
        start=start,
        end=start + length,
        diag=diag,
        priority=np.full(n, PLANNED, dtype=np.int8),
        reason=reasons(rng, diag),
        kind=kind.astype(np.int8),
        specialty=specialty.astype(np.int8),
    )
