"""What earlier editions of a pack have told already, laid over the leaves of the new tables.

An outsider keeps every edition. The rules by which the new one is protected beside the old:

- *Known.* A row that was shown, and whose numbers are still the same, counts as shown: he takes for
  granted that what he cannot see changed did not change. Hiding it now would protect nothing.
- *Kept hidden.* What an edition hid stays hidden, whatever it is now, unless another edition has
  shown it since: the old sums around it are out, and the new number beside them would tell it.
- *Revised.* A shown number that has changed is shown anew. The change is a net one, of people
  added and taken away, and is told as a revision; what has changed is no longer known.
- *Another definition.* If what is counted has changed, a change of 1-4 is no revision but the few
  people whom one definition counts and the other does not: that row is hidden.

Where a table cannot be protected so, the first two rules are kept only in places whose total holds
as well: where a place is seen to be revised, nobody outside can tell which of its numbers were.

Places are compared by their kommuner and not by their names, so the sums of an older division of
the country are known as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from klynge.engine.cells import CellGrid, Leaves, age_span, first_and_end
from klynge.engine.disclosure import rules
from klynge.engine.disclosure.published import (
    UNKNOWN,
    Background,
    Published,
    read_rows,
    still_standing,
)
from klynge.engine.indicators.ages import whole
from klynge.structure.geography import PlaceCells

if TYPE_CHECKING:
    from klynge.datapack import Pack
    from klynge.engine.counts import LeafCounts
    from klynge.engine.disclosure.standardised import StandardFacts
    from klynge.engine.indicators.indicator import Indicator
    from klynge.engine.standardise import Standardised
    from klynge.structure import Geography

_COUNTS = (
    "domain", "numerator", "denominator", "kind", "per", "window", "timing", "codelists",
    "leaves_out",
)  # fmt: skip
"""The parts of an entry in indicators.json that say what is counted."""


class Dated(Leaves, Protocol):
    """A table of one period, or what an attacker knows of one."""

    @property
    def period(self) -> str: ...


class NotComparable(ValueError):
    """An earlier edition counts in ages that the new counts cannot be added up to."""


@dataclass(frozen=True)
class OlderGeography:
    """The places of an earlier pack, as its own datapackage.json tells them."""

    kommuner: tuple[str, ...]
    _places: Sequence[Mapping[str, Any]]

    def places(self, domain: str) -> tuple[PlaceCells, ...]:
        """As `klynge.structure.Geography.places`."""
        domain = "somatik" if domain == "begge" else domain
        return tuple(
            PlaceCells(
                place["kind"],
                place["id"],
                tuple(place["kommuner"][domain]),
                tuple(place["shared"][domain]),
            )
            for place in self._places
        )


@dataclass(frozen=True, eq=False)
class Edition:
    """An earlier pack as an outsider has it.

    name: how it is told of. figures: all its rows. indicators: its definitions by code.
    """

    name: str
    figures: pa.Table
    geography: Geography
    indicators: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, pack: Pack) -> Edition:
        """The edition that lies in a pack that has been read."""
        described = pack.geography["places"]
        kommuner = tuple(sorted(p["id"] for p in described if p["kind"] == "kommune"))
        return cls(
            name=pack.id[:12],
            figures=pack.figures,
            geography=cast("Geography", OlderGeography(kommuner, described)),
            indicators={str(entry["code"]): entry for entry in pack.indicators},
        )

    def rows_of(self, code: str, period: str) -> pa.Table:
        """Its rows of one indicator and period."""
        of = pc.and_(
            pc.equal(self.figures["indicator"], code), pc.equal(self.figures["period"], period)
        )
        return self.figures.filter(of)

    def counts_otherwise(self, entry: Mapping[str, Any]) -> bool:
        """Whether it has another definition under the code of `entry`."""
        old = self.indicators.get(str(entry["code"]))
        return old is not None and any(old.get(part) != entry.get(part) for part in _COUNTS)


@dataclass(frozen=True, eq=False)
class Told:
    """What one edition tells of one table.

    published: its rows, its own cells over the table's leaves. standing, denominators (its cells):
    shown rows that are still as they were, and shown denominators that are. hidden (its cells).
    near (its cells): rows of another definition that have changed by 1-4.
    hidden_standardised: the places (kind, id) whose standardised value it hid. loosely: nothing of
    a place that is seen to be revised binds.
    """

    published: Published
    standing: np.ndarray
    denominators: np.ndarray
    hidden: np.ndarray
    near: np.ndarray
    hidden_standardised: frozenset[tuple[str, str]]
    loosely: bool = False

    def looser(self, table: LeafCounts) -> Told:
        """The same for one who takes nothing of a revised place to hold."""
        binds = still_standing(table, self.published, loosely=True)
        return replace(
            self,
            standing=binds.rows,
            denominators=binds.denominators,
            hidden=binds.hidden,
            loosely=True,
        )


def told_of(
    table: LeafCounts,
    editions: Sequence[Edition],
    otherwise: Mapping[str, Sequence[bool]] | None = None,
) -> tuple[Told, ...]:
    """What each edition that has rows of `table` tells of it.

    otherwise: for each code and edition, whether it counted something else under that code.
    Raises NotComparable.
    """
    found = []
    for number, edition in enumerate(editions):
        published = as_published(table, edition)
        if published is not None:
            changed = bool(otherwise and otherwise.get(table.indicator.code, ())[number])
            found.append(_compared(table, edition, published, other_definition=changed))
    return tuple(found)


def as_published(about: Dated, edition: Edition) -> Published | None:
    """The edition's rows of a table by its own cells, over the table's leaves; None without any.

    Raises NotComparable.
    """
    rows = edition.rows_of(about.indicator.code, about.period)
    rows = rows.filter(pc.equal(rows["education"], "all"))
    if not rows.num_rows:
        return None
    ages = _ages_of(rows, about.indicator.ages)
    _check_ages(about, ages)
    entry = edition.indicators.get(about.indicator.code, {})
    older = _Older(about.indicator, ages, str(entry.get("domain", about.indicator.domain)))
    background = Background(
        indicator=cast("Indicator", older),
        period=about.period,
        areas=about.areas,
        atoms=tuple(about.atoms),
        denominator_key=about.denominator_key,
    )
    (published,), _findings = read_rows(rows, edition.geography, [background])
    return published


def standing_values(
    told: Sequence[Told], facts: StandardFacts, found: Standardised, grid: CellGrid
) -> tuple[np.ndarray, np.ndarray]:
    """Of the published standardised values (in the order of `facts.place`): which are known from
    an earlier edition and still hold; which an edition hid."""
    names = [grid.places[place] for place in facts.place]
    known, hidden = np.zeros(len(names), bool), np.zeros(len(names), bool)
    own = {name: grid.place_matrix[at].indices for at, name in enumerate(grid.places)}
    for one in told:
        older = one.published.grid
        at = {name: number for number, name in enumerate(older.places)}
        for number, (name, place) in enumerate(zip(names, facts.place, strict=True)):
            before = at.get(name)
            if before is None or set(older.place_matrix[before].indices) != set(own[name]):
                continue
            hidden[number] |= name in one.hidden_standardised
            now = found.value[place], found.lower[place], found.upper[place]
            then = one.published.standardised.get(before)
            known[number] |= then is not None and bool(np.allclose(then, now, rtol=1e-9, atol=0))
    return known, hidden & ~known


class _Older:
    """An indicator with the ages and the domain that an earlier edition gave it."""

    def __init__(self, indicator: Indicator, ages: tuple[str, ...], domain: str) -> None:
        self._indicator, self.ages, self.domain = indicator, ages, domain

    def __getattr__(self, name: str) -> Any:
        return getattr(self._indicator, name)


def _compared(
    table: LeafCounts, edition: Edition, published: Published, *, other_definition: bool
) -> Told:
    grid = published.grid
    shown = ~published.hidden
    above = grid.numerator_of(table.numerator)
    change = np.abs(above - published.numerator)
    near = rules.too_few(change)
    if table.denominator is not None:
        told = published.denominator != UNKNOWN
        less = np.abs(grid.denominator_of(table.denominator) - published.denominator)
        near = near | (told & rules.too_few(less))
    binds = still_standing(table, published)
    rows = edition.rows_of(table.indicator.code, table.period)
    asked = pc.and_(pc.equal(rows["measure"], "standardised"), pc.equal(rows["status"], "hidden"))
    mute = rows.filter(asked)
    places = zip(mute["place_kind"].to_pylist(), mute["place"].to_pylist(), strict=True)
    return Told(
        published=published,
        standing=binds.rows,
        denominators=binds.denominators,
        hidden=binds.hidden,
        near=shown & near & other_definition,
        hidden_standardised=frozenset(places),
    )


def _ages_of(rows: pa.Table, now: Sequence[str]) -> tuple[str, ...]:
    """The ages of the rows; in the order they have now, when they are the same."""
    found = set(pc.unique(rows["age"]).to_pylist())
    return tuple(now) if found == set(now) else tuple(sorted(found))


def _check_ages(about: Leaves, ages: Sequence[str]) -> None:
    """Raise NotComparable unless every age, and "all", is a sum of the table's atoms."""
    ends = {end for atom in about.atoms for end in first_and_end(atom)}
    wanted = {end for age in ages if age != "all" for end in first_and_end(age_span(age, ()))}
    everyone = about.indicator.denominator_ages == "all"
    same = tuple(ages) == tuple(about.indicator.ages) or everyone
    if "all" in ages and not same and first_and_end(whole(ages)) != (min(ends), max(ends)):
        raise NotComparable(about.indicator.code)
    if not wanted <= ends:
        raise NotComparable(about.indicator.code)
