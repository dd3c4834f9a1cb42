"""Limits for a funnel plot: how far from the baseline chance alone takes a place of its size."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy import special

from klynge.methods import checking
from klynge.methods.results import Floats, FunnelLimits

INNER, OUTER = 0.95, 0.998
KINDS = ("proportion", "rate", "ratio")


def funnel_limits(
    denominator: npt.ArrayLike,
    baseline: float | None = None,
    *,
    kind: str,
    per: float = 1,
) -> FunnelLimits:
    """95 % and 99.8 % limits around `baseline` for places with these denominators.

    kind: "proportion" (denominator: persons; baseline: the share times per), "rate" (persons or
    person-time; the rate per `per`) or "ratio" (expected events; 1 times per, also when left out).

    A value outside the limits is one whose own interval does not hold the baseline: Wilson's for a
    proportion, which gives baseline ± z·sqrt(p(1-p)/n) cut off at none and all; the exact Poisson
    interval for rates and ratios, whose limits solve for the count whose limit the expected is.
    A denominator of 0 gives not-a-number.
    """
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}")
    n = checking.counts("denominator", denominator)
    scale = checking.per_is_positive(per)
    if baseline is None and kind != "ratio":
        raise ValueError(f"baseline must be given for a {kind}")
    level = 1.0 if baseline is None else float(checking.counts("baseline", baseline)) / scale
    if kind == "proportion" and level > 1:
        raise ValueError("baseline must not be larger than per")
    limits: Callable[[Floats, float, float], tuple[Floats, Floats]]
    limits = _share_limits if kind == "proportion" else _poisson_limits
    sized = np.where(n > 0, n, np.nan)
    inner, outer = limits(sized, level, INNER), limits(sized, level, OUTER)
    lines = (np.full_like(sized, level), *inner, *outer)
    return FunnelLimits(*(checking.as_given(line * scale) for line in lines))


def _share_limits(n: Floats, p: float, confidence: float) -> tuple[Floats, Floats]:
    half = checking.z_of(confidence) * np.sqrt(p * (1 - p) / n)
    return np.maximum(p - half, 0), np.minimum(p + half, 1)


def _poisson_limits(n: Floats, level: float, confidence: float) -> tuple[Floats, Floats]:
    """The counts, whole or not, whose exact lower or upper limit is what is expected."""
    tail = (1 - confidence) / 2
    expected = n * level
    # chdtriv(p, x): the degrees of freedom with probability p up to x.
    low = np.maximum(special.chdtriv(1 - tail, 2 * expected) / 2 - 1, 0)
    high = special.chdtriv(tail, 2 * expected) / 2
    nothing = expected == 0
    return np.where(nothing, 0.0, low / n), np.where(nothing, 0.0, high / n)
