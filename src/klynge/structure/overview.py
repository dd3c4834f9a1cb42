"""What there is on a day: the regime, the regions, and the klynger or sundhedsråd at work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from klynge.structure.model import DOMAINS, BodyKind, Membership, Note, Place, Regime
from klynge.structure.places import (
    body_kinds,
    members,
    nearest,
    notes,
    places,
    places_of,
    predecessors,
    regime_on,
    successors,
)
from klynge.structure.plain import plain

WORKING_KINDS = ("klynge", "sundhedsraad")


@dataclass(frozen=True, slots=True)
class WithMembers:
    """A place on the day with its kommuner by domain, and what came before and comes after."""

    place: Place
    name: str
    members: dict[str, tuple[Membership, ...]]
    predecessors: tuple[Place, ...]
    successors: tuple[Place, ...]

    def kommuner(self) -> dict[str, str]:
        """Each kommune and its domain here: "somatik", "psykiatri" or "begge"; by code."""
        domains = {row.kommune: row.domain for rows in self.members.values() for row in rows}
        return dict(sorted(domains.items()))


@dataclass(frozen=True, slots=True)
class Overview:
    """What there is on a day, in the land or in one region."""

    on: date
    region: str | None
    regime: Regime
    bodies: tuple[BodyKind, ...]
    regions: tuple[WithMembers, ...]
    places: tuple[WithMembers, ...]
    notes: tuple[Note, ...]

    def as_json(self) -> dict[str, Any]:
        """The overview as JSON; its form is in docs/reference/structure.md."""
        return {
            "on": self.on.isoformat(),
            "region": self.region,
            "regime": plain(self.regime),
            "bodies": plain(self.bodies),
            "regions": [_as_json(each) for each in self.regions],
            "places": [_as_json(each) for each in self.places],
            "notes": plain(self.notes),
        }


def overview(on: date, *, region: str | None = None) -> Overview:
    """What there is on a day. `region` is a region's id. Raises NoRegime."""
    regime = regime_on(on)
    regions = [place for place in places("region", on) if region in (None, place.id)]
    working = [place for kind in WORKING_KINDS for place in places(kind, on)]
    shown = [place for place in working if region is None or _lies_in(place, region, on)]
    kinds = dict.fromkeys(place.kind for place in shown)
    return Overview(
        on=on,
        region=region,
        regime=regime,
        bodies=tuple(body for id in regime.bodies for body in body_kinds(on) if body.id == id),
        regions=tuple(_with_members(place, on) for place in regions),
        places=tuple(_with_members(place, on) for place in shown),
        notes=tuple(note for kind in kinds for note in notes(kind, on)),
    )


def region_called(name: str) -> Place | None:
    """The region with that id or name ("1082", "Midtjylland", "Region Midtjylland")."""
    for place in places("region"):
        if name.casefold() in (place.id, place.name.casefold(), _short(place).casefold()):
            return place
    return None


def regions_like(name: str) -> tuple[Place, ...]:
    """The regions whose names come closest to what was written."""
    close = nearest("region", name)
    return tuple(place for place in places("region") if place.id in close)


def _short(region: Place) -> str:
    return region.name.removeprefix("Region ")


def _lies_in(place: Place, region: str, on: date) -> bool:
    """Is the place in the region, by itself or by a kommune?

    In 2026 the sundhedsråd of the coming Region Østdanmark lie in Hovedstaden and Sjælland.
    """
    if place.region == region:
        return True
    kommuner = {row.kommune for row in members(place.kind, place.id, on=on)}
    return any(row.place == region for code in kommuner for row in places_of(code, on=on))


def _with_members(place: Place, on: date) -> WithMembers:
    return WithMembers(
        place=place,
        name=place.name_on(on),
        members={d: members(place.kind, place.id, domain=d, on=on) for d in DOMAINS},
        predecessors=predecessors(place.kind, place.id),
        successors=successors(place.kind, place.id),
    )


def _as_json(found: WithMembers) -> dict[str, Any]:
    return {
        **plain(found.place),
        "name": found.name,
        "members": plain(found.members),
        "predecessors": [{"kind": p.kind, "id": p.id} for p in found.predecessors],
        "successors": [{"kind": p.kind, "id": p.id} for p in found.successors],
    }
