"""The attack on the years' tables and the cells by education at once.

The unknowns are the leaves of both: areas x sexes x ages, and areas x levels. They are tied in
every area: the four levels together are the people of both sexes at the ages told. A hidden
number of either falls out when every pair of leaves that agrees with all that is shown gives the
same whole number. Only what the rows by education help to find is told here; the rest is `audit`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from klynge.engine.cells import LEAF_SEXES, Span, kron, within
from klynge.engine.disclosure import rules
from klynge.engine.disclosure.attack import Facts, NoSuchCounts, Recovered, attack
from klynge.engine.disclosure.audit import Population, doubt_of, known_limits, most_of_each
from klynge.engine.disclosure.education import EducationGrid, ProtectedEducation
from klynge.engine.disclosure.published import UNKNOWN, Published
from klynge.engine.education import LEVELS

Worlds = tuple[np.ndarray, ...]
"""Leaves of both, one after the other, that agree with everything shown."""


@dataclass(frozen=True, eq=False)
class Shown:
    """The finished rows by education of one table: the numbers of each cell, -1 where hidden."""

    grid: EducationGrid
    numerator: np.ndarray
    denominator: np.ndarray


@dataclass(frozen=True)
class Fallen:
    """A hidden number that falls out. by: the cells by education among the facts that tell it.

    cell: of the years' table when of_year, else by education; -1 when it is not known which.
    """

    cell: int
    of_year: bool
    by: tuple[tuple[int, int], ...]


def attack_numerators(
    table: Published, shown: Shown, known: ProtectedEducation, truth: np.ndarray | None
) -> tuple[list[Fallen], Worlds]:
    """What falls out of the numerators of a table and its cells by education, and the worlds that
    prove the rest safe. Fallen.by: (0, cell).

    known: of it the denominators are read, and its witnesses, which are checked and only save time,
    as is `truth`, the leaves of the years' table.
    """
    counts, year = known.counts, table.grid.numerator_matrix.astype(float)
    own, most = shown.grid.matrix(), most_of_each(table)
    people = counts.denominator.sum(axis=2).astype(float).ravel()
    highest = people
    if counts.indicator.kind != "proportion":
        highest = np.where(people > 0, np.inf, 0.0)
    seen, told = np.flatnonzero(~table.hidden), np.flatnonzero(shown.numerator != UNKNOWN)
    ties = _ties(table.about.atoms, [(counts.atoms[0][0], counts.atoms[-1][1])], len(counts.areas))
    limits = known_limits(table)
    facts = _facts(
        (year[seen], table.numerator[seen], most),
        (own[told], shown.numerator[told], highest),
        ties,
        (limits.sums, limits.low, limits.high),
    )
    lost = np.flatnonzero(table.hidden & (year @ np.minimum(most, 1.0) > 0))
    secret = (shown.numerator == UNKNOWN) & ~known.withheld
    hidden = np.flatnonzero(secret & (own @ np.minimum(highest, 1.0) > 0))
    goals = sparse.block_diag([year[lost], own[hidden]], format="csr")
    if not len(told):
        return [], ()
    witnesses = list(known.worlds)
    if truth is not None:
        witnesses += [np.concatenate([truth, each]) for each in known.witnesses]
    doubt = np.concatenate(
        [
            doubt_of(table, lost, year[lost] @ most),
            rules.least_doubt(known.few[hidden], own[hidden] @ highest),
        ]
    )
    found, used = _found(facts, goals, witnesses, doubt)
    cells = [*((int(at), True) for at in lost), *((int(at), False) for at in hidden)]
    fallen = [
        Fallen(*cells[one.target], by)
        for one in found
        if (by := tuple((0, int(told[row - len(seen)])) for row in one.rows if row >= len(seen)))
    ]
    return fallen, used


def attack_denominators(
    population: Population, shown: Sequence[Shown], known: Sequence[ProtectedEducation],
    atoms: Sequence[Span], areas: int,
) -> tuple[list[Fallen], Worlds]:  # fmt: skip
    """The same of the people that several tables divide by (Fallen.by: (which of `shown`, cell)).

    population: what the years' tables show of them, already read. atoms: the ages of the leaves by
    education.
    """
    rows = sparse.vstack(population.rows, format="csr").astype(float)
    numbers = np.array(population.known)
    seen = np.flatnonzero(numbers != UNKNOWN)
    ties = _ties(population.atoms, atoms, areas)
    blocks, values, origin, hidden = [], [], [], []
    for at, (one, protected) in enumerate(zip(shown, known, strict=True)):
        within_own = [within(atom, _whole(protected)) for atom in atoms]
        matrix = kron(one.grid.matrix(), sparse.csr_matrix(np.array([within_own], float)))
        told = np.flatnonzero(one.denominator != UNKNOWN)
        persons = one.grid.sums(protected.counts.denominator_persons.sum(axis=2))
        secret = protected.denominator_hidden & rules.denominator_is_secret(persons)
        blocks.append(matrix[told])
        values.append(one.denominator[told])
        origin += [(at, int(cell)) for cell in told]
        hidden.append(matrix[np.flatnonzero(secret)])
    own, targets = sparse.vstack(blocks, format="csr"), sparse.vstack(hidden, format="csr")
    free = (np.full(rows.shape[1], np.inf), np.full(own.shape[1], np.inf))
    facts = _facts(
        (rows[seen], numbers[seen], free[0]), (own, np.concatenate(values), free[1]), ties, None
    )
    lost = np.flatnonzero(numbers == UNKNOWN)
    goals = sparse.block_diag([rows[lost], targets], format="csr")
    few = np.append(np.isin(lost, sorted(population.few)), np.ones(targets.shape[0], bool))
    doubt = rules.least_doubt(few, np.full(len(few), np.inf))
    found, used = _found(facts, goals, known[0].below, doubt)
    fallen = [
        Fallen(-1, one.target < len(lost), by)
        for one in found
        if (by := tuple(origin[row - len(seen)] for row in one.rows if row >= len(seen)))
    ]
    return fallen, used


def _whole(known: ProtectedEducation) -> Span:
    atoms = known.counts.atoms
    return atoms[0][0], atoms[-1][1]


def _ties(
    atoms: Sequence[Span], bands: Sequence[Span], areas: int
) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Rows that are equal, one an area and band: of the years' leaves, and of those by level."""
    inside = np.array([[within(atom, band) for atom in atoms] for band in bands], float)
    both_sexes = np.tile(inside, (1, len(LEAF_SEXES)))
    every = sparse.identity(areas, format="csr")
    levels = np.tile(np.eye(len(bands)), (1, len(LEVELS)))
    return kron(every, sparse.csr_matrix(both_sexes)), kron(every, sparse.csr_matrix(levels))


def _facts(
    year: tuple[sparse.csr_matrix, np.ndarray, np.ndarray],
    own: tuple[sparse.csr_matrix, np.ndarray, np.ndarray],
    ties: tuple[sparse.csr_matrix, sparse.csr_matrix],
    limits: tuple[sparse.csr_matrix, np.ndarray, np.ndarray] | None,
) -> Facts:
    """year, own: rows shown, their values, and the highest that each leaf can be."""
    tied = sparse.hstack([ties[0], -ties[1]], format="csr")
    none = np.zeros(tied.shape[0])
    ranges, low, high = [tied], [none], [none]
    if limits is not None:
        beyond = sparse.csr_matrix((limits[0].shape[0], own[0].shape[1]))
        ranges.append(sparse.hstack([limits[0], beyond], format="csr"))
        low.append(limits[1])
        high.append(limits[2])
    upper = np.concatenate([year[2], own[2]])
    return Facts(
        rows=sparse.block_diag([year[0], own[0]], format="csr"),
        values=np.concatenate([year[1], own[1]]).astype(float),
        lower=np.zeros(len(upper)),
        upper=upper,
        ranges=sparse.vstack(ranges, format="csr"),
        range_low=np.concatenate(low),
        range_high=np.concatenate(high),
    )


def _found(
    facts: Facts, goals: sparse.csr_matrix, witnesses: Sequence[np.ndarray], doubt: np.ndarray
) -> tuple[tuple[Recovered, ...], Worlds]:
    if not goals.shape[0]:
        return (), ()
    try:
        found, used = attack(facts, goals, witnesses=witnesses, doubt=doubt)
    except NoSuchCounts:
        # The years' rows contradict each other: `audit` says so.
        return (), ()
    return found, tuple(used)
