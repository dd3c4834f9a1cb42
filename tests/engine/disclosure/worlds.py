"""Small invented lands with counts, for trying the disclosure control on.

    >>> land = World(klynger={"north": ("101", "102"), "south": ("103",)})
    >>> table = land.share({("101", "female", "65-69"): (3, 40)}, elsewhere=(20, 60))

Everywhere that is not named has the same counts, large enough to need no protection. Areas are
kommuner; there is also the land. Nothing here is about anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import pyarrow as pa

from klynge.engine.cells import LEAF_SEXES, Span
from klynge.engine.counts import LeafCounts
from klynge.engine.disclosure.protect import Protected, protect
from klynge.engine.figures import rows
from klynge.engine.indicators.indicator import Indicator
from klynge.structure import Geography
from klynge.structure.geography import PlaceCells

KEY = "residents-1-january"
Leaf = tuple[str, str, str]
Counts = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Measured:
    """As much of an indicator as counts, figures and disclosure control look at."""

    code: str = "share"
    kind: str = "proportion"
    ages: tuple[str, ...] = ("all", "65-69", "70+")
    domain: str = "somatik"
    per: int = 100
    denominator_ages: str = "same"
    events: object | None = "something that happens"
    adds: object | None = None
    standardised_at: tuple[str, ...] = ()


@dataclass(frozen=True)
class World:
    """Kommuner in klynger in one land. psychiatric: the klynger of the psychiatric domain, where
    they differ. atoms: the ages people are counted in."""

    klynger: Mapping[str, Sequence[str]] = field(
        default_factory=lambda: {"north": ("101", "102"), "south": ("103", "104")}
    )
    psychiatric: Mapping[str, Sequence[str]] | None = None
    atoms: tuple[Span, ...] = ((65, 69), (70, None))

    @property
    def kommuner(self) -> tuple[str, ...]:
        return tuple(sorted({area for areas in self.klynger.values() for area in areas}))

    def places(self, domain: str) -> tuple[PlaceCells, ...]:
        klynger = self.klynger
        if domain == "psykiatri" and self.psychiatric is not None:
            klynger = self.psychiatric
        return (
            *(PlaceCells("kommune", area, (area,), ()) for area in self.kommuner),
            *(PlaceCells("klynge", id, tuple(sorted(own)), ()) for id, own in klynger.items()),
            PlaceCells("land", "DK", self.kommuner, ()),
        )

    @property
    def geography(self) -> Geography:
        return cast(Geography, self)

    def filled(self, named: Mapping[Leaf, Counts], elsewhere: Counts) -> list[np.ndarray]:
        """One array (areas x sexes x atoms) for each number in the tuples."""
        shape = (len(self.kommuner), len(LEAF_SEXES), len(self.atoms))
        arrays = [np.full(shape, number, np.int64) for number in elsewhere]
        labels = [f"{low}+" if high is None else f"{low}-{high}" for low, high in self.atoms]
        for (area, sex, age), numbers in named.items():
            at = self.kommuner.index(area), LEAF_SEXES.index(sex), labels.index(age)
            for array, number in zip(arrays, numbers, strict=True):
                array[at] = number
        return arrays

    def share(
        self,
        named: Mapping[Leaf, Counts] | None = None,
        elsewhere: Counts = (20, 60),
        **measured: Any,
    ) -> LeafCounts:
        """A share of people: leaves as (numerator, denominator)."""
        n, d = self.filled(named or {}, elsewhere)
        return self.table(Measured(**measured), n, n, d, d, d - n)

    def rate(
        self,
        named: Mapping[Leaf, Counts] | None = None,
        elsewhere: Counts = (20, 20, 60),
        **measured: Any,
    ) -> LeafCounts:
        """A rate of events: leaves as (events, persons with one, people)."""
        n, persons, d = self.filled(named or {}, elsewhere)
        measured = {"kind": "rate", "code": "rate", **measured}
        return self.table(Measured(**measured), n, persons, d, d, d - persons)

    def residents(
        self, named: Mapping[Leaf, Counts] | None = None, elsewhere: Counts = (60,), **measured: Any
    ) -> LeafCounts:
        """A count of residents: leaves as (people,)."""
        (d,) = self.filled(named or {}, elsewhere)
        measured = {"kind": "count", "code": "residents", "events": None, **measured}
        return self.table(Measured(**measured), d, d, None, None, None)

    def table(
        self, measured: Measured, n: np.ndarray, persons: np.ndarray, *below: np.ndarray | None
    ) -> LeafCounts:
        d, d_persons, others = below
        return LeafCounts(
            indicator=cast(Indicator, measured),
            period="2024",
            areas=self.kommuner,
            atoms=self.atoms,
            numerator=n,
            numerator_persons=persons,
            denominator=d,
            denominator_persons=d_persons,
            complement_persons=others,
            denominator_key=KEY,
        )

    def protect(self, *tables: LeafCounts, jobs: int = 1) -> tuple[Protected, ...]:
        return protect(tables, self.geography, jobs=jobs)


def hidden_cells(known: Protected) -> set[tuple[str, str, str]]:
    """(place, sex, age) of the cells that are hidden."""
    grid = known.grid
    return {
        (str(grid.place[at]), str(grid.sex[at]), str(grid.age[at]))
        for at in np.flatnonzero(known.hidden)
    }


def figures_of(*protected: Protected) -> pa.Table:
    return pa.concat_tables(
        rows(one.table, one.grid, one.hidden, one.standardised, one.hidden_standardised)
        for one in protected
    )
