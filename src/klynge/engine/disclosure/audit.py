"""The attacker: tries to work out every hidden number from what is published.

It reads finished rows of `figures`, not the tables they came from, and shares no bookkeeping with
`suppress`: which cells are sums of which is made again here, from the geography and the indicators'
ages. What the attacker is taken to know beside the rows is in `Background`. Everything he can pin
to one whole number is a finding, and so is a published row that the rules forbid, and one that he
(and so we) do not understand. `klynge.engine.release` refuses to write on any finding.

Proofs that hidden numbers are safe (`witnesses`) come along from the protection. They are checked
against the finished rows, number by number; for what they do not prove, programs are solved.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from scipy import sparse

from klynge.engine.cells import (
    LEAF_SEXES,
    SEXES,
    Span,
    age_span,
    denominator_is_all_ages,
    first_and_end,
    kron,
    spans_between,
    spans_of,
    within,
)
from klynge.engine.disclosure import rules
from klynge.engine.disclosure.attack import Facts, NoSuchCounts, attack
from klynge.engine.disclosure.columns import row_hashes
from klynge.engine.disclosure.joint import Part, joint_facts
from klynge.engine.disclosure.layers import counts_residents
from klynge.engine.disclosure.published import UNKNOWN, Background, Finding, Published, read_rows
from klynge.engine.disclosure.standardised import Known, sums_known
from klynge.engine.standardise import DIGITS

if TYPE_CHECKING:
    from klynge.structure import Geography

__all__ = ["Background", "Finding", "audit"]


def audit(
    figures: pa.Table,
    geography: Geography,
    background: Sequence[Background],
    *,
    jobs: int = 1,
) -> tuple[Finding, ...]:
    """Everything in `figures` that may not leave; empty when nothing can be worked out.

    background: one entry for every table that `figures` holds rows of. jobs: how many attacks at
    once; the answer does not depend on it.
    """
    published, findings = read_rows(figures, geography, background)
    groups: dict[tuple[str, str], _Population] = {}
    for table in published:
        name = table.about.denominator_key, table.about.period
        groups.setdefault(name, _Population()).tables.append(table)
    with ThreadPoolExecutor(max(1, jobs)) as pool:
        for found in pool.map(_Population.attack, groups.values()):
            findings += found
        for found in pool.map(_attack_numerators, published):
            findings += found
    return tuple(findings)


def _attack_numerators(table: Published) -> list[Finding]:
    """What falls out of the numerators of one table, for one who knows the denominators."""
    if counts_residents(table.about):
        return []
    sums, upper = table.grid.numerator_matrix, _highest(table)
    # Where nobody is, nothing happens to anybody; there is nothing to be known.
    somebody = sums @ np.minimum(upper, 1.0) > 0
    targets = np.flatnonzero(table.hidden & somebody)
    shown = np.flatnonzero(~table.hidden)
    tops, known = _ceilings(table, targets), _standardised(table)
    facts = Facts(
        rows=sums[shown],
        values=table.numerator[shown],
        lower=np.zeros(len(upper)),
        upper=upper,
        ranges=sparse.vstack([tops.sums, known.sums], format="csr"),
        range_low=np.concatenate([tops.low, known.low]),
        range_high=np.concatenate([tops.high, known.high]),
    )
    return _findings(table, facts, sums, targets)


def _findings(
    table: Published, facts: Facts, sums: sparse.csr_matrix, targets: np.ndarray
) -> list[Finding]:
    try:
        found, _witnesses = attack(
            facts, sums[targets], witnesses=table.about.witnesses, doubt=rules.LEAST_DOUBT
        )
    except NoSuchCounts:
        return [table.finding(0, "the published numbers contradict each other")]
    return [table.finding(int(targets[one.target]), "numerator") for one in found]


def _highest(table: Published) -> np.ndarray:
    """The highest each leaf can be for one who knows the denominators leaf by leaf."""
    about = table.about
    if about.denominator is None:
        return np.full(table.grid.numerator_matrix.shape[1], np.inf)
    people = about.denominator.ravel().astype(float)
    if about.indicator.kind == "proportion":
        return people
    return np.where(people > 0, np.inf, 0.0)


def _ceilings(table: Published, hidden: np.ndarray) -> Known:
    """Where the denominators are known only cell by cell: no share is above 1, and nothing
    happens where nobody is."""
    tops = table.denominator[hidden]
    told = (tops == 0) | ((tops > 0) & (table.about.indicator.kind == "proportion"))
    told &= table.about.denominator is None
    sums = table.grid.numerator_matrix.astype(float)[hidden[told]]
    count = sums.shape[0]
    return Known(sums, np.zeros(count), tops[told].astype(float), np.arange(count))


def _standardised(table: Published) -> Known:
    weights = table.about.weights
    if weights is None:
        nothing = sparse.csr_matrix((0, table.grid.numerator_matrix.shape[1]))
        return Known(nothing, np.empty(0), np.empty(0), np.empty(0, int))
    events = table.numerator[table.grid.totals()]
    told = [
        place
        for place in table.standardised
        if events[place] > 0 and weights.indptr[place + 1] > weights.indptr[place]
    ]
    ends = np.array([table.standardised[place] for place in told], float).reshape(-1, 3)
    return sums_known(weights[told], ends, events[told], DIGITS)


@dataclass(eq=False)
class _Population:
    """The tables of one denominator in one period."""

    tables: list[Published] = field(default_factory=list)

    def attack(self) -> list[Finding]:
        """What falls out of the denominators, with every numerator that is published. Also tells
        each table the denominators that others show."""
        atoms = _common_atoms([table.about.atoms for table in self.tables])
        self.quantities: dict[bytes, int] = {}
        self.rows: list[sparse.csr_matrix] = []
        self.known: list[int] = []
        self.shown_by: list[tuple[Published, int, str]] = []
        cells = [(table, *entry) for table in self.tables for entry in self._enter(table, atoms)]
        for table, what, numbers in cells:
            if what == "denominator":
                table.denominator[:] = np.array(self.known, np.int64)[numbers]
        if not self.rows:
            return []
        return self._recover(atoms)

    def _enter(self, table: Published, atoms: list[Span]) -> list[tuple[str, np.ndarray]]:
        about, entered = table.about, []
        own = [age_span(age, about.atoms) for age in table.grid.ages]
        if counts_residents(about):
            numbers = self._number(table, own, atoms, table.numerator, "numerator")
            self._take(numbers, about.open_numerators)
            entered.append(("numerator", numbers))
        if _shows_people(about) and about.indicator.kind != "count":
            whole = (about.atoms[0][0], about.atoms[-1][1])
            ages = [whole] * len(own) if denominator_is_all_ages(about) else own
            numbers = self._number(table, ages, atoms, table.denominator, "denominator")
            self._take(numbers, about.open_denominators)
            entered.append(("denominator", numbers))
        return entered

    def _number(
        self, table: Published, ages: list[Span], atoms: list[Span], values: np.ndarray, what: str
    ) -> np.ndarray:
        """The quantity of each cell; cells over the same leaves are one quantity."""
        by_age = sparse.csr_matrix([[within(atom, age) for atom in atoms] for age in ages])
        by_sex = sparse.csr_matrix([[sex in ("all", leaf) for leaf in LEAF_SEXES] for sex in SEXES])
        sums = kron(table.grid.place_matrix, kron(by_sex, by_age)).astype(float)
        numbers = np.empty(sums.shape[0], int)
        looks = [look.tobytes() for look in row_hashes(sums)]
        new: list[int] = []
        for cell, look in enumerate(looks):
            if look not in self.quantities:
                self.quantities[look] = len(self.known)
                self.known.append(UNKNOWN)
                self.shown_by.append((table, cell, what))
                new.append(cell)
            numbers[cell] = self.quantities[look]
        self.rows.append(sums[new])
        self._take(numbers, values)
        return numbers

    def _take(self, numbers: np.ndarray, values: np.ndarray | None) -> None:
        if values is not None:
            for number, value in zip(
                numbers[values != UNKNOWN], values[values != UNKNOWN], strict=True
            ):
                self.known[number] = int(value)

    def _recover(self, atoms: list[Span]) -> list[Finding]:
        known = np.array(self.known)
        shown, targets = np.flatnonzero(known != UNKNOWN), np.flatnonzero(known == UNKNOWN)
        if not len(targets):
            return []
        rows = sparse.vstack(self.rows, format="csr")
        parts = [_part(table) for table in self.tables if _is_part(table)]
        facts = joint_facts(rows[shown], known[shown], atoms, parts)
        beyond = sparse.csr_matrix((len(targets), facts.rows.shape[1] - rows.shape[1]))
        goals = sparse.hstack([rows[targets], beyond], format="csr")
        try:
            found, _witnesses = attack(
                facts, goals, witnesses=self.tables[0].about.together, doubt=rules.LEAST_DOUBT
            )
        except NoSuchCounts:
            return [self.tables[0].finding(0, "the published numbers contradict each other")]
        told = all(_is_told(table.about) for table in self.tables if _shows_people(table.about))
        findings = []
        for one in found:
            table, cell, what = self.shown_by[targets[one.target]]
            if told or rules.denominator_is_secret(np.rint(np.array([one.low])))[0]:
                findings.append(table.finding(cell, what))
        return findings


def _shows_people(about: Background) -> bool:
    """Whether its rows show sizes of the population: not where events alone are counted."""
    return about.indicator.kind != "count" or counts_residents(about)


def _is_told(about: Background) -> bool:
    return about.open_denominators is not None or about.open_numerators is not None


def _is_part(table: Published) -> bool:
    return table.about.indicator.kind == "proportion" and not counts_residents(table.about)


def _part(table: Published) -> Part:
    shown = np.flatnonzero(~table.hidden)
    bands = spans_between(table.grid.ages, table.about.atoms)
    sums = table.grid.numerator_matrix.astype(float)
    return Part(table.about.atoms, bands, sums[shown], table.numerator[shown])


def _common_atoms(every: Sequence[Sequence[Span]]) -> list[Span]:
    """The finest ages that the atoms of all tables make together."""
    ends = {end for atoms in every for atom in atoms for end in first_and_end(atom)}
    return spans_of(sorted(ends))
