"""A denominator with its period: one population, protected once for every indicator that shows it.

Every indicator that divides by the residents of 1 January 2024 shows the same quantities, each at
its own ages. Hidden in one and shown in another would be no protection, and two ages nested in
each other tell the ages between them (18+ and 30+ tell 18-29). So they are one table over the
union of all cells. `pop_folketal` and `pop_aldersandel` count those same residents: their
numerators belong to the population too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from klynge.engine.cells import (
    CellGrid,
    Span,
    age_span,
    denominator_is_all_ages,
    first_and_end,
    spans_of,
)
from klynge.engine.disclosure import rules
from klynge.engine.disclosure.layers import (
    Layer,
    counts_residents,
    enter,
    losses,
    spans,
)
from klynge.engine.disclosure.quantities import Catalogue, Key

if TYPE_CHECKING:
    from klynge.engine.counts import LeafCounts
    from klynge.engine.disclosure.earlier import Told


@dataclass(frozen=True)
class Population:
    """A population layer, and which quantity each cell of each table shows.

    denominators, numerators: table number -> quantity of each cell (numerators only of tables
    that count the residents themselves). atoms: the ages of the layer's leaves.
    """

    layer: Layer
    denominators: dict[int, np.ndarray]
    numerators: dict[int, np.ndarray]
    atoms: list[Span]


def population_layer(
    name: str,
    tables: Mapping[int, LeafCounts],
    grids: Mapping[int, CellGrid],
    told: Mapping[int, Sequence[Told]] | None = None,
) -> Population:
    """The layer of all `tables` (by number) with one denominator_key and period; told: what earlier
    editions have of each.

    Raises ValueError when they disagree on the population they are said to share.
    """
    atoms, leaves, persons = in_common(list(tables.values()))
    catalogue = Catalogue(leaves.shape[0], len(atoms))
    shown = _enter_all(catalogue, atoms, tables, grids)
    known, hidden = _enter_told(catalogue, atoms, tables, told or {})
    cost = _cost(len(catalogue), shown, tables, grids)
    _add_unshown(catalogue, shown, persons)
    sums = catalogue.matrix()
    values = np.rint(sums @ leaves.ravel()).astype(np.int64)
    few = rules.denominator_is_secret(sums @ persons.ravel())
    secret = few.copy()
    secret[hidden] = True
    kept = np.zeros(len(values), bool)
    kept[hidden] = True
    is_open = values == 0
    is_open[known] = True
    layer = Layer(
        name=name,
        sums=sums,
        values=values,
        secret=secret & ~is_open,
        open=is_open,
        cost=np.concatenate([cost, np.zeros(len(catalogue) - len(cost))]),
        relations=catalogue.relations(),
        leaves=leaves.ravel().astype(float),
        lower=np.zeros(leaves.size),
        upper=np.full(leaves.size, np.inf),
        kept_hidden=kept & ~is_open,
        few=few,
    )
    return Population(layer, *shown, atoms)


def _enter_all(
    catalogue: Catalogue,
    atoms: Sequence[Span],
    tables: Mapping[int, LeafCounts],
    grids: Mapping[int, CellGrid],
) -> tuple[dict[int, np.ndarray], dict[int, np.ndarray]]:
    denominators: dict[int, np.ndarray] = {}
    numerators: dict[int, np.ndarray] = {}
    for at, table in tables.items():
        own = [spans(age_span(age, table.atoms), atoms) for age in grids[at].ages]
        if counts_residents(table):
            numerators[at] = enter(catalogue, grids[at], own)
        if table.denominator is not None:
            whole = spans((table.atoms[0][0], table.atoms[-1][1]), atoms)
            ages = [whole] * len(own) if denominator_is_all_ages(table) else own
            denominators[at] = enter(catalogue, grids[at], ages)
    return denominators, numerators


def _enter_told(
    catalogue: Catalogue,
    atoms: Sequence[Span],
    tables: Mapping[int, LeafCounts],
    told: Mapping[int, Sequence[Told]],
) -> tuple[np.ndarray, np.ndarray]:
    """Enter what earlier editions have: the quantities they showed that are still as they were, and
    those they hid. A hidden row hides its population only where the row is about nothing else."""
    known, hidden = [np.empty(0, int)], [np.empty(0, int)]
    for at, number, one in ((at, n, one) for at, own in told.items() for n, one in enumerate(own)):
        table, grid, era = tables[at], one.published.grid, f"edition {number} "
        own = [spans(age_span(age, table.atoms), atoms) for age in grid.ages]
        if counts_residents(table):
            wanted = one.standing | one.hidden
            quantities = enter(catalogue, grid, own, era=era, wanted=wanted)
            known.append(quantities[one.standing])
            hidden.append(quantities[one.hidden])
        if table.denominator is not None:
            whole = spans((table.atoms[0][0], table.atoms[-1][1]), atoms)
            ages = [whole] * len(own) if denominator_is_all_ages(table) else own
            quantities = enter(catalogue, grid, ages, era=era, wanted=one.denominators)
            known.append(quantities[one.denominators])
    return np.concatenate(known), np.concatenate(hidden)


def _cost(
    size: int,
    shown: tuple[dict[int, np.ndarray], dict[int, np.ndarray]],
    tables: Mapping[int, LeafCounts],
    grids: Mapping[int, CellGrid],
) -> np.ndarray:
    """A hidden quantity takes with it every row that shows it."""
    cost = np.zeros(size)
    for cells in shown:
        for at, quantities in cells.items():
            values = grids[at].numerator_of(tables[at].numerator)
            np.add.at(cost, quantities, losses(grids[at], values))
    return cost


def _add_unshown(
    catalogue: Catalogue,
    shown: tuple[dict[int, np.ndarray], dict[int, np.ndarray]],
    persons: np.ndarray,
) -> None:
    """Enter what no row shows but rows together tell, where it is 1-4 persons.

    The ages between two neighbouring age limits (18-29 from 18+ and 30+), and those of a place
    who are not in the age group a share is about (0-64 from all and 65+).
    """
    told = dict.fromkeys([*_between_limits(catalogue), *_beside(catalogue, shown)])
    unshown = Catalogue.like(catalogue)
    for key in told:
        if catalogue.find(key) is None:
            unshown.number(key)
    few = rules.too_few(unshown.matrix() @ persons.ravel())
    for key, is_few in zip(unshown.keys, few, strict=True):
        if is_few:
            catalogue.number(key)


def _between_limits(catalogue: Catalogue) -> Iterator[Key]:
    limits: dict[tuple[int, int], set[int]] = {}
    for key in catalogue.keys:
        here = limits.setdefault((key.areas, key.sex), set())
        here.update(limit for span in key.ages for limit in span)
    for (areas, sex), here in limits.items():
        for span in pairwise(sorted(here)):
            yield Key(areas, sex, (span,))


def _beside(
    catalogue: Catalogue, shown: tuple[dict[int, np.ndarray], dict[int, np.ndarray]]
) -> Iterator[Key]:
    denominators, numerators = shown
    for at in denominators.keys() & numerators.keys():
        for whole, part in zip(denominators[at], numerators[at], strict=True):
            key = catalogue.keys[whole]
            (outer,), (inner,) = key.ages, catalogue.keys[part].ages
            both = ((outer[0], inner[0]), (inner[1], outer[1]))
            rest = tuple(span for span in both if span[0] < span[1])
            if rest:
                yield Key(key.areas, key.sex, rest)


def in_common(
    tables: Sequence[LeafCounts],
) -> tuple[list[Span], np.ndarray, np.ndarray]:
    """The population on the finest atoms that the tables' own make together: atoms, counts and
    persons (areas x sexes x atoms)."""
    counts = [_population_of(table) for table in tables]
    above = [_above(tables, [count[which] for count in counts]) for which in (0, 1)]
    ends = sorted(above[0])
    atoms = spans_of(ends)
    both = [np.stack([a[low] - a[high] for low, high in pairwise(ends)], axis=2) for a in above]
    if min(part.min() for part in both) < 0:
        raise ValueError("tables with the same denominator_key do not have the same population")
    return atoms, both[0], both[1]


def _population_of(table: LeafCounts) -> tuple[np.ndarray, np.ndarray]:
    if table.denominator is None:
        return table.numerator, table.numerator_persons
    persons = table.denominator if table.denominator_persons is None else table.denominator_persons
    return table.denominator, persons


def _above(tables: Sequence[LeafCounts], counts: Sequence[np.ndarray]) -> dict[int, np.ndarray]:
    """For each age limit in use, how many are of that age or older (areas x sexes)."""
    above: dict[int, np.ndarray] = {}
    waiting = list(zip(tables, counts, strict=True))
    waiting.sort(key=lambda pair: pair[0].atoms[-1][1] is not None)
    while waiting:
        table, count = next(
            (pair for pair in waiting if not above or above.keys() & _ends(pair[0])), (None, None)
        )
        if table is None or count is None:
            raise ValueError("tables with the same denominator_key meet at no age limit")
        waiting = [pair for pair in waiting if pair[0] is not table]
        own = _from_the_top(table.atoms, count)
        met = above.keys() & own.keys()
        shift = above[min(met)] - own[min(met)] if met else 0
        for end, number in own.items():
            if end in above and not np.array_equal(above[end], number + shift):
                raise ValueError("tables with the same denominator_key differ in their population")
            above[end] = number + shift
    return above


def _ends(table: LeafCounts) -> set[int]:
    return {end for atom in table.atoms for end in first_and_end(atom)}


def _from_the_top(atoms: Sequence[Span], count: np.ndarray) -> dict[int, np.ndarray]:
    own = {first_and_end(atoms[-1])[1]: np.zeros(count.shape[:2], np.int64)}
    for at in range(len(atoms) - 1, -1, -1):
        low, high = first_and_end(atoms[at])
        own[low] = own[high] + count[:, :, at]
    return own
