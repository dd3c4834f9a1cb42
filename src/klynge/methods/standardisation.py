"""Direct and indirect standardisation over bands (age, or age and sex): bands on the last axis.

Formulas: Dobson, Kuulasmaa, Eberle & Scherer 1991, Statistics in Medicine 10:457-462; conventions
as in the UK public health technical guidance (PHEindicatormethods, re-implemented from formulas).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from klynge.methods import checking
from klynge.methods.intervals import BYAR_FROM, count_limits
from klynge.methods.results import Floats, Interval


def directly_standardised_rate(
    count: npt.ArrayLike,
    population: npt.ArrayLike,
    standard: npt.ArrayLike,
    *,
    per: float = 100_000,
    confidence: float = 0.95,
    squares: npt.ArrayLike | None = None,
    fewest: float = BYAR_FROM,
) -> Interval:
    """The rate a place would have if its bands were as large as the standard's.

    count, population: (..., bands).  standard: (bands,) or (..., bands), any scale.
    squares: when one person may have several events, the sum over persons of (events)² in each
    band; the interval then allows for it. Left out: events are independent.
    fewest: under so many events in all, everything is not-a-number.

    Interval: Dobson, with Byar's limits for 10 events and more and exact ones below; not below 0.
    A band without people has no rate; its weight is shared among the others in proportion. Events
    in such a band are a ValueError. Without people at all: not-a-number.
    """
    x = _bands("count", count)
    n, w = _bands("population", population), _bands("standard", standard)
    if x.shape != n.shape or w.shape[-1:] != x.shape[-1:] or w.shape not in (x.shape, x.shape[-1:]):
        raise ValueError(
            f"shapes differ: count {x.shape}, population {n.shape}, standard {w.shape}"
        )
    if ((n == 0) & (x > 0)).any():
        raise ValueError("a band has events but no population")
    spread = x if squares is None else _bands("squares", squares)
    if spread.shape != x.shape or (spread < x).any():
        raise ValueError("squares must have count's shape and be no smaller than count")
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.where(n > 0, w, 0.0)
        share = np.where(n > 0, weight / n, 0.0) / weight.sum(axis=-1, keepdims=True)
        value = (share * x).sum(axis=-1)
        variance = (share**2 * spread).sum(axis=-1)
        return _dobson(value, variance, x.sum(axis=-1), per, confidence, fewest)


def indirectly_standardised_ratio(
    count: npt.ArrayLike,
    population: npt.ArrayLike,
    reference_count: npt.ArrayLike,
    reference_population: npt.ArrayLike,
    *,
    per: float = 1,
    confidence: float = 0.95,
) -> Interval:
    """Observed events over those expected at the reference's rates (an SMR when events are deaths).

    count, population: (..., bands).  reference_count, reference_population: (bands,).
    per: 1 for a ratio, 100 for an index where the reference is 100.
    Interval: Byar from 10 observed events on, exact below. Nothing expected: not-a-number.
    """
    x, n = _bands("count", count), _bands("population", population)
    r, m = (
        _bands("reference_count", reference_count),
        _bands("reference_population", reference_population),
    )
    if x.shape != n.shape or r.shape != m.shape or r.shape != x.shape[-1:]:
        raise ValueError(
            f"shapes differ: count {x.shape}, population {n.shape},"
            f" reference_count {r.shape}, reference_population {m.shape}"
        )
    if (((m == 0) & (r > 0)) | ((m == 0) & (n > 0).any(axis=tuple(range(n.ndim - 1))))).any():
        raise ValueError("a band with people or events has no reference population")
    expected = (n * np.divide(r, m, out=np.zeros_like(r), where=m > 0)).sum(axis=-1)
    observed = x.sum(axis=-1)
    lower, upper = count_limits(observed, confidence)
    scale = checking.per_is_positive(per) / np.where(expected > 0, expected, np.nan)
    return Interval(*(checking.as_given(part * scale) for part in (observed, lower, upper)))


def _dobson(
    value: Floats, variance: Floats, total: Floats, per: float, confidence: float, fewest: float
) -> Interval:
    lower, upper = count_limits(total, confidence)
    stretch = np.sqrt(variance / np.where(total > 0, total, np.nan))
    enough = np.where(total >= fewest, checking.per_is_positive(per), np.nan)
    # Very uneven weights can carry Dobson's lower limit below 0, where no rate is.
    low = np.maximum(value + stretch * (lower - total), 0)
    limits = (value, low, value + stretch * (upper - total))
    return Interval(*(checking.as_given(limit * enough) for limit in limits))


def _bands(name: str, given: npt.ArrayLike) -> Floats:
    array = checking.counts(name, given)
    if array.ndim == 0 or array.shape[-1] == 0:
        raise ValueError(f"{name} must hold one number a band")
    return array
