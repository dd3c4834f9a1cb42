"""Where public objects are put while OParl is written: each once, with a whole address."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.urls import reverse

SCHEMA = "https://schema.oparl.org/1.1/"
Thing = dict[str, Any]
KINDS = (
    "body",
    "organization",
    "person",
    "membership",
    "meeting",
    "agendaitem",
    "paper",
    "consultation",
    "file",
    "location",
    "legislativeterm",
)
TYPES = {
    "agendaitem": "AgendaItem",
    "legislativeterm": "LegislativeTerm",
}


class Shelf:
    """Every object by kind and key. `root` is the site's own address."""

    def __init__(self, root: str) -> None:
        self.root = root.rstrip("/")
        self.things: dict[str, dict[str, Thing]] = {kind: {} for kind in KINDS}
        # Which objects belong to a place, for the lists of a Body.
        self.of_place: dict[str, list[tuple[str, str]]] = {}

    def at(self, name: str, **values: Any) -> str:
        """The whole address of one of our own pages."""
        return self.root + reverse(f"publishing:{name}", kwargs=values)

    def address(self, kind: str, key: str) -> str:
        """The id of an object, which is where it is fetched."""
        return self.at("oparl_thing", kind=kind, key=key)

    def listed(self, place: str, kind: str) -> list[Thing]:
        """Every object of one kind of a place, those that are gone too; the oldest first."""
        keys = [key for each, key in self.of_place.get(place, ()) if each == kind]
        rows = [self.things[kind][key] for key in keys]
        return sorted(rows, key=lambda row: (row["created"], row["id"]))

    def begin(self, kind: str, key: str, place: str, made: datetime, changed: datetime) -> Thing:
        """A new object with what every object has."""
        thing: Thing = {
            "id": self.address(kind, key),
            "type": SCHEMA + TYPES.get(kind, kind.capitalize()),
            "created": _stamp(made),
            "modified": _stamp(changed),
        }
        self.things[kind][key] = thing
        self.belongs(kind, key, place)
        return thing

    def belongs(self, kind: str, key: str, place: str) -> None:
        """Let an object be in the lists of a place."""
        listed = self.of_place.setdefault(place, [])
        if (kind, key) not in listed:
            listed.append((kind, key))


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()
