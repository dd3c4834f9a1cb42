"""Whom a member represents, as an organisation of its own: made when it is first needed."""

from __future__ import annotations

from typing import Protocol

from klynge import structure
from klynge.web.bodies import rules
from klynge.web.bodies.models import BodyRecord, Organisation


class Seat(Protocol):
    """What tells whom a seat is for."""

    party: str
    kommune: str
    organisation: str
    area: str


def organisation_of(seat: Seat, body: BodyRecord, name: str = "") -> Organisation | None:
    """The organisation a seat is for: the one of that name, else what the seat itself tells."""
    Kind = Organisation.Kind
    if name.strip():
        kinds = {"psykiatri": Kind.PSYKIATRI, "somatik": Kind.HOSPITAL}
        kind = kinds.get(seat.area, Kind.ANDET) if seat.party == "region" else Kind.ANDET
        return rules.organisation(kind=kind, name=name)
    if seat.party == "kommune" and seat.kommune:
        place = structure.place("kommune", seat.kommune)
        return rules.organisation(
            kind=Kind.KOMMUNE,
            name=f"{place.name} Kommune",
            place_kind=place.kind,
            place=place.id,
        )
    if seat.party == "region":
        return _region(body)
    if seat.party == "plo":
        return rules.organisation(kind=Kind.PLO, name="PLO")
    word = structure.word("organisation", seat.organisation) if seat.organisation else None
    return rules.organisation(kind=Kind.PATIENTORGANISATION, name=str(word.name)) if word else None


def _region(body: BodyRecord) -> Organisation | None:
    place = structure.place(body.place_kind, body.place)
    region = place.id if place.kind == "region" else place.region
    if not region:
        return None
    found = structure.place("region", region)
    return rules.organisation(
        kind=Organisation.Kind.REGION, name=found.name, place_kind=found.kind, place=found.id
    )
