"""Age-sex-standardised values: what a place would have with Denmark's sex and age composition.

Directly standardised over sex x five-year bands, cut at the ages the indicator is about. Weights:
Denmark on 1 January 2025; a band that the ages cut takes its share of its years. A band where a
place has nobody is left out and the rest of the weight scaled up; carries it more than 5 %, or are
there fewer than 10 events, the value is not counted. Interval: Dobson's method.

Value and limits are rounded to three significant digits, because an unrounded one together with
the crude counts would tell the counts it is made of.
Source: Dobson, Kuulasmaa, Eberle & Scherer (1991), Statistics in Medicine 10(3), 457-462.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy import sparse

from klynge import methods
from klynge.engine.counts import SEXES, LeafCounts
from klynge.engine.indicators.ages import OLDEST, Atom, end

if TYPE_CHECKING:
    from klynge.engine.cells import CellGrid

Numbers = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

DIGITS = 3
"""Significant digits of a published standardised value."""

FEWEST_EVENTS = 10
LARGEST_EMPTY_WEIGHT = 0.05
_FILE = Path(__file__).with_name("standard_population.csv")


@dataclass(frozen=True, eq=False)
class Standardised:
    """The standardised values of one table, one a place (both sexes, all ages).

    kind, place: which place. offered: the indicator is standardised for this kind of place.
    counted: it could be counted. Where it is, `value` is `weights @ numerator.ravel()` rounded to
    DIGITS significant digits, and (lower, upper) its 95 % interval, rounded likewise; elsewhere
    they are not-a-number and the row of weights is empty.
    weights: places x leaves; leaves in the order of `numerator.ravel()`.
    """

    kind: npt.NDArray[np.str_]
    place: npt.NDArray[np.str_]
    weights: sparse.csr_matrix
    value: Numbers
    lower: Numbers
    upper: Numbers
    offered: Mask
    counted: Mask


def standardised(table: LeafCounts, grid: CellGrid) -> Standardised | None:
    """The standardised values of `table`; None when the indicator has none."""
    indicator = table.indicator
    if not indicator.standardised_at or table.denominator is None:
        return None
    bands, standard = strata(table.atoms)
    events = _of_places(grid, table.numerator) @ bands
    people = _of_places(grid, table.denominator) @ bands
    used = np.where(people > 0, standard, 0.0)
    empty = 1 - used.sum(axis=1) / standard.sum()
    kinds = np.array([kind for kind, _place in grid.places])
    offered = np.isin(kinds, indicator.standardised_at)
    enough = (events.sum(axis=1) >= FEWEST_EVENTS) & (empty <= LARGEST_EMPTY_WEIGHT)
    counted = offered & enough
    value, lower, upper = _rates(events, people, standard, counted, indicator.per)
    return Standardised(
        kind=kinds,
        place=np.array([place for _kind, place in grid.places]),
        weights=_weights(grid, bands, people, used, counted, indicator.per),
        value=value,
        lower=lower,
        upper=upper,
        offered=offered,
        counted=counted,
    )


def strata(atoms: tuple[Atom, ...]) -> tuple[Numbers, Numbers]:
    """Which leaf of one area lies in which stratum (sex, five-year band), and the standard
    population of each stratum.

    The first is a matrix of zeros and ones, (2 sexes x atoms) x strata.
    """
    table = standard_population()
    low, high = atoms[0][0], end(atoms[-1])
    columns, standard = [], []
    for (sex, band), people in table.items():
        inside = _share_inside(band, (low, high))
        if inside > 0:
            columns.append(
                [sex == leaf_sex and _is_in(atom, band) for leaf_sex in SEXES for atom in atoms]
            )
            standard.append(people * inside)
    return np.array(columns, np.float64).T, np.array(standard, np.float64)


@cache
def standard_population() -> dict[tuple[str, Atom], int]:
    """Denmark on 1 January 2025: people by sex and five-year band, the last one open."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {
        (row["sex"], (int(row["from_age"]), int(row["to_age"]) if row["to_age"] else None)): int(
            row["population"]
        )
        for row in rows
    }


def rounded(values: Numbers) -> Numbers:
    """Each value to DIGITS significant digits; not-a-number stays."""
    return np.array([float(f"{value:.{DIGITS}g}") for value in values], np.float64)


def _of_places(grid: CellGrid, leaves: npt.NDArray[np.int64]) -> Numbers:
    """Leaf counts of one area added up to places: places x (2 sexes x atoms)."""
    by_area = leaves.reshape(leaves.shape[0], -1).astype(np.float64)
    return np.asarray(grid.place_matrix @ by_area)


def _rates(
    events: Numbers, people: Numbers, standard: Numbers, counted: Mask, per: int
) -> tuple[Numbers, Numbers, Numbers]:
    """Value and limits, rounded; not-a-number where not counted."""
    ends = [np.full(len(counted), np.nan) for _end in range(3)]
    rate = methods.directly_standardised_rate(
        events[counted], people[counted], standard, per=per, fewest=FEWEST_EVENTS
    )
    for into, given in zip(ends, (rate.value, rate.lower, rate.upper), strict=True):
        into[counted] = rounded(np.asarray(given, np.float64))
    return ends[0], ends[1], ends[2]


def _weights(
    grid: CellGrid, bands: Numbers, people: Numbers, used: Numbers, counted: Mask, per: int
) -> sparse.csr_matrix:
    """What each leaf's count is multiplied by: per x share of the standard / people there."""
    share = used / np.maximum(used.sum(axis=1, keepdims=True), 1)
    each = per * share / np.maximum(people, 1)
    by_leaf_of_area = (each * counted[:, None]) @ bands.T
    # One entry for each area of a place and each leaf of an area.
    places, leaves = sparse.coo_matrix(grid.place_matrix), by_leaf_of_area.shape[1]
    columns = places.col.astype(np.int64)[:, None] * leaves + np.arange(leaves)[None, :]
    values = by_leaf_of_area[places.row] * places.data[:, None]
    shape = (len(counted), grid.place_matrix.shape[1] * leaves)
    told = values.ravel() != 0
    weights: sparse.csr_matrix = sparse.csr_matrix(
        (values.ravel()[told], (np.repeat(places.row, leaves)[told], columns.ravel()[told])),
        shape=shape,
    )
    return weights


def _share_inside(band: Atom, ages: tuple[int, int]) -> float:
    """How much of a band lies within the ages. The open band is never cut in part."""
    low, high = max(band[0], ages[0]), min(end(band), ages[1])
    if band[1] is None:
        return 1.0 if ages[1] >= OLDEST else 0.0
    return max(0, high - low + 1) / (band[1] - band[0] + 1)


def _is_in(atom: Atom, band: Atom) -> bool:
    return band[0] <= atom[0] and end(atom) <= end(band)
