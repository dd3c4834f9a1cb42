"""Redeemed prescriptions: regular medicine by condition and by age, and short courses.

Thinned to about half the rows of the real register: fewer substances, no small trade.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klynge.engine.registers.synth import chronic
from klynge.engine.registers.synth.causes import pick
from klynge.engine.registers.synth.days import NEVER, Ints, day_number, random_days
from klynge.engine.registers.synth.outpatients import RECORDED, recorded
from klynge.engine.registers.synth.people import People, Span
from klynge.engine.registers.synth.reference import Floats, curve


@dataclass(frozen=True)
class Regular:
    """Medicine taken for good. Codes with weights; a package every `every` days.

    Who: bearers of `condition` (a share `taken` of those whose diagnosis a hospital recorded,
    and all others), or a share by age and sex in per cent (`users`), begun at some age.
    """

    codes: Mapping[str, float]
    every: float
    ddd: float
    condition: int | None = None
    taken: float = 1.0
    users: Floats | None = None


@dataclass(frozen=True)
class Course:
    """Medicine for an illness that passes: packages a person and year, by age and sex."""

    codes: Mapping[str, float]
    ddd: float
    yearly: Floats
    swing: float = 1.0


_KOL = {"R03BB04": 34, "R03AL03": 14, "R03AL04": 12, "R03AL08": 12, "R03BB06": 9, "R03BB07": 4,
        "R03AC18": 6, "R03AC19": 4, "R03BB05": 5}  # fmt: skip
REGULAR = (
    Regular(_KOL, 62, 30, chronic.KOL, 0.85),
    Regular({"R03AC02": 3, "R03AC03": 2}, 130, 50, chronic.KOL, 0.5),
    Regular({"R03AK06": 3, "R03AK07": 4, "R03BA02": 4, "R03BA01": 1}, 95, 30, chronic.ASTMA, 0.85),
    Regular({"R03AC02": 3, "R03AC03": 2}, 170, 50, chronic.ASTMA, 0.6),
    Regular({"R03DC03": 1}, 100, 28, chronic.ASTMA, 0.12),
    Regular({"A10AB05": 3, "A10AB04": 1}, 75, 38, chronic.T1D, 1.0),
    Regular({"A10AE04": 3, "A10AE06": 2}, 80, 38, chronic.T1D, 0.97),
    Regular({"A10BA02": 1}, 78, 50, chronic.T2D, 0.78),
    Regular({"A10BK01": 2, "A10BK03": 3, "A10BJ06": 4, "A10BH01": 2}, 66, 30, chronic.T2D, 0.42),
    Regular({"A10AE04": 3, "A10AE06": 2, "A10AE05": 1}, 85, 38, chronic.T2D, 0.18),
    Regular({"C03CA01": 1}, 75, 100, chronic.HJERTESVIGT, 0.75),
    Regular({"C07AB02": 3, "C07AG02": 1}, 90, 50, chronic.HJERTESVIGT, 0.8),
    Regular({"C09AA05": 2, "C09DX04": 2, "C09CA01": 1}, 90, 98, chronic.HJERTESVIGT, 0.85),
    Regular({"C03DA01": 1}, 95, 33, chronic.HJERTESVIGT, 0.45),
    Regular({"N06DA02": 4, "N06DX01": 3, "N06DA03": 1}, 80, 84, chronic.DEMENS, 0.5),
    Regular({"N05AH04": 2, "N05AX08": 2, "N05AD01": 1}, 75, 20, chronic.DEMENS, 0.17),
    Regular({"L04AX03": 4, "P01BA02": 1, "L04AA13": 1}, 85, 60, chronic.LEDDEGIGT, 0.65),
    Regular({"M05BA04": 6, "M05BX04": 2, "M05BA07": 1, "G03XC01": 0.3}, 84, 84,
            chronic.OSTEOPOROSE, 0.6),
    Regular({"N05AH03": 2, "N05AH02": 2, "N05AX12": 2, "N05AX08": 1, "N05AH04": 2}, 55, 28,
            chronic.SKIZOFRENI, 0.85),
    Regular({"C10AA05": 5, "C10AA01": 3, "C10AA07": 1}, 100, 100, users=curve(
        (30, 0), (45, 5), (55, 14), (65, 29), (75, 41), (85, 38))),
    Regular({"C09AA05": 2, "C09CA01": 4, "C09DA01": 1}, 98, 98, users=curve(
        (30, 0.5), (45, 7), (55, 16), (65, 28), (75, 38), (85, 40))),
    Regular({"C08CA01": 1}, 98, 100, users=curve(
        (35, 0.5), (45, 4), (55, 9), (65, 16), (75, 22), (85, 24))),
    Regular({"C07AB02": 1}, 98, 70, users=curve((35, 1), (55, 5), (65, 10), (75, 16), (85, 20))),
    Regular({"B01AC06": 3, "B01AC04": 1}, 100, 100, users=curve(
        (40, 0.3), (55, 4), (65, 9), (75, 14), (85, 16))),
    Regular({"B01AF02": 4, "B01AF01": 3, "B01AE07": 1, "B01AA03": 1}, 80, 60, users=curve(
        (45, 0.2), (60, 2), (70, 6), (80, 14), (90, 20))),
    Regular({"A02BC02": 3, "A02BC01": 2, "A02BC05": 1}, 85, 80, users=curve(
        (18, 1), (35, 4), (50, 9), (65, 14), (75, 19), (85, 24))),
    Regular({"N06AB04": 2, "N06AB06": 3, "N06AB10": 2, "N06AX16": 1, "N06AX11": 2, "N06AX21": 1},
            85, 98, users=curve((12, 0), (18, 2), (25, 4.5), (45, 5), (65, 5.5), (85, 11),
                                women=((12, 0), (18, 5), (25, 9), (45, 10), (65, 10), (85, 17)))),
    Regular({"N05BA12": 1, "N05CF01": 2, "N05CF02": 1, "N05BA01": 0.5}, 60, 25, users=curve(
        (20, 0.2), (45, 1.2), (65, 3.5), (75, 5.5), (85, 8))),
    Regular({"N02AX02": 3, "N02AA01": 1, "N02AA05": 1.5}, 55, 25, users=curve(
        (20, 0.3), (45, 2), (65, 4), (75, 6), (85, 11))),
    Regular({"N02BE01": 1}, 75, 50, users=curve((20, 1), (45, 5), (65, 12), (75, 20), (85, 36))),
    Regular({"H03AA01": 1}, 100, 100, users=curve(
        (20, 0.2), (50, 0.8), (80, 1.6), women=((20, 0.8), (50, 5), (80, 8)))),
    Regular({"G03AA07": 3, "G03AA12": 1, "G03AC09": 2}, 95, 84, users=curve(
        (0, 0), (100, 0), women=((14, 0), (17, 30), (21, 50), (50, 50)))),
    Regular({"N06BA04": 3, "N06BA09": 1, "N06BA12": 1}, 45, 30, users=curve(
        (5, 0), (10, 2.4), (16, 3.0), (90, 3.0))),
    Regular({"A06AD65": 2, "A06AB06": 1}, 70, 40, users=curve((60, 0), (75, 3), (85, 9), (95, 15))),
    Regular({"B03AA07": 1, "B03BA01": 2}, 95, 80, users=curve((40, 0.2), (65, 2), (85, 6))),
)  # fmt: skip
COURSES = (
    Course({"J01CE02": 5, "J01CA04": 2, "J01CA08": 3, "J01FA10": 1, "J01EB02": 1}, 8, curve(
        (0, 0.5), (4, 0.34), (12, 0.12), (25, 0.17), (50, 0.21), (65, 0.33), (80, 0.55)),
        swing=2.0),
    Course({"M01AE01": 3, "M01AB05": 1}, 25, curve((15, 0.02), (40, 0.14), (60, 0.18), (80, 0.08)),
           swing=0.0),
    Course({"H02AB06": 1, "D07AC13": 2}, 20, curve((0, 0.1), (40, 0.1), (80, 0.22)), swing=0.3),
    Course({"R06AX13": 1, "R01AD09": 2}, 40, curve((5, 0.05), (30, 0.09), (70, 0.05)), swing=-2.0),
)  # fmt: skip
# Women under 40 who take metformin for something else than diabetes, a share; RUKS-like
# definitions have to leave them out by the indication.
PCOS = Regular({"A10BA02": 1}, 85, 50, users=curve(
    (0, 0), (100, 0), women=((16, 0), (24, 0.35), (40, 0.35))))  # fmt: skip
PCOS_INDICATION = 276
ANTICOAGULANTS = Regular({"B01AF02": 5, "B01AF01": 3, "B01AE07": 1, "B01AF03": 1}, 80, 60)
_TREATED = 0.9  # of those with atrial fibrillation
ATC = tuple(
    sorted({code for drug in (*REGULAR, *COURSES, PCOS, ANTICOAGULANTS) for code in drug.codes})
)
_NO_INDICATION = 0


@dataclass
class Dispensings:
    """One row a package redeemed; `atc` is an index into ATC, `indication` 0 when missing."""

    person: Ints
    day: Ints
    atc: NDArray[np.int16]
    packs: NDArray[np.int64]
    ddd: Floats
    indication: NDArray[np.int64]
    dosed: NDArray[np.bool_]


def dispensings(
    rng: np.random.Generator, people: People, span: Span, fibrillation: Ints
) -> Dispensings:
    """Everything redeemed, sorted by person and day.

    fibrillation: the day of each person's first diagnosis of atrial fibrillation, else NEVER.

    Medicine for chronic conditions reaches back to the start of the history, other medicine to
    the year before the first.
    """
    parts = [
        *(_regular(rng, people, span, drug) for drug in REGULAR),
        *(_course(rng, people, span, drug) for drug in COURSES),
        _regular(rng, people, span, PCOS, indication=PCOS_INDICATION),
        _against_clots(rng, people, span, fibrillation),
    ]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    person, day, atc, ddd, indication = columns
    order = np.lexsort((atc, day, person))
    person, day, atc, ddd = person[order], day[order], atc[order].astype(np.int16), ddd[order]
    packs = np.where(rng.random(len(person)) < 0.12, 2, 1)
    missing = rng.random(len(person)) < 0.15
    old = (day - people.born[person]) > 80 * 365
    dosed = old & (people.luck[person] < 0.22)
    return Dispensings(
        person=person,
        day=day,
        atc=atc,
        packs=packs,
        ddd=np.round(ddd * packs, 1),
        indication=np.where(missing, _NO_INDICATION, indication[order]),
        dosed=dosed,
    )


def _regular(
    rng: np.random.Generator, people: People, span: Span, drug: Regular, indication: int = 0
) -> tuple[Ints, Ints, Ints, Floats, Ints]:
    return _redeemed(rng, people, span, drug, *_takers(rng, people, span, drug), indication)


def _against_clots(
    rng: np.random.Generator, people: People, span: Span, fibrillation: Ints
) -> tuple[Ints, Ints, Ints, Floats, Ints]:
    """Most begin from two months before the diagnosis to some weeks after it."""
    person = np.flatnonzero((fibrillation < NEVER) & (rng.random(len(people)) < _TREATED))
    begins = fibrillation[person] + rng.integers(-60, 25, len(person))
    return _redeemed(rng, people, span, ANTICOAGULANTS, person, begins)


def _redeemed(
    rng: np.random.Generator,
    people: People,
    span: Span,
    drug: Regular,
    person: Ints,
    begins: Ints,
    indication: int = 0,
) -> tuple[Ints, Ints, Ints, Floats, Ints]:
    first = np.maximum(begins, people.enters[person])
    last = np.minimum(np.minimum(people.dies, people.leaves)[person], span.end) - 1
    every = drug.every * np.exp(rng.normal(0, 0.18, len(person)))
    times = np.maximum(np.floor((last - first) / every), 0).astype(np.int64)
    row = np.repeat(np.arange(len(person)), times)
    step = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    day = first[row] + ((step + rng.random(len(row)) * 0.6) * every[row]).astype(np.int64)
    code = _codes(rng, drug.codes, len(person))
    ddd = np.full(len(row), float(drug.ddd))
    told = np.full(len(row), indication or 100 + drug_number(drug))
    return person[row], day, code[row], ddd, told


def drug_number(drug: Regular | Course) -> int:
    """A made-up indication number, the same for everyone who takes the medicine."""
    return sum(ord(letter) * (at + 1) for at, letter in enumerate(min(drug.codes))) % 800


def _takers(
    rng: np.random.Generator, people: People, span: Span, drug: Regular
) -> tuple[Ints, Ints]:
    draw = rng.random(len(people))
    if drug.condition is not None:
        onset = people.onset[:, drug.condition]
        known = recorded(people, drug.condition)
        # The first medicine of a condition whose diagnosis no hospital wrote is taken by all.
        leading = _leading(drug)
        share = np.where(known, drug.taken, 1.0 if leading else drug.taken)
        person = np.flatnonzero((onset < NEVER) & (draw < share) & ~people.visitor)
        return person, np.maximum(onset[person], span.history_from)
    assert drug.users is not None
    # As for chronic conditions: one draw a person, and the age at which the curve reaches it.
    reach = draw * 100 * np.exp(-0.3 * people.frailty + 0.045)
    begins = np.full(len(people), NEVER, dtype=np.int64)
    ages = np.arange(120) + 0.5
    for sex in (0, 1):
        rows = np.flatnonzero((people.sex == sex) & ~people.visitor)
        rising = drug.users[sex] + np.arange(120) * 1e-9
        age = np.interp(reach[rows], rising, ages, left=0.0, right=9999.0)
        begins[rows] = people.born[rows] + (age * 365.25).astype(np.int64)
    person = np.flatnonzero(begins < span.end)
    return person, np.maximum(begins[person], day_number(span.run_in_year))


def _leading(drug: Regular) -> bool:
    """Whether this is the condition's first listed medicine, and hospitals miss some bearers."""
    assert drug.condition is not None
    first = next(other for other in REGULAR if other.condition == drug.condition)
    return first is drug and RECORDED[drug.condition] < 1.0


def _course(
    rng: np.random.Generator, people: People, span: Span, drug: Course
) -> tuple[Ints, Ints, Ints, Floats, Ints]:
    persons, days = [], []
    for year in (span.run_in_year, *span.years):
        age = np.minimum(people.ages(day_number(year)), 119)
        rate = drug.yearly[people.sex, age] * np.exp(0.4 * people.frailty - 0.08) * ~people.visitor
        person = np.repeat(np.arange(len(people)), rng.poisson(rate))
        persons.append(person)
        days.append(random_days(rng, len(person), year, swing=drug.swing))
    person, day = np.concatenate(persons), np.concatenate(days)
    lives = (day >= people.enters[person]) & (day < people.leaves[person])
    lives &= day < people.dies[person]
    person, day = person[lives], day[lives]
    n = len(person)
    code = _codes(rng, drug.codes, n)
    return person, day, code, np.full(n, float(drug.ddd)), np.full(n, 100 + drug_number(drug))


def _codes(rng: np.random.Generator, codes: Mapping[str, float], n: int) -> Ints:
    at = np.array([ATC.index(code) for code in codes])
    return at[pick(rng, np.array(list(codes.values()), dtype=float), n)]
