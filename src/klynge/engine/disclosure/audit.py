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
from dataclasses import dataclass, field, replace
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
from klynge.engine.disclosure.layers import counts_residents, without_known_zeros
from klynge.engine.disclosure.published import UNKNOWN, Background, Finding, Published, read_rows
from klynge.engine.disclosure.remembering import Before, remembered, shown_again, told_before
from klynge.engine.disclosure.standardised import Known, sums_known
from klynge.engine.standardise import DIGITS

if TYPE_CHECKING:
    from klynge.engine.disclosure.earlier import Edition
    from klynge.structure import Geography

__all__ = ["Background", "Finding", "audit"]


def audit(
    figures: pa.Table,
    geography: Geography,
    background: Sequence[Background],
    *,
    jobs: int = 1,
    earlier: Sequence[Edition] = (),
) -> tuple[Finding, ...]:
    """Everything in `figures` that may not leave; empty when nothing can be worked out.

    background: one entry for every table that `figures` holds rows of. jobs: how many attacks at
    once; the answer does not depend on it. earlier: editions he has as well.
    """
    published, findings = read_rows(figures, geography, background)
    for table in published:
        table.before = remembered(table, earlier)
        findings += shown_again(table)
    groups: dict[tuple[str, str], Population] = {}
    for table in published:
        name = table.about.denominator_key, table.about.period
        groups.setdefault(name, Population()).tables.append(table)
    with ThreadPoolExecutor(max(1, jobs)) as pool:
        for found in pool.map(Population.attack, groups.values()):
            findings += found
        for found in pool.map(_attack_numerators, published):
            findings += found
    return tuple(findings)


def _attack_numerators(table: Published) -> list[Finding]:
    """What falls out of the numerators of one table, for one who knows the denominators."""
    if counts_residents(table.about):
        return []
    sums, upper = table.grid.numerator_matrix, most_of_each(table)
    for before in table.before:
        nothing = np.flatnonzero(before.standing & (before.published.numerator == 0))
        upper = without_known_zeros(upper, before.published.grid.numerator_matrix[nothing])
    # Where nobody is, nothing happens to anybody; there is nothing to be known.
    somebody = sums @ np.minimum(upper, 1.0) > 0
    targets = np.flatnonzero(table.hidden & somebody & ~told_before(table))
    shown = np.flatnonzero(~table.hidden)
    known = known_limits(table)
    rows, values = [sums[shown]], [table.numerator[shown]]
    for before in table.before:
        told = np.flatnonzero(before.standing)
        rows.append(before.published.grid.numerator_matrix[told])
        values.append(before.published.numerator[told])
    facts = Facts(
        rows=sparse.vstack(rows, format="csr"),
        values=np.concatenate(values),
        lower=np.zeros(len(upper)),
        upper=upper,
        ranges=known.sums,
        range_low=known.low,
        range_high=known.high,
    )
    already = None
    if table.before:
        already = replace(facts, rows=sparse.vstack(rows[1:], format="csr"),
                          values=np.concatenate(values[1:]), ranges=None,
                          range_low=np.empty(0), range_high=np.empty(0))  # fmt: skip
    doubt = doubt_of(table, targets, sums[targets] @ upper)
    found = _findings(table, facts, sums, targets, already, doubt=doubt)
    for before in table.before:
        older = before.published.grid.numerator_matrix
        kept = before.kept_hidden & (older @ np.minimum(upper, 1.0) > 0)
        found += _findings(before.published, facts, older, np.flatnonzero(kept))
    return found


def known_limits(table: Published) -> Known:
    """Sums of the leaves of a table's numerator that are known within limits."""
    sums, upper = table.grid.numerator_matrix, most_of_each(table)
    somebody = sums @ np.minimum(upper, 1.0) > 0
    tops, known = _ceilings(table, np.flatnonzero(table.hidden & somebody)), _standardised(table)
    return Known(
        sparse.vstack([tops.sums, known.sums], format="csr"),
        np.concatenate([tops.low, known.low]),
        np.concatenate([tops.high, known.high]),
        np.concatenate([tops.owner, known.owner]),
    )


def _findings(
    table: Published,
    facts: Facts,
    sums: sparse.csr_matrix,
    targets: np.ndarray,
    already: Facts | None = None,
    doubt: int | np.ndarray = rules.LEAST_DOUBT,
) -> list[Finding]:
    """The targets that fall out. already: what was known before these rows; what falls out of that
    alone they do not tell."""
    try:
        found, _witnesses = attack(
            facts, sums[targets], witnesses=table.about.witnesses, doubt=doubt
        )
        cells = targets[[one.target for one in found]]
        if already is not None and len(cells):
            # What an edition has narrowed may be narrow, and what it has told may be told.
            asked = np.broadcast_to(doubt, len(targets))[[one.target for one in found]]
            pinned = np.array([one.others < rules.LEAST_DOUBT for one in found])
            before = np.where(pinned, rules.LEAST_DOUBT, asked)
            told, _none = attack(already, sums[cells], doubt=before)
            cells = np.delete(cells, [one.target for one in told])
    except NoSuchCounts:
        return [table.finding(0, "the published numbers contradict each other")]
    return [table.finding(int(cell), "numerator") for cell in cells]


def doubt_of(table: Published, targets: np.ndarray, room: np.ndarray) -> np.ndarray:
    """How many other whole numbers must remain possible for the numerators of these cells."""
    few = table.about.few_numerators
    secret = np.zeros(len(targets), bool) if few is None else few[targets]
    return rules.least_doubt(secret, room)


def most_of_each(table: Published) -> np.ndarray:
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
class Population:
    """The tables of one denominator in one period."""

    tables: list[Published] = field(default_factory=list)

    def attack(self) -> list[Finding]:
        """What falls out of the denominators, with every numerator that is published. Also tells
        each table the denominators that others show."""
        self.read()
        return self._recover(self.atoms) if self.rows else []

    def read(self) -> None:
        """Note what every table shows of the population, and tell each what others show."""
        atoms = self.atoms = _common_atoms([table.about.atoms for table in self.tables])
        self.quantities: dict[bytes, int] = {}
        self.rows: list[sparse.csr_matrix] = []
        self.known: list[int] = []
        self.shown_by: list[tuple[Published, int, str]] = []
        self.few: set[int] = set()
        cells = [(table, *entry) for table in self.tables for entry in self._enter(table, atoms)]
        for table, what, numbers in cells:
            if what == "denominator":
                table.denominator[:] = np.array(self.known, np.int64)[numbers]

    def _enter(self, table: Published, atoms: list[Span]) -> list[tuple[str, np.ndarray]]:
        about, entered = table.about, []
        own = [age_span(age, about.atoms) for age in table.grid.ages]
        if counts_residents(about):
            numbers = self._number(table, own, atoms, table.numerator, "numerator")
            self._take(numbers, about.open_numerators)
            self._note_few(numbers, about.few_numerators)
            entered.append(("numerator", numbers))
        if _shows_people(about) and about.indicator.kind != "count":
            whole = (about.atoms[0][0], about.atoms[-1][1])
            ages = [whole] * len(own) if denominator_is_all_ages(about) else own
            numbers = self._number(table, ages, atoms, table.denominator, "denominator")
            self._take(numbers, about.open_denominators)
            self._note_few(numbers, about.few_denominators)
            entered.append(("denominator", numbers))
        for before in table.before:
            self._enter_before(before, atoms)
        return entered

    def _enter_before(self, before: Before, atoms: list[Span]) -> None:
        """What an earlier edition showed, where it is still so."""
        table = before.published
        about = table.about
        own = [age_span(age, about.atoms) for age in table.grid.ages]
        if counts_residents(about):
            known = np.where(before.standing, table.numerator, UNKNOWN)
            self._number(table, own, atoms, known, "numerator", before.standing)
        if _shows_people(about) and about.indicator.kind != "count":
            whole = (about.atoms[0][0], about.atoms[-1][1])
            ages = [whole] * len(own) if denominator_is_all_ages(about) else own
            known = np.where(before.denominators, table.denominator, UNKNOWN)
            self._number(table, ages, atoms, known, "denominator", before.denominators)

    def _number(
        self,
        table: Published,
        ages: list[Span],
        atoms: list[Span],
        values: np.ndarray,
        what: str,
        wanted: np.ndarray | None = None,
    ) -> np.ndarray:
        """The quantity of each cell; cells over the same leaves are one quantity. wanted (cells):
        only those, when given."""
        by_age = sparse.csr_matrix([[within(atom, age) for atom in atoms] for age in ages])
        by_sex = sparse.csr_matrix([[sex in ("all", leaf) for leaf in LEAF_SEXES] for sex in SEXES])
        sums = kron(table.grid.place_matrix, kron(by_sex, by_age)).astype(float)
        if wanted is not None:
            sums, values = sums[np.flatnonzero(wanted)], values[wanted]
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

    def _note_few(self, numbers: np.ndarray, few: np.ndarray | None) -> None:
        if few is not None:
            self.few.update(numbers[few].tolist())

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
        few = np.isin(targets, sorted(self.few))
        doubt = rules.least_doubt(few, np.full(len(targets), np.inf))
        known_worlds = self.tables[0].about.together
        try:
            found, _witnesses = attack(facts, goals, witnesses=known_worlds, doubt=doubt)
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
    sums, numbers = [], []
    known = [(table, ~table.hidden), *((one.published, one.standing) for one in table.before)]
    for one, told in known:
        sums.append(one.grid.numerator_matrix.astype(float)[np.flatnonzero(told)])
        numbers.append(one.numerator[told])
    ages = [age for one, _told in known for age in one.grid.ages]
    bands = spans_between(ages, table.about.atoms)
    rows = sparse.vstack(sums, format="csr")
    return Part(table.about.atoms, bands, rows, np.concatenate(numbers))


def _common_atoms(every: Sequence[Sequence[Span]]) -> list[Span]:
    """The finest ages that the atoms of all tables make together."""
    ends = {end for atoms in every for atom in atoms for end in first_and_end(atom)}
    return spans_of(sorted(ends))
