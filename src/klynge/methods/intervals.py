"""Intervals for counts, rates and shares.

Formulas: Byar's approximation to the exact Poisson limits (Breslow & Day 1987, Statistical methods
in cancer research II); exact Poisson limits from the chi-square distribution (Ulm 1990); the score
interval of Wilson (1927); the exact binomial interval of Clopper & Pearson (1934).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import stats

from klynge.methods import checking
from klynge.methods.results import Floats, Interval

BYAR_FROM = 10
"""Byar's approximation is used from this count on; below it the exact limits are."""


def byar(count: npt.ArrayLike, *, confidence: float = 0.95) -> Interval:
    """Byar's interval for a Poisson count; `value` is the count. A count of 0 has lower limit 0.

    Pure Byar at every count; `rate` changes to the exact limits under 10 events.
    """
    x = checking.counts("count", count)
    lower, upper = _byar_limits(x, checking.z_of(confidence))
    return _given(x, lower, upper)


def exact_poisson(count: npt.ArrayLike, *, confidence: float = 0.95) -> Interval:
    """The exact interval for a Poisson count; `value` is the count."""
    x = checking.counts("count", count)
    lower, upper = _exact_limits(x, checking.checked_confidence(confidence))
    return _given(x, lower, upper)


def wilson(count: npt.ArrayLike, n: npt.ArrayLike, *, confidence: float = 0.95) -> Interval:
    """Wilson's score interval for the share `count` of `n`, between 0 and 1.

    n = 0 gives not-a-number throughout.
    """
    x, total = _count_of(count, n)
    z = checking.z_of(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = x / total
        half = z * np.sqrt(z**2 + 4 * x * (1 - p))
        lower = (2 * x + z**2 - half) / (2 * (total + z**2))
        upper = (2 * x + z**2 + half) / (2 * (total + z**2))
    return _share(p, lower, upper, none=x == 0, all=x == total)


def clopper_pearson(
    count: npt.ArrayLike, n: npt.ArrayLike, *, confidence: float = 0.95
) -> Interval:
    """The exact binomial interval for the share `count` of `n`, between 0 and 1.

    n = 0 gives not-a-number throughout.
    """
    x, total = _count_of(count, n)
    alpha = 1 - checking.checked_confidence(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = x / total
        lower = np.asarray(stats.beta.ppf(alpha / 2, x, total - x + 1))
        upper = np.asarray(stats.beta.ppf(1 - alpha / 2, x + 1, total - x))
    return _share(p, lower, upper, none=x == 0, all=x == total)


def rate(
    count: npt.ArrayLike,
    population: npt.ArrayLike,
    *,
    per: float = 100_000,
    confidence: float = 0.95,
) -> Interval:
    """Events per `per` of a population or person-time: Byar from 10 events on, exact below.

    Without a population there is no rate: 0 gives not-a-number throughout, whatever the count.
    """
    x, people = checking.alike(
        count=checking.counts("count", count),
        population=checking.counts("population", population),
    )
    lower, upper = count_limits(x, confidence)
    scale = checking.per_is_positive(per) / np.where(people > 0, people, np.nan)
    return _given(x * scale, lower * scale, upper * scale)


def proportion(
    count: npt.ArrayLike, n: npt.ArrayLike, *, per: float = 1, confidence: float = 0.95
) -> Interval:
    """The share `count` of `n` with Wilson's interval, per `per` (100 for per cent)."""
    scale = checking.per_is_positive(per)
    found = wilson(count, n, confidence=confidence)
    return Interval(found.value * scale, found.lower * scale, found.upper * scale)


def count_limits(x: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Limits of a count as `rate` uses them: Byar from 10 on, exact below."""
    byars = _byar_limits(x, checking.z_of(confidence))
    exact = _exact_limits(x, confidence)
    lower, upper = (np.where(x >= BYAR_FROM, b, e) for b, e in zip(byars, exact, strict=True))
    return lower, upper


def _byar_limits(x: Floats, z: float) -> tuple[Floats, Floats]:
    some = np.where(x > 0, x, 1)
    below = 1 - 1 / (9 * some) - z / (3 * np.sqrt(some))
    above = 1 - 1 / (9 * (x + 1)) + z / (3 * np.sqrt(x + 1))
    # Products, not powers: the last digit is then the same for one number and for many.
    lower, upper = some * (below * below * below), (x + 1) * (above * above * above)
    return np.where(x > 0, np.maximum(lower, 0), 0.0), upper


def _exact_limits(x: Floats, confidence: float) -> tuple[Floats, Floats]:
    alpha = 1 - confidence
    lower = stats.chi2.ppf(alpha / 2, 2 * np.where(x > 0, x, 1)) / 2
    upper = stats.chi2.ppf(1 - alpha / 2, 2 * x + 2) / 2
    return np.where(x > 0, lower, 0.0), np.asarray(upper)


def _count_of(count: npt.ArrayLike, n: npt.ArrayLike) -> tuple[Floats, Floats]:
    x, total = checking.alike(count=checking.counts("count", count), n=checking.counts("n", n))
    checking.not_above("count", x, "n", total)
    return x, total


def _share(
    p: Floats, lower: Floats, upper: Floats, *, none: npt.ArrayLike, all: npt.ArrayLike
) -> Interval:
    """Nobody has lower limit 0 and everybody upper limit 1, without rounding noise."""
    undefined = np.isnan(p)
    lower = np.where(none, 0.0, np.minimum(lower, p))
    upper = np.where(all, 1.0, np.maximum(upper, p))
    return _given(p, np.where(undefined, np.nan, lower), np.where(undefined, np.nan, upper))


def _given(value: Floats, lower: Floats, upper: Floats) -> Interval:
    return Interval(*(checking.as_given(array) for array in (value, lower, upper)))
