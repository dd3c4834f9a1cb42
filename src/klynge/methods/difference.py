"""Difference-in-differences: did the places that did it change otherwise than those that did not?

Each treated unit's change, from the mean of its periods before to the mean of those from its start
on, is held against the changes of the units that were never treated. With one treated unit out of
some twenty, standard errors by cluster are far too small (Conley & Taber 2011, Review of Economics
and Statistics 93:113-125). So the untreated units themselves tell how much a unit's change varies
without a cause: beyond its sampling error, by the excess variance of a random-effects model
(Paule & Mandel 1982; Ferman & Pinto 2019, Review of Economics and Statistics 101:452-467, on units
of unequal size), and the interval is the prediction interval of one more such unit (Higgins,
Thompson & Spiegelhalter 2009, JRSS A 172:137-159), with Student's t. Several starts: each unit is
compared only with the never-treated, around its own start, so that early starters are never the
comparison of late ones (Callaway & Sant'Anna 2021, Journal of Econometrics 225:200-230).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize

from klynge.methods.effects import Effect, Judge, panel
from klynge.methods.results import Floats

FEWEST_CONTROLS = 4
FEWEST_FOR_A_TREND = 3


@dataclass(frozen=True, slots=True, eq=False)
class DifferenceInDifferences:
    """The effect on the treated, and what speaks for and against believing it.

    effect: mean over the treated units and their periods from the start on.
    by_unit: the same for each treated unit, in the order given.
    times: periods from the start (0 is the first treated period); by_time: the effect at each,
    against the mean of the periods before. Those below 0 should lie around none.
    pre_trend: how much faster the treated rose or fell than the others before the start, a period;
    None with fewer than three periods before.
    controls: how many units were never treated.
    excess: standard deviation, between units, of the change beyond sampling error.
    """

    effect: Effect
    by_unit: tuple[Effect, ...]
    times: tuple[int, ...]
    by_time: tuple[Effect, ...]
    pre_trend: Effect | None
    controls: int
    excess: float


def difference_in_differences(
    values: npt.ArrayLike,
    treated_from: Sequence[int | None],
    *,
    standard_error: npt.ArrayLike | None = None,
    scale: str = "difference",
    confidence: float = 0.95,
    looks: int = 1,
) -> DifferenceInDifferences:
    """The effect of something that started in some units and never in others.

    values: (units, periods), such as rates, in time order and without gaps.
    treated_from: for each unit the position of its first treated period; None: never treated.
    standard_error: of each value, from its count; without it all units are taken as equally sure.
    scale: "difference", or "ratio" for how many times as high. looks: see `Judge.of`.

    At least 4 units must be never treated, and every treated unit needs a period before its start.
    ValueError otherwise. What it rests on: that without the start the treated would have changed
    as the others did; `pre_trend` and `by_time` below 0 are what the data can say to that.
    """
    judge = Judge.of(scale, confidence, looks)
    y, errors = judge.scaled(*panel(values, standard_error))
    starts = _checked(treated_from, y)
    comparing = _Comparing(y, errors, starts, judge)
    effect, excess = comparing.mean_of(_change)
    times = comparing.times()
    trend = None
    if min(starts.values()) >= FEWEST_FOR_A_TREND:
        trend = comparing.mean_of(_slope_before)[0]
    return DifferenceInDifferences(
        effect=effect,
        by_unit=tuple(comparing.mean_of(_change, [unit])[0] for unit in starts),
        times=times,
        by_time=tuple(comparing.at(time) for time in times),
        pre_trend=trend,
        controls=len(comparing.controls),
        excess=excess,
    )


Contrast = Callable[[int, int], Floats]
"""What of a unit's series is looked at: weights over the periods, from its start and their number.
They sum to 0, so that how high the unit lies plays no part."""


def _change(start: int, periods: int) -> Floats:
    after = np.arange(periods) >= start
    return np.where(after, 1 / (periods - start), -1 / start)


def _slope_before(start: int, periods: int) -> Floats:
    time = np.arange(start) - (start - 1) / 2
    weights = np.zeros(periods)
    weights[:start] = time / (time @ time)
    return weights


def _at(time: int) -> Contrast:
    def one_period(start: int, periods: int) -> Floats:
        weights = np.where(np.arange(periods) < start, -1 / start, 0.0)
        weights[start + time] += 1
        return weights

    return one_period


@dataclass(frozen=True, eq=False)
class _Comparing:
    y: Floats
    errors: Floats | None
    starts: dict[int, int]
    judge: Judge

    @property
    def controls(self) -> Floats:
        return np.delete(self.y, list(self.starts), axis=0)

    @property
    def control_variance(self) -> Floats:
        if self.errors is None:
            return np.zeros_like(self.controls)
        return np.asarray(np.delete(self.errors, list(self.starts), axis=0) ** 2)

    def times(self) -> tuple[int, ...]:
        """The periods around the start that at least one treated unit has."""
        periods = self.y.shape[1]
        first, last = -max(self.starts.values()), periods - 1 - min(self.starts.values())
        return tuple(range(first, last + 1))

    def at(self, time: int) -> Effect:
        periods = self.y.shape[1]
        there = [unit for unit, start in self.starts.items() if 0 <= start + time < periods]
        return self.mean_of(_at(time), there)[0]

    def mean_of(
        self, contrast: Contrast, units: Sequence[int] | None = None
    ) -> tuple[Effect, float]:
        """The mean of a contrast over treated `units` less the controls', and the excess."""
        units = list(self.starts) if units is None else units
        share, periods = 1 / len(units), self.y.shape[1]
        estimate = variance = 0.0
        drawn_on = np.zeros_like(self.controls)  # how each control's periods enter the estimate
        excess_of = np.zeros(len(self.controls))
        excesses = []
        for unit in units:
            weights = contrast(self.starts[unit], periods)
            spread, of_control = self._controls(weights)
            excesses.append(spread)
            estimate += share * float(self.y[unit] @ weights)
            estimate -= share * float(of_control @ (self.controls @ weights))
            variance += share**2 * (self._sampling(unit, weights) + spread)
            drawn_on += share * np.outer(of_control, weights)
            excess_of += share * of_control * np.sqrt(spread)
        variance += float((drawn_on**2 * self.control_variance).sum() + (excess_of**2).sum())
        effect = self.judge.effect(estimate, variance, len(self.controls) - 1)
        return effect, float(np.sqrt(np.mean(excesses)))

    def _sampling(self, unit: int, weights: Floats) -> float:
        return 0.0 if self.errors is None else float(self.errors[unit] ** 2 @ weights**2)

    def _controls(self, weights: Floats) -> tuple[float, Floats]:
        """The excess variance of the contrast between controls, and each control's weight."""
        change = self.controls @ weights
        sampling = self.control_variance @ weights**2
        spread = excess_variance(change, sampling)
        total = sampling + spread
        if not total.any():  # all controls changed exactly alike
            return 0.0, np.full(len(change), 1 / len(change))
        precision = 1 / np.maximum(total, total.max() * 1e-12)
        return spread, precision / precision.sum()


def excess_variance(values: Floats, sampling: Floats) -> float:
    """How much `values` vary beyond their sampling variances (Paule & Mandel 1982), 0 or more."""

    def surplus(spread: float) -> float:
        total = sampling + spread
        weights = 1 / total
        mean = (weights @ values) / weights.sum()
        return float((values - mean) ** 2 @ weights) - (len(values) - 1)

    observed = float(np.var(values, ddof=1))
    if observed == 0:
        return 0.0
    if not sampling.any():
        return observed
    least = max(observed, float(sampling.max())) * 1e-9
    if surplus(least) <= 0:
        return 0.0
    most = observed
    while surplus(most) > 0:
        most *= 2
    return float(optimize.brentq(surplus, least, most))


def _checked(treated_from: Sequence[int | None], y: Floats) -> dict[int, int]:
    if len(treated_from) != len(y):
        raise ValueError("treated_from must have one entry a unit")
    starts = {unit: int(start) for unit, start in enumerate(treated_from) if start is not None}
    if not starts:
        raise ValueError("at least one unit must be treated")
    if any(not 1 <= start < y.shape[1] for start in starts.values()):
        raise ValueError("every treated unit needs a period before its start and one from it on")
    if len(y) - len(starts) < FEWEST_CONTROLS:
        raise ValueError(f"at least {FEWEST_CONTROLS} units must be never treated")
    return starts
