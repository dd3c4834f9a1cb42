"""Across bodies: Denmark by region, the bodies of one place, and a person's seats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from klynge import structure
from klynge.structure import Place
from klynge.web.bodies import standing
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
class Region:
    """A region with how its bodies stand."""

    region: Place
    standings: tuple[Standing, ...]

    @property
    def vacant(self) -> int:
        return sum(one.vacant for one in self.standings)


@dataclass(frozen=True)
class Denmark:
    """Every region on a day. counts: how many bodies stand in each way: (state, word, number)."""

    regions: tuple[Region, ...]
    counts: tuple[tuple[str, str, int], ...]

    @property
    def bodies(self) -> int:
        return sum(number for _state, _word, number in self.counts)

    @property
    def vacant(self) -> int:
        return sum(region.vacant for region in self.regions)


@dataclass(frozen=True)
class Seat:
    """One seat of a person. when: "now", "before" or "later", seen from a day."""

    row: Membership
    body: Body
    when: str


def denmark(on: date) -> Denmark:
    """How every body stands on a day, by region."""
    found = standing.standings(standing.bodies_on(on), on)
    regions = tuple(
        Region(region, _in_order(one for one in found if _is_in(one.body.place, region, on)))
        for region in structure.places("region", on)
    )
    counts = tuple(
        (state, str(standing.WORDS[state]), sum(one.state == state for one in found))
        for state in STATES
    )
    return Denmark(regions, counts)


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


def _in_order(found: Iterable[Standing]) -> tuple[Standing, ...]:
    """The region's own bodies first, then place by place."""
    return tuple(
        sorted(
            found,
            key=lambda one: (one.body.place.kind != "region", danish_order(one.body.place.name)),
        )
    )


def _when(row: Membership, body: Body, on: date) -> str:
    if row.valid_from > on:
        return "later"
    last = row.valid_to or body.valid_to
    return "before" if last and last < on else "now"


def _is_in(place: Place, region: Place, on: date) -> bool:
    return place == region if place.kind == "region" else lies_in(place, region, on)
