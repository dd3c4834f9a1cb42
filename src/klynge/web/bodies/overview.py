"""Across bodies: Denmark by region, one region's, those of one place, and a person's seats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from klynge import structure
from klynge.structure import Place
from klynge.web.bodies import cadence, standing
from klynge.web.bodies.cadence import Cadence
from klynge.web.bodies.danish import danish_order
from klynge.web.bodies.models import Membership
from klynge.web.bodies.pages import lies_in
from klynge.web.bodies.standing import Body, Standing

STATES = (
    standing.WRONG,
    standing.AGREED,
    standing.LAWFUL,
    standing.UNKNOWN,
    standing.EMPTY,
)


@dataclass(frozen=True)
class Row:
    """One body: how it is composed, and how many meetings it has held."""

    standing: Standing
    cadence: Cadence

    @property
    def body(self) -> Body:
        return self.standing.body


@dataclass(frozen=True)
class Region:
    """A region with how its bodies stand, its own first."""

    region: Place
    rows: tuple[Row, ...]

    @property
    def standings(self) -> tuple[Standing, ...]:
        return tuple(row.standing for row in self.rows)

    @property
    def own(self) -> tuple[Row, ...]:
        """The bodies of the region itself: the SSU, the patient committee."""
        return tuple(row for row in self.rows if row.body.place == self.region)

    @property
    def places(self) -> tuple[tuple[Place, tuple[Row, ...]], ...]:
        """Its klynger or sundhedsråd, each with its bodies."""
        found: dict[str, tuple[Place, list[Row]]] = {}
        for row in self.rows:
            if row.body.place != self.region:
                found.setdefault(row.body.place.id, (row.body.place, []))[1].append(row)
        return tuple((place, tuple(rows)) for place, rows in found.values())

    @property
    def bodies(self) -> int:
        return len(self.rows)

    @property
    def counts(self) -> tuple[tuple[str, str, int], ...]:
        """How many bodies stand in each way: (state, word, number)."""
        return _counts(self.standings)

    @property
    def vacant(self) -> int:
        return sum(one.vacant for one in self.standings)

    @property
    def short(self) -> int:
        """How many bodies do not reach the least number of meetings as things are planned."""
        return sum(row.cadence.state == cadence.SHORT for row in self.rows)


@dataclass(frozen=True)
class Denmark:
    """Every region on a day. counts: how many bodies stand in each way: (state, word, number).

    meetings_known: whether any room tells of meetings.
    """

    regions: tuple[Region, ...]
    counts: tuple[tuple[str, str, int], ...]
    meetings_known: bool

    @property
    def bodies(self) -> int:
        return sum(number for _state, _word, number in self.counts)

    @property
    def vacant(self) -> int:
        return sum(region.vacant for region in self.regions)

    @property
    def short(self) -> int:
        return sum(region.short for region in self.regions)


@dataclass(frozen=True)
class Seat:
    """One seat of a person. when: "now", "before" or "later", seen from a day."""

    row: Membership
    body: Body
    when: str


def denmark(on: date) -> Denmark:
    """How every body stands on a day, by region."""
    rows = _rows(standing.bodies_on(on), on)
    regions = tuple(_region(region, rows, on) for region in structure.places("region", on))
    return Denmark(regions, _counts(row.standing for row in rows), cadence.is_known())


def of_region(region: Place, on: date) -> Region:
    """How the bodies of one region stand on a day: its own, and those of its klynger."""
    bodies = [body for body in standing.bodies_on(on) if _is_in(body.place, region, on)]
    return _region(region, _rows(bodies, on), on)


def of_place(place: Place, on: date) -> tuple[Standing, ...]:
    """How the bodies of one place stand on a day."""
    bodies = standing.bodies_of(place, on)
    return standing.standings(bodies, on, only=place) if bodies else ()


def seats(rows: Iterable[Membership], on: date) -> tuple[Seat, ...]:
    """A person's seats with their bodies, those of the day first."""
    found = []
    for row in rows:
        body = standing.body_called(row.body.kind, row.body.place)
        if body is not None:
            found.append(Seat(row, body, _when(row, body, on)))
    return tuple(sorted(found, key=lambda seat: ("now", "later", "before").index(seat.when)))


def _rows(bodies: Sequence[Body], on: date) -> list[Row]:
    days = cadence.in_year(on.year, on)
    found = standing.standings(bodies, on)
    return [Row(one, cadence.of_body(one.body, on, days)) for one in found]


def _region(region: Place, rows: Iterable[Row], on: date) -> Region:
    return Region(region, _in_order(row for row in rows if _is_in(row.body.place, region, on)))


def _counts(found: Iterable[Standing]) -> tuple[tuple[str, str, int], ...]:
    times = Counter(one.state for one in found)
    return tuple((state, str(standing.WORDS[state]), times[state]) for state in STATES)


def _in_order(found: Iterable[Row]) -> tuple[Row, ...]:
    """The region's own bodies first, its SSU before all, then place by place."""
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.body.place.kind != "region",
                one.body.kind.id != "ssu",
                danish_order(one.body.place.name),
            ),
        )
    )


def _when(row: Membership, body: Body, on: date) -> str:
    if row.valid_from > on:
        return "later"
    last = row.valid_to or body.valid_to
    return "before" if last and last < on else "now"


def _is_in(place: Place, region: Place, on: date) -> bool:
    return place == region if place.kind == "region" else lies_in(place, region, on)
