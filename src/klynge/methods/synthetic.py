"""Synthetic control: one place against a mixture of others that went the same way before.

Weights of 0 or more that sum to 1 make the mixture whose course before the start lies closest to
the treated unit's (Abadie, Diamond & Hainmueller 2010, JASA 105:493-505), each unit first taken
from its own mean before the start, so that a place that lies higher than all others still has a
mixture (Ferman & Pinto 2021, Quantitative Economics 12:1197-1221). How sure: every other place in
turn is given the same treatment on paper; their gaps show what chance can do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize

from klynge.methods.effects import Effect, Judge, panel
from klynge.methods.results import Floats

FEWEST_CONTROLS = 4
_SUM_TO_ONE = 1e3
_PREFER_EVEN = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class SyntheticControl:
    """The effect on one unit, and the mixture it was held against.

    effect: mean gap from the start on. rank_p: the share of all units, this one with them, whose
    gap is as large; never below 1 / units. weights: of each other unit, in their order; sum 1.
    without: the mixture's course, one entry a period, in the unit of the values.
    placebos: the gap of each other unit, had it been the treated one; on the scale asked for.
    fit: root mean square of the gaps before the start, in the unit computed on (logs for a ratio).
    """

    effect: Effect
    rank_p: float
    weights: Floats
    without: Floats
    placebos: Floats
    fit: float


def synthetic_control(
    values: npt.ArrayLike,
    treated: int,
    start: int,
    *,
    standard_error: npt.ArrayLike | None = None,
    scale: str = "difference",
    confidence: float = 0.95,
    looks: int = 1,
) -> SyntheticControl:
    """The effect on the unit at position `treated` of what started at position `start`.

    values: (units, periods), in time order and without gaps; no other unit is treated.
    standard_error: of each value; a gap is then judged against what its unit's size explains.
    The interval is the gap ± t x the spread of the others' gaps, scaled to this unit.

    ValueError with fewer than 4 other units, 2 periods before the start or 1 from it on.
    """
    judge = Judge.of(scale, confidence, looks)
    y, errors = judge.scaled(*panel(values, standard_error))
    _check(y, treated, start)
    others = [unit for unit in range(len(y)) if unit != treated]
    own = _against(y, treated, others, start)
    size = _sizes(errors, start, y.shape)
    gaps = np.array(
        [_against(y, unit, [o for o in others if o != unit], start).gap for unit in others]
    )
    scaled = gaps / size[others]
    spread = float(np.mean(scaled**2)) * float(size[treated]) ** 2
    as_large = np.abs(scaled) >= abs(own.gap / size[treated]) * (1 - 1e-12)
    back = np.exp if scale == "ratio" else np.asarray
    return SyntheticControl(
        effect=judge.effect(own.gap, spread, len(others) - 1),
        rank_p=float((1 + as_large.sum()) / (1 + len(others))),
        weights=own.weights,
        without=back(own.course),
        placebos=back(gaps),
        fit=own.fit,
    )


@dataclass(frozen=True, eq=False)
class _Held:
    weights: Floats
    course: Floats
    gap: float
    fit: float


def _against(y: Floats, unit: int, others: list[int], start: int) -> _Held:
    """One unit against the mixture of `others` that is closest before the start."""
    level = y[:, :start].mean(axis=1, keepdims=True)
    moved = y - level
    weights = _mixture(moved[others][:, :start], moved[unit, :start])
    course = weights @ moved[others]
    gap = moved[unit] - course
    return _Held(
        weights=weights,
        course=course + float(level[unit, 0]),
        gap=float(gap[start:].mean()),
        fit=math.sqrt(float((gap[:start] ** 2).mean())),
    )


def _mixture(others: Floats, own: Floats) -> Floats:
    """Non-negative weights of sum 1 by least squares; of equally good ones the most even."""
    unit = float(np.sqrt((others**2).mean() + (own**2).mean())) or 1.0
    count = len(others)
    rows = np.vstack(
        [others.T / unit, _SUM_TO_ONE * np.ones((1, count)), _PREFER_EVEN * np.eye(count)]
    )
    aim = np.concatenate([own / unit, [_SUM_TO_ONE], np.zeros(count)])
    weights, _rest = optimize.nnls(rows, aim)
    return np.asarray(weights / weights.sum())


def _sizes(errors: Floats | None, start: int, shape: tuple[int, ...]) -> Floats:
    """The sampling error of each unit's own change; 1 for all where it is not known."""
    if errors is None:
        return np.ones(shape[0])
    before = (errors[:, :start] ** 2).sum(axis=1) / start**2
    after = (errors[:, start:] ** 2).sum(axis=1) / (shape[1] - start) ** 2
    size = np.sqrt(before + after)
    if (size == 0).any():
        raise ValueError("standard_error must be above 0 in every unit, or left out")
    return np.asarray(size)


def _check(y: Floats, treated: int, start: int) -> None:
    if not 0 <= treated < len(y):
        raise ValueError("treated must be the position of a unit")
    if len(y) - 1 < FEWEST_CONTROLS:
        raise ValueError(f"at least {FEWEST_CONTROLS} other units are needed")
    if start < 2 or start >= y.shape[1]:
        raise ValueError("at least 2 periods before the start and 1 from it on are needed")
