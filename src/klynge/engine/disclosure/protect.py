"""Decides what of a whole set of tables must be hidden.

Denominators first, each population once for all the tables that show it; then each indicator's
numerators, with the rows hidden whose denominator is; then the denominators once more, attacked
with everything published at once (`joint`). What falls out there is demanded of the population,
and its indicators are protected anew.

Where one indicator divides by the people whom another counts (admissions of citizens with COPD, and
how many they are), the same numbers are shown twice. The one that counts them is the *host*: its
numerators are protected once, and its *guests* hide their denominators where it hides them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeVar

import numpy as np
from scipy import sparse

from klynge.engine.cells import CellGrid, spans_between
from klynge.engine.disclosure import rules
from klynge.engine.disclosure.attack import attack
from klynge.engine.disclosure.choose import Cut
from klynge.engine.disclosure.earlier import Told, standing_values
from klynge.engine.disclosure.joint import Part, joint_facts
from klynge.engine.disclosure.layers import (
    Layer,
    Shapes,
    counts_residents,
    denominator_is_secret,
    losses,
    numerator_is_secret,
    numerator_layer,
    same_cells,
)
from klynge.engine.disclosure.population import Population, population_layer
from klynge.engine.disclosure.standardised import StandardFacts, standard_facts
from klynge.engine.disclosure.suppress import CannotProtect, Outcome, suppress_beside
from klynge.engine.standardise import Standardised, standardised
from klynge.texts import _

if TYPE_CHECKING:
    from klynge.engine.counts import LeafCounts
    from klynge.structure import Geography

Progress = Callable[[str], None]
Given = TypeVar("Given")
Made = TypeVar("Made")


@dataclass(frozen=True, eq=False)
class Protected:
    """One table and what of it must be hidden.

    grid: its cells; standardised: its standardised values, if any.
    hidden, primary, plain (cells): hidden; hidden because the rules keep the cell itself secret;
    what plain row-and-column suppression would have hidden. hidden_standardised (places).
    open_denominators, open_numerators (cells): the sizes of populations that are not protected,
    -1 where they are; open_numerators only for a table that counts the residents themselves.
    few_numerators, few_denominators (cells): whose number the rules themselves keep secret.
    witnesses (of the numerator), together (of the denominator with the numerators of all shares of
    it): leaves that agree with everything shown, and differ in what is hidden. told: what earlier
    editions have of it.
    """

    table: LeafCounts
    grid: CellGrid
    standardised: Standardised | None
    hidden: np.ndarray
    primary: np.ndarray
    plain: np.ndarray
    hidden_standardised: np.ndarray | None
    open_denominators: np.ndarray | None
    open_numerators: np.ndarray | None
    few_numerators: np.ndarray
    few_denominators: np.ndarray
    rounds: int
    witnesses: tuple[np.ndarray, ...] = ()
    together: tuple[np.ndarray, ...] = ()
    told: tuple[Told, ...] = ()


def protect(
    tables: Sequence[LeafCounts],
    geography: Geography,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
    told: Sequence[Sequence[Told]] | None = None,
) -> tuple[Protected, ...]:
    """What to hide in each of `tables`, so that nothing hidden can be worked out.

    jobs: how many layers are solved at once; the answer does not depend on it.
    told: for each table what earlier editions have told of it; see `earlier`.
    """
    with ThreadPoolExecutor(max(1, jobs)) as pool:
        tell = progress or (lambda _line: None)
        return _Protection(tables, geography, pool, tell, told or [()] * len(tables)).run()


class _Protection:
    def __init__(
        self,
        tables: Sequence[LeafCounts],
        geography: Geography,
        pool: ThreadPoolExecutor,
        tell: Progress,
        told: Sequence[Sequence[Told]],
    ) -> None:
        self.tables, self.pool, self.tell, self.told = tables, pool, tell, list(told)
        self.shapes = Shapes()
        self.grids = [CellGrid(table, geography) for table in tables]
        self.standardised = [
            standardised(table, grid) for table, grid in zip(tables, self.grids, strict=True)
        ]
        self.groups: dict[tuple[str, str], list[int]] = {}
        for at, table in enumerate(tables):
            if table.denominator is not None or counts_residents(table):
                self.groups.setdefault((table.denominator_key, table.period), []).append(at)
        self.hosts = self._hosts()
        self.populations: dict[tuple[str, str], Population] = {}
        self.cuts: dict[tuple[str, str], list[Cut]] = {group: [] for group in self.groups}
        self.outcomes: dict[tuple[str, str], Outcome] = {}
        self.together: dict[tuple[str, str], tuple[np.ndarray, ...]] = {}
        self.numerators: dict[int, tuple[Layer, np.ndarray, StandardFacts | None, Outcome]] = {}

    def run(self) -> tuple[Protected, ...]:
        own = [group for group in self.groups if group not in self.hosts]
        self.populations = dict(self._each(self._population, own))
        groups, stale = own, list(range(len(self.tables)))
        while stale:
            for group, outcome in self._each(self._denominators, groups):
                self.tell(_("  grundlaget for {name}").format(name=outcome.name))
                self.outcomes[group] = outcome
            for tables in self._hosts_first(stale):
                for at, numerator in self._each(self._numerator, tables):
                    self.tell(f"  {numerator[0].name}")
                    self.numerators[at] = numerator
                    self._receive_guests(at)
            attacked = self._groups_of(stale)
            fallen = [group for group, cuts in self._each(self._fall_out, attacked) if cuts]
            groups = [group for group in fallen if group not in self.hosts]
            stale = self._depend_on(fallen)
        return tuple(self._protected(at) for at in range(len(self.tables)))

    def _hosts(self) -> dict[tuple[str, str], int]:
        """The populations that a table counts the people of, and which table."""
        found: dict[tuple[str, str], int] = {}
        for at, table in enumerate(self.tables):
            group = table.numerator_key, table.period
            guests = self.groups.get(group, []) if table.numerator_key else []
            if guests:
                if any(not same_cells(self.grids[at], self.grids[guest]) for guest in guests):
                    raise ValueError("a population is counted and divided by in different cells")
                found[group] = at
        return found

    def _hosts_first(self, tables: Sequence[int]) -> list[list[int]]:
        """Those to protect by their own numerators: hosts (and all others) before guests."""
        guests = {guest for group in self.hosts for guest in self.groups[group]}
        own = [at for at in tables if not counts_residents(self.tables[at])]
        return [[at for at in own if at not in guests], [at for at in own if at in guests]]

    def _receive_guests(self, host: int) -> None:
        """What the host hides of its numerators, its guests hide of their denominators."""
        layer, cells, _facts, outcome = self.numerators[host]
        for group, at in self.hosts.items():
            if at == host:
                guests = dict.fromkeys(self.groups[group], cells)
                atoms = list(self.tables[host].atoms)
                self.populations[group] = Population(layer, guests, {}, atoms)
                self.outcomes[group] = outcome

    def _groups_of(self, tables: Sequence[int]) -> list[tuple[str, str]]:
        """The populations that the tables divide by."""
        members = set(tables)
        return [group for group, own in self.groups.items() if members & set(own)]

    def _depend_on(self, groups: Sequence[tuple[str, str]]) -> list[int]:
        """The tables to protect anew when more is demanded of `groups`."""
        found = {at for group in groups for at in self.groups[group]}
        found |= {self.hosts[group] for group in groups if group in self.hosts}
        found |= {
            g for group, host in self.hosts.items() if host in found for g in self.groups[group]
        }
        return sorted(found)

    def _each(
        self, task: Callable[[Given], Made], given: Iterable[Given]
    ) -> Iterator[tuple[Given, Made]]:
        """`task` for each, several at once, in the order given. HiGHS lets other threads work
        while it runs."""
        asked = list(given)
        return zip(asked, self.pool.map(task, asked), strict=True)

    def _population(self, group: tuple[str, str]) -> Population:
        members = self.groups[group]
        tables = {at: self.tables[at] for at in members}
        # Told by the first indicator that shows it: a key is made of a whole definition.
        name = f"{self.tables[members[0]].indicator.code} {group[1]}"
        grids = {at: self.grids[at] for at in members}
        return population_layer(name, tables, grids, {at: self.told[at] for at in members})

    def _denominators(self, group: tuple[str, str]) -> Outcome:
        try:
            return suppress_beside(self.populations[group].layer, self.cuts[group])
        except CannotProtect:
            loosened = [self._loosen(at) for at in self.groups[group]]
            if not any(loosened):
                raise
            # Another layer: what was demanded of the old one must be found out anew.
            self.populations[group], self.cuts[group] = self._population(group), []
            return suppress_beside(self.populations[group].layer)

    def _loosen(self, at: int) -> bool:
        """Let less be known of what earlier editions have of a table; False when that is done."""
        told = self.told[at]
        self.told[at] = [one.looser(self.tables[at]) for one in told]
        return any(not one.loosely for one in told)

    def _numerator(self, at: int) -> tuple[Layer, np.ndarray, StandardFacts | None, Outcome]:
        try:
            return self._numerator_beside(at)
        except CannotProtect:
            if not self._loosen(at):
                raise
            return self._numerator_beside(at)

    def _numerator_beside(self, at: int) -> tuple[Layer, np.ndarray, StandardFacts | None, Outcome]:
        table, grid, found = self.tables[at], self.grids[at], self.standardised[at]
        facts = None
        if found is not None:
            cost = losses(grid, grid.numerator_of(table.numerator))
            facts = standard_facts(table, grid, found, cost)
        told = self.told[at]
        layer, cells = numerator_layer(
            table, grid, self._denominator_is_hidden(at), facts, self.shapes.of(grid, told), told
        )
        if told and facts is not None and found is not None:
            known, hidden = standing_values(told, facts, found, grid)
            layer = replace(layer, extra_open=known, extra_secret=hidden)
        demanded = [
            cut for group, host in self.hosts.items() if host == at for cut in self.cuts[group]
        ]
        return layer, cells, facts, suppress_beside(layer, demanded)

    def _denominator_is_hidden(self, at: int) -> np.ndarray:
        hidden = np.zeros(len(self.grids[at]), bool)
        for cells, outcome in self._population_cells(at):
            hidden |= outcome.hidden[cells]
        return hidden

    def _population_cells(self, at: int) -> list[tuple[np.ndarray, Outcome]]:
        group = self.tables[at].denominator_key, self.tables[at].period
        if at not in self.groups.get(group, ()):
            return []
        population, outcome = self.populations[group], self.outcomes[group]
        both = (population.denominators.get(at), population.numerators.get(at))
        return [(cells, outcome) for cells in both if cells is not None]

    def _fall_out(self, group: tuple[str, str]) -> list[Cut]:
        """What can be worked out of the denominators when the numerators are known as well."""
        layer, hidden = self.populations[group].layer, self.outcomes[group].hidden
        targets = np.flatnonzero(hidden & ~layer.open)
        if not len(targets):
            return []
        shown = np.flatnonzero(~hidden)
        parts = [self._part(at) for at in self.groups[group] if self._is_part(at)]
        atoms = self.populations[group].atoms
        facts = joint_facts(layer.sums[shown], layer.values[shown], atoms, parts)
        truth = np.concatenate(
            [layer.leaves, *(part.leaves for part in parts if part.leaves is not None)]
        )
        beyond = sparse.csr_matrix((len(targets), len(truth) - layer.sums.shape[1]))
        goals = sparse.hstack([layer.sums[targets], beyond], format="csr")
        known = self.together.get(group, (truth,))
        found, used = attack(facts, goals, witnesses=known, doubt=layer.doubt[targets])
        self.together[group] = tuple(used)
        cuts = [
            Cut(
                frozenset(int(shown[row]) for row in one.rows if row < len(shown)),
                None if layer.secret[targets[one.target]] else int(targets[one.target]),
            )
            for one in found
        ]
        if set(cuts) & set(self.cuts[group]):
            raise CannotProtect(layer.name)
        self.cuts[group].extend(cuts)
        return cuts

    def _is_part(self, at: int) -> bool:
        return at in self.numerators and self.tables[at].indicator.kind == "proportion"

    def _part(self, at: int) -> Part:
        layer, _cells, _facts, outcome = self.numerators[at]
        shown = np.flatnonzero(~outcome.hidden)
        atoms = self.tables[at].atoms
        ages = [*self.grids[at].ages, *(a for t in self.told[at] for a in t.published.grid.ages)]
        bands = spans_between(ages, atoms)
        return Part(atoms, bands, layer.sums[shown], layer.values[shown], layer.leaves)

    def _protected(self, at: int) -> Protected:
        table, grid = self.tables[at], self.grids[at]
        hidden = self._denominator_is_hidden(at)
        plain = np.zeros(len(grid), bool)
        rounds = 0
        for cells, outcome in self._population_cells(at):
            plain |= outcome.plain[cells]
        hidden_standardised = None
        witnesses: tuple[np.ndarray, ...] = ()
        if at in self.numerators:
            _layer, cells, facts, outcome = self.numerators[at]
            hidden = hidden | outcome.hidden[cells]
            plain = plain | outcome.plain[cells]
            rounds, witnesses = outcome.rounds, outcome.witnesses
            hidden_standardised = self._hidden_standardised(at, hidden, facts, outcome)
        few = numerator_is_secret(table, grid), denominator_is_secret(table, grid)
        people = grid.numerator_of(table.numerator_persons)
        primary = few[0] | few[1]
        if self.told[at]:
            # What an edition has told cannot be protected, but the rules hold for each edition.
            hidden = hidden | primary
        return Protected(
            table=table,
            grid=grid,
            standardised=self.standardised[at],
            hidden=hidden,
            primary=primary,
            plain=plain,
            hidden_standardised=hidden_standardised,
            open_denominators=self._open(at, "denominators"),
            open_numerators=self._open(at, "numerators"),
            few_numerators=rules.too_few(people) if counts_residents(table) else few[0],
            few_denominators=few[1] & self._may_be_wide(at),
            rounds=rounds,
            witnesses=witnesses,
            together=self.together.get((table.denominator_key, table.period), ()),
            told=tuple(self.told[at]),
        )

    def _may_be_wide(self, at: int) -> np.ndarray:
        """The cells whose denominator is protected to the full width: where it is the numerator of
        another indicator, the people there may leave fewer numbers."""
        group = self.tables[at].denominator_key, self.tables[at].period
        population = self.populations.get(group)
        cells = None if population is None else population.denominators.get(at)
        if population is None or cells is None:
            return np.zeros(len(self.grids[at]), bool)
        wide: np.ndarray = population.layer.doubt[cells] >= rules.DOUBT_OF_FEW
        return wide

    def _hidden_standardised(
        self, at: int, hidden: np.ndarray, facts: StandardFacts | None, outcome: Outcome
    ) -> np.ndarray | None:
        if self.standardised[at] is None:
            return None
        # Also where it was not counted: that there were fewer than ten events is a fact too.
        places: np.ndarray = hidden[self.grids[at].totals()].copy()
        if facts is not None:
            places[facts.place] |= outcome.extras
        return places

    def _open(self, at: int, which: Literal["denominators", "numerators"]) -> np.ndarray | None:
        group = self.tables[at].denominator_key, self.tables[at].period
        if group not in self.groups:
            return None
        population, hidden = self.populations[group], self.outcomes[group].hidden
        cells: np.ndarray | None = getattr(population, which).get(at)
        if cells is None:
            return None
        sizes: np.ndarray = np.where(hidden[cells], -1, population.layer.values[cells])
        return sizes
