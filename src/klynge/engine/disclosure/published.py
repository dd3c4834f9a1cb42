"""Finished rows of `figures`, laid out by cell for the attacker."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from klynge.engine.cells import CellGrid
from klynge.engine.disclosure import rules
from klynge.engine.disclosure.layers import counts_residents

if TYPE_CHECKING:
    from scipy import sparse

    from klynge.engine.counts import LeafCounts
    from klynge.engine.disclosure.protect import Protected
    from klynge.engine.disclosure.remembering import Before
    from klynge.engine.indicators.indicator import Indicator
    from klynge.structure import Geography

UNKNOWN = -1
"""Stands for a number that is not known."""

_CRUDE = ("crude", "count")
_NAMES = ("indicator", "period", "place_kind", "place", "sex", "age")
_NUMBERS = ("numerator", "denominator", "value", "lower", "upper")
_AT_A_TIME = 20_000


@dataclass(frozen=True)
class Finding:
    """Something that may not leave. It names the cell, never a number.

    what: "numerator" or "denominator" (can be worked out), or what else is wrong with the row.
    """

    indicator: str
    period: str
    place_kind: str
    place: str
    sex: str
    age: str
    what: str


@dataclass(frozen=True, eq=False)
class Background:
    """One table as the attacker knows it before he reads the rows.

    indicator, period, areas, atoms: what is counted. denominator_key: tables of one period with
    equal keys have the same denominator population.
    denominator (areas x 2 x atoms), weights (places x leaves, of standardised values): known to
    the attacker, or None. open_denominators, open_numerators (cells; the latter only where the
    numerator is a count of residents): population sizes he knows, -1 for those he must not get to
    know. When neither is given, only a population of 1-4 is a finding.
    few_numerators, few_denominators (cells): the numbers that the rules themselves keep secret, of
    which more must remain possible; None where that is not asked.
    witnesses, together: as in `protect.Protected`. They are checked and only save time.
    standing: what of an earlier edition, read into cells, still binds; None when he takes all that
    he does not see changed to be as it was.
    """

    indicator: Indicator
    period: str
    areas: tuple[str, ...]
    atoms: tuple[tuple[int, int | None], ...]
    denominator_key: str
    denominator: np.ndarray | None = None
    weights: sparse.csr_matrix | None = None
    open_denominators: np.ndarray | None = None
    open_numerators: np.ndarray | None = None
    few_numerators: np.ndarray | None = None
    few_denominators: np.ndarray | None = None
    witnesses: tuple[np.ndarray, ...] = ()
    together: tuple[np.ndarray, ...] = ()
    standing: Callable[[Published], Standing] | None = None

    @classmethod
    def of(cls, known: Protected) -> Background:
        """The most an attacker is taken to know of a table: its denominators leaf by leaf, and
        the size of every population that is not protected."""
        table = known.table
        return cls(
            indicator=table.indicator,
            period=table.period,
            areas=table.areas,
            atoms=table.atoms,
            denominator_key=table.denominator_key,
            denominator=table.denominator,
            weights=None if known.standardised is None else known.standardised.weights,
            open_denominators=known.open_denominators,
            open_numerators=known.open_numerators,
            few_numerators=known.few_numerators,
            few_denominators=known.few_denominators,
            witnesses=known.witnesses,
            together=known.together,
            standing=_standing(known) if known.told else None,
        )


def _standing(known: Protected) -> Callable[[Published], Standing]:
    loosely = any(one.loosely for one in known.told)
    return partial(still_standing, known.table, loosely=loosely)


@dataclass(eq=False)
class Published:
    """The rows of one table by cell. numerator, denominator (cells): -1 where not published.
    standardised: place number -> (value, lower, upper). before: what earlier editions tell."""

    about: Background
    grid: CellGrid
    numerator: np.ndarray
    denominator: np.ndarray
    standardised: dict[int, tuple[float, float, float]]
    before: list[Before] = field(default_factory=list)

    @property
    def hidden(self) -> np.ndarray:
        hidden: np.ndarray = self.numerator == UNKNOWN
        return hidden

    def finding(self, cell: int, what: str) -> Finding:
        grid = self.grid
        return Finding(
            indicator=self.about.indicator.code,
            period=self.about.period,
            place_kind=str(grid.kind[cell]),
            place=str(grid.place[cell]),
            sex=str(grid.sex[cell]),
            age=str(grid.age[cell]),
            what=what,
        )


def read_rows(
    figures: pa.Table, geography: Geography, background: Sequence[Background]
) -> tuple[list[Published], list[Finding]]:
    """The rows of each table of `background`; and findings: rows that cannot be placed in any of
    them, hidden ones that carry a number, and published ones that the rules forbid."""
    tables = {
        (about.indicator.code, about.period): _Reading(about, CellGrid(about, geography))
        for about in background
    }
    findings: list[Finding] = []
    for row in _each(_telling(figures)):
        reading = tables.get((row["indicator"], row["period"]))
        fault = _carries_numbers(row) if row["status"] != "shown" else None
        if row["status"] == "shown":
            fault = reading.take(row) if reading else "not understood"
        elif reading and row["status"] == "not_counted":
            reading.not_counted.append(row)
        if fault:
            findings.append(Finding(**{name: row[name] for name in _NAMES}, what=fault))
    for reading in tables.values():
        findings.extend(reading.forbidden())
    return [reading.published for reading in tables.values()], findings


@dataclass(frozen=True, eq=False)
class Standing:
    """What of an earlier edition still binds, by its cells.

    rows: shown, and none but numbers that still hold. denominators: those shown that still hold.
    hidden: hidden, and to be kept so.
    """

    rows: np.ndarray
    denominators: np.ndarray
    hidden: np.ndarray


def still_standing(table: LeafCounts, before: Published, *, loosely: bool = False) -> Standing:
    """What still binds of `before`, whose cells are sums of the table's leaves.

    loosely: a place whose total of both sexes and all ages has changed is seen to be revised, and
    nothing of it binds.
    """
    grid = before.grid
    rows = ~before.hidden & (grid.numerator_of(table.numerator) == before.numerator)
    below = np.zeros(len(grid), bool)
    if table.denominator is not None:
        told = before.denominator != UNKNOWN
        below = told & (grid.denominator_of(table.denominator) == before.denominator)
        rows &= below | ~told
    standing = Standing(rows, below, before.hidden)
    return _but_of_revised(before, standing) if loosely else standing


def _but_of_revised(before: Published, standing: Standing) -> Standing:
    grid, totals = before.grid, before.grid.totals()
    stands, revised = np.zeros(len(grid.places), bool), np.zeros(len(grid.places), bool)
    stands[grid.place_number[totals]] = standing.rows[totals]
    revised[grid.place_number[totals]] = ~before.hidden[totals] & ~standing.rows[totals]
    of_place = grid.place_number
    return Standing(
        standing.rows & stands[of_place],
        standing.denominators & stands[of_place],
        standing.hidden & ~revised[of_place],
    )


def _telling(figures: pa.Table) -> pa.Table:
    """The rows that tell anything: all but those that are hidden and indeed empty."""
    empty = pc.equal(figures["status"], "hidden")
    for name in _NUMBERS:
        empty = pc.and_(empty, pc.is_null(figures[name]))
    return figures.filter(pc.invert(empty))


def _each(rows: pa.Table) -> Iterator[dict[str, Any]]:
    """The rows one by one, with no more than some of them in Python at a time."""
    for batch in rows.to_batches(max_chunksize=_AT_A_TIME):
        yield from batch.to_pylist()


def _carries_numbers(row: dict[str, Any]) -> str | None:
    carries = any(row[name] is not None for name in _NUMBERS)
    return "a number where none may be" if carries else None


class _Reading:
    def __init__(self, about: Background, grid: CellGrid) -> None:
        nothing = np.full(len(grid), UNKNOWN, np.int64)
        self.published = Published(about, grid, nothing, nothing.copy(), {})
        self.cell = grid.number
        self.place = {name: at for at, name in enumerate(grid.places)}
        self.not_counted: list[dict[str, Any]] = []

    def take(self, row: dict[str, Any]) -> str | None:
        """Note a published row; what is wrong with it when it cannot be placed."""
        cell = self.cell.get((row["place_kind"], row["place"], row["sex"], row["age"]))
        if cell is None or row["education"] != "all" or row["numerator"] is None:
            return "not understood"
        if row["measure"] in _CRUDE:
            self.published.numerator[cell] = row["numerator"]
            if row["denominator"] is not None:
                self.published.denominator[cell] = row["denominator"]
            return None
        if row["measure"] == "standardised" and row["sex"] == row["age"] == "all":
            place = self.place[row["place_kind"], row["place"]]
            value, lower, upper = (row[name] or 0.0 for name in _NUMBERS[2:])
            self.published.standardised[place] = value, lower, upper
            return None
        return "not understood"

    def forbidden(self) -> list[Finding]:
        """Published rows that the rules forbid, as far as the rows alone can show it."""
        shown, found = self.published, []
        n, d = shown.numerator, shown.denominator
        kind = shown.about.indicator.kind
        has_rest = (kind == "proportion") & (n != UNKNOWN) & (d != UNKNOWN)
        rest = np.where(has_rest, d - n, rules.MINIMUM_PERSONS)
        population = counts_residents(shown.about)
        wrong = rules.numerator_is_secret(n, rest, population=population)
        wrong |= rules.denominator_is_secret(d)
        found += [shown.finding(int(cell), "too few persons") for cell in np.flatnonzero(wrong)]
        totals = shown.grid.totals()
        for place in shown.standardised:
            if n[totals[place]] == UNKNOWN:
                found.append(shown.finding(int(totals[place]), "standardised without its total"))
        offered = shown.about.indicator.standardised_at
        for row in self.not_counted:
            cell = self.cell[row["place_kind"], row["place"], row["sex"], row["age"]]
            if row["place_kind"] in offered and n[cell] == UNKNOWN:
                found.append(shown.finding(cell, "not counted, and so few, beside a hidden total"))
        return found
