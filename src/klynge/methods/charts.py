"""Control charts and run charts: is a series only noise, or did something happen?

Formulas: Shewhart's 3-sigma charts (Montgomery, Introduction to statistical quality control); XmR
after Wheeler, with moving ranges screened after Nelson 1982; prime charts after Laney 2002, Quality
Engineering 14:531-537; signals in runs after Anhøj & Olesen 2014, PLOS ONE 9:e113825; the rules of
thumb as the English NHS "Making data count" states them.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from scipy import stats

from klynge.methods import checking
from klynge.methods.results import Chart, Floats, Signal, SpecialCauses

RANGE_TO_LIMIT = 2.66
"""3 sigma in mean moving ranges of two."""
RANGE_TO_SIGMA = 1.128
"""The mean moving range of two in sigmas (d2)."""
SCREEN = 3.267
"""A moving range of this many mean moving ranges is beyond its own upper limit."""
RULE_LENGTH = 7


def xmr(values: npt.ArrayLike, *, screening: bool = True) -> Chart:
    """Individual values: mean ± 2.66 mean moving ranges. A single value has no limits.

    screening: moving ranges of 3.267 times their mean and more are left out and the mean taken
    once more, so that a single leap does not widen the limits that should show it. On by default,
    as in the NHS charts and qicharts2; Wheeler's own chart is without.
    """
    y = checking.series("values", values)
    half = RANGE_TO_LIMIT * _mean_moving_range(y, screening=screening)
    return _chart(y, y.mean(), y.mean() - half, y.mean() + half)


def p_chart(count: npt.ArrayLike, n: npt.ArrayLike, *, per: float = 1) -> Chart:
    """Shares `count` of `n`, binomial limits for each n, cut off at none and all.

    per: 100 for per cent. A point with n = 0 is not-a-number and plays no part.
    """
    return _attribute_chart(count, n, per=per, binomial=True)


def p_prime_chart(
    count: npt.ArrayLike, n: npt.ArrayLike, *, per: float = 1, screening: bool = True
) -> Chart:
    """Laney's p' chart: limits also hold the variation between points, for large n.

    screening: as in `xmr`, of the moving ranges of the standardised shares.
    """
    return _attribute_chart(count, n, per=per, binomial=True, prime=True, screening=screening)


def u_chart(count: npt.ArrayLike, n: npt.ArrayLike, *, per: float = 1) -> Chart:
    """Rates of events `count` in exposure `n`, Poisson limits for each n, cut off at 0."""
    return _attribute_chart(count, n, per=per, binomial=False)


def u_prime_chart(
    count: npt.ArrayLike, n: npt.ArrayLike, *, per: float = 1, screening: bool = True
) -> Chart:
    """Laney's u' chart: as `u_chart`, with the variation between points in the limits."""
    return _attribute_chart(count, n, per=per, binomial=False, prime=True, screening=screening)


def c_chart(count: npt.ArrayLike) -> Chart:
    """Counts in equal exposures: mean ± 3 square roots of it, cut off at 0."""
    y = checking.counts("count", checking.series("count", count))
    half = 3 * math.sqrt(y.mean())
    return _chart(y, y.mean(), max(y.mean() - half, 0), y.mean() + half)


def run_chart(values: npt.ArrayLike, *, centre: float | None = None) -> Chart:
    """A series around its median (or a given `centre`), judged by runs alone; no limits."""
    y = checking.series("values", values)
    middle = float(np.median(y)) if centre is None else float(checking.numbers("centre", centre))
    return _chart(y, middle, math.nan, math.nan)


def special_causes(
    values: npt.ArrayLike | Chart,
    centre: npt.ArrayLike | None = None,
    lower: npt.ArrayLike | None = None,
    upper: npt.ArrayLike | None = None,
) -> SpecialCauses:
    """Special points by the four NHS rules, of a chart or of a series with its lines.

    Without lines the series gets those of `xmr`. The rules find more than the Anhøj rules in a
    chart's `signals`, and more that is nothing: choose one of the two ways before looking.
    """
    chart = values if isinstance(values, Chart) else _drawn(values, centre, lower, upper)
    y = chart.values
    side = _side(y, chart.centre)
    outside = _outside(y, chart.lower, chart.upper)
    with np.errstate(invalid="ignore"):
        near = ~outside & (
            (y > chart.centre + (chart.upper - chart.centre) * 2 / 3)
            | (y < chart.centre - (chart.centre - chart.lower) * 2 / 3)
        )
    return SpecialCauses(
        outside=outside,
        shift=_windows(np.stack([side == 1, side == -1]), RULE_LENGTH),
        trend=_trend(y),
        two_of_three=near & _two_of_three(near, side),
    )


def _drawn(
    values: npt.ArrayLike,
    centre: npt.ArrayLike | None,
    lower: npt.ArrayLike | None,
    upper: npt.ArrayLike | None,
) -> Chart:
    if centre is None and lower is None and upper is None:
        return xmr(values)
    if centre is None or lower is None or upper is None:
        raise ValueError("give centre, lower and upper, or none of them")
    y, middle, low, high = checking.alike(
        values=checking.series("values", values),
        centre=checking.numbers("centre", centre),
        lower=checking.numbers("lower", lower),
        upper=checking.numbers("upper", upper),
    )
    return _chart(y, middle, low, high)


def _attribute_chart(
    count: npt.ArrayLike,
    n: npt.ArrayLike,
    *,
    per: float,
    binomial: bool,
    prime: bool = False,
    screening: bool = True,
) -> Chart:
    x, size = checking.alike(
        count=checking.counts("count", checking.series("count", count)),
        n=checking.counts("n", n),
    )
    if binomial:
        checking.not_above("count", x, "n", size)
    if not size.sum():
        raise ValueError("n must not be 0 throughout")
    if (x[size == 0] > 0).any():
        raise ValueError("count must be 0 where n is 0")
    scale = checking.per_is_positive(per)
    size = np.where(size > 0, size, np.nan)
    y = x / size
    middle = x.sum() / np.nansum(size)
    sigma = np.sqrt(middle * (1 - middle if binomial else 1) / size)
    if prime and middle * (1 - middle if binomial else 1) > 0:
        sigma = (
            sigma * _mean_moving_range((y - middle) / sigma, screening=screening) / RANGE_TO_SIGMA
        )
    most = 1.0 if binomial else math.inf
    low, high = np.maximum(middle - 3 * sigma, 0), np.minimum(middle + 3 * sigma, most)
    return _chart(y * scale, middle * scale, low * scale, high * scale)


def _mean_moving_range(y: Floats, *, screening: bool) -> float:
    """The mean distance between neighbours; not-a-number without any. Gaps have no neighbours."""
    ranges = np.abs(np.diff(y))
    ranges = ranges[~np.isnan(ranges)]
    if not ranges.size:
        return math.nan
    mean = float(ranges.mean())
    kept = ranges[ranges < SCREEN * mean] if screening else ranges
    return float(kept.mean()) if kept.size else mean


def _chart(
    y: Floats, centre: Floats | float, lower: Floats | float, upper: Floats | float
) -> Chart:
    centre, lower, upper = (
        np.array(np.broadcast_to(line, y.shape)) for line in (centre, lower, upper)
    )
    side = _side(y, centre)
    places = np.flatnonzero(side)
    runs = _runs(side[places])
    useful, longest = len(places), max((len(run) for run in runs), default=0)
    most = round(math.log2(useful)) + 3 if useful else 3
    crossings = max(len(runs) - 1, 0)
    fewest = int(stats.binom.ppf(0.05, useful - 1, 0.5)) if useful > 1 else 0
    outside = np.flatnonzero(_outside(y, lower, upper))
    long_runs = [places[run] for run in runs if len(run) > most]
    signals = _signals(outside, long_runs, few_crossings=crossings < fewest)
    return Chart(y, centre, lower, upper, useful, longest, most, crossings, fewest, signals)


def _signals(
    outside: npt.NDArray[np.intp], long_runs: list[npt.NDArray[np.intp]], *, few_crossings: bool
) -> tuple[Signal, ...]:
    found = [Signal("outside_limits", tuple(map(int, outside)))] if outside.size else []
    found += [Signal("long_run", tuple(map(int, run))) for run in long_runs]
    found += [Signal("few_crossings", ())] if few_crossings else []
    return tuple(found)


def _outside(y: Floats, lower: Floats, upper: Floats) -> npt.NDArray[np.bool_]:
    """Above the upper limit or below the lower."""
    beyond: npt.NDArray[np.bool_] = (_side(y, upper) == 1) | (_side(y, lower) == -1)
    return beyond


def _side(y: Floats, line: Floats) -> npt.NDArray[np.int8]:
    """1 above the line, -1 below, 0 on it or without a value."""
    away = y - line
    # A mean of equal floats may differ from them in the last digit; what is this near is on it.
    scale = np.maximum(np.abs(y), np.abs(line))
    with np.errstate(invalid="ignore"):
        on_line = ~(np.abs(away) > 1e-12 * scale)
    return np.where(on_line, 0, np.sign(np.nan_to_num(away))).astype(np.int8)


def _runs(side: npt.NDArray[np.int8]) -> list[npt.NDArray[np.intp]]:
    """Positions of each unbroken run of one side."""
    if not side.size:
        return []
    return np.split(np.arange(side.size), np.flatnonzero(np.diff(side)) + 1)


def _windows(held: npt.NDArray[np.bool_], length: int) -> npt.NDArray[np.bool_]:
    """Points in a window of `length` points throughout which one of the rows of `held` is true."""
    marked = np.zeros(held.shape[1], dtype=np.bool_)
    for start in range(held.shape[1] - length + 1):
        if held[:, start : start + length].all(axis=1).any():
            marked[start : start + length] = True
    return marked


def _trend(y: Floats) -> npt.NDArray[np.bool_]:
    """Points of 7 in a row have 6 steps between them, all up or all down."""
    with np.errstate(invalid="ignore"):
        steps = np.stack([np.diff(y) > 0, np.diff(y) < 0])
    marked = np.zeros(len(y), dtype=np.bool_)
    on_way = _windows(steps, RULE_LENGTH - 1)
    marked[:-1] |= on_way
    marked[1:] |= on_way
    return marked


def _two_of_three(near: npt.NDArray[np.bool_], side: npt.NDArray[np.int8]) -> npt.NDArray[np.bool_]:
    marked = np.zeros(len(near), dtype=np.bool_)
    for start in range(len(near) - 2):
        window = slice(start, start + 3)
        if near[window].sum() >= 2 and abs(int(side[window].sum())) == 3:
            marked[window] = True
    return marked
