"""What the methods give back: small frozen objects, floats for scalars and arrays for arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Numbers: TypeAlias = Any
"""A float, or an array of them: what came in decides what goes out."""


@dataclass(frozen=True, slots=True, eq=False)
class Interval:
    """An estimate and its interval, in the same unit and shape. Not a number: not defined."""

    value: Numbers
    lower: Numbers
    upper: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class FunnelLimits:
    """Limits around a baseline, one for each denominator asked about.

    centre: the baseline.
    lower, upper: 95 % limits.  outer_lower, outer_upper: 99.8 % limits.
    """

    centre: Numbers
    lower: Numbers
    upper: Numbers
    outer_lower: Numbers
    outer_upper: Numbers


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign that the process is not only noise.

    rule: "outside_limits", "long_run" or "few_crossings".
    points: the positions (from 0) that make up the sign; empty for few_crossings, which is about
    the whole series.
    """

    rule: str
    points: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """A control chart or run chart of a series in time order.

    values: what is plotted.
    centre, lower, upper: lines, one entry a point; a run chart has no limits (not a number).
    useful: how many points lie off the centre line; only those count in runs and crossings.
    longest_run: the longest run of useful points on one side of the centre line.
    longest_run_max: the longest run that chance explains.
    crossings: how often the series crosses the centre line.
    crossings_min: the fewest crossings that chance explains.
    signals: what is seen; empty when nothing is.
    """

    values: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    useful: int
    longest_run: int
    longest_run_max: int
    crossings: int
    crossings_min: int
    signals: tuple[Signal, ...]


@dataclass(frozen=True, slots=True, eq=False)
class SpecialCauses:
    """Which points of a chart are special by each rule of thumb; arrays of true and false.

    outside: beyond a limit.
    shift: part of 7 or more in a row on one side of the centre line.
    trend: part of 7 or more in a row that each rise, or each fall.
    two_of_three: in the outer third within the limits, one of at least 2 such among 3 in a row
    that all lie on one side of the centre line.
    """

    outside: npt.NDArray[np.bool_]
    shift: npt.NDArray[np.bool_]
    trend: npt.NDArray[np.bool_]
    two_of_three: npt.NDArray[np.bool_]

    @property
    def any(self) -> npt.NDArray[np.bool_]:
        """Special by at least one rule."""
        return self.outside | self.shift | self.trend | self.two_of_three
