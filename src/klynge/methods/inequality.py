"""Inequality over ordered groups, from the least advantaged to the most.

Each group stands at the midpoint of its range in the cumulative population, between 0 and 1 (its
ridit); a straight line is fitted through the groups' values, weighted by population.
Formulas: Mackenbach & Kunst 1997, Social Science & Medicine 44:757-771; Sergeant & Firth 2006,
Biostatistics 7:213-224; UK public health technical guidance.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from klynge.methods import checking
from klynge.methods.results import Floats, Interval

TRANSFORMS = ("none", "log", "logit")
DRAWS = 100_000
SEED = 20241101
"""Intervals that need simulation are the same every time."""


def slope_index_of_inequality(
    value: npt.ArrayLike,
    population: npt.ArrayLike,
    *,
    standard_error: npt.ArrayLike | None = None,
    transform: str = "none",
    multiplier: float = 1,
    confidence: float = 0.95,
) -> Interval:
    """How much the value differs from the bottom to the very top of the order (SII).

    value, population: (..., groups), least advantaged first.
    standard_error: of each value (of its log or logit under a transform). Left out: the interval
    comes from how far the groups lie from the line, with Student's t on groups - 2.
    transform: "log" for rates, "logit" for shares: the line is straight on that scale, and the
    difference is taken after turning back; its interval is the percentiles of 100,000 draws.
    multiplier: scales the answer; negative turns its sign.
    """
    return _each(value, population, standard_error, transform, multiplier, confidence, _slope_of)


def relative_index_of_inequality(
    value: npt.ArrayLike,
    population: npt.ArrayLike,
    *,
    standard_error: npt.ArrayLike | None = None,
    transform: str = "none",
    multiplier: float = 1,
    confidence: float = 0.95,
) -> Interval:
    """How many times as high the value is at the very top as at the bottom (RII).

    Arguments as `slope_index_of_inequality`; a negative multiplier gives the inverse, the scale of
    it plays no part. Interval: Fieller's, which is the percentiles that endless simulation would
    give; not-a-number when the line's value at the bottom is not clearly different from 0.
    """
    return _each(value, population, standard_error, transform, multiplier, confidence, _ratio_of)


@dataclass(frozen=True)
class _Line:
    """The fitted ends of the line (bottom, top), their covariance, and how to judge it."""

    ends: Floats
    covariance: Floats
    freedom: float
    transform: str
    multiplier: float
    confidence: float

    @property
    def quantile(self) -> float:
        level = 0.5 + self.confidence / 2
        if math.isinf(self.freedom):
            return float(stats.norm.ppf(level))
        return float(stats.t.ppf(level, self.freedom))


def _slope_of(line: _Line) -> tuple[float, float, float]:
    if line.transform != "none":
        return _drawn(line, lambda bottom, top: (top - bottom) * line.multiplier)
    difference = float(line.ends[1] - line.ends[0])
    contrast = np.array([-1.0, 1.0])
    half = line.quantile * math.sqrt(float(contrast @ line.covariance @ contrast))
    ends = sorted((line.multiplier * (difference - half), line.multiplier * (difference + half)))
    return line.multiplier * difference, ends[0], ends[1]


def _ratio_of(line: _Line) -> tuple[float, float, float]:
    if line.transform != "none":
        return _drawn(line, lambda b, t: b / t if line.multiplier < 0 else t / b)
    bottom, top = line.ends if line.multiplier > 0 else line.ends[::-1]
    covariance = line.covariance if line.multiplier > 0 else line.covariance[::-1, ::-1]
    lower, upper = _fieller(float(bottom), float(top), covariance, line.quantile)
    ratio = float(top / bottom) if bottom else math.nan
    # Without any error the interval is the ratio itself, but for the last digit of the root.
    return ratio, min(lower, ratio), max(upper, ratio)


def _fieller(bottom: float, top: float, covariance: Floats, quantile: float) -> tuple[float, float]:
    """The ratios r for which top - r·bottom is within its own interval of 0."""
    square = quantile**2
    a = bottom**2 - square * covariance[0, 0]
    b = bottom * top - square * covariance[0, 1]
    c = top**2 - square * covariance[1, 1]
    inside = b**2 - a * c
    if a <= 0 or inside < 0:
        return math.nan, math.nan
    return float((b - math.sqrt(inside)) / a), float((b + math.sqrt(inside)) / a)


def _drawn(line: _Line, measure: Callable[[Floats, Floats], Floats]) -> tuple[float, float, float]:
    back: Callable[[Floats], Floats] = np.exp if line.transform == "log" else special.expit
    random = np.random.default_rng(SEED)
    # Not by Cholesky's way: groups measured without error have a covariance of 0.
    draws = random.multivariate_normal(np.zeros(2), line.covariance, size=DRAWS, method="eigh")
    if not math.isinf(line.freedom):
        draws /= np.sqrt(random.chisquare(line.freedom, size=(DRAWS, 1)) / line.freedom)
    tail = (1 - line.confidence) / 2
    drawn = measure(*back(line.ends + draws).T)
    lower, upper = np.quantile(drawn, [tail, 1 - tail])
    return float(measure(*back(line.ends))), float(lower), float(upper)


def _each(
    value: npt.ArrayLike,
    population: npt.ArrayLike,
    standard_error: npt.ArrayLike | None,
    transform: str,
    multiplier: float,
    confidence: float,
    measure: Callable[[_Line], tuple[float, float, float]],
) -> Interval:
    """`measure` of the line through each row of groups."""
    y, people = checking.numbers("value", value), checking.counts("population", population)
    errors = None if standard_error is None else checking.counts("standard_error", standard_error)
    _check(y, people, errors, transform, multiplier)
    checking.checked_confidence(confidence)
    found = np.empty((*y.shape[:-1], 3))
    for at in np.ndindex(y.shape[:-1]):
        row_errors = None if errors is None else errors[at]
        ends, covariance, freedom = _fit(_scaled(y[at], transform), people[at], row_errors)
        found[at] = measure(_Line(ends, covariance, freedom, transform, multiplier, confidence))
    return Interval(*(checking.as_given(found[..., i]) for i in range(3)))


def _fit(y: Floats, people: Floats, errors: Floats | None) -> tuple[Floats, Floats, float]:
    """The line by weighted least squares: its two ends, their covariance, degrees of freedom."""
    share = people / people.sum()
    ridit = np.cumsum(share) - share / 2
    design = np.column_stack([1 - ridit, ridit])
    inverse = np.linalg.inv(design.T @ (share[:, None] * design))
    solve = inverse @ (design.T * share)
    ends: Floats = solve @ y
    if errors is not None:
        return ends, (solve * errors**2) @ solve.T, math.inf
    freedom = len(y) - 2
    residual = float(share @ (y - design @ ends) ** 2) / freedom
    return ends, residual * inverse, float(freedom)


def _scaled(y: Floats, transform: str) -> Floats:
    if transform == "none":
        return y
    return np.log(y) if transform == "log" else special.logit(y)


def _check(
    y: Floats, people: Floats, errors: Floats | None, transform: str, multiplier: float
) -> None:
    if y.shape != people.shape or (errors is not None and errors.shape != y.shape):
        raise ValueError("shapes differ: value, population and standard_error must be alike")
    if y.ndim == 0 or y.shape[-1] < 3:
        raise ValueError("at least 3 groups are needed")
    if (people <= 0).any():
        raise ValueError("population must be above 0 in every group")
    if transform not in TRANSFORMS:
        raise ValueError(f"transform must be one of {', '.join(TRANSFORMS)}")
    if transform == "log" and (y <= 0).any():
        raise ValueError("value must be above 0 for the log")
    if transform == "logit" and ((y <= 0) | (y >= 1)).any():
        raise ValueError("value must be between 0 and 1 for the logit")
    if not math.isfinite(multiplier) or multiplier == 0:
        raise ValueError("multiplier must be a number other than 0")
