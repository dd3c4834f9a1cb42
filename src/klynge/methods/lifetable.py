"""Life expectancy from an abridged life table.

Formulas: Chiang 1968 (method II: people who die in a band live a fixed share of it); variance as
Chiang, with the open band's own after Silcocks, Jenner & Reza 2001, J Epidemiol Community Health
55:38-43; conventions as the UK Office for National Statistics.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from klynge.methods import checking
from klynge.methods.results import Floats, Interval

STARTS = (0, 1, *range(5, 95, 5))
"""The first age of each of the 20 bands: 0, 1-4, 5-9 ... 85-89, 90+."""
_WIDTHS = np.array([1, 4, *[5] * 17], dtype=np.float64)
_LIVED = np.array([0.1, *[0.5] * 18])
"""The share of a band that those who die in it live, but for the open one."""


def life_expectancy(
    deaths: npt.ArrayLike,
    population: npt.ArrayLike,
    *,
    at: int = 0,
    confidence: float = 0.95,
    reliable_only: bool = False,
) -> Interval:
    """Years left to live at age `at`, at the death rates of the period.

    deaths, population: (..., 20), over the bands 0, 1-4, 5-9 ... 85-89, 90+. Population is
    person-years: with three years' deaths, the three years' populations added.
    at: the first age of a band.
    reliable_only: not-a-number when the person-years from birth are 5,000 or fewer or the interval
    is wider than 20 years, as the Office for National Statistics does.

    Bands below `at` play no part. Not-a-number when a band from `at` on has no population or more
    deaths than population, or when nobody died in the open band. Other bands without deaths are
    no hindrance.
    """
    d, p = checking.counts("deaths", deaths), checking.counts("population", population)
    if d.shape != p.shape or d.shape[-1:] != (len(STARTS),):
        raise ValueError(f"deaths and population must have 20 bands each: {d.shape}, {p.shape}")
    if at not in STARTS:
        raise ValueError(f"at must be the first age of a band: {', '.join(map(str, STARTS))}")
    first = STARTS.index(at)
    z = checking.z_of(confidence)
    value, variance = _table(d[..., first:], p[..., first:], _WIDTHS[first:], _LIVED[first:])
    half = z * np.sqrt(variance)
    if reliable_only:
        wide = 2 * checking.z_of(0.95) * np.sqrt(variance) > 20
        few = p.sum(axis=-1) <= 5000
        value = np.where(wide | few, np.nan, value)
    return Interval(*(checking.as_given(v) for v in (value, value - half, value + half)))


def _table(d: Floats, p: Floats, width: Floats, lived: Floats) -> tuple[Floats, Floats]:
    """Expectancy at the first band and its variance."""
    usable = ((p > 0) & (d <= p)).all(axis=-1) & (d[..., -1] > 0)
    d, p = np.where(usable[..., None], d, 1.0), np.where(usable[..., None], p, 1.0)
    m = d / p
    closed = m[..., :-1]
    # A death rate above 1 in 2.5 years cannot hold for a whole band: nobody would be left.
    q = np.minimum(width * closed / (1 + (1 - lived) * width * closed), 1)
    alive = np.concatenate([np.ones_like(m[..., :1]), np.cumprod(1 - q, axis=-1)], axis=-1)
    years = width * alive[..., :-1] * (1 - (1 - lived) * q)
    years = np.concatenate([years, alive[..., -1:] / m[..., -1:]], axis=-1)
    left = np.flip(np.cumsum(np.flip(years, axis=-1), axis=-1), axis=-1)
    after = np.divide(left[..., 1:], alive[..., 1:], out=np.zeros_like(q), where=alive[..., 1:] > 0)
    variance_q = np.divide(q**2 * (1 - q), d[..., :-1], out=np.zeros_like(q), where=d[..., :-1] > 0)
    steps = alive[..., :-1] ** 2 * ((1 - lived) * width + after) ** 2 * variance_q
    open_band = alive[..., -1] ** 2 * d[..., -1] / p[..., -1] ** 2 / m[..., -1] ** 4
    variance = steps.sum(axis=-1) + open_band
    return np.where(usable, left[..., 0], np.nan), np.where(usable, variance, np.nan)
