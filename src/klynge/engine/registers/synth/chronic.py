"""Who gets which chronic condition, and when.

Each person carries one number between 0 and 1 a condition, drawn once; the person has the
condition from the age at which its prevalence curve rises above that number. Prevalence by
age then is the curve, and every onset has a day. The numbers lean on the person's frailty,
so conditions come together. Conditions that shorten life get extra onsets (`growth`) that
make up for the deaths, otherwise prevalence would sag year by year.

The level of each curve is set to RUKS 2020 (Sundhedsdatastyrelsen, release 2025-11-28); its
shape over age and sex is our own drawing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from klynge.engine.registers.synth.days import NEVER
from klynge.engine.registers.synth.reference import Floats, curve, denmark


@dataclass(frozen=True)
class Condition:
    """One chronic condition.

    level: persons per 100,000 of all ages at the start.
    shape: prevalence by sex and age before it is scaled to `level`; never falls with age.
    growth: extra onsets a year, as a share of those who have it.
    death: how many times as likely its bearers are to die in a year.
    gradient: relative change in prevalence for a year of life expectancy below the mean.
    """

    name: str
    level: float
    shape: Floats
    growth: float = 0.0
    death: float = 1.0
    gradient: float = 0.0


NAMES = (
    "kol", "astma", "t1d", "t2d", "hjertesvigt", "demens", "leddegigt", "osteoporose",
    "skizofreni",
)  # fmt: skip
IN_RUKS = (
    "KOL", "astma", "Type 1 - Diabetes", "Type 2 - Diabetes", "hjertesvigt", "demens", "leddegigt",
    "osteoporose", "skizofreni",
)  # fmt: skip
"""What the register RUKS calls them, in the same order."""
KOL, ASTMA, T1D, T2D, HJERTESVIGT, DEMENS, LEDDEGIGT, OSTEOPOROSE, SKIZOFRENI = range(9)


@cache
def conditions() -> tuple[Condition, ...]:
    """The nine conditions of RUKS, in the order of NAMES, scaled to their level."""
    return tuple(_scaled(condition) for condition in _drawn())


def draw_tendency(rng: np.random.Generator, frailty: Floats) -> NDArray[np.float32]:
    """One number between 0 and 1 a person and condition; small for the frail."""
    lean = 0.45
    own = rng.standard_normal((len(frailty), len(NAMES)))
    return ndtr(-(lean * frailty[:, None] + np.sqrt(1 - lean**2) * own)).astype(np.float32)


def onset_before(
    tendency: NDArray[np.float32], sex: NDArray[np.int8], kom: NDArray[np.int16],
    born: NDArray[np.int64], on: NDArray[np.int64],
) -> NDArray[np.int64]:  # fmt: skip
    """The day each condition began, for those who have it on the day `on`; else NEVER."""
    onset = np.full(tendency.shape, NEVER, dtype=np.int64)
    ages = np.arange(120) + 0.5
    for at, condition in enumerate(conditions()):
        reach = tendency[:, at] / _place_factor(condition)[kom]
        for s in (0, 1):
            rows = np.flatnonzero(sex == s)
            rising = condition.shape[s] + np.arange(120) * 1e-12
            age = np.interp(reach[rows], rising, ages, left=0.0, right=np.inf)
            day = np.where(np.isinf(age), NEVER, born[rows] + np.minimum(age, 150) * 365.25)
            day = day.astype(np.int64)
            onset[rows, at] = np.where(day <= on[rows], day, NEVER)
    return _one_of_a_kind(onset)


def onset_during(
    tendency: NDArray[np.float32], onset: NDArray[np.int64], sex: NDArray[np.int8],
    kom: NDArray[np.int16], age: NDArray[np.int64], years_in: int,
) -> NDArray[np.bool_]:  # fmt: skip
    """Who gets which condition in the year they pass `age`, the `years_in`-th year (from 1)."""
    new = np.zeros(onset.shape, dtype=bool)
    for at, condition in enumerate(conditions()):
        height = condition.shape[sex, np.minimum(age + 1, 119)] * _place_factor(condition)[kom]
        reached = tendency[:, at] < height * (1 + condition.growth * years_in)
        new[:, at] = reached & (onset[:, at] == NEVER)
    new[:, T2D] &= onset[:, T1D] == NEVER
    new[:, ASTMA] &= onset[:, KOL] == NEVER
    return new


def _one_of_a_kind(onset: NDArray[np.int64]) -> NDArray[np.int64]:
    """Nobody has both types of diabetes; asthma is not begun once COPD has."""
    onset[onset[:, T1D] != NEVER, T2D] = NEVER
    onset[onset[:, KOL] < onset[:, ASTMA], ASTMA] = NEVER
    return onset


def _place_factor(condition: Condition) -> Floats:
    return np.exp(-condition.gradient * denmark().health)


def _scaled(condition: Condition) -> Condition:
    place = denmark()
    raw = place.mean(place.expected(condition.shape) * _place_factor(condition))
    shape = np.minimum(condition.shape * condition.level / 100_000 / raw, 0.95)
    return replace(condition, shape=np.maximum.accumulate(shape, axis=1))


def _drawn() -> tuple[Condition, ...]:
    return (
        Condition(
            "kol", 2790,
            curve((30, 0), (40, 3), (50, 16), (60, 43), (70, 82), (80, 112), (95, 120)),
            growth=0.012, death=1.9, gradient=0.16,
        ),
        Condition(
            "astma", 7750,
            curve((0, 0), (3, 25), (8, 55), (18, 62), (40, 62), (60, 68), (80, 74),
                  women=((0, 0), (3, 16), (8, 42), (18, 60), (30, 70), (45, 84), (80, 95))),
            gradient=0.02,
        ),
        Condition(
            "t1d", 515, curve((0, 0), (12, 30), (20, 45), (40, 65), (60, 70)),
            growth=0.025, death=1.4,
        ),
        Condition(
            "t2d", 4300,
            curve((18, 0), (30, 2), (40, 14), (50, 45), (60, 100), (70, 165), (80, 200), (95, 205),
                  women=((18, 0), (30, 4), (40, 15), (50, 35), (60, 70), (70, 115), (80, 150),
                         (95, 155))),
            growth=0.035, death=1.35, gradient=0.12,
        ),
        Condition(
            "hjertesvigt", 1165,
            curve((18, 0), (40, 2), (50, 7), (60, 20), (70, 46), (80, 92), (90, 140), (100, 160),
                  women=((18, 0), (40, 1), (50, 3), (60, 8), (70, 20), (80, 50), (90, 105),
                         (100, 130))),
            growth=0.035, death=2.3, gradient=0.08,
        ),
        Condition(
            "demens", 725,
            curve((45, 0), (60, 2), (65, 5), (70, 13), (75, 28), (80, 52), (85, 85), (90, 118),
                  (100, 150)),
            growth=0.07, death=2.4, gradient=0.02,
        ),
        Condition(
            "leddegigt", 800,
            curve((18, 0), (30, 1), (45, 4), (60, 10), (75, 17), (90, 19),
                  women=((18, 0), (30, 3), (45, 10), (60, 22), (75, 33), (90, 35))),
        ),
        Condition(
            "osteoporose", 3230,
            curve((40, 0), (50, 3), (60, 10), (70, 28), (80, 55), (90, 80),
                  women=((40, 0), (50, 12), (60, 60), (70, 150), (80, 250), (90, 320))),
            growth=0.03,
        ),
        Condition(
            "skizofreni", 495, curve((12, 0), (20, 25), (30, 70), (45, 85), (60, 88)),
            growth=0.025, death=2.5, gradient=0.10,
        ),
    )  # fmt: skip
