"""The distinct sums that cells show, and the additive relations that tie them together.

Two cells with the same areas, sex and ages are one quantity, whatever they are called: the
klynge and the sundhedsråd of the same kommuner, or the same denominator under two indicators.
A quantity is hidden once, for all cells that show it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

Spans = tuple[tuple[int, int], ...]
"""Ages as ranges of atom numbers, [first, last): nearly always one range."""

_LONGEST_CYCLE = 7
_MANY_CYCLES = 40
_SHORT_CYCLE = 4
_BY_SEX = ((1, 1), (1, 0), (0, 1))
BOTH_SEXES = ((1,),)
"""For leaves that are not told apart by sex: the one row of a key's sex 0."""


@dataclass(frozen=True)
class Key:
    """What a quantity sums: a set of areas (by number), sex (0 all, 1 female, 2 male), ages."""

    areas: int
    sex: int
    ages: Spans


class Catalogue:
    """Quantities over one set of leaves (areas x 2 sexes x atoms), numbered as they come.

    sexes: which leaf sexes each sex of a key sums, first all of them and then each; anything that
    is told apart that way will do. Atoms are ages, or months of a year: anything
    in order, of which a quantity sums a range.
    """

    def __init__(self, areas: int, atoms: int, sexes: Sequence[Sequence[int]] = _BY_SEX) -> None:
        self.areas, self.atoms = areas, atoms
        self.sexes = np.array(sexes)
        self.keys: list[Key] = []
        self._numbers: dict[Key, int] = {}
        self._area_sets: dict[tuple[int, ...], int] = {}
        self._families: dict[str, set[int]] = {}

    @classmethod
    def like(cls, other: Catalogue) -> Catalogue:
        """An empty catalogue over the same leaves and sets of areas."""
        new = cls(other.areas, other.atoms, other.sexes.tolist())
        new._area_sets = other._area_sets
        return new

    def __len__(self) -> int:
        return len(self.keys)

    def area_set(self, members: Iterable[int], family: str = "") -> int:
        """The number of a set of areas. Sets of one family (such as the klynger of the somatic
        domain) are what larger places are made up of."""
        number = self._area_sets.setdefault(tuple(sorted(members)), len(self._area_sets))
        if family:
            self._families.setdefault(family, set()).add(number)
        return number

    def number(self, key: Key) -> int:
        """The number of a quantity, new or known."""
        if key not in self._numbers:
            self._numbers[key] = len(self.keys)
            self.keys.append(key)
        return self._numbers[key]

    def find(self, key: Key) -> int | None:
        """The number of a quantity, or None when no cell shows it."""
        return self._numbers.get(key)

    def matrix(self) -> sparse.csr_matrix:
        """Quantities x leaves, ones where the leaf is in the sum."""
        places = np.zeros((len(self._area_sets), self.areas))
        for members, number in self._area_sets.items():
            places[number, list(members)] = 1
        ages = np.zeros((len(self.keys), self.atoms))
        for at, key in enumerate(self.keys):
            for first, last in key.ages:
                ages[at, first:last] = 1
        place_of = np.array([key.areas for key in self.keys], int)
        sex_of = np.array([key.sex for key in self.keys], int)
        width = self.sexes.shape[1] * self.atoms
        sexed = np.einsum("qs,qt->qst", self.sexes[sex_of], ages).reshape(len(self.keys), width)
        return _rowwise_kron(sparse.csr_matrix(places[place_of]), sparse.csr_matrix(sexed))

    def relations(self) -> list[np.ndarray]:
        """Sets of quantities bound by one linear equation: if all but one are shown, so is it."""
        found: set[tuple[int, ...]] = set()
        found.update(self._over_sexes(), self._over_ages(), self._over_places())
        return [np.array(members) for members in sorted(found)]

    def _over_sexes(self) -> Iterable[tuple[int, ...]]:
        if len(self.sexes) == 1:
            return
        for key in self.keys:
            if key.sex == 0:
                parts = [self.find(Key(key.areas, sex, key.ages)) for sex in range(len(self.sexes))]
                if None not in parts:
                    yield tuple(sorted(part for part in parts if part is not None))

    def _over_ages(self) -> Iterable[tuple[int, ...]]:
        spans_of: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for key in self.keys:
            if len(key.ages) == 1:
                spans_of.setdefault((key.areas, key.sex), []).append(key.ages[0])
        cycles: dict[tuple[tuple[int, int], ...], list[list[tuple[int, int]]]] = {}
        for (areas, sex), spans in spans_of.items():
            kind = tuple(sorted(spans))
            if kind not in cycles:
                cycles[kind] = _cycles(kind)
            for cycle in cycles[kind]:
                yield tuple(sorted(self._numbers[Key(areas, sex, (span,))] for span in cycle))

    def _over_places(self) -> Iterable[tuple[int, ...]]:
        compositions = self._compositions()
        for sex, ages in sorted({(key.sex, key.ages) for key in self.keys}):
            for composition in compositions:
                parts = [self.find(Key(areas, sex, ages)) for areas in composition]
                if None not in parts:
                    yield tuple(sorted(part for part in parts if part is not None))

    def _compositions(self) -> list[tuple[int, ...]]:
        """Each set of areas with the smaller sets of one family that make it up; areas that are
        left over, or counted twice (København in two klynger), stand beside them."""
        members = {number: frozenset(areas) for areas, number in self._area_sets.items()}
        single = {next(iter(m)): number for number, m in members.items() if len(m) == 1}
        found: set[tuple[int, ...]] = set()
        for whole, areas in members.items():
            for family in self._families.values():
                parts = [part for part in family if members[part] < areas]
                times = np.zeros(self.areas, int)
                for part in parts:
                    times[list(members[part])] += 1
                rest = [area for area in areas if times[area] != 1]
                if parts and all(area in single for area in rest):
                    extra = [single[area] for area in rest]
                    if not set(extra) & set(parts):
                        found.add((whole, *sorted(parts), *sorted(extra)))
        return sorted(found)


def _rowwise_kron(left: sparse.csr_matrix, right: sparse.csr_matrix) -> sparse.csr_matrix:
    """Row by row the Kronecker product: row i is kron(left[i], right[i])."""
    width = right.shape[1]
    wide, deep = np.diff(left.indptr), np.diff(right.indptr)
    # One entry for each pair of an entry of the left row and one of the right.
    row = np.repeat(np.arange(left.shape[0]), wide)
    times = deep[row]
    within = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    at = np.repeat(right.indptr[row], times) + within
    columns = np.repeat(left.indices.astype(np.int64), times) * width + right.indices[at]
    starts = np.concatenate([[0], np.cumsum(wide * deep)])
    shape = (left.shape[0], left.shape[1] * width)
    return sparse.csr_matrix((np.ones(len(columns)), columns, starts), shape=shape)


def _cycles(spans: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Sets of age spans bound by one equation: simple cycles in the graph whose nodes are age
    limits and whose arcs are spans (0-18, 18-80, 0-80; or 65-80 = 65+ less 80+)."""
    arcs: dict[int, list[tuple[int, tuple[int, int]]]] = {}
    for first, last in spans:
        arcs.setdefault(first, []).append((last, (first, last)))
        arcs.setdefault(last, []).append((first, (first, last)))
    found: set[frozenset[tuple[int, int]]] = set()

    def walk(
        start: int, node: int, seen: tuple[int, ...], path: tuple[tuple[int, int], ...]
    ) -> None:
        for other, span in arcs[node]:
            if span in path:
                continue
            if other == start and len(path) >= 2:
                found.add(frozenset((*path, span)))
            elif other not in seen and other > start and len(path) < _LONGEST_CYCLE - 1:
                walk(start, other, (*seen, other), (*path, span))

    for start in sorted(arcs):
        walk(start, start, (start,), ())
    if len(found) > _MANY_CYCLES:
        # Many indicators divide by the residents, each at ages of its own. The long equations
        # among them follow nearly always from short ones; the attack answers for the rest.
        found = {one for one in found if len(one) <= _SHORT_CYCLE or _is_chordless(one, spans)}
    return sorted(sorted(cycle) for cycle in found)


def _is_chordless(cycle: frozenset[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether no other span ties two limits of the cycle and so cuts it into two shorter ones."""
    limits = {limit for span in cycle for limit in span}
    return not any(first in limits and last in limits for first, last in set(spans) - cycle)
