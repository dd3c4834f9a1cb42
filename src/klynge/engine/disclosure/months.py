"""Which months and quarters must be hidden, so that nothing hidden can be worked out.

A year's table is protected first. Its totals of both sexes and all ages are facts here: what it
shows is known, what it hides must stay unknown however the months are added up. Where an indicator
is out of events, its denominators are one problem and its numerators another, as in `protect`; and
the denominators are attacked once more with the numerators known.

Not used: what the year's sexes and ages tell of a total that is itself hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from klynge.engine.disclosure import rules
from klynge.engine.disclosure.attack import recovered
from klynge.engine.disclosure.choose import Cut
from klynge.engine.disclosure.earlier_months import ToldMonths
from klynge.engine.disclosure.joint import Part, joint_facts
from klynge.engine.disclosure.layers import PLACE_COST, Layer, without_known_zeros
from klynge.engine.disclosure.quantities import BOTH_SEXES, Catalogue, Key
from klynge.engine.disclosure.suppress import CannotProtect, Outcome, suppress_beside
from klynge.engine.months import BELOW_THE_YEAR, MONTHS, SPANS, MonthCounts, MonthGrid

if TYPE_CHECKING:
    from klynge.engine.disclosure.protect import Protected

_QUARTER_COST = 2.0
MONTH_SPANS = [(month, month) for month in range(MONTHS)]


@dataclass(frozen=True, eq=False)
class YearTotals:
    """What the year's table says of each place's total of both sexes and all ages.

    hidden: its row is. denominator_hidden: its denominator must not become known. One entry a
    place, in the order of the grid's places. residents: people of each area on 1 January; None
    when the denominator is events, or there is none.
    """

    hidden: np.ndarray
    denominator_hidden: np.ndarray
    residents: np.ndarray | None = None

    @classmethod
    def of(cls, known: Protected) -> YearTotals:
        """The totals of a year's table that has been protected."""
        table, totals = known.table, known.grid.totals()
        sizes = known.open_denominators
        hidden = np.zeros(len(totals), bool) if sizes is None else sizes[totals] < 0
        of_people = table.indicator.out_of == "people" and table.denominator is not None
        residents = table.denominator.sum(axis=(1, 2)) if of_people else None
        return cls(known.hidden[totals], hidden, residents)


@dataclass(frozen=True, eq=False)
class ProtectedMonths:
    """The cells of one indicator and year below the year, and which are hidden.

    hidden, primary (cells, the year's among them): as in `protect.Protected`. told: what earlier
    editions have of them.
    """

    counts: MonthCounts
    grid: MonthGrid
    year: YearTotals
    hidden: np.ndarray
    primary: np.ndarray
    told: tuple[ToldMonths, ...] = ()


def protect_months(
    counts: MonthCounts, grid: MonthGrid, year: YearTotals, told: Sequence[ToldMonths] = ()
) -> ProtectedMonths:
    """What to hide. told: what earlier editions have of it.

    Raises CannotProtect when that is impossible, which no rule makes happen.
    """
    try:
        return _Protection(counts, grid, year, told).run()
    except CannotProtect:
        if not told:
            raise
        return _Protection(counts, grid, year, [one.looser() for one in told]).run()


class _Protection:
    def __init__(
        self, counts: MonthCounts, grid: MonthGrid, year: YearTotals, told: Sequence[ToldMonths]
    ) -> None:
        self.counts, self.grid, self.year, self.told = counts, grid, year, told
        self.catalogue = Catalogue(len(counts.areas), MONTHS, BOTH_SEXES)
        self.cells = _enter(self.catalogue, grid)
        self.before = [
            _enter(self.catalogue, one.grid, f"edition {number} ", _matters(one))
            for number, one in enumerate(told)
        ]
        self.sums = self.catalogue.matrix()
        self.relations = self.catalogue.relations()
        self.last = np.zeros(len(grid), bool)
        self.last[BELOW_THE_YEAR :: len(SPANS)] = True

    def run(self) -> ProtectedMonths:
        of_row = self._of_the_row()
        hidden_below = of_row
        cuts: list[Cut] = []
        while True:
            below = self._denominators(cuts) if self.counts.denominator is not None else None
            if below is not None:
                hidden_below = of_row | below.hidden[self.cells]
            layer = self._numerator_layer(hidden_below)
            above = suppress_beside(layer)
            found = self._fall_out(below, layer, above) if below is not None else []
            if not found:
                break
            if set(found) & set(cuts):
                raise CannotProtect(layer.name)
            cuts += found
        hidden = hidden_below | above.hidden[self.cells]
        hidden[self.last] = self.year.hidden
        primary = self._numerator_is_secret() | of_row | self._denominator_is_secret()
        primary &= ~self.last
        if self.told:
            hidden |= primary
        return ProtectedMonths(self.counts, self.grid, self.year, hidden, primary, tuple(self.told))

    def _of_the_row(self) -> np.ndarray:
        """Hidden with the year's denominator, when that is the month's too (people)."""
        if self.counts.denominator is not None:
            return np.zeros(len(self.grid), bool)
        return np.repeat(self.year.denominator_hidden, len(SPANS))

    def _numerator_is_secret(self) -> np.ndarray:
        secret = few_below(self.counts, self.grid)["numerator"]
        return np.where(self.last, np.repeat(self.year.hidden, len(SPANS)), secret)

    def _denominator_is_secret(self) -> np.ndarray:
        if self.counts.denominator_persons is None:
            return np.zeros(len(self.grid), bool)
        secret = few_below(self.counts, self.grid)["denominator"]
        return np.where(self.last, np.repeat(self.year.denominator_hidden, len(SPANS)), secret)

    def _denominators(self, cuts: Sequence[Cut]) -> Outcome:
        self.denominator_layer = self._layer(
            "denominator",
            self.counts.denominator,
            self._denominator_is_secret(),
            upper=np.full(self.sums.shape[1], np.inf),
        )
        return suppress_beside(self.denominator_layer, cuts)

    def _numerator_layer(self, row_is_hidden: np.ndarray) -> Layer:
        secret = self._numerator_is_secret() | (row_is_hidden & ~self.last)
        return self._layer("numerator", self.counts.numerator, secret, upper=self._ceiling())

    def _ceiling(self) -> np.ndarray:
        """The highest each leaf can be for one who knows the denominators leaf by leaf, and that
        a place whose year is shown to be 0 has no month above it."""
        sums = self.grid.sums(self.counts.numerator)
        shown = np.where(np.repeat(self.year.hidden, len(SPANS)), -1, sums)
        return without_empty_years(ceiling(self.counts, self.year), shown, self.grid)

    def _layer(
        self, what: str, leaves: np.ndarray | None, secret_cells: np.ndarray, upper: np.ndarray
    ) -> Layer:
        if leaves is None:
            raise ValueError(f"{what}: a table without leaves has no layer")
        values = np.rint(self.sums @ leaves.ravel()).astype(np.int64)
        secret = np.zeros(len(values), bool)
        np.logical_or.at(secret, self.cells, secret_cells)
        few = np.zeros(len(values), bool)
        if not self.told:
            np.logical_or.at(few, self.cells, few_below(self.counts, self.grid)[what])
        known = self._known_before(what, secret)
        if self.told:
            nothing = np.flatnonzero(known & (values == 0))
            upper = without_known_zeros(upper, self.sums[nothing])
        # What nobody is behind is known to be 0; what the year shows is out already.
        empty = np.asarray(self.sums @ np.minimum(upper, 1.0)) == 0
        if what == "denominator":
            empty |= values == 0
        told = np.zeros(len(values), bool)
        told[self.cells[self.last]] = True
        return Layer(
            name=f"{self.counts.indicator.code} {self.counts.year} {what}",
            sums=self.sums,
            values=values,
            secret=secret & ~empty & ~known,
            open=(told & ~secret) | empty | known,
            cost=np.bincount(self.cells, self._losses(values[self.cells]), minlength=len(values)),
            relations=self.relations,
            leaves=leaves.ravel().astype(float),
            lower=np.zeros(leaves.size),
            upper=upper,
            few=few,
        )

    def _known_before(self, what: str, secret: np.ndarray) -> np.ndarray:
        """What earlier editions tell and still holds; and what they hid becomes `secret`."""
        known = np.zeros(len(secret), bool)
        for one, quantities in zip(self.told, self.before, strict=True):
            if what == "denominator":
                known[quantities[one.denominators]] = True
            else:
                known[quantities[one.standing]] = True
                secret[quantities[one.hidden | one.near]] = True
        return known

    def _losses(self, values: np.ndarray) -> np.ndarray:
        place = np.array([PLACE_COST.get(kind, 1.0) for kind in self.grid.kind])
        quarter = np.char.find(self.grid.period, "K") >= 0
        loss: np.ndarray = place * np.where(quarter, _QUARTER_COST, 1.0)
        return loss * (1.0 + 0.2 * np.log1p(values))

    def _fall_out(self, below: Outcome, layer: Layer, above: Outcome) -> list[Cut]:
        """What of the denominators can be worked out when the numerators are known as well."""
        base = self.denominator_layer
        targets = np.flatnonzero(below.hidden & ~base.open)
        if not len(targets):
            return []
        shown, seen = np.flatnonzero(~below.hidden), np.flatnonzero(~above.hidden)
        part = Part(MONTH_SPANS, MONTH_SPANS, layer.sums[seen], layer.values[seen], layer.leaves)
        parts = [part] if self.counts.indicator.kind == "proportion" else []
        facts = joint_facts(base.sums[shown], base.values[shown], MONTH_SPANS, parts)
        truth = np.concatenate([base.leaves, *([layer.leaves] if parts else [])])
        beyond = sparse.csr_matrix((len(targets), len(truth) - base.sums.shape[1]))
        goals = sparse.hstack([base.sums[targets], beyond], format="csr")
        return [
            Cut(
                frozenset(int(shown[row]) for row in one.rows if row < len(shown)),
                None if base.secret[targets[one.target]] else int(targets[one.target]),
            )
            for one in recovered(facts, goals, truth=truth, doubt=base.doubt[targets])
        ]


def few_below(counts: MonthCounts, grid: MonthGrid) -> dict[str, np.ndarray]:
    """The cells below the year whose numerator, and whose denominator, the rules keep secret."""
    others = None
    if counts.complement_persons is not None and counts.indicator.kind == "proportion":
        others = grid.persons(counts.complement_persons)
    persons = grid.persons(counts.numerator_persons)
    below = np.zeros(len(grid), bool)
    if counts.denominator_persons is not None:
        below = rules.denominator_is_secret(grid.persons(counts.denominator_persons))
    return {
        "numerator": rules.numerator_is_secret(persons, others, population=False),
        "denominator": below,
    }


def ceiling(counts: MonthCounts, year: YearTotals) -> np.ndarray:
    """The highest each leaf (areas x months) can be for one who knows the denominators."""
    if counts.denominator is not None:
        known = counts.denominator.ravel().astype(float)
        if counts.indicator.kind == "proportion":
            return known
        return np.where(known > 0, np.inf, 0.0)
    if year.residents is None:
        return np.full(counts.numerator.size, np.inf)
    return np.repeat(np.where(year.residents > 0, np.inf, 0.0), MONTHS)


def without_empty_years(upper: np.ndarray, shown: np.ndarray, grid: MonthGrid) -> np.ndarray:
    """`upper` with 0 for the months of places whose year is shown to be 0: that is no secret.

    shown: the numerator of each cell, -1 where it is not shown.
    """
    nothing = np.flatnonzero(~grid.below & (shown == 0))
    none_of = np.asarray(grid.matrix[nothing].sum(axis=0)).ravel() > 0
    return np.where(none_of, 0.0, upper)


def _matters(told: ToldMonths) -> np.ndarray:
    matters: np.ndarray = told.standing | told.denominators | told.hidden | told.near
    return matters


def _enter(
    catalogue: Catalogue, grid: MonthGrid, era: str = "", wanted: np.ndarray | None = None
) -> np.ndarray:
    """The quantity of each cell; -1 for those that are not `wanted`."""
    sets = [
        catalogue.area_set(members, era + kind)
        for (kind, _id), members in zip(grid.places, grid.members, strict=True)
    ]
    keys = [Key(areas, 0, (span,)) for areas in sets for span in SPANS]
    asked = np.ones(len(keys), bool) if wanted is None else wanted
    both = zip(keys, asked, strict=True)
    return np.array([catalogue.number(key) if is_asked else -1 for key, is_asked in both], int)
