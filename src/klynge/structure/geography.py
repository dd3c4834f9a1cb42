"""One static geography for a data pack: every place a figure can be about, and its kommuner.

A pack holds figures for klynger and for the sundhedsråd that follow them, so it freezes each kind
of place on a day when that kind is at work. København is in two klynger and is marked shared in
both; the region and the land hold it once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from klynge.structure.model import BOTH, DOMAINS, UNMARKED, Membership, Place, weakest
from klynge.structure.places import members, notes, places, regime_on

KLYNGE_ON = date(2024, 1, 1)
SUNDHEDSRAAD_ON = date(2027, 1, 1)
REGION_ON = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class PlaceCells:
    """The kommuner whose people make up a place in one domain; codes are sorted.

    `shared`: those that also count in another place of the same kind.
    """

    kind: str
    id: str
    kommuner: tuple[str, ...]
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Geography:
    """Places of every kind with their kommuner, by domain. Make one with `of_pack`."""

    kommuner: tuple[str, ...]
    dates: Mapping[str, date]
    _members: Mapping[str, Mapping[tuple[str, str], tuple[Membership, ...]]]

    @classmethod
    def of_pack(
        cls,
        *,
        klynge_on: date = KLYNGE_ON,
        sundhedsraad_on: date = SUNDHEDSRAAD_ON,
        region_on: date = REGION_ON,
    ) -> Geography:
        """The geography of a pack: 98 kommuner, 22 klynger, 17 sundhedsråd, 5 regions, the land.

        Each date is the day on which that kind of place is seen; a day on which a kind does not
        exist gives none of it. Kommuner and land are seen on `region_on`.
        """
        dates = {
            "kommune": region_on,
            "klynge": klynge_on,
            "sundhedsraad": sundhedsraad_on,
            "region": region_on,
            "land": region_on,
        }
        every = {
            domain: {
                (kind, place.id): members(kind, place.id, domain=domain, on=on)
                for kind, on in dates.items()
                for place in places(kind, on)
            }
            for domain in DOMAINS
        }
        kommuner = tuple(sorted(place.id for place in places("kommune", region_on)))
        return cls(kommuner, dates, every)

    def places(self, domain: str) -> tuple[PlaceCells, ...]:
        """Every place with its kommuner in a domain; "begge" uses the somatic membership."""
        found = self._members[_somatic_for_both(domain)]
        return tuple(
            PlaceCells(
                kind,
                id,
                tuple(row.kommune for row in rows),
                tuple(row.kommune for row in rows if row.shared),
            )
            for (kind, id), rows in found.items()
        )

    def places_of(self, kommune: str, *, kind: str, domain: str) -> tuple[str, ...]:
        """The ids of the places of a kind that a kommune counts in, in a domain."""
        return tuple(
            cells.id
            for cells in self.places(domain)
            if cells.kind == kind and kommune in cells.kommuner
        )

    def descriptor(self) -> dict[str, Any]:
        """The geography as JSON for a pack's datapackage.json; see docs/reference/structure.md."""
        return {
            "dates": {kind: on.isoformat() for kind, on in self.dates.items()},
            "regime": {kind: regime_on(on).id for kind, on in self.dates.items()},
            "places": [
                self._described(place)
                for kind, on in self.dates.items()
                for place in places(kind, on)
            ],
            "notes": [
                {"id": note.id, "about": note.about, "da": str(note.text), "en": note.text.en}
                for kind, on in self.dates.items()
                for note in notes(kind, on)
            ],
        }

    def _described(self, place: Place) -> dict[str, Any]:
        rows = {domain: self._members[domain][place.kind, place.id] for domain in DOMAINS}
        return {
            "kind": place.kind,
            "id": place.id,
            "name": place.name_on(self.dates[place.kind]),
            "region": place.region,
            "certainty": place.certainty,
            "certainty_note": {"da": str(place.certainty_note), "en": place.certainty_note.en},
            "kommuner": {d: [row.kommune for row in rows[d]] for d in DOMAINS},
            "shared": {d: [row.kommune for row in rows[d] if row.shared] for d in DOMAINS},
            "membership_certainty": {d: _weakest_of(rows[d]) for d in DOMAINS},
            "uncertain": {
                d: {r.kommune: r.certainty for r in rows[d] if r.certainty not in UNMARKED}
                for d in DOMAINS
            },
        }


def _somatic_for_both(domain: str) -> str:
    return "somatik" if domain == BOTH else domain


def _weakest_of(rows: tuple[Membership, ...]) -> str:
    return weakest(*(row.certainty for row in rows)) if rows else "unknown"
