"""Which cells by education must be hidden, so that nothing hidden can be worked out.

The years' tables are protected first and stay as they are. Here the people of each place are cut
into four: low, middle, high and unknown, the last of which is never published.

- Places where numbers by education could tell what the years' tables hide are withheld: nothing is
  told of them (`lifting`).
- What else is hidden is chosen against somebody who knows how many there are of the four together,
  in every kommune and at every age: so it stays hidden whatever the years' tables tell.
- Denominators are one problem for all that divide by the same people, at all their ages: those of
  45 less those of 65 are a cell, too. They are attacked again with the shares' numerators known.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from klynge.engine.cells import first_and_end, place_matrix, spans_of, within
from klynge.engine.disclosure import rules
from klynge.engine.disclosure.attack import recovered
from klynge.engine.disclosure.choose import Cut
from klynge.engine.disclosure.joint import Part, joint_facts
from klynge.engine.disclosure.layers import PLACE_COST, Layer, spans
from klynge.engine.disclosure.population import in_common
from klynge.engine.disclosure.quantities import Catalogue, Key
from klynge.engine.disclosure.suppress import CannotProtect, Outcome, suppress_beside
from klynge.engine.education import LEVELS, PUBLISHED, EducationCounts

if TYPE_CHECKING:
    from klynge.engine.cells import Span
    from klynge.structure import Geography

BY_LEVEL = ((1, 1, 1, 1), (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1))
"""The four together, then each."""
_NO_LOSS = 0.01
"""What is never published is hidden rather than anything that is."""
_ONE: list[Span] = [(0, 0)]


class EducationGrid:
    """The cells of one indicator by education, place by place: low, middle, high.

    kind, place, level: one entry a cell. place_matrix: places x areas.
    """

    def __init__(self, counts: EducationCounts, geography: Geography) -> None:
        places = geography.places(counts.indicator.domain)
        self.places = tuple((place.kind, place.id) for place in places)
        self.kind = np.repeat(np.array([kind for kind, _id in self.places]), len(PUBLISHED))
        self.place = np.repeat(np.array([id for _kind, id in self.places]), len(PUBLISHED))
        self.level = np.tile(np.array(PUBLISHED), len(places))
        self.place_matrix = place_matrix([place.kommuner for place in places], counts.areas)

    def __len__(self) -> int:
        return len(self.kind)

    def members(self) -> list[tuple[str, tuple[int, ...]]]:
        """The kind and the areas of every place."""
        matrix = self.place_matrix
        parts = np.split(matrix.indices, matrix.indptr[1:-1])
        kinds = [kind for kind, _id in self.places]
        return [(kind, tuple(sorted(own.tolist()))) for kind, own in zip(kinds, parts, strict=True)]

    def sums(self, leaves: np.ndarray) -> np.ndarray:
        """`leaves` (areas x levels) summed to cells."""
        by_place = np.asarray(self.place_matrix @ leaves)
        return by_place[:, : len(PUBLISHED)].ravel()

    def matrix(self) -> sparse.csr_matrix:
        """Cells x leaves (areas x levels)."""
        levels = sparse.csr_matrix(np.eye(len(PUBLISHED), len(LEVELS)))
        return sparse.kron(self.place_matrix, levels, format="csr")


@dataclass(frozen=True, eq=False)
class ProtectedEducation:
    """One indicator and period by education, and which of its cells are hidden.

    few: whose numerator the rules themselves keep secret.
    withheld: hidden for what they would tell of the years' tables, not for what they are.
    witnesses: leaves (areas x levels) of the numerator that agree with what is shown.
    worlds: leaves of the year's table followed by such leaves, that agree with everything shown.
    below: the same of the denominators (areas x levels x bands).
    """

    counts: EducationCounts
    grid: EducationGrid
    hidden: np.ndarray
    denominator_hidden: np.ndarray
    primary: np.ndarray
    few: np.ndarray
    withheld: np.ndarray
    witnesses: tuple[np.ndarray, ...] = ()
    worlds: tuple[np.ndarray, ...] = ()
    below: tuple[np.ndarray, ...] = ()

    def shown_numerators(self) -> np.ndarray:
        """The numerator of each cell, -1 where it is hidden."""
        return np.where(self.hidden, -1, self.grid.sums(self.counts.numerator))

    def shown_denominators(self) -> np.ndarray:
        """The same of the denominator."""
        return np.where(self.hidden, -1, self.grid.sums(self.counts.denominator.sum(axis=2)))

    def without(self, cell: int) -> ProtectedEducation:
        """The same with nothing told of the place of a cell."""
        first = cell - cell % len(PUBLISHED)
        here = np.zeros(len(self.grid), bool)
        here[first : first + len(PUBLISHED)] = True
        return replace(
            self, hidden=self.hidden | here, withheld=self.withheld | (here & ~self.hidden)
        )


class EducationGroup:
    """The indicators of one period that divide by the same people.

    bands: the ages that their own tell apart. leaves, persons (areas x levels x bands): the people.
    """

    def __init__(self, members: Sequence[EducationCounts], geography: Geography) -> None:
        self.members = list(members)
        self.grids = [EducationGrid(counts, geography) for counts in members]
        self.bands, self.leaves, self.persons = people_of(members)
        self.withheld = [np.zeros(len(grid), bool) for grid in self.grids]

    def withhold(self, at: int, places: np.ndarray) -> None:
        """Tell nothing of these places (yes or no, one each) of a member."""
        self.withheld[at] |= np.repeat(places, len(PUBLISHED))

    def protect(self) -> list[ProtectedEducation]:
        """What to hide. A member that cannot be protected is hidden altogether, and all are when
        the denominators cannot."""
        members = range(len(self.members))
        told = [at for at in members if not self.withheld[at].all()]
        self.above: dict[int, tuple[Layer, np.ndarray, Outcome]] = {}
        if told:
            self._catalogue = Catalogue(self.leaves.shape[0], len(self.bands), BY_LEVEL)
            self.shown = [self._entered(at, self._catalogue, self.bands) for at in members]
            self.layer = self._denominator_layer()
            try:
                self._solve(told)
            except CannotProtect:
                self.above = {}
        return [self._protected(at) if at in self.above else self.all_hidden(at) for at in members]

    def all_hidden(self, at: int) -> ProtectedEducation:
        """A member with everything hidden: that protects whatever there is."""
        counts, grid = self.members[at], self.grids[at]
        every = np.ones(len(grid), bool)
        few = self._is_secret(at).ravel()
        return ProtectedEducation(counts, grid, every, every, few, few, every)

    def _solve(self, told: Sequence[int]) -> None:
        cuts: list[Cut] = []
        given = np.zeros(len(self.layer.values), bool)
        self.people = [self.layer.leaves]
        while True:
            before = {at: self.denominator_is_hidden(at) for at in self.above}
            self.below = suppress_beside(self.layer, cuts)
            for at in told:
                if at in before and np.array_equal(before[at], self.denominator_is_hidden(at)):
                    continue
                self.above.pop(at, None)
                with suppress(CannotProtect):
                    self.above[at] = self._numerators(at)
            new = []
            for target, cut in self._fall_out(given):
                if cut.facts and cut not in cuts:
                    new.append(cut)
                else:
                    # Told by the four together, which few know: the joint attack answers for it.
                    given[target] = True
            if not new:
                return
            cuts += new

    def denominator_is_hidden(self, at: int) -> np.ndarray:
        """The cells of a member whose denominator is hidden; those withheld are left out."""
        numbers = _published(self.shown[at])
        return (numbers >= 0) & self.below.hidden[numbers]

    def _entered(self, at: int, catalogue: Catalogue, bands: Sequence[Span]) -> np.ndarray:
        """The quantities of a member's places: places x (the four together, then each), -1 where
        they are withheld."""
        counts, grid = self.members[at], self.grids[at]
        domain = "psykiatri" if counts.indicator.domain == "psykiatri" else "somatik"
        ages = spans(whole(counts), bands)
        told = ~self.withheld[at].reshape(len(grid.places), -1).all(axis=1)
        numbers = np.full((len(grid.places), len(BY_LEVEL)), -1)
        for place, (kind, areas) in enumerate(grid.members()):
            if told[place]:
                own = catalogue.area_set(areas, f"{kind} {domain}")
                keys = [Key(own, level, ages) for level in range(len(BY_LEVEL))]
                numbers[place] = [catalogue.number(key) for key in keys]
        return numbers

    def _pairs(self) -> list[tuple[EducationCounts, EducationGrid]]:
        return list(zip(self.members, self.grids, strict=True))

    def _denominator_layer(self) -> Layer:
        cost = np.zeros(len(self._catalogue))
        for at, (counts, grid) in enumerate(self._pairs()):
            values = grid.sums(counts.denominator.sum(axis=2))
            numbers = _published(self.shown[at])
            np.add.at(cost, numbers[numbers >= 0], _losses(grid, values)[numbers >= 0])
        _enter_unshown(self._catalogue, self.persons)
        _enter_together(self._catalogue)
        together = np.array([key.sex == 0 for key in self._catalogue.keys])
        sums = self._catalogue.matrix()
        upper = np.repeat(self.leaves.sum(axis=1, keepdims=True), len(LEVELS), axis=1).ravel()
        secret = rules.denominator_is_secret(np.rint(sums @ self.persons.ravel())) & ~together
        known = together | (np.asarray(sums @ upper) == 0)
        name = self.members[0]
        return Layer(
            name=f"{name.indicator.code} {name.period} uddannelse",
            sums=sums,
            values=np.rint(sums @ self.leaves.ravel()).astype(np.int64),
            secret=secret & ~known,
            open=known,
            cost=np.maximum(np.append(cost, np.zeros(len(self._catalogue) - len(cost))), _NO_LOSS),
            relations=self._catalogue.relations(),
            leaves=self.leaves.ravel().astype(float),
            lower=np.zeros(self.leaves.size),
            upper=upper.astype(float),
            few=secret & ~known,
        )

    def _numerators(self, at: int) -> tuple[Layer, np.ndarray, Outcome]:
        counts, grid = self.members[at], self.grids[at]
        catalogue = Catalogue(len(counts.areas), 1, BY_LEVEL)
        numbers = self._entered(at, catalogue, [whole(counts)])
        _enter_together(catalogue)
        sums = catalogue.matrix()
        lower, upper = bounds(counts)
        is_secret = self._is_secret(at, every_level=True)
        is_secret[:, : len(PUBLISHED)] |= self.denominator_is_hidden(at).reshape(-1, len(PUBLISHED))
        secret = np.zeros(len(catalogue), bool)
        told = numbers[:, 0] >= 0
        np.logical_or.at(secret, numbers[told, 1:].ravel(), is_secret[told].ravel())
        together = np.array([key.sex == 0 for key in catalogue.keys])
        known = together | (np.asarray(sums @ (upper - lower)) < 0.5)
        cost = np.full(len(catalogue), _NO_LOSS)
        published = _published(numbers)
        losses = _losses(grid, grid.sums(counts.numerator))
        np.add.at(cost, published[published >= 0], losses[published >= 0])
        layer = Layer(
            name=f"{counts.indicator.code} {counts.period} uddannelse",
            sums=sums,
            values=np.rint(sums @ counts.numerator.ravel()).astype(np.int64),
            secret=secret & ~known,
            open=known,
            cost=cost,
            relations=catalogue.relations(),
            leaves=counts.numerator.ravel().astype(float),
            lower=lower,
            upper=upper,
            few=secret & ~known,
        )
        return layer, published, suppress_beside(layer)

    def _is_secret(self, at: int, *, every_level: bool = False) -> np.ndarray:
        """Places x levels (the published ones, or all) whose numerator the rules keep secret."""
        counts, matrix = self.members[at], self.grids[at].place_matrix
        others = None
        if counts.indicator.kind == "proportion":
            others = np.asarray(matrix @ counts.complement_persons)
        persons = np.asarray(matrix @ counts.numerator_persons)
        secret = rules.numerator_is_secret(persons, others, population=False)
        return secret if every_level else secret[:, : len(PUBLISHED)]

    def _fall_out(self, given: np.ndarray) -> list[tuple[int, Cut]]:
        """What of the denominators can be worked out when the numerators are known as well; not
        looked at: those that are `given`. The cut names what could be hidden against it."""
        layer, hidden = self.layer, self.below.hidden
        targets = np.flatnonzero(hidden & ~layer.open & ~given)
        if not len(targets):
            return []
        shown = np.flatnonzero(~hidden)
        parts = [
            self._part(at) for at in self.above if self.members[at].indicator.kind == "proportion"
        ]
        facts = joint_facts(layer.sums[shown], layer.values[shown], self.bands, parts)
        leaves = [part.leaves for part in parts if part.leaves is not None]
        truth = np.concatenate([layer.leaves, *leaves])
        beyond = sparse.csr_matrix((len(targets), len(truth) - layer.sums.shape[1]))
        goals = sparse.hstack([layer.sums[targets], beyond], format="csr")
        found = []
        for one in recovered(facts, goals, truth=truth, doubt=layer.doubt[targets]):
            target = int(targets[one.target])
            rows = [int(shown[row]) for row in one.rows if row < len(shown)]
            able = frozenset(row for row in rows if not layer.open[row])
            found.append((target, Cut(able, None if layer.secret[target] else target)))
        return found

    def _part(self, at: int) -> Part:
        layer, _published, outcome = self.above[at]
        seen = np.flatnonzero(~outcome.hidden)
        counts = self.members[at]
        ages = [whole(counts)]
        return Part(ages, ages, layer.sums[seen], layer.values[seen], layer.leaves)

    def _protected(self, at: int) -> ProtectedEducation:
        below = self.denominator_is_hidden(at)
        _layer, published, outcome = self.above[at]
        few = rules.denominator_is_secret(
            self.grids[at].sums(self.members[at].denominator_persons.sum(axis=2))
        )
        secret = self._is_secret(at).ravel() | few
        hidden = below | (published >= 0) & outcome.hidden[published] | secret
        return ProtectedEducation(
            counts=self.members[at],
            grid=self.grids[at],
            hidden=hidden | self.withheld[at],
            denominator_hidden=below,
            primary=secret,
            few=self._is_secret(at).ravel(),
            withheld=self.withheld[at] & ~hidden,
            witnesses=outcome.witnesses,
        )


def people_of(members: Sequence[EducationCounts]) -> tuple[list[Span], np.ndarray, np.ndarray]:
    """The people that indicators divide by, in the ages that these tell apart: bands, counts and
    persons (areas x levels x bands)."""
    atoms, *numbers = in_common(list(members))  # type: ignore[arg-type]
    ends = {end for each in members for end in first_and_end(whole(each))}
    bands = spans_of(sorted(ends))
    inside = np.array([[within(atom, band) for band in bands] for atom in atoms], np.int64)
    counts, persons = (number @ inside for number in numbers)
    return bands, counts, persons


def whole(counts: EducationCounts) -> Span:
    """All the ages an indicator is told at by education."""
    return counts.atoms[0][0], counts.atoms[-1][1]


def bounds(counts: EducationCounts) -> tuple[np.ndarray, np.ndarray]:
    """Between what each leaf (areas x levels) of the numerator lies for one who knows the
    denominators, and the four together in every area."""
    people = counts.denominator.sum(axis=2).astype(float)
    whole = counts.numerator.sum(axis=1, keepdims=True).astype(float)
    most = people
    if counts.indicator.kind != "proportion":
        most = np.where(people > 0, whole, 0.0)
    others = most.sum(axis=1, keepdims=True) - most
    lower, upper = np.maximum(whole - others, 0.0), np.minimum(most, whole)
    return lower.ravel(), upper.ravel()


def _published(numbers: np.ndarray) -> np.ndarray:
    """Of the quantities of places those of the published levels, one a cell."""
    cells: np.ndarray = numbers[:, 1 : 1 + len(PUBLISHED)].ravel()
    return cells


def _enter_unshown(catalogue: Catalogue, persons: np.ndarray) -> None:
    """Enter what rows together tell though none shows it, where it is 1-4 persons: ages between
    two age limits."""
    limits: dict[int, set[int]] = {}
    for key in catalogue.keys:
        limits.setdefault(key.areas, set()).update(limit for span in key.ages for limit in span)
    unshown = Catalogue.like(catalogue)
    for areas, here in limits.items():
        for span in pairwise(sorted(here)):
            for level in range(1, len(BY_LEVEL)):
                key = Key(areas, level, (span,))
                if catalogue.find(key) is None:
                    unshown.number(key)
    few = rules.too_few(np.rint(unshown.matrix() @ persons.ravel()))
    for key, is_few in zip(unshown.keys, few, strict=True):
        if is_few:
            catalogue.number(key)


def _enter_together(catalogue: Catalogue) -> None:
    """Enter the four together of every area and age, which the attacker knows."""
    for area in range(catalogue.areas):
        own = catalogue.area_set([area])
        for atom in range(catalogue.atoms):
            catalogue.number(Key(own, 0, ((atom, atom + 1),)))


def _losses(grid: EducationGrid, values: np.ndarray) -> np.ndarray:
    place = np.array([PLACE_COST.get(kind, 1.0) for kind in grid.kind])
    loss: np.ndarray = place * (1.0 + 0.2 * np.log1p(values))
    return loss
