"""A second attacker, slow and obvious: every hidden number is pushed up and down by scipy.

He writes one linear program over everything published in one period at once: unknown are the
numerator of every leaf of every table and the population of every leaf, known is every shown row,
and no part exceeds its whole. Nothing is simplified away. He shares with the product only the list
of places and the weights of standardised values.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from scipy import sparse
from scipy.optimize import linprog

from klynge.engine.counts import LeafCounts
from klynge.engine.disclosure.protect import Protected
from klynge.engine.standardise import Standardised
from klynge.methods import byar
from klynge.structure import Geography

Cell = tuple[str, ...]
"""Indicator, place kind, place, sex, age."""

Sum = dict[int, float]
"""Column of the program -> weight."""

_NAMES = ("indicator", "place_kind", "place", "sex", "age")


def recovered(
    figures: pa.Table, protected: Sequence[Protected], geography: Geography, *, slack: int = 0
) -> set[Cell]:
    """The hidden cells of which a protected number can be pinned.

    Numerators are attacked by one who knows every population leaf by leaf, populations by one who
    knows what is published. Of what the rules keep secret four whole numbers must be left him, or
    as many as he would have with nothing published; of the rest two.
    slack: how far a shown count may be from the true one. Standardised values are not used when it
    is above 0.
    """
    knows = _Attacker(figures, protected, geography, knowing=True, slack=slack)
    reads = _Attacker(figures, protected, geography, knowing=False, slack=slack)
    found = set()
    for one in protected:
        residents = one.table.indicator.events is None
        few = {"numerator": _few_numerators(one), "denominator": _few(one, "denominator")}
        for at in np.flatnonzero(one.hidden):
            cell = _cell_at(one, int(at))
            wide = bool(few["numerator"][at])
            if not residents and knows.pins(one.table, cell, "numerator", wide=wide):
                found.add(cell)
            for what, sizes in (
                ("numerator", one.open_numerators),
                ("denominator", one.open_denominators),
            ):
                if sizes is None or sizes[at] >= 0:
                    continue
                if reads.pins(one.table, cell, what, wide=bool(few[what][at])):
                    found.add(cell)
    return found


def _few(one: Protected, what: str) -> np.ndarray:
    """The cells with 1-4 persons."""
    persons = getattr(one.table, f"{what}_persons")
    if persons is None:
        return np.zeros(len(one.grid), bool)
    sums = one.grid.numerator_of if what == "numerator" else one.grid.denominator_of
    return (sums(persons) >= 1) & (sums(persons) <= 4)


def _few_numerators(one: Protected) -> np.ndarray:
    """Those, and of shares those with 1-4 others or none."""
    few, table = _few(one, "numerator"), one.table
    if table.indicator.kind != "proportion" or table.indicator.events is None:
        return few
    others = one.grid.numerator_of(table.complement_persons)
    return few | (others <= 4) & ((others > 0) | (one.grid.numerator_of(table.numerator) > 0))


def _cell_at(one: Protected, at: int) -> Cell:
    grid = one.grid
    labels = (grid.kind[at], grid.place[at], grid.sex[at], grid.age[at])
    kind, place, sex, age = (str(label) for label in labels)
    return one.table.indicator.code, kind, place, sex, age


class _Attacker:
    def __init__(
        self,
        figures: pa.Table,
        protected: Sequence[Protected],
        geography: Geography,
        *,
        knowing: bool,
        slack: int = 0,
    ) -> None:
        self.geography, self.knowing, self.slack = geography, knowing, slack
        self.shown = [row for row in figures.to_pylist() if row["status"] == "shown"]
        self.columns: dict[tuple[str, int, int, int], int] = {}
        self.equal: list[tuple[Sum, float]] = []
        self.between: list[tuple[Sum, float, float]] = []
        self.upper: dict[int, float] = {}
        tables = [one.table for one in protected]
        self.ages = sorted({age for t in tables for atom in t.atoms for age in _ends(atom)})
        for table in tables:
            self._name_leaves(table)
        for one in protected:
            self._learn(one.table, one.standardised)
        size = len(self.columns)
        self.a_equal = _matrix([row for row, _value in self.equal], size)
        self.b_equal = np.array([value for _row, value in self.equal], float)
        least = [({k: -w for k, w in row.items()}, -low) for row, low, _high in self.between]
        most = [(row, high) for row, _low, high in self.between if np.isfinite(high)]
        self.a_below = _matrix([row for row, _limit in least + most], size)
        self.b_below = np.array([limit for _row, limit in least + most], float)

    def _name_leaves(self, table: LeafCounts) -> None:
        for area, sex, at in np.ndindex(*table.numerator.shape):
            self._people(area, sex, table.atoms[at])
            self._column(table.indicator.code, area, sex, at)

    def pins(self, table: LeafCounts, cell: Cell, what: str, *, wide: bool = False) -> bool:
        """Whether a number of a cell can only be one whole number; when it is to be wide, whether
        it can be fewer than four and than the people leave."""
        goal = self._sum(table, cell, what)
        ends = []
        for sign in (1.0, -1.0):
            cost = np.zeros(len(self.columns))
            for name, weight in goal.items():
                cost[name] = sign * weight
            end = self._least(cost)
            if end is None:
                return False
            ends.append(sign * end)
        others = math.floor(ends[1] + 1e-6) - math.ceil(ends[0] - 1e-6)
        return others < (max(1, min(3, self._room(table, cell, what))) if wide else 1)

    def _room(self, table: LeafCounts, cell: Cell, what: str) -> int:
        """How far a number can be from its least for one who only knows the people."""
        if what == "denominator" or table.denominator is None or not self.knowing:
            return 3
        people = self._leaves(table, cell)
        if table.indicator.kind == "proportion":
            return int(people.sum())
        return 3 if people.any() else 0

    def _least(self, cost: np.ndarray) -> float | None:
        """The least of `cost`; None when it has no end."""
        answer = linprog(
            cost,
            A_eq=self.a_equal,
            b_eq=self.b_equal,
            A_ub=self.a_below if len(self.b_below) else None,
            b_ub=self.b_below if len(self.b_below) else None,
            bounds=[(0.0, self.upper.get(name)) for name in range(len(self.columns))],
            method="highs",
        )
        if answer.status == 3:
            return None
        assert answer.status == 0, answer.message
        return float(answer.fun)

    def _learn(self, table: LeafCounts, standard: Standardised | None) -> None:
        """Every shown row; that a part is at most its whole; what standardised values tell."""
        code = table.indicator.code
        for row in self.shown:
            if row["indicator"] != code or row["measure"] == "standardised":
                continue
            cell = tuple(row[name] for name in _NAMES)
            self._take(self._sum(table, cell, "numerator"), row["numerator"])
            if row["denominator"] is not None:
                self._take(self._sum(table, cell, "denominator"), row["denominator"])
        if self.knowing:
            self._know_people(table)
        if table.indicator.kind == "proportion" and table.indicator.events is not None:
            for area, sex, at in np.ndindex(*table.numerator.shape):
                rest = self._people(area, sex, table.atoms[at])
                rest[self._column(code, area, sex, at)] = -1.0
                self.between.append((rest, 0.0, np.inf))
        if standard is not None and self.knowing and not self.slack:
            self._learn_standardised(table, standard)

    def _take(self, names: Sum, shown: int) -> None:
        if self.slack:
            self.between.append((names, max(shown - self.slack, 0), shown + self.slack))
        else:
            self.equal.append((names, shown))

    def _know_people(self, table: LeafCounts) -> None:
        people = table.numerator if table.denominator is None else table.denominator
        for area, sex, at in np.ndindex(*people.shape):
            number = float(people[area, sex, at])
            self.equal.append((self._people(area, sex, table.atoms[at]), number))
            if number == 0 and table.indicator.events is not None:
                self.upper[self._column(table.indicator.code, area, sex, at)] = 0.0

    def _learn_standardised(self, table: LeafCounts, standard: Standardised) -> None:
        for row in self.shown:
            if row["indicator"] != table.indicator.code or row["measure"] != "standardised":
                continue
            place = list(standard.place).index(row["place"])
            weights = standard.weights[[place]].toarray().reshape(table.numerator.shape)
            names = {
                self._column(table.indicator.code, *at): float(weights[at])
                for at in np.ndindex(*weights.shape)
                if weights[at] > 0
            }
            low, high = _unrounded(row["value"])
            self.between.append((names, low, high))
            x = row["numerator"]
            if row["lower"] > 0:
                # value - lower = sqrt(variance / x) * (x - byar's lower)
                l_low, l_high = _unrounded(row["lower"])
                part = (x - float(byar(x).lower)) / math.sqrt(x)
                least, most = max(low - l_high, 0) / part, (high - l_low) / part
                squares = {name: weight**2 for name, weight in names.items()}
                self.between.append((squares, least**2 * (1 - 1e-9), most**2 * (1 + 1e-9)))

    def _leaves(self, table: LeafCounts, cell: Cell) -> np.ndarray:
        """The people of each leaf that a cell sums."""
        assert table.denominator is not None
        inside = np.zeros(table.numerator.shape, bool)
        names = self._sum(table, cell, "numerator")
        for at in np.ndindex(*inside.shape):
            inside[at] = self._column(table.indicator.code, *at) in names
        return table.denominator[inside]

    def _sum(self, table: LeafCounts, cell: Cell, what: str) -> Sum:
        """The leaves that a cell sums."""
        _code, kind, place, sex, age = cell
        own = next(p for p in self.geography.places(table.indicator.domain) if p.id == place)
        assert own.kind == kind
        everyone = what == "denominator" and table.indicator.denominator_ages == "all"
        low, high = _span("all" if everyone else age, table)
        total: Sum = {}
        for kommune in own.kommuner:
            area = table.areas.index(kommune)
            for number, name in enumerate(("female", "male")):
                if sex not in ("all", name):
                    continue
                for at, atom in enumerate(table.atoms):
                    first, end = _ends(atom)
                    if first < low or end > high:
                        continue
                    if what == "denominator" or table.indicator.events is None:
                        total |= self._people(area, number, atom)
                    else:
                        total[self._column(table.indicator.code, area, number, at)] = 1.0
        return total

    def _people(self, area: int, sex: int, atom: tuple[int, int | None]) -> Sum:
        """The population of an atom: the sum of the finest ages within it."""
        low, high = _ends(atom)
        return {
            self._column("people", area, sex, age): 1.0 for age in self.ages if low <= age < high
        }

    def _column(self, what: str, area: int, sex: int, at: int) -> int:
        return self.columns.setdefault((what, area, sex, at), len(self.columns))


def _matrix(rows: list[Sum], size: int) -> sparse.csr_matrix:
    matrix = sparse.lil_matrix((len(rows), size))
    for at, row in enumerate(rows):
        for name, weight in row.items():
            matrix[at, name] = weight
    return matrix.tocsr()


def _ends(atom: tuple[int, int | None]) -> tuple[int, int]:
    return atom[0], 999 if atom[1] is None else atom[1] + 1


def _span(age: str, table: LeafCounts) -> tuple[int, int]:
    if age == "all":
        return table.atoms[0][0], _ends(table.atoms[-1])[1]
    if age.endswith("+"):
        return int(age[:-1]), 999
    low, high = age.split("-")
    return int(low), int(high) + 1


def _unrounded(value: float) -> tuple[float, float]:
    """What rounds to `value` with three significant digits, at the widest."""
    half = 0.5 * 10.0 ** (math.floor(math.log10(value) + 1e-9) - 2)
    return value - half - 1e-9, value + half + 1e-9
