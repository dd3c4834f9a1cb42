"""Protects the cells by education after the years' tables, and audits the finished rows of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from klynge.engine.cells import LEAF_SEXES, Span, within
from klynge.engine.disclosure import rules
from klynge.engine.disclosure.audit import Population, doubt_of, most_of_each
from klynge.engine.disclosure.education import (
    EducationGroup,
    ProtectedEducation,
    people_of,
    whole,
)
from klynge.engine.disclosure.layers import counts_residents
from klynge.engine.disclosure.lifting import KINDS, Carried, Room, Worlds, carry
from klynge.engine.disclosure.population import in_common
from klynge.engine.disclosure.published import UNKNOWN, Background, Finding, Published, read_rows
from klynge.engine.disclosure.together import (
    Fallen,
    Shown,
    attack_denominators,
    attack_numerators,
)
from klynge.engine.education import EducationCounts, age_label

if TYPE_CHECKING:
    from klynge.engine.counts import LeafCounts
    from klynge.engine.disclosure.protect import Protected
    from klynge.structure import Geography

Name = tuple[str, str]
"""The indicator's code, or the key of a denominator; and the period."""


@dataclass(eq=False)
class Years:
    """What the finished rows of the years' tables show, by table and by denominator.

    leaves: of each table's numerator. people: how things are and other worlds, as leaves of each
    denominator. Both to begin with; none for somebody who does not have them.
    """

    tables: dict[Name, Published]
    populations: dict[Name, Population] = field(default_factory=dict)
    leaves: Mapping[Name, np.ndarray] = field(default_factory=dict)
    people: dict[Name, list[np.ndarray]] = field(default_factory=dict)

    @classmethod
    def read(cls, figures: pa.Table, geography: Geography, protected: Sequence[Protected]) -> Years:
        """From finished rows, those by education left out."""
        background = [Background.of(known) for known in protected]
        rows = figures.filter(pc.equal(figures["education"], "all"))
        published, _findings = read_rows(rows, geography, background)
        found = cls({(each.about.indicator.code, each.about.period): each for each in published})
        for table in published:
            name = table.about.denominator_key, table.about.period
            found.populations.setdefault(name, Population()).tables.append(table)
        truth = _people([known.table for known in protected])
        for name, population in found.populations.items():
            population.read()
            together = population.tables[0].about.together
            if population.rows and name in truth:
                leaves = truth[name].ravel().astype(float)
                worlds = [each[: len(leaves)] for each in together]
                found.people[name] = [leaves, *worlds]
        found.leaves = {
            (known.table.indicator.code, known.table.period): known.table.numerator.ravel()
            for known in protected
        }
        return found

    def of(self, table: Published) -> list[np.ndarray]:
        """How things are and other worlds, as leaves of a table's numerator; none when that is not
        known."""
        leaves = self.leaves.get((table.about.indicator.code, table.about.period))
        return [] if leaves is None else [leaves.astype(float), *table.about.witnesses]


def _people(tables: Sequence[LeafCounts]) -> dict[Name, np.ndarray]:
    groups: dict[Name, list[LeafCounts]] = {}
    for table in tables:
        if table.denominator is not None or counts_residents(table):
            groups.setdefault((table.denominator_key, table.period), []).append(table)
    return {name: in_common(group)[1] for name, group in groups.items()}


def protect_levels(
    counts: Sequence[EducationCounts],
    protected: Sequence[Protected],
    years: Years,
    geography: Geography,
    *,
    jobs: int = 1,
) -> list[ProtectedEducation]:
    """What to hide by education, so that neither that nor what the years hide can be worked out.

    What is out of the people another indicator counts (those with a disease) is left out: they
    would be shown by education twice.
    """
    hosted = {(known.table.numerator_key, known.table.period) for known in protected}
    groups: dict[Name, list[EducationCounts]] = {}
    for each in counts:
        name = each.denominator_key, each.period
        if name not in hosted:
            groups.setdefault(name, []).append(each)

    def one(given: tuple[Name, list[EducationCounts]]) -> list[ProtectedEducation]:
        return _protected(EducationGroup(given[1], geography), years, given[0])

    with ThreadPoolExecutor(max(1, jobs)) as pool:
        return [each for found in pool.map(one, groups.items()) for each in found]


def audit_levels(
    figures: pa.Table, protected: Sequence[ProtectedEducation], years: Years, *, jobs: int = 1
) -> tuple[Finding, ...]:
    """Everything that the finished rows by education help to find, and rows the rules forbid."""
    rows = _by_table(figures)
    groups: dict[Name, list[tuple[ProtectedEducation, Shown]]] = {}
    for known in protected:
        counts = known.counts
        shown = _shown(known, rows.get((counts.indicator.code, counts.period), {}))
        groups.setdefault((counts.denominator_key, counts.period), []).append((known, shown))

    def one(given: tuple[Name, list[tuple[ProtectedEducation, Shown]]]) -> list[Finding]:
        name, members = given
        known = [each for each, _shown in members]
        shown = [each for _known, each in members]
        found = [finding for each, rows in members for finding in _forbidden(each, rows)]
        for each, rows in members:
            for fallen in _numerators(each, rows, years)[0]:
                found.append(_finding(each, fallen.by[0][1], "numerator"))
        for fallen in _denominators(known, shown, years, name)[0]:
            at, cell = fallen.by[0]
            found.append(_finding(known[at], cell, "denominator"))
        return found

    with ThreadPoolExecutor(max(1, jobs)) as pool:
        return tuple(finding for found in pool.map(one, groups.items()) for finding in found)


def _protected(group: EducationGroup, years: Years, name: Name) -> list[ProtectedEducation]:
    """Withhold what could tell of the years' tables, protect the rest, and attack all of it; of
    the places that help to find anything one is withheld, over and over."""
    below = _withhold(group, years, name)
    members = range(len(group.members))
    worlds = [_withhold_more(group, at, years) for at in members]
    known = [
        replace(each, worlds=worlds[at], below=below) for at, each in enumerate(group.protect())
    ]
    stale = set(members)
    while True:
        for at in stale:
            known[at] = _safe(known[at], years)
        shown = [_as_shown(each) for each in known]
        fallen, used = _denominators(known, shown, years, name)
        known = [replace(each, below=used) for each in known]
        if not fallen:
            return known
        places = {_least_of(known, one.by) for one in fallen}
        for at, cell in places:
            known[at] = known[at].without(cell)
        stale = {at for at, _cell in places}


def _safe(known: ProtectedEducation, years: Years) -> ProtectedEducation:
    """With as many places withheld as it takes for the numerators to tell nothing."""
    while True:
        fallen, used = _numerators(known, _as_shown(known), years)
        known = replace(known, worlds=used)
        if not fallen:
            return known
        for cell in {_least_of([known], one.by)[1] for one in fallen}:
            known = known.without(cell)


def _as_shown(known: ProtectedEducation) -> Shown:
    return Shown(known.grid, known.shown_numerators(), known.shown_denominators())


def _least_of(
    known: Sequence[ProtectedEducation], cells: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """The one of (member, cell) that a reader would miss least."""
    return max(cells, key=lambda each: (KINDS.index(known[each[0]].grid.kind[each[1]]), each))


def _withhold(group: EducationGroup, years: Years, name: Name) -> tuple[np.ndarray, ...]:
    """Withhold places where denominators by education could tell of the years' denominators; the
    worlds these are proven safe by, with their people by level."""
    population = years.populations[name]
    given = years.people.get(name, ())
    if len(given) < 2:
        return ()
    hidden = np.flatnonzero(np.array(population.known) == UNKNOWN)
    rows = sparse.vstack(population.rows, format="csr")[hidden]
    few = np.isin(hidden, sorted(population.few))
    doubt = rules.least_doubt(few, np.full(len(hidden), np.inf))
    room = Room(group.leaves, np.zeros(group.leaves.shape), np.full(group.leaves.shape, np.inf))
    worlds = _worlds(given, rows, doubt, population.atoms, group.bands)
    of_grids = [grid.members() for grid in group.grids]
    found = carry((each for places in of_grids for each in places), room, worlds)
    for at, places in enumerate(of_grids):
        group.withhold(at, np.array([areas not in found.told for _kind, areas in places]))
    return _joined(given, found)


def _withhold_more(group: EducationGroup, at: int, years: Years) -> tuple[np.ndarray, ...]:
    """The same of the numerators of one of its members."""
    counts, grid = group.members[at], group.grids[at]
    table = years.tables[counts.indicator.code, counts.period]
    given = years.of(table)
    if len(given) < 2:
        return ()
    people = counts.denominator.sum(axis=2)[:, :, None].astype(float)
    high = people
    if counts.indicator.kind != "proportion":
        high = np.where(people > 0, np.inf, 0.0)
    room = Room(counts.numerator[:, :, None], np.zeros(people.shape), high)
    hidden = np.flatnonzero(table.hidden)
    rows = table.grid.numerator_matrix[hidden]
    doubt = doubt_of(table, hidden, rows @ most_of_each(table))
    worlds = _worlds(given, rows, doubt, table.about.atoms, [whole(counts)])
    places = grid.members()
    found = carry(places, room, worlds)
    group.withhold(at, np.array([areas not in found.told for _kind, areas in places]))
    return _joined(given, found)


def _worlds(
    given: Sequence[np.ndarray], hidden: sparse.csr_matrix, doubt: np.ndarray,
    atoms: Sequence[Span], bands: Sequence[Span],
) -> Worlds:  # fmt: skip
    """given: how things are, then other worlds, as leaves of a years' table with these atoms.
    hidden: the sums that are hidden; doubt: how many other numbers each must be able to be."""
    more = np.array(given[1:]) - given[0]
    moves = np.asarray((hidden.astype(float) @ more.T).T)
    inside = np.array([[within(atom, band) for band in bands] for atom in atoms], float)
    by_sex = more.reshape(len(more), -1, len(LEAF_SEXES), len(atoms))
    return Worlds(by_sex.sum(axis=2) @ inside, moves, doubt)


def _joined(given: Sequence[np.ndarray], found: Carried) -> tuple[np.ndarray, ...]:
    """The worlds as far as they are gone to, with their people by level beside them."""
    truth = given[0]
    carried = zip(given[1:], found.ways, found.levels, strict=True)
    return (
        *(
            np.concatenate([truth + way * (world - truth), levels.ravel()])
            for world, way, levels in carried
        ),
        *(np.concatenate([truth, levels.ravel()]) for levels in found.turned),
    )


def _numerators(
    known: ProtectedEducation, shown: Shown, years: Years
) -> tuple[list[Fallen], tuple[np.ndarray, ...]]:
    name = known.counts.indicator.code, known.counts.period
    return attack_numerators(years.tables[name], shown, known, years.leaves.get(name))


def _denominators(
    known: Sequence[ProtectedEducation], shown: Sequence[Shown], years: Years, name: Name
) -> tuple[list[Fallen], tuple[np.ndarray, ...]]:
    population = years.populations[name]
    if not population.rows:
        return [], ()
    bands, leaves, _persons = people_of([each.counts for each in known])
    return attack_denominators(population, shown, known, bands, len(leaves))


def _by_table(figures: pa.Table) -> dict[Name, dict[tuple[str, str, str], tuple[int, int]]]:
    """Shown crude rows by education: table -> (kind, place, level) -> numbers."""
    wanted = pc.and_(
        pc.not_equal(figures["education"], "all"),
        pc.and_(pc.equal(figures["status"], "shown"), pc.equal(figures["measure"], "crude")),
    )
    columns = ("indicator", "period", "place_kind", "place", "education", "numerator",
               "denominator")  # fmt: skip
    told = figures.filter(wanted)
    found: dict[Name, dict[tuple[str, str, str], tuple[int, int]]] = {}
    for code, period, kind, place, level, above, below in zip(
        *(told[column].to_pylist() for column in columns), strict=True
    ):
        found.setdefault((code, period), {})[kind, place, level] = above, below
    return found


def _shown(
    known: ProtectedEducation, rows: Mapping[tuple[str, str, str], tuple[int, int]]
) -> Shown:
    grid = known.grid
    cells = zip(grid.kind.tolist(), grid.place.tolist(), grid.level.tolist(), strict=True)
    pairs = [rows.get(cell, (UNKNOWN, UNKNOWN)) for cell in cells]
    numbers = np.array(pairs, np.int64).reshape(-1, 2)
    return Shown(grid, numbers[:, 0], numbers[:, 1])


def _forbidden(known: ProtectedEducation, shown: Shown) -> list[Finding]:
    """Rows that the rules forbid, as far as the rows alone can show it."""
    above, below = shown.numerator, shown.denominator
    is_share = known.counts.indicator.kind == "proportion"
    seen = above != UNKNOWN
    rest = np.where(seen & is_share, below - above, rules.MINIMUM_PERSONS)
    wrong = rules.numerator_is_secret(above, rest, population=False)
    wrong |= rules.denominator_is_secret(below)
    return [_finding(known, int(at), "too few persons") for at in np.flatnonzero(seen & wrong)]


def _finding(known: ProtectedEducation, cell: int, what: str) -> Finding:
    grid, counts = known.grid, known.counts
    level = str(grid.level[cell])
    return Finding(
        indicator=counts.indicator.code,
        period=counts.period,
        place_kind=str(grid.kind[cell]),
        place=str(grid.place[cell]),
        sex="all",
        age=age_label(counts.atoms, counts.indicator.atoms),
        what=f"{what}, told by education {level}",
    )
