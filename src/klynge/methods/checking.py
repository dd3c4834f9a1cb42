"""Turns what callers give into arrays, and says clearly when it makes no sense."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import stats

from klynge.methods.results import Floats


def numbers(name: str, given: npt.ArrayLike) -> Floats:
    """`given` as floats; ValueError when some of it is not a finite number."""
    try:
        array = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be numbers in a regular shape") from None
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite numbers, without gaps")
    return array


def counts(name: str, given: npt.ArrayLike) -> Floats:
    """`given` as floats that are 0 or more."""
    array = numbers(name, given)
    if (array < 0).any():
        raise ValueError(f"{name} must not be negative")
    return array


def alike(**arrays: Floats) -> tuple[Floats, ...]:
    """The arrays in one common shape: they are equal in shape, or single numbers."""
    shapes = {array.shape for array in arrays.values() if array.ndim}
    if len(shapes) > 1:
        said = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise ValueError(f"shapes differ: {said}")
    return tuple(np.broadcast_arrays(*arrays.values()))


def not_above(name: str, part: Floats, whole_name: str, whole: Floats) -> None:
    """ValueError where a part is larger than its whole."""
    if (part > whole).any():
        raise ValueError(f"{name} must not be larger than {whole_name}")


def series(name: str, given: npt.ArrayLike) -> Floats:
    """`given` as one series in time order, at least one point long."""
    array = numbers(name, given)
    if array.ndim != 1 or not array.size:
        raise ValueError(f"{name} must be one series with at least one point")
    return array


def per_is_positive(per: float) -> float:
    """The multiplier as a float."""
    if not (math.isfinite(per) and per > 0):
        raise ValueError("per must be a positive number")
    return float(per)


def z_of(confidence: float) -> float:
    """The normal quantile of a two-sided interval, 1.959964 for 0.95."""
    return float(stats.norm.ppf(0.5 + checked_confidence(confidence) / 2))


def checked_confidence(confidence: float) -> float:
    """`confidence` when it is between 0 and 1."""
    if not 0 < confidence < 1:
        raise ValueError("confidence must be between 0 and 1, such as 0.95")
    return float(confidence)


def as_given(array: Any) -> Any:
    """A Python float for a single number, the array itself for an array."""
    return float(array) if np.ndim(array) == 0 else np.asarray(array)
