"""Municipal care: care homes, home help, home nursing and rehabilitation plans.

Care follows people's last years and their hospital stays: a stay of an older person may bring
home nursing, a rehabilitation plan, home help for a while, or a move to a care home.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klynge.engine.registers.synth.causes import CODES, pick
from klynge.engine.registers.synth.contacts import Contacts, Stays
from klynge.engine.registers.synth.days import DAY, NEVER, Ints
from klynge.engine.registers.synth.people import People, Span
from klynge.engine.registers.synth.reference import Floats, curve, denmark

PLAN_TYPES = ("AWG2A", "AWG2B", "AWG2", "AWG1", "AWG5")
TRAINING_KINDS = ("1", "2")
MARKERS = ("AWA1", "AWX1")
_PLAN_SHARES = np.array([0.62, 0.28, 0.04, 0.05, 0.01])

# Share of those who die at an age who spend their last years in a care home, and for how long.
_ENDS_IN_HOME = curve(
    (60, 0.02),
    (70, 0.06),
    (80, 0.11),
    (90, 0.46),
    (100, 0.72),
    women=((60, 0.02), (70, 0.06), (80, 0.10), (90, 0.81), (100, 1.0)),
)
_HOME_YEARS = 2.5
_HOME_HELP = curve((18, 0.2), (50, 0.6), (65, 2.0), (72, 4.0), (80, 11), (85, 21), (90, 36),
                   (96, 45),
                   women=((18, 0.2), (50, 0.7), (65, 2.6), (72, 5.5), (80, 15), (85, 29), (90, 47),
                          (96, 55)))  # fmt: skip
_HOME_NURSING = curve((18, 0.5), (50, 1.2), (65, 2.9), (75, 6.3), (85, 20), (95, 40))
# Hours a week by quantile: 67 per cent below 2, 22 from 2 to 8, 9 from 8 to 20, 2 above.
_HOURS_AT = np.array([0.0, 0.67, 0.89, 0.98, 1.0])
_HOURS = np.log(np.array([0.25, 2.0, 8.0, 20.0, 40.0]))
_HOMES_PER = 8_000  # inhabitants for each invented care home


@dataclass
class Homes:
    """Care-home stays; `left` is NEVER for those still there. `name` is text."""

    person: Ints
    moved_in: Ints
    left: Ints
    name: list[str]


@dataclass
class Help:
    """Home help: one row a person and month (yyyymm), minutes a week."""

    person: Ints
    month: Ints
    personal: Ints
    practical: Ints


@dataclass
class Plans:
    """Rehabilitation plans; `offered` is NEVER when no first training was offered."""

    person: Ints
    made: Ints
    discharged: Ints
    offered: Ints
    kind: NDArray[np.int8]


def care_homes(rng: np.random.Generator, people: People, stays: Stays, span: Span) -> Homes:
    """Stays that reach into the span, each ending with the resident's death."""
    age = np.clip((people.dies - people.born) // 365.25, 0, 119).astype(int)
    chance = _ENDS_IN_HOME[people.sex, age] * ~people.visitor
    person = np.flatnonzero(rng.random(len(people)) < chance)
    length = rng.gamma(1.1, _HOME_YEARS / 1.1, len(person)) * 365.25
    moved_in = people.dies[person] - 1 - length.astype(np.int64)
    moved_in = np.maximum(moved_in, people.born[person] + int(55 * 365.25))
    moved_in = np.maximum(moved_in, people.enters[person] + 30)
    moved_in = _after_a_stay(rng, stays, person, moved_in)
    leaves = np.minimum(people.dies, people.leaves)[person]
    inside = (moved_in < span.end) & (leaves > span.first_day - 365) & (moved_in < leaves)
    person, moved_in, leaves = person[inside], moved_in[inside], leaves[inside]
    order = np.lexsort((moved_in, person))
    person, moved_in, leaves = person[order], moved_in[order], leaves[order]
    left = np.where(leaves < span.end, leaves, NEVER)
    return Homes(person, moved_in, left, _home_names(rng, people.kom[person]))


def home_help(
    rng: np.random.Generator, people: People, stays: Stays, homes: Homes, span: Span
) -> Help:
    """Help in one's own home: for good from some age on, or for a while after a stay."""
    begins = _begins(rng, people, _HOME_HELP, np.full(len(people), 0.98))
    person = np.flatnonzero((begins < span.end) & ~people.visitor)
    begin = np.maximum(begins[person], people.enters[person])
    end = _until(people, homes)[person]
    after, from_day = _discharged(rng, people, stays, share=0.10, least_age=65, least_hours=72)
    weeks = rng.integers(6, 14, len(after)) * 7
    until = np.minimum(from_day + weeks, _until(people, homes)[after])
    person, begin, end = (
        np.append(person, after), np.append(begin, from_day), np.append(end, until)
    )  # fmt: skip
    row, month = _months(begin, end, span)
    who = person[row]
    hours = np.exp(np.interp(rng.random(len(person)), _HOURS_AT, _HOURS))
    minutes = np.maximum((hours[row] * 60 * rng.normal(1, 0.05, len(row))).astype(np.int64), 10)
    personal_share = np.interp(hours[row], [0.5, 2, 8, 20], [0.0, 0.45, 0.75, 0.88])
    personal = (minutes * personal_share).astype(np.int64)
    key = np.unique(who * 1_000_000 + month, return_index=True)[1]  # one row a month
    return Help(who[key], month[key], personal[key], (minutes - personal)[key])


def home_nursing(
    rng: np.random.Generator, people: People, stays: Stays, homes: Homes, span: Span
) -> tuple[Ints, Ints]:
    """Person and day of home nursing, a few days a month (thinned)."""
    place = denmark()
    level = place.home_nursing / place.expected(_HOME_NURSING)
    factor = (level / place.mean(level))[people.kom]
    begins = _begins(rng, people, _HOME_NURSING, factor)
    person = np.flatnonzero((begins < span.end) & ~people.visitor)
    begin = np.maximum(begins[person], people.enters[person])
    end = _until(people, homes)[person]
    after, from_day = _discharged(rng, people, stays, share=0.16, least_age=18, least_hours=12)
    until = from_day + 1 + rng.exponential(35, len(after)).astype(np.int64)
    until = np.minimum(until, _until(people, homes)[after])
    person, begin, end = (
        np.append(person, after), np.append(begin, from_day), np.append(end, until)
    )  # fmt: skip
    begin = np.maximum(begin, span.first_day)
    end = np.minimum(end, span.end)
    length = np.maximum(end - begin, 0)
    times = rng.poisson(length / 30.4 * 1.6) + (length > 0)
    row = np.repeat(np.arange(len(person)), times)
    day = begin[row] + (rng.random(len(row)) * length[row]).astype(np.int64)
    opening = np.cumsum(times)[times > 0] - times[times > 0]
    day[opening] = begin[times > 0]
    key = np.unique(person[row] * (1 << 22) + day)
    return key >> 22, key & ((1 << 22) - 1)


def rehabilitation(
    rng: np.random.Generator, people: People, stays: Stays, visits: Contacts, span: Span
) -> Plans:
    """Plans made at discharge, and after visits for joints and injuries."""
    planned = rng.random(len(stays)) < stays.rehab
    person, day = stays.person[planned], stays.end[planned] // DAY
    trained = np.array([0.18 if code[:2] in ("DM", "DS") else 0.002 for code in CODES])
    seen = rng.random(len(visits)) < trained[visits.diag]
    person = np.append(person, visits.person[seen])
    day = np.append(day, visits.end[seen] // DAY)
    inside = (day >= span.first_day) & (day < span.end) & (day < people.dies[person])
    inside &= ~people.visitor[person]
    person, day = person[inside], day[inside]
    order = np.lexsort((day, person))
    person, day = person[order], day[order]
    n = len(person)
    wait = 1 + np.exp(rng.normal(np.log(11), 0.7, n)).astype(np.int64)
    offered = day + wait
    offered[(rng.random(n) < 0.08) | (offered >= span.end)] = NEVER
    offered[offered >= people.dies[person]] = NEVER
    made = day - (rng.random(n) < 0.15)  # some are written the day before discharge
    made = np.maximum(made, span.first_day)
    return Plans(person, made, day, offered, pick(rng, _PLAN_SHARES, n).astype(np.int8))


def _begins(rng: np.random.Generator, people: People, share: Floats, factor: Floats) -> Ints:
    """The day each person's draw is reached by the curve (per cent by age), else NEVER."""
    reach = rng.random(len(people)) * 100 / factor
    reach *= np.exp(-0.35 * people.frailty + 0.06)
    begins = np.full(len(people), NEVER, dtype=np.int64)
    ages = np.arange(120) + 0.5
    for sex in (0, 1):
        rows = np.flatnonzero(people.sex == sex)
        rising = share[sex] + np.arange(120) * 1e-9
        age = np.interp(reach[rows], rising, ages, left=0.5, right=9999.0)
        begins[rows] = people.born[rows] + (age * 365.25).astype(np.int64)
    return begins


def _until(people: People, homes: Homes) -> Ints:
    """The day care in one's own home ends: care home, death or emigration."""
    until = np.minimum(people.dies, people.leaves)
    until[homes.person] = np.minimum(until[homes.person], homes.moved_in)
    return until


def _after_a_stay(rng: np.random.Generator, stays: Stays, person: Ints, moved_in: Ints) -> Ints:
    """Four in five of those with a stay within four months of their move go there from hospital."""
    if not len(stays):
        return moved_in
    step = 1 << 22
    key = stays.person * step + stays.end // DAY
    at = np.searchsorted(key, person * step + moved_in + 120, side="right") - 1
    found = np.maximum(at, 0)
    discharged = stays.end[found] // DAY
    near = (at >= 0) & (stays.person[found] == person) & (np.abs(discharged - moved_in) <= 120)
    near &= rng.random(len(person)) < 0.8
    return np.where(near, discharged + rng.integers(0, 4, len(person)), moved_in)


def _discharged(
    rng: np.random.Generator, people: People, stays: Stays, *, share: float, least_age: int,
    least_hours: int,
) -> tuple[Ints, Ints]:  # fmt: skip
    """Some of those discharged alive, more of the old; and the day their care begins."""
    day = stays.end // DAY
    age = (day - people.born[stays.person]) // 365.25
    chance = share * np.interp(age, [least_age, 75, 90], [0.5, 1.2, 2.6])
    fits = (age >= least_age) & (stays.end - stays.start >= least_hours * 60)
    fits &= (people.dies[stays.person] > day + 5) & ~people.visitor[stays.person]
    fits &= rng.random(len(stays)) < chance
    return stays.person[fits], day[fits] + rng.integers(0, 4, int(fits.sum()))


def _months(begin: Ints, end: Ints, span: Span) -> tuple[Ints, Ints]:
    """Row and month (yyyymm) for each month of the span that an episode touches."""
    lasts = end > begin
    first = np.maximum(begin, span.first_day).astype("datetime64[D]").astype("datetime64[M]")
    last = (np.minimum(end, span.end) - 1).astype("datetime64[D]").astype("datetime64[M]")
    number = np.where(lasts, (last - first).astype(int) + 1, 0)
    number = np.maximum(number, 0)
    row = np.repeat(np.arange(len(begin)), number)
    step = np.arange(len(row)) - np.repeat(np.cumsum(number) - number, number)
    month = first.astype(int)[row] + step
    return row, (month // 12 + 1970) * 100 + month % 12 + 1


def _home_names(rng: np.random.Generator, kom: NDArray[np.int16]) -> list[str]:
    homes = np.maximum(np.round(denmark().population / _HOMES_PER), 1)
    which = np.floor(rng.random(len(kom)) * homes[kom]).astype(int) + 1
    codes = denmark().kom
    return [f"Opdigtet plejehjem {codes[k]}-{n}" for k, n in zip(kom, which, strict=True)]
