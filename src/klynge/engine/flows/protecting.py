"""Which cells of the table must be hidden, by the machinery that protects the figures.

A row is an origin at a place and age: how many steps it has, and where they go. First the sizes of
the rows, told apart by origin; the attacker knows what they add up to. Then, origin by origin, the
destinations of the rows; there he knows every size leaf by leaf. Last the sizes once more, with all
destinations that would be shown in hand: what falls out then is answered by hiding one of those.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from klynge.engine.cells import age_span
from klynge.engine.disclosure import rules
from klynge.engine.disclosure.attack import Facts, recovered
from klynge.engine.disclosure.choose import Cut
from klynge.engine.disclosure.layers import PLACE_COST, Layer, spans
from klynge.engine.disclosure.quantities import Catalogue, Key
from klynge.engine.disclosure.suppress import CannotProtect, Outcome, suppress
from klynge.engine.flows.counting import FlowCounts
from klynge.engine.flows.states import AGES, ATOMS, CODE, DESTINATIONS, ORIGINS

if TYPE_CHECKING:
    from klynge.structure import Geography

DOMAIN = "begge"
ALL = 0
"""The number of "all of them" among a key's origins or destinations."""


@dataclass(frozen=True, eq=False)
class ProtectedFlows:
    """One year's table. places: (kind, id). Arrays are (places, ages, origins, destinations).

    numerator, hidden; denominator: (places, ages, origins).
    """

    counts: FlowCounts
    places: tuple[tuple[str, str], ...]
    numerator: np.ndarray
    denominator: np.ndarray
    hidden: np.ndarray
    primary: np.ndarray


class Grid:
    """The places and ages of the table, and how each is a sum of leaves."""

    def __init__(self, areas: tuple[str, ...], geography: Geography) -> None:
        places = geography.places(DOMAIN)
        number = {code: at for at, code in enumerate(areas)}
        self.places = tuple((place.kind, place.id) for place in places)
        self.members = [tuple(number[code] for code in place.kommuner) for place in places]
        self.place_matrix = np.zeros((len(places), len(areas)), np.int64)
        for at, members in enumerate(self.members):
            self.place_matrix[at, list(members)] = 1
        self.spans = [spans(age_span(age, ATOMS), ATOMS) for age in AGES]
        self.age_matrix = np.zeros((len(AGES), len(ATOMS)), np.int64)
        for at, ((first, last),) in enumerate(self.spans):
            self.age_matrix[at, first:last] = 1

    def sums(self, leaves: np.ndarray) -> np.ndarray:
        """(areas, ..., atoms) to (places, ages, ...)."""
        by_place = np.tensordot(self.place_matrix, leaves, axes=(1, 0))
        found: np.ndarray = np.moveaxis(by_place @ self.age_matrix.T, -1, 1)
        return found

    def catalogue(self, kinds: int) -> Catalogue:
        """A catalogue whose keys are all of some kinds, or each of them."""
        which = np.vstack([np.ones((1, kinds), int), np.identity(kinds, int)])
        return Catalogue(self.place_matrix.shape[1], len(ATOMS), which.tolist())

    def enter(self, catalogue: Catalogue, numbers: range) -> np.ndarray:
        """The quantity of each place, age and kind: (places, ages, kinds)."""
        sets = [
            catalogue.area_set(members, f"{kind} {DOMAIN}")
            for (kind, _id), members in zip(self.places, self.members, strict=True)
        ]
        made = [
            catalogue.number(Key(areas, number, span))
            for areas in sets
            for span in self.spans
            for number in numbers
        ]
        return np.array(made, int).reshape(len(sets), len(self.spans), len(numbers))

    def losses(self, values: np.ndarray) -> np.ndarray:
        """What a reader loses when each cell (places, ages, kinds) is hidden."""
        place = np.array([PLACE_COST.get(kind, 1.0) for kind, _id in self.places])
        ages = np.where(np.array(AGES) == "all", 2.0, 1.0)
        loss: np.ndarray = place[:, None, None] * ages[None, :, None] * (1 + 0.2 * np.log1p(values))
        return loss


def protect_flows(counts: FlowCounts, geography: Geography, *, jobs: int = 1) -> ProtectedFlows:
    """What to hide. Raises CannotProtect when that is impossible, which no rule makes happen."""
    return _Protection(counts, Grid(counts.areas, geography), jobs).run()


class _Protection:
    def __init__(self, counts: FlowCounts, grid: Grid, jobs: int) -> None:
        self.counts, self.grid, self.jobs = counts, grid, jobs
        self.denominator = grid.sums(counts.at_risk)
        self.numerator = grid.sums(counts.steps)
        self.small_rows = rules.denominator_is_secret(grid.sums(counts.at_risk_persons))
        self.small_cells = rules.numerator_is_secret(
            grid.sums(counts.persons), grid.sums(counts.others), population=False
        )

    def run(self) -> ProtectedFlows:
        sizes, rows = self._sizes()
        self.row_is_hidden = sizes.hidden[rows]
        cuts: list[list[Cut]] = [[] for _origin in ORIGINS]
        while True:
            with ThreadPoolExecutor(max(1, self.jobs)) as pool:
                ways = list(pool.map(lambda at: self._ways(at, cuts[at]), range(len(ORIGINS))))
            fallen = [self._fall_out(at, *ways[at]) for at in range(len(ORIGINS))]
            if not any(fallen):
                break
            for at, found in enumerate(fallen):
                if set(found) & set(cuts[at]):
                    raise CannotProtect(f"{CODE} {self.counts.period}")
                cuts[at] += found
        hidden = np.stack([outcome.hidden[cells] for _layer, cells, outcome in ways], axis=2)
        primary = self.small_cells | self.small_rows[..., None]
        return ProtectedFlows(
            counts=self.counts,
            places=self.grid.places,
            numerator=self.numerator,
            denominator=self.denominator,
            hidden=hidden | self.row_is_hidden[..., None],
            primary=primary,
        )

    def _sizes(self) -> tuple[Outcome, np.ndarray]:
        """The sizes of the rows; what they add up to over origins is no secret."""
        catalogue = self.grid.catalogue(len(ORIGINS))
        rows = self.grid.enter(catalogue, range(1, len(ORIGINS) + 1))
        wholes = self.grid.enter(catalogue, range(1))
        leaves = self.counts.at_risk
        ceiling = np.broadcast_to(leaves.sum(axis=1, keepdims=True), leaves.shape)
        self.sizes = self._layer(
            "sizes",
            catalogue,
            leaves,
            rows,
            self.small_rows,
            self.small_rows,
            ceiling,
            known=wholes,
        )
        self.size_rows = rows
        self.size_outcome = suppress(self.sizes)
        return self.size_outcome, rows

    def _ways(self, at: int, cuts: list[Cut]) -> tuple[Layer, np.ndarray, Outcome]:
        """The destinations of one origin, with the sizes of its rows known leaf by leaf."""
        catalogue = self.grid.catalogue(len(DESTINATIONS))
        cells = self.grid.enter(catalogue, range(1, len(DESTINATIONS) + 1))
        wholes = self.grid.enter(catalogue, range(1))
        sizes = self.counts.at_risk[:, at, None, :]
        leaves = self.counts.steps[:, at]
        secret = self.small_cells[:, :, at] | self.row_is_hidden[:, :, at, None]
        ceiling = np.broadcast_to(sizes, leaves.shape)
        name = ORIGINS[at].id
        few = self.small_cells[:, :, at]
        layer = self._layer(name, catalogue, leaves, cells, secret, few, ceiling, known=wholes)
        return layer, cells, suppress(layer, cuts)

    def _layer(
        self,
        what: str,
        catalogue: Catalogue,
        leaves: np.ndarray,
        cells: np.ndarray,
        secret_cells: np.ndarray,
        few_cells: np.ndarray,
        ceiling: np.ndarray,
        *,
        known: np.ndarray,
    ) -> Layer:
        sums = catalogue.matrix()
        values = np.rint(sums @ leaves.ravel()).astype(np.int64)
        secret = np.zeros(len(values), bool)
        np.logical_or.at(secret, cells.ravel(), secret_cells.ravel())
        few = np.zeros(len(values), bool)
        np.logical_or.at(few, cells.ravel(), few_cells.ravel())
        upper = ceiling.astype(float).ravel()
        empty = np.asarray(sums @ np.minimum(upper, 1.0)) == 0
        cost = np.bincount(
            cells.ravel(), self.grid.losses(values[cells]).ravel(), minlength=len(values)
        )
        is_open = empty.copy()
        is_open[known.ravel()] = True
        return Layer(
            name=f"{CODE} {self.counts.period} {what}",
            sums=sums,
            values=values,
            secret=secret & ~is_open,
            open=is_open,
            cost=cost,
            relations=catalogue.relations(),
            leaves=leaves.ravel().astype(float),
            lower=np.zeros(leaves.size),
            upper=upper,
            few=few,
        )

    def _fall_out(self, at: int, layer: Layer, cells: np.ndarray, outcome: Outcome) -> list[Cut]:
        """What of one origin's sizes can be worked out when its destinations are known as well:
        cuts of what is shown of these."""
        rows = self.size_rows[:, :, at].ravel()
        hidden = np.unique(rows[self.size_outcome.hidden[rows] & ~self.sizes.open[rows]])
        if not len(hidden):
            return []
        shown_rows = np.unique(rows[~self.size_outcome.hidden[rows]])
        known = np.zeros(len(layer.values), bool)
        known[cells.ravel()] = True
        # A row that is hidden hides its destinations, also those over nobody.
        known[cells[self.row_is_hidden[:, :, at]].ravel()] = False
        seen = np.flatnonzero(known & ~outcome.hidden)
        gather = self._over_destinations()
        facts = Facts(
            rows=sparse.vstack(
                [self._own(at, shown_rows) @ gather, layer.sums[seen]], format="csr"
            ),
            values=np.concatenate([self.sizes.values[shown_rows], layer.values[seen]]),
            lower=np.zeros(layer.sums.shape[1]),
            upper=np.full(layer.sums.shape[1], np.inf),
        )
        goals = sparse.csr_matrix(self._own(at, hidden) @ gather)
        found = recovered(facts, goals, truth=layer.leaves, doubt=self.sizes.doubt[hidden])
        cuts = []
        for one in found:
            ways = [int(seen[row - len(shown_rows)]) for row in one.rows if row >= len(shown_rows)]
            if not ways:
                raise CannotProtect(layer.name)
            cuts.append(Cut(frozenset(ways), None))
        return cuts

    def _own(self, at: int, quantities: np.ndarray) -> sparse.csr_matrix:
        """Sizes as sums over the leaves of one origin (areas x atoms)."""
        shape = (len(quantities), *self.counts.at_risk.shape)
        dense = self.sizes.sums[quantities].toarray().reshape(shape)[:, :, at]
        return sparse.csr_matrix(dense.reshape(len(quantities), -1))

    def _over_destinations(self) -> sparse.csr_matrix:
        """Sizes of leaves (areas x atoms) out of steps (areas x destinations x atoms)."""
        areas, _origins, goals, atoms = self.counts.steps.shape
        one = sparse.kron(np.ones((1, goals)), sparse.identity(atoms))
        return sparse.csr_matrix(sparse.kron(sparse.identity(areas), one))
