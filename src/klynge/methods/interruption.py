"""Interrupted time series: did one place's own series leave its course?

Segmented regression (Bernal, Cummins & Gasparrini 2017, International Journal of Epidemiology
46:348-355): a line through time, a change of level and of slope at the start, harmonics for the
season, and errors that hang together with the last period's (AR(1)), estimated by restricted
maximum likelihood, which keeps its level best in short series (Turner et al. 2021, BMC Medical
Research Methodology 21:181).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize

from klynge.methods import checking
from klynge.methods.effects import Effect, Judge
from klynge.methods.results import Floats

FEWEST_AFTER = 3
SPARE = 3
"""Points there must be beyond the numbers that are estimated."""


@dataclass(frozen=True, slots=True, eq=False)
class InterruptedTimeSeries:
    """What the series did at the start, against going on as before.

    effect: mean over the periods from the start on. level: the leap at the start; slope: how much
    faster it rises or falls a period afterwards, None when no change of slope was asked for.
    fitted: the model. without: as it would have gone on. Both in the unit of the values, one entry
    a period. autocorrelation: between one period's error and the next, -1 to 1.
    trend_before: the slope a period before the start.
    """

    effect: Effect
    level: Effect
    slope: Effect | None
    trend_before: Effect
    fitted: Floats
    without: Floats
    autocorrelation: float


def interrupted_time_series(
    values: npt.ArrayLike,
    start: int,
    *,
    season: int = 0,
    slope: bool = True,
    scale: str = "difference",
    confidence: float = 0.95,
    looks: int = 1,
) -> InterruptedTimeSeries:
    """What happened to one series at position `start`.

    values: in time order, evenly spaced and without gaps.
    season: periods a year (12 for months, 4 for quarters); 0: no season.
    slope: whether the slope may change too. scale: "difference", or "ratio" for times as high.

    ValueError when there are too few points: 3 from the start on, and before it 3 more than the
    numbers that the course before needs. What it rests on: that nothing else happened at the start.
    """
    judge = Judge.of(scale, confidence, looks)
    y, _none = judge.scaled(checking.series("values", values), None)
    design = _design(len(y), start, season, slope)
    _check(len(y), start, design.shape[1], 2 if slope else 1)
    found = _fit(y, design)
    after = np.arange(len(y)) >= start
    steps = np.zeros(design.shape[1])
    steps[2] = 1
    if slope:
        steps[3] = float(np.mean(np.arange(len(y))[after] - start))
    changes = [2, 3] if slope else [2]
    course = np.delete(design, changes, axis=1) @ np.delete(found.values, changes)
    back = np.exp if scale == "ratio" else np.asarray
    return InterruptedTimeSeries(
        effect=found.effect(steps, judge),
        level=found.effect(_unit(design.shape[1], 2), judge),
        slope=found.effect(_unit(design.shape[1], 3), judge) if slope else None,
        trend_before=found.effect(_unit(design.shape[1], 1), judge),
        fitted=back(design @ found.values),
        without=back(course),
        autocorrelation=found.rho,
    )


@dataclass(frozen=True, eq=False)
class _Fit:
    values: Floats
    covariance: Floats
    freedom: float
    rho: float

    def effect(self, weights: Floats, judge: Judge) -> Effect:
        variance = max(float(weights @ self.covariance @ weights), 0.0)
        return judge.effect(float(weights @ self.values), variance, self.freedom)


def _design(points: int, start: int, season: int, slope: bool) -> Floats:
    """Constant, time, change of level, change of slope, harmonics: a column each."""
    if season < 0 or season == 1:
        raise ValueError("season must be 0 (none) or the number of periods a year")
    time = np.arange(points, dtype=np.float64)
    after = (time >= start).astype(np.float64)
    columns = [np.ones(points), time, after]
    if slope:
        columns.append(after * (time - start))
    for wave in range(1, min(2, season // 2) + 1):
        angle = 2 * math.pi * wave * time / season
        columns.append(np.cos(angle))
        if 2 * wave != season:
            columns.append(np.sin(angle))
    return np.column_stack(columns)


def _check(points: int, start: int, columns: int, changes: int) -> None:
    before = columns - changes + SPARE
    if start < before or points - start < FEWEST_AFTER:
        raise ValueError(
            f"too few points: at least {before} before the start and {FEWEST_AFTER} from it on"
        )


def _fit(y: Floats, design: Floats) -> _Fit:
    """Generalised least squares with AR(1) errors, rho by restricted maximum likelihood."""
    found = optimize.minimize_scalar(
        lambda rho: _lack(y, design, rho), bounds=(-0.9, 0.95), method="bounded"
    )
    rho = float(found.x)
    values, inverse, residual = _least_squares(y, design, rho)
    spare = len(y) - design.shape[1]
    # Errors that hang together tell less: the size of an independent series that tells as much
    # (Bence 1995, Ecology 76:628-639) makes up for rho being estimated.
    worth = len(y) * min(1.0, (1 - rho) / (1 + rho))
    freedom = max(worth - design.shape[1], 2.0)
    return _Fit(values, inverse * residual / spare, freedom, rho)


def _lack(y: Floats, design: Floats, rho: float) -> float:
    """Minus twice the restricted log-likelihood, but for a constant."""
    _values, inverse, residual = _least_squares(y, design, rho)
    freedom = len(y) - design.shape[1]
    _sign, logdet = np.linalg.slogdet(inverse)
    tiny = np.finfo(np.float64).tiny
    return float(freedom * math.log(max(residual, tiny)) - logdet - math.log(1 - rho**2))


def _least_squares(y: Floats, design: Floats, rho: float) -> tuple[Floats, Floats, float]:
    """Estimates, (X'X)^-1 and the residual sum of squares of the series made independent."""
    flat, columns = _whitened(y[:, None], rho)[:, 0], _whitened(design, rho)
    inverse: Floats = np.linalg.inv(columns.T @ columns).astype(np.float64)
    values: Floats = inverse @ columns.T @ flat
    return values, inverse, float(((flat - columns @ values) ** 2).sum())


def _whitened(columns: Floats, rho: float) -> Floats:
    first = math.sqrt(1 - rho**2) * columns[:1]
    return np.concatenate([first, columns[1:] - rho * columns[:-1]])


def _unit(size: int, at: int) -> Floats:
    weights = np.zeros(size)
    weights[at] = 1
    return weights
