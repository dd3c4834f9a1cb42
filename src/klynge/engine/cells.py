"""Which cells a table publishes, and how each is a sum of leaf counts.

A leaf is one area x one sex x one age atom; see `klynge.engine.counts.LeafCounts`. A cell is one
place x one sex (or both) x one of the indicator's ages. Every cell is a plain sum of leaves, so
both the figures and the disclosure control are a sparse matrix times the leaf counts. Places
overlap (a kommune lies in a klynge, a sundhedsråd, a region and the country, København in two
klynger), and a cell is always summed from leaves, never from other cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from klynge.engine.indicators.indicator import Indicator
    from klynge.structure import Geography
    from klynge.structure.geography import PlaceCells

Span = tuple[int, int | None]
"""Ages from the first to the last, both included; None: no upper end."""

NO_END = 1_000
"""Stands for "no upper end" where age limits are compared."""

SEXES = ("all", "female", "male")
LEAF_SEXES = ("female", "male")


class Leaves(Protocol):
    """What must be known of a table to know its cells: `counts.LeafCounts`, or less."""

    @property
    def indicator(self) -> Indicator: ...
    @property
    def areas(self) -> tuple[str, ...]: ...
    @property
    def atoms(self) -> tuple[Span, ...]: ...
    @property
    def denominator_key(self) -> str: ...


def age_span(label: str, atoms: Sequence[Span]) -> Span:
    """The ages that `label` means: "18-44", "80+", or "all" of the ages the atoms cover."""
    if label == "all":
        return atoms[0][0], atoms[-1][1]
    if label.endswith("+"):
        return int(label[:-1]), None
    low, high = label.split("-")
    return int(low), int(high)


def first_and_end(span: Span) -> tuple[int, int]:
    """The first age, and the first one after the last (NO_END when there is no last)."""
    return span[0], NO_END if span[1] is None else span[1] + 1


def spans_of(limits: Sequence[int]) -> list[Span]:
    """The spans between neighbouring age limits, as `first_and_end` gives them, sorted."""
    return [(low, None if end == NO_END else end - 1) for low, end in pairwise(limits)]


def spans_between(labels: Sequence[str], atoms: Sequence[Span]) -> list[Span]:
    """The spans between neighbouring limits of the ages in `labels`."""
    limits = {end for label in labels for end in first_and_end(age_span(label, atoms))}
    return spans_of(sorted(limits))


def within(inner: Span, outer: Span) -> bool:
    """Whether every age of `inner` is in `outer`."""
    low, high = inner
    first, last = outer
    return low >= first and (last is None or (high is not None and high <= last))


class CellGrid:
    """The crude cells a table publishes, place by place, sex by sex, age by age.

    kind, place, sex, age: text arrays, one entry a cell.
    number: the position of each cell by its kind, place, sex and age.
    numerator_matrix, denominator_matrix: scipy CSR, cells x leaves; leaves are in the order of
    `table.numerator.ravel()` (area, sex female/male, atom). They differ only where the indicator
    sets an age group against all residents (`denominator_ages` "all", as pop_aldersandel).
    """

    def __init__(self, table: Leaves, geography: Geography) -> None:
        self.table = table
        self.ages = tuple(table.indicator.ages)
        cells = _cells(
            geography.places(table.indicator.domain),
            tuple(table.areas),
            self.ages,
            tuple(table.atoms),
            denominator_is_all_ages(table),
        )
        self.places = cells.places
        self.kind, self.place, self.sex, self.age = cells.kind, cells.place, cells.sex, cells.age
        self.place_number = cells.place_number
        self.place_matrix = cells.place_matrix
        self.numerator_matrix = cells.numerator_matrix
        self.denominator_matrix = cells.denominator_matrix
        self.number = cells.number

    def __len__(self) -> int:
        return len(self.kind)

    def numerator_of(self, leaves: np.ndarray) -> np.ndarray:
        """`leaves` (areas x sexes x atoms) summed to cells as the numerator is."""
        cells: np.ndarray = self.numerator_matrix @ leaves.ravel()
        return cells

    def denominator_of(self, leaves: np.ndarray) -> np.ndarray:
        """`leaves` (areas x sexes x atoms) summed to cells as the denominator is."""
        cells: np.ndarray = self.denominator_matrix @ leaves.ravel()
        return cells

    def totals(self) -> np.ndarray:
        """Positions of the cells of both sexes and all ages, one a place; empty when the
        indicator has no age "all"."""
        return np.flatnonzero((self.sex == "all") & (self.age == "all"))


@dataclass(frozen=True)
class _Cells:
    """What tables of the same places, areas and ages have in common: most of what a grid holds."""

    places: tuple[tuple[str, str], ...]
    kind: np.ndarray
    place: np.ndarray
    sex: np.ndarray
    age: np.ndarray
    place_number: np.ndarray
    place_matrix: sparse.csr_matrix
    numerator_matrix: sparse.csr_matrix
    denominator_matrix: sparse.csr_matrix

    @cached_property
    def number(self) -> Mapping[tuple[str, str, str, str], int]:
        names = (self.kind, self.place, self.sex, self.age)
        told = zip(*(name.tolist() for name in names), strict=True)
        return MappingProxyType({name: at for at, name in enumerate(told)})


@lru_cache(maxsize=256)
def _cells(
    places: tuple[PlaceCells, ...],
    areas: tuple[str, ...],
    ages: tuple[str, ...],
    atoms: tuple[Span, ...],
    all_ages: bool,
) -> _Cells:
    """A catalogue of years and indicators has few kinds of grid, each of a megabyte and more."""
    a_place = len(SEXES) * len(ages)
    among_areas = place_matrix([place.kommuner for place in places], areas)
    by_sex = kron(among_areas, _sex_matrix())
    numerator = denominator = kron(by_sex, _age_matrix(ages, atoms))
    if all_ages:
        everyone = sparse.csr_matrix(np.ones((len(ages), len(atoms)), np.int64))
        denominator = kron(by_sex, everyone)
    return _Cells(
        places=tuple((place.kind, place.id) for place in places),
        kind=np.repeat(np.array([place.kind for place in places]), a_place),
        place=np.repeat(np.array([place.id for place in places]), a_place),
        sex=np.tile(np.repeat(np.array(SEXES), len(ages)), len(places)),
        age=np.tile(np.array(ages), len(places) * len(SEXES)),
        place_number=np.repeat(np.arange(len(places)), a_place),
        place_matrix=among_areas,
        numerator_matrix=numerator,
        denominator_matrix=denominator,
    )


def _age_matrix(ages: Sequence[str], atoms: Sequence[Span]) -> sparse.csr_matrix:
    rows = [[within(atom, age_span(label, atoms)) for atom in atoms] for label in ages]
    return sparse.csr_matrix(np.array(rows, np.int64))


def kron(left: sparse.csr_matrix, right: sparse.csr_matrix) -> sparse.csr_matrix:
    """The Kronecker product without stored zeros, which scipy leaves where `right` is dense."""
    product = sparse.kron(left, right, format="csr")
    product.eliminate_zeros()
    product.sort_indices()
    return product


def denominator_is_all_ages(table: Leaves) -> bool:
    """Whether the denominator is all residents of the place and sex, whatever the row's age."""
    return table.indicator.denominator_ages == "all"


def place_matrix(members: Sequence[Sequence[str]], areas: Sequence[str]) -> sparse.csr_matrix:
    number = {area: at for at, area in enumerate(areas)}
    rows = np.repeat(np.arange(len(members)), [len(place) for place in members])
    columns = [number[area] for place in members for area in place]
    ones = np.ones(len(columns), np.int64)
    return sparse.csr_matrix((ones, (rows, columns)), shape=(len(members), len(areas)))


def _sex_matrix() -> sparse.csr_matrix:
    return sparse.csr_matrix(
        np.array([[sex in ("all", leaf) for leaf in LEAF_SEXES] for sex in SEXES], np.int64)
    )
