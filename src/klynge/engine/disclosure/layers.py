"""The tables turned into problems of one shape: sums over leaves, some of them secret.

There are two kinds. A *population* layer is a denominator with its period (see `population`).
A *numerator* layer is one indicator in one period, given which denominators are hidden.

The attacker is taken to know more than he does: when he is after a numerator he knows every
denominator, leaf by leaf (population figures are public). When he is after a denominator he knows
every numerator that is published (see `joint`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from klynge.engine.cells import (
    SEXES,
    CellGrid,
    Leaves,
    Span,
    age_span,
    denominator_is_all_ages,
    within,
)
from klynge.engine.disclosure import rules
from klynge.engine.disclosure.quantities import Catalogue, Key, Spans

if TYPE_CHECKING:
    from klynge.engine.counts import LeafCounts
    from klynge.engine.disclosure.standardised import StandardFacts

PLACE_COST = {"kommune": 1.0, "klynge": 4.0, "sundhedsraad": 4.0, "region": 15.0, "land": 60.0}


@dataclass(frozen=True)
class Layer:
    """One problem for `suppress`.

    name: for progress and reports. sums (q x n, CSR) over leaves, values (q).
    secret (q): must be hidden and stay unknown. open (q): is never hidden.
    cost (q): what the reader loses when it is hidden.
    relations: sets of quantities bound by one equation.
    leaves (n): the truth; lower, upper (n): what the attacker knows each leaf to lie between.
    ranges (k x n), range_low, range_high: sums he knows within limits, because an extra (a
    standardised value) is published; range_owner (k): the number of that extra.
    extra_total (e): for each extra the quantity with which it is hidden. extra_cost (e).
    """

    name: str
    sums: sparse.csr_matrix
    values: np.ndarray
    secret: np.ndarray
    open: np.ndarray
    cost: np.ndarray
    relations: list[np.ndarray]
    leaves: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    ranges: sparse.csr_matrix | None = None
    range_low: np.ndarray = field(default_factory=lambda: np.empty(0))
    range_high: np.ndarray = field(default_factory=lambda: np.empty(0))
    range_owner: np.ndarray = field(default_factory=lambda: np.empty(0, int))
    extra_total: np.ndarray = field(default_factory=lambda: np.empty(0, int))
    extra_cost: np.ndarray = field(default_factory=lambda: np.empty(0))

    @cached_property
    def incidence(self) -> sparse.csr_matrix:
        """The relations as a matrix, relations x quantities, of zeros and ones."""
        lengths = [len(members) for members in self.relations]
        columns = np.concatenate([np.empty(0, int), *self.relations])
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(int)
        shape = (len(lengths), len(self.values))
        return sparse.csr_matrix((np.ones(len(columns), np.int32), columns, starts), shape=shape)


def counts_residents(table: Leaves) -> bool:
    """Whether the numerator is itself a part of the population in `denominator_key`, by place,
    sex and age alone (pop_folketal, pop_aldersandel)."""
    indicator = table.indicator
    by_age_alone = indicator.kind == "count" or denominator_is_all_ages(table)
    return by_age_alone and indicator.events is None and bool(table.denominator_key)


@dataclass(frozen=True)
class Shape:
    """Which quantity each cell of a grid shows, and the quantities' sums and relations."""

    cells: np.ndarray
    sums: sparse.csr_matrix
    relations: list[np.ndarray]


class Shapes:
    """The shapes of grids, each made once: most indicators have the ages of another."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Shape] = {}

    def of(self, grid: CellGrid) -> Shape:
        table = grid.table
        psychiatric = table.indicator.domain == "psykiatri"
        look = (grid.places, table.areas, tuple(table.atoms), grid.ages, psychiatric)
        if look not in self._made:
            self._made[look] = _shape(grid)
        return self._made[look]


def _shape(grid: CellGrid) -> Shape:
    table = grid.table
    catalogue = Catalogue(len(table.areas), len(table.atoms))
    ages = [spans(age_span(age, table.atoms), table.atoms) for age in grid.ages]
    cells = enter(catalogue, grid, ages)
    return Shape(cells, catalogue.matrix(), catalogue.relations())


def numerator_layer(
    table: LeafCounts,
    grid: CellGrid,
    row_is_hidden: np.ndarray,
    facts: StandardFacts | None,
    shape: Shape,
) -> tuple[Layer, np.ndarray]:
    """The layer of one indicator in one period, and the quantity that each cell shows.

    row_is_hidden: cells hidden for their denominator. facts: what standardised values tell.
    """
    cells, sums = shape.cells, shape.sums
    upper, empty = _ceiling(table, sums)
    secret = np.zeros(sums.shape[0], bool)
    np.logical_or.at(secret, cells, numerator_is_secret(table, grid) | row_is_hidden)
    values = np.rint(sums @ table.numerator.ravel()).astype(np.int64)
    layer = Layer(
        name=f"{table.indicator.code} {table.period}",
        sums=sums,
        values=values,
        secret=secret & ~empty,
        open=empty,
        cost=np.bincount(cells, losses(grid, values[cells]), minlength=len(values)),
        relations=shape.relations,
        leaves=table.numerator.ravel().astype(float),
        lower=np.zeros(table.numerator.size),
        upper=upper,
    )
    if facts is not None:
        layer = replace(
            layer,
            ranges=facts.sums,
            range_low=facts.low,
            range_high=facts.high,
            range_owner=facts.owner,
            extra_total=cells[facts.total],
            extra_cost=facts.cost,
        )
    return layer, cells


def numerator_is_secret(table: LeafCounts, grid: CellGrid) -> np.ndarray:
    """The cells whose numerator the rules keep secret."""
    persons = grid.numerator_of(table.numerator_persons)
    others = None
    if table.indicator.kind == "proportion" and table.complement_persons is not None:
        others = grid.numerator_of(table.complement_persons)
        if denominator_is_all_ages(table) and table.denominator_persons is not None:
            others = grid.denominator_of(table.denominator_persons) - persons
    return rules.numerator_is_secret(persons, others, population=counts_residents(table))


def denominator_is_secret(table: LeafCounts, grid: CellGrid) -> np.ndarray:
    """The cells whose denominator the rules keep secret."""
    if table.denominator_persons is None:
        return np.zeros(len(grid), bool)
    return rules.denominator_is_secret(grid.denominator_of(table.denominator_persons))


def _ceiling(table: LeafCounts, sums: sparse.csr_matrix) -> tuple[np.ndarray, np.ndarray]:
    """The highest each leaf can be for one who knows the denominators; and the quantities over
    nobody at all, which are 0 for everyone to see."""
    if table.denominator is None:
        return np.full(table.numerator.size, np.inf), np.zeros(sums.shape[0], bool)
    known = table.denominator.ravel().astype(float)
    empty = np.asarray(sums @ known) == 0
    if table.indicator.kind == "proportion":
        return known, empty
    return np.where(known > 0, np.inf, 0.0), empty


def enter(catalogue: Catalogue, grid: CellGrid, ages: Sequence[Spans]) -> np.ndarray:
    """Enter the cells of `grid` in the catalogue, with `ages` (in its atoms) in place of the
    grid's own; the quantity of each cell."""
    domain = "psykiatri" if grid.table.indicator.domain == "psykiatri" else "somatik"
    members = np.split(grid.place_matrix.indices, grid.place_matrix.indptr[1:-1])
    sets = [
        catalogue.area_set((int(area) for area in areas), f"{kind} {domain}")
        for (kind, _id), areas in zip(grid.places, members, strict=True)
    ]
    return np.array(
        [
            catalogue.number(Key(areas, sex, span))
            for areas in sets
            for sex in range(len(SEXES))
            for span in ages
        ],
        int,
    )


def spans(ages: Span, atoms: Sequence[Span]) -> Spans:
    """`ages` as a range of atom numbers."""
    inside = [at for at, atom in enumerate(atoms) if within(atom, ages)]
    return ((inside[0], inside[-1] + 1),)


def losses(grid: CellGrid, values: np.ndarray) -> np.ndarray:
    """What a reader loses when each cell is hidden: large places, totals and large counts cost
    more. Only the order matters: a kommune's cell of one sex and age counts about 1, the total
    of the country for everybody several hundred."""
    place = np.array([PLACE_COST.get(kind, 1.0) for kind in grid.kind])
    both_sexes = np.where(grid.sex == "all", 2.0, 1.0)
    all_ages = np.where(grid.age == "all", 2.0, 1.0)
    loss: np.ndarray = place * both_sexes * all_ages * (1.0 + 0.2 * np.log1p(values))
    return loss
