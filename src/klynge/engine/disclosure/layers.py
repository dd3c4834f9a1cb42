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
from typing import TYPE_CHECKING, Literal

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
    from klynge.engine.disclosure.earlier import Told
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
    extra_secret, extra_open (e, or empty for none): extras that must be hidden, and that cannot be.
    kept_hidden (q, or empty for none): what earlier editions hid, and none has told.
    few (q, or empty for none): whose number the rules themselves keep secret.
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
    extra_secret: np.ndarray = field(default_factory=lambda: np.empty(0, bool))
    extra_open: np.ndarray = field(default_factory=lambda: np.empty(0, bool))
    kept_hidden: np.ndarray = field(default_factory=lambda: np.empty(0, bool))
    few: np.ndarray = field(default_factory=lambda: np.empty(0, bool))

    @property
    def kept(self) -> np.ndarray:
        """The quantities that an earlier edition hid, one entry for each."""
        kept = self.kept_hidden
        return kept if len(kept) else np.zeros(len(self.values), bool)

    @cached_property
    def totals(self) -> np.ndarray:
        """The quantity of each relation that is the sum of the others: it has the most leaves.

        A few relations have more than one on either side (ages that overlap, København in two
        klynger). What `choose` then asks is a little more than need be, and hides no less.
        """
        size = np.asarray(self.sums.sum(axis=1)).ravel()
        return np.array([members[np.argmax(size[members])] for members in self.relations], int)

    @cached_property
    def doubt(self) -> np.ndarray:
        """How many other whole numbers must remain possible for each quantity."""
        few = self.few if len(self.few) else np.zeros(len(self.values), bool)
        return rules.least_doubt(few, self.sums @ (self.upper - self.lower))

    def extra_flags(self, which: Literal["secret", "open"]) -> np.ndarray:
        """Which extras are so, one entry for each."""
        flags = self.extra_secret if which == "secret" else self.extra_open
        return flags if len(flags) else np.zeros(len(self.extra_total), bool)

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
    """Which quantity each cell of a grid shows, and the quantities' sums and relations. before: the
    quantity of each cell of each earlier edition, -1 for those that do not matter."""

    cells: np.ndarray
    sums: sparse.csr_matrix
    relations: list[np.ndarray]
    before: tuple[np.ndarray, ...] = ()


class Shapes:
    """The shapes of grids, each made once: most indicators have the ages of another."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Shape] = {}

    def of(self, grid: CellGrid, told: Sequence[Told] = ()) -> Shape:
        """The shape of a grid; with what earlier editions told of cells it does not have."""
        if all(same_cells(grid, one.published.grid) for one in told):
            shape = self._of(grid)
            return replace(shape, before=(shape.cells,) * len(told))
        return _shape(grid, told)

    def _of(self, grid: CellGrid) -> Shape:
        table = grid.table
        psychiatric = table.indicator.domain == "psykiatri"
        look = (grid.places, table.areas, tuple(table.atoms), grid.ages, psychiatric)
        if look not in self._made:
            self._made[look] = _shape(grid)
        return self._made[look]


def same_cells(one: CellGrid, other: CellGrid) -> bool:
    """Whether cell by cell the two are about the same people of the same places."""
    same = one.ages == other.ages and one.table.atoms == other.table.atoms
    matrices = (one.numerator_matrix, other.denominator_matrix)
    return same and one.places == other.places and (matrices[0] != matrices[1]).nnz == 0


def _shape(grid: CellGrid, told: Sequence[Told] = ()) -> Shape:
    table = grid.table
    catalogue = Catalogue(len(table.areas), len(table.atoms))

    def own(grid: CellGrid) -> list[Spans]:
        return [spans(age_span(age, table.atoms), table.atoms) for age in grid.ages]

    cells = enter(catalogue, grid, own(grid))
    before = tuple(
        enter(
            catalogue,
            one.published.grid,
            own(one.published.grid),
            era=f"edition {number} ",
            wanted=one.standing | one.hidden | one.near,
        )
        for number, one in enumerate(told)
    )
    return Shape(cells, catalogue.matrix(), catalogue.relations(), before)


def numerator_layer(
    table: LeafCounts,
    grid: CellGrid,
    row_is_hidden: np.ndarray,
    facts: StandardFacts | None,
    shape: Shape,
    told: Sequence[Told] = (),
) -> tuple[Layer, np.ndarray]:
    """The layer of one indicator in one period, and the quantity that each cell shows.

    row_is_hidden: cells hidden for their denominator. facts: what standardised values tell. told:
    what earlier editions have, in the order of `shape.before`.
    """
    cells, sums = shape.cells, shape.sums
    upper, empty = _ceiling(table, sums)
    secret, few = np.zeros(sums.shape[0], bool), np.zeros(sums.shape[0], bool)
    np.logical_or.at(few, cells, numerator_is_secret(table, grid))
    np.logical_or.at(secret, cells, row_is_hidden)
    secret |= few
    known, kept = np.zeros(sums.shape[0], bool), np.zeros(sums.shape[0], bool)
    for quantities, one in zip(shape.before, told, strict=True):
        known[quantities[one.standing]] = True
        kept[quantities[one.hidden]] = True
        secret[quantities[one.hidden | one.near]] = True
    values = np.rint(sums @ table.numerator.ravel()).astype(np.int64)
    if told:
        upper = without_known_zeros(upper, sums[np.flatnonzero(known & (values == 0))])
        empty = empty | (np.asarray(sums @ np.minimum(upper, 1.0)) == 0)
    layer = Layer(
        name=f"{table.indicator.code} {table.period}",
        sums=sums,
        values=values,
        secret=secret & ~empty & ~known,
        open=empty | known,
        cost=np.bincount(cells, losses(grid, values[cells]), minlength=len(values)),
        relations=shape.relations,
        leaves=table.numerator.ravel().astype(float),
        lower=np.zeros(table.numerator.size),
        upper=upper,
        kept_hidden=kept & ~known,
        few=few,
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


def without_known_zeros(upper: np.ndarray, sums: sparse.csr_matrix) -> np.ndarray:
    """`upper` with 0 for every leaf of `sums`, which an earlier edition showed to be 0."""
    nobody = np.asarray(sums.sum(axis=0)).ravel() > 0
    return np.where(nobody, 0.0, upper)


def enter(
    catalogue: Catalogue,
    grid: CellGrid,
    ages: Sequence[Spans],
    *,
    era: str = "",
    wanted: np.ndarray | None = None,
) -> np.ndarray:
    """Enter the cells of `grid` in the catalogue, with `ages` (in its atoms) in place of the
    grid's own; the quantity of each cell.

    era: tells places of another division of the country apart from those of today. wanted (cells):
    those to enter, all when None; the others get -1.
    """
    domain = "psykiatri" if grid.table.indicator.domain == "psykiatri" else "somatik"
    members = np.split(grid.place_matrix.indices, grid.place_matrix.indptr[1:-1])
    sets = [
        catalogue.area_set((int(area) for area in areas), f"{era}{kind} {domain}")
        for (kind, _id), areas in zip(grid.places, members, strict=True)
    ]
    keys = (Key(areas, sex, span) for areas in sets for sex in range(len(SEXES)) for span in ages)
    if wanted is None:
        return np.array([catalogue.number(key) for key in keys], int)
    asked = zip(keys, wanted, strict=True)
    return np.array([catalogue.number(key) if is_wanted else -1 for key, is_wanted in asked], int)


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
