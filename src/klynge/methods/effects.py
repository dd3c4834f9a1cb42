"""What the methods of effect share: the result, the scale, and what repeated looks cost."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from klynge.methods import checking
from klynge.methods.results import Floats

SCALES = ("difference", "ratio")


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect with its interval and how surprising it would be if there were none.

    scale: "difference", in the unit of the values, none is 0; or "ratio", none is 1.
    p_value: two-sided, 0-1. freedom: the degrees of freedom of the t distribution used.
    confidence: the interval's own level: higher than what was asked for when there are several
    looks.
    """

    value: float
    lower: float
    upper: float
    p_value: float
    freedom: float
    scale: str
    confidence: float

    @property
    def none(self) -> float:
        """The value that means no effect."""
        return 1.0 if self.scale == "ratio" else 0.0

    @property
    def is_seen(self) -> bool:
        """Whether the interval leaves out no effect."""
        return not self.lower <= self.none <= self.upper


@dataclass(frozen=True, slots=True)
class Judge:
    """How an estimate becomes an `Effect`: on which scale, and at which level."""

    scale: str
    confidence: float

    @classmethod
    def of(cls, scale: str, confidence: float, looks: int) -> Judge:
        """`looks`: how many times in all the effect will be judged. The error that is allowed is
        shared evenly between them (Bonferroni), so that all looks together keep `confidence`."""
        if scale not in SCALES:
            raise ValueError(f"scale must be one of {', '.join(SCALES)}")
        if looks < 1 or looks != int(looks):
            raise ValueError("looks must be a whole number, 1 or more")
        return cls(scale, 1 - (1 - checking.checked_confidence(confidence)) / looks)

    def effect(self, estimate: float, variance: float, freedom: float) -> Effect:
        """The effect whose estimate (its log, for a ratio) has that variance."""
        error = math.sqrt(variance)
        half = float(stats.t.ppf(0.5 + self.confidence / 2, freedom)) * error
        if error:
            p_value = float(2 * stats.t.sf(abs(estimate) / error, freedom))
        else:
            p_value = 1.0 if estimate == 0 else 0.0
        ends = (estimate, estimate - half, estimate + half)
        value, lower, upper = map(math.exp, ends) if self.scale == "ratio" else ends
        return Effect(value, lower, upper, p_value, freedom, self.scale, self.confidence)

    def scaled(self, values: Floats, errors: Floats | None) -> tuple[Floats, Floats | None]:
        """Values and their standard errors on the scale that is computed on: logs for a ratio."""
        if self.scale == "difference":
            return values, errors
        if (values <= 0).any():
            raise ValueError("values must be above 0 for a ratio")
        return np.log(values), None if errors is None else errors / values


def panel(
    values: npt.ArrayLike, standard_error: npt.ArrayLike | None
) -> tuple[Floats, Floats | None]:
    """Values (units x periods) and, in the same shape, their standard errors."""
    y = checking.numbers("values", values)
    if y.ndim != 2:
        raise ValueError("values must have the shape (units, periods)")
    if standard_error is None:
        return y, None
    errors = checking.counts("standard_error", standard_error)
    if errors.shape != y.shape:
        raise ValueError("shapes differ: values and standard_error must be alike")
    return y, errors
