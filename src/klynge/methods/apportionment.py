"""Splits a whole number into whole parts that add up to it exactly."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Rational, Real
from typing import Any

import numpy as np
import numpy.typing as npt

from klynge.methods import checking


def largest_remainder(weights: npt.ArrayLike, total: int) -> Any:
    """`total` (øre, seats) in proportion to `weights`: whole parts with exactly that sum.

    Each part is its exact share rounded down; what is left goes, one each, to the largest
    remainders (Hamilton's method). Equal remainders: the earlier goes first. Computed with exact
    fractions, so no rounding of floats decides. A negative total is split as its opposite.

    A list of int for a list, an int64 array for an array. ValueError when weights are negative, or
    all 0 while there is something to split.
    """
    shares = [_exactly(w) for w in _flat(weights)]
    if not _is_whole(total):
        raise ValueError("total must be a whole number")
    whole = sum(shares)
    if whole == 0 and total != 0:
        raise ValueError("weights must not all be 0")
    sign = -1 if total < 0 else 1
    exact = (
        [share * abs(int(total)) / whole for share in shares]
        if whole
        else [Fraction(0)] * len(shares)
    )
    parts = [int(part) for part in exact]
    left = abs(int(total)) - sum(parts)
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[:left]:
        parts[i] += 1
    signed = [sign * part for part in parts]
    return np.array(signed, dtype=np.int64) if isinstance(weights, np.ndarray) else signed


def _is_whole(total: object) -> bool:
    """Whether a sum can be split in whole parts: 7, 7.0 and a Decimal of 7, but not "7" or True."""
    if isinstance(total, bool | np.bool_) or not isinstance(total, Real | Decimal):
        return False
    return math.isfinite(total) and math.floor(total) == total


def _exactly(weight: Any) -> Fraction:
    """The weight itself, whatever kind of number: an int() would lose the half of a Decimal."""
    if isinstance(weight, Integral):
        return Fraction(int(weight))
    return Fraction(weight if isinstance(weight, Rational | Decimal) else float(weight))


def _flat(weights: npt.ArrayLike) -> list[Any]:
    if checking.counts("weights", weights).ndim != 1:
        raise ValueError("weights must be one list")
    return weights.tolist() if isinstance(weights, np.ndarray) else list(weights)  # type: ignore[arg-type]
