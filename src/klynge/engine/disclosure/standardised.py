"""What a published standardised value tells of the counts behind it.

A directly standardised rate is a weighted sum of the numerators of the strata (sex x age atom);
the weights are the standard population's over the place's own, which the attacker knows. Rounded
to a few digits it still says that this sum lies within half a unit of the last digit. Its interval
says more: after Dobson the limits are

    rate + sqrt(variance / events) * (byar(events) - events)

and variance is another weighted sum of the same numerators, with the weights squared. So each
published standardised row is up to two sums known within limits.
Source: Dobson, Kuulasmaa, Eberle & Scherer (1991), Statistics in Medicine 10(3), 457-462.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from klynge.engine.standardise import DIGITS
from klynge.methods import byar

if TYPE_CHECKING:
    from klynge.engine.cells import CellGrid
    from klynge.engine.counts import LeafCounts
    from klynge.engine.standardise import Standardised

Known = tuple[sparse.csr_matrix, float, float]

_SLACK = 1e-9
"""Far below half a unit of the last published digit, far above the error of the arithmetic."""


@dataclass(frozen=True)
class StandardFacts:
    """Sums of leaves known within limits because standardised rows are published.

    sums (k x leaves, CSR), low, high (k). owner (k): which row tells it, by number. For each row:
    place (its number in the grid), total (the cell it is hidden with), cost (what is lost).
    """

    sums: sparse.csr_matrix
    low: np.ndarray
    high: np.ndarray
    owner: np.ndarray
    place: np.ndarray
    total: np.ndarray
    cost: np.ndarray


def rounding_limits(value: float, digits: int) -> tuple[float, float]:
    """What a number may have been before it was rounded to so many significant digits."""
    if value <= 0:
        return -np.inf, np.inf
    exponent = np.floor(np.log10(value) + _SLACK)
    half = 0.5 * 10.0 ** (exponent - digits + 1)
    is_power_of_ten = bool(np.isclose(value, 10.0**exponent, rtol=_SLACK))
    below = half / 10.0 if is_power_of_ten else half
    return value - below - _SLACK * value, value + half + _SLACK * value


def sums_known(
    weights: sparse.csr_matrix, value: float, lower: float, upper: float, events: int, digits: int
) -> list[Known]:
    """The sums that one published row tells: weights over leaves, least, most.

    weights: what each leaf's count is multiplied by in the rate (one row). events: the numerator.
    """
    least, most = rounding_limits(value, digits)
    known = [(weights, least, most)]
    ends = byar(events)
    roots: list[tuple[float, float]] = []
    for limit, end in ((lower, float(ends.lower)), (upper, float(ends.upper))):
        low, high = rounding_limits(limit, digits)
        if not np.isfinite(low) or abs(end - events) < _SLACK:
            continue
        factor = np.sqrt(events) / (end - events)
        both = sorted(((low - most) * factor, (high - least) * factor))
        roots.append((both[0], both[1]))
    if roots:
        smallest = max(0.0, *(low for low, _high in roots))
        largest = min(high for _low, high in roots)
        room = _SLACK * largest**2
        known.append((weights.power(2), smallest**2 - room, largest**2 + room))
    return known


def standard_facts(
    table: LeafCounts, grid: CellGrid, found: Standardised, cost: np.ndarray
) -> StandardFacts | None:
    """What the standardised rows of a table would tell if all were published; None without any.

    cost: what is lost with each of the grid's cells; a standardised row is worth half its total.
    Raises ValueError when a value is not the weighted sum of counts it is said to be: then nobody
    knows what it tells.
    """
    totals = grid.totals()
    counted = np.flatnonzero(found.counted)
    if not len(counted):
        return None
    events, leaves = grid.numerator_of(table.numerator)[totals], table.numerator.ravel()
    owner: list[int] = []
    known: list[Known] = []
    for at, place in enumerate(counted):
        ends = (found.value[place], found.lower[place], found.upper[place])
        sums = sums_known(found.weights[[place]], *ends, int(events[place]), DIGITS)
        if not all(low <= float((row @ leaves)[0]) <= high for row, low, high in sums):
            raise ValueError(
                f"{table.indicator.code}: a standardised value is not its weighted sum"
            )
        known.extend(sums)
        owner.extend([at] * len(sums))
    return StandardFacts(
        sums=sparse.vstack([weights for weights, _low, _high in known], format="csr"),
        low=np.array([low for _weights, low, _high in known]),
        high=np.array([high for _weights, _low, high in known]),
        owner=np.array(owner, int),
        place=counted,
        total=totals[counted],
        cost=0.5 * cost[totals[counted]],
    )
