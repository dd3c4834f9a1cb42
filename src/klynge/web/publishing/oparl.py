"""What is public, as OParl 1.1 objects (https://dev.oparl.org/spezifikation, retrieved 2026-11-28).

How ours answers to theirs: the System is this site. A Body is a place that has bodies on the public
pages (a klynge, a sundhedsråd, a region); an Organization is one of its bodies (klynge-politisk,
klynge-faglig ...), or whom a member sits for. An AgendaItem is an item; an open one with a text is
a Paper too, with the Consultation that ties it to the item. A File is an annex, or the PDF of an
agenda or minutes. What was withdrawn is its id and `deleted: true`, and nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from klynge import structure
from klynge.web.bodies.models import FILLS_NO_SEAT, BodyRecord, Membership
from klynge.web.publishing import public, public_bodies
from klynge.web.publishing.models import Publication
from klynge.web.publishing.oparl_meetings import Meetings, key_of
from klynge.web.publishing.oparl_shelf import KINDS, SCHEMA, Thing

__all__ = ("KINDS", "SCHEMA", "Thing", "Writer")


@dataclass(frozen=True)
class Place:
    """One Body: a place and its bodies on the public pages."""

    kind: str
    id: str
    name: str
    bodies: tuple[BodyRecord, ...]

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.id}"


class Writer(Meetings):
    """Writes every public object once, with whole addresses."""

    def __init__(self, root: str) -> None:
        super().__init__(root)
        for place in _places():
            self._place(place)
        self.put_tombstones()

    def list_address(self, place: str, kind: str) -> str:
        """Where the list of a Body's objects of one kind is."""
        return self.at("oparl_list", place=place, kind=kind)

    def system(self) -> Thing:
        """Where a program begins."""
        return {
            "id": self.at("oparl_system"),
            "type": f"{SCHEMA}System",
            "oparlVersion": SCHEMA,
            "name": "Klynge",
            "body": self.at("oparl_bodies"),
            "website": self.at("home"),
            "product": "https://oparl.org/",
        }

    def bodies(self) -> list[Thing]:
        """Every Body."""
        return sorted(self.things["body"].values(), key=lambda row: row["id"])

    # ---- one place ----

    def _place(self, place: Place) -> None:
        records = place.bodies
        changed = [each.visible_from for each in self._publications(records)]
        changed += [row.changed_at for each in records if (row := public.what_of(each)).pk]
        stamp = min(changed), max(changed)
        thing = self.begin("body", place.key, place.key, *stamp)
        thing |= {
            "system": self.at("oparl_system"),
            "name": place.name,
            "classification": place.kind,
            "website": self.at("home"),
            **{
                name: self.list_address(place.key, name.lower())
                for name in ("organization", "person", "meeting", "paper", "membership")
            },
            "agendaItem": self.list_address(place.key, "agendaitem"),
            "consultation": self.list_address(place.key, "consultation"),
            "file": self.list_address(place.key, "file"),
            "locationList": self.list_address(place.key, "location"),
            "legislativeTermList": self.list_address(place.key, "legislativeterm"),
            "legislativeTerm": [self._term(place, *stamp)],
        }
        for record in records:
            self._organization(place, record, *stamp)
            for member in public_bodies.seats(record):
                self._member(place, record, member, *stamp)
            self.put_meetings(place.key, record)

    def _publications(self, records: tuple[BodyRecord, ...]) -> list[Publication]:
        keys = {record.pk for record in records}
        return [
            each.publication
            for parts in self.shown.values()
            for each in parts.values()
            if each.meeting.body_id in keys
        ]

    def _term(self, place: Place, made: datetime, changed: datetime) -> Thing:
        """A place's own time: klynger and sundhedsråd begin and end by law."""
        term = self.begin("legislativeterm", place.key, place.key, made, changed)
        first = min(each.valid_from for each in place.bodies)
        ends = [each.valid_to for each in place.bodies]
        term |= {"body": self.address("body", place.key), "startDate": first.isoformat()}
        term["name"] = f"{place.name}, {first:%Y}-"
        if all(ends):
            last = max(ends)
            term |= {"endDate": last.isoformat(), "name": f"{place.name}, {first:%Y}-{last:%Y}"}
        return {name: value for name, value in term.items() if name != "body"}

    def _organization(
        self, place: Place, record: BodyRecord, made: datetime, changed: datetime
    ) -> None:
        key = key_of(record)
        thing = self.begin("organization", key, place.key, made, changed)
        thing |= {
            "body": self.address("body", place.key),
            "name": record.name,
            "organizationType": "Gremium",
            "classification": record.kind,
            "startDate": record.valid_from.isoformat(),
            "meeting": self.at("oparl_meetings_of", key=key),
            "membership": [
                self.address("membership", str(seat.key)) for seat in public_bodies.seats(record)
            ],
            "web": self.at("body", kind=record.kind, place=record.place),
        }
        if record.valid_to:
            thing["endDate"] = record.valid_to.isoformat()

    def _member(
        self,
        place: Place,
        record: BodyRecord,
        member: Membership,
        made: datetime,
        changed: datetime,
    ) -> None:
        made = min(made, member.recorded_from)
        changed = max(changed, member.recorded_from)
        seat = self.begin("membership", str(member.key), place.key, made, changed)
        role = structure.word("role", member.role)
        seat |= {
            "organization": self.address("organization", key_of(record)),
            "role": str(role.name) if role else member.role,
            "votingRight": member.role not in FILLS_NO_SEAT,
            "startDate": member.valid_from.isoformat(),
        }
        if member.valid_to:
            seat["endDate"] = member.valid_to.isoformat()
        if member.represents:
            seat["onBehalfOf"] = self._represented(place, member, made, changed)
        key = f"p{member.person_id}"
        person = self.things["person"].get(key)
        if person is None:
            person = self.begin("person", key, place.key, made, changed)
            person |= {
                "body": self.address("body", place.key),
                "name": member.person.name,
                "membership": [],
            }
        self.belongs("person", key, place.key)
        person["membership"].append(dict(seat))
        seat["person"] = self.address("person", key)

    def _represented(
        self, place: Place, member: Membership, made: datetime, changed: datetime
    ) -> str:
        key = f"o{member.represents_id}"
        if key not in self.things["organization"]:
            thing = self.begin("organization", key, place.key, made, changed)
            thing |= {
                "body": self.address("body", place.key),
                "name": member.represents.name,
                "organizationType": "Institution",
                "classification": member.represents.kind,
            }
        return self.address("organization", key)


def _places() -> list[Place]:
    found: dict[tuple[str, str], list[BodyRecord]] = {}
    for record in public.bodies():
        found.setdefault((record.place_kind, record.place), []).append(record)
    return [
        Place(kind, id, structure.place(kind, id).name, tuple(records))
        for (kind, id), records in found.items()
    ]
