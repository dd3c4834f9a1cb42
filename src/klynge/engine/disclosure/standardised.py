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


@dataclass(frozen=True)
class Known:
    """Sums of leaves known within limits: sums (k x leaves), low, high (k). owner (k): the number
    of the published row that tells it."""

    sums: sparse.csr_matrix
    low: np.ndarray
    high: np.ndarray
    owner: np.ndarray


def rounding_limits(values: np.ndarray, digits: int) -> tuple[np.ndarray, np.ndarray]:
    """What numbers may have been before they were rounded to so many significant digits; without
    limits where a number is not above 0."""
    told = values > 0
    safe = np.where(told, values, 1.0)
    exponent = np.floor(np.log10(safe) + _SLACK)
    half = 0.5 * 10.0 ** (exponent - digits + 1)
    is_power_of_ten = np.isclose(safe, 10.0**exponent, rtol=_SLACK, atol=0.0)
    below = np.where(is_power_of_ten, half / 10.0, half)
    return (
        np.where(told, safe - below - _SLACK * safe, -np.inf),
        np.where(told, safe + half + _SLACK * safe, np.inf),
    )


def sums_known(
    weights: sparse.csr_matrix, ends: np.ndarray, events: np.ndarray, digits: int
) -> Known:
    """The sums that published rows tell.

    weights (rows x leaves): what each leaf's count is multiplied by in the rate. ends (rows x 3):
    value, lower, upper. events (rows): the numerators.
    """
    least, most = rounding_limits(ends[:, 0], digits)
    interval = byar(events)
    smallest, largest = np.zeros(len(events)), np.full(len(events), np.inf)
    for limit, end in ((ends[:, 1], interval.lower), (ends[:, 2], interval.upper)):
        low, high = rounding_limits(limit, digits)
        away = np.asarray(end, float) - events
        told = np.isfinite(low) & (np.abs(away) >= _SLACK)
        factor = np.sqrt(events) / np.where(told, away, 1.0)
        one, other = (low - most) * factor, (high - least) * factor
        smallest = np.where(told, np.maximum(smallest, np.minimum(one, other)), smallest)
        largest = np.where(told, np.minimum(largest, np.maximum(one, other)), largest)
    told = np.flatnonzero(np.isfinite(largest))
    room = _SLACK * largest[told] ** 2
    return Known(
        sparse.vstack([weights, weights[told].power(2)], format="csr"),
        np.concatenate([least, smallest[told] ** 2 - room]),
        np.concatenate([most, largest[told] ** 2 + room]),
        np.concatenate([np.arange(len(events)), told]),
    )


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
    events = grid.numerator_of(table.numerator)[totals][counted]
    ends = np.stack([found.value, found.lower, found.upper], axis=1)[counted]
    known = sums_known(found.weights[counted], ends, events, DIGITS)
    true = known.sums @ table.numerator.ravel()
    if np.any((true < known.low) | (true > known.high)):
        raise ValueError(f"{table.indicator.code}: a standardised value is not its weighted sum")
    return StandardFacts(
        sums=known.sums,
        low=known.low,
        high=known.high,
        owner=known.owner,
        place=counted,
        total=totals[counted],
        cost=0.5 * cost[totals[counted]],
    )
