"""Published meetings as OParl objects: Meeting, AgendaItem, Paper, Consultation, File, Location."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from klynge.web.bodies.models import BodyRecord
from klynge.web.meetings import html as markup
from klynge.web.meetings.models import Meeting
from klynge.web.publishing import public
from klynge.web.publishing.models import Publication
from klynge.web.publishing.oparl_shelf import Shelf, Thing
from klynge.web.publishing.public import AGENDA, MINUTES, Shown

STATES = {  # the words the specification recommends
    Meeting.State.PLANNED: "terminiert",
    Meeting.State.AGENDA_REVIEW: "terminiert",
    Meeting.State.RELEASED: "eingeladen",
    Meeting.State.HELD: "eingeladen",
    Meeting.State.MINUTES_REVIEW: "eingeladen",
    Meeting.State.APPROVED: "durchgeführt",
    Meeting.State.CANCELLED: "terminiert",
}


class Meetings(Shelf):
    """Puts the meetings of a body on the shelf, and what is left of those withdrawn."""

    def __init__(self, root: str) -> None:
        super().__init__(root)
        self.shown: dict[UUID, dict[str, Shown]] = {}
        for each in public.shown():
            self.shown.setdefault(each.uid, {})[each.part] = each

    def put_meetings(self, place: str, record: BodyRecord) -> None:
        known = {each.uid: each for each in public.dates_of(record)}
        published = {
            uid: parts
            for uid, parts in self.shown.items()
            if next(iter(parts.values())).meeting.body_id == record.pk
        }
        for uid in {**known, **published}:
            parts = published.get(uid, {})
            meeting = known.get(uid) or next(iter(parts.values())).meeting
            self._meeting(place, record, meeting, parts)

    def _meeting(
        self, place: str, record: BodyRecord, meeting: Meeting, parts: dict[str, Shown]
    ) -> None:
        key = str(meeting.uid)
        moments = [each.publication.visible_from for each in parts.values()]
        thing = self.begin(
            "meeting",
            key,
            place,
            min(moments) if moments else meeting.created_at,
            max(moments) if moments else meeting.changed_at,
        )
        newest = parts.get(MINUTES) or parts.get(AGENDA)
        # Of a published meeting only the copy is told; of one that only has a date, that date.
        told = newest.content["meeting"] if newest else None
        where = told["place"] if told else meeting.place
        thing |= {
            "name": (told and told["title"]) or record.name,
            "meetingState": STATES.get(Meeting.State(meeting.state), "terminiert"),
            "cancelled": meeting.state == Meeting.State.CANCELLED,
            "start": told["begins_at"] if told else meeting.begins_at.isoformat(),
            "end": told["ends_at"] if told else meeting.ends_at.isoformat(),
            "organization": [self.address("organization", key_of(record))],
        }
        if where:
            thing["location"] = self._location(place, where, thing)
        for part, name in ((AGENDA, "invitation"), (MINUTES, "resultsProtocol")):
            if part in parts:
                thing[name] = self._paper_file(place, parts[part], thing["id"])
        if newest:
            thing["agendaItem"] = [
                self._item(place, record, newest, item, order)
                for order, item in enumerate(newest.content["items"])
            ]
            thing["web"] = self.at("meeting", uid=meeting.uid)

    def _item(self, place: str, record: BodyRecord, shown: Shown, item: Thing, order: int) -> Thing:
        at = shown.publication.visible_from
        thing = self.begin("agendaitem", item["uid"], place, at, at)
        thing |= {
            "number": str(item["number"] or order + 1),
            "order": order,
            "name": item["title"],
            "public": not item["closed"],
        }
        if not item["closed"]:
            self._open_item(place, record, shown, item, thing)
        inside = dict(thing)
        thing["meeting"] = self.address("meeting", str(shown.uid))
        return inside

    def _open_item(
        self, place: str, record: BodyRecord, shown: Shown, item: Thing, thing: Thing
    ) -> None:
        files = [self._annex(place, shown, each) for each in item["annexes"]]
        if files:
            thing["auxiliaryFile"] = files
        decided = "\n".join(_decided(shown.content, item))
        if decided:
            thing["resolutionText"] = decided
            outcomes = [each.get("outcome", "") for each in item["clauses"]]
            if any(outcomes):
                thing["result"] = "; ".join(each for each in outcomes if each)
        if item["blocks"] or item["annexes"]:
            thing["consultation"] = self._paper(place, record, shown, item, files)

    def _paper(
        self, place: str, record: BodyRecord, shown: Shown, item: Thing, files: list[Thing]
    ) -> str:
        """The paper of an item and its consultation; the address of the latter."""
        at = shown.publication.visible_from
        key = item["uid"]
        consultation = self.begin("consultation", key, place, at, at)
        consultation |= {
            "agendaItem": self.address("agendaitem", key),
            "meeting": self.address("meeting", str(shown.uid)),
            "organization": [self.address("organization", key_of(record))],
            "authoritative": item["kind"] == "beslutning",
            "role": item["kind_name"],
        }
        paper = self.begin("paper", key, place, at, at)
        paper |= {
            "body": self.address("body", place),
            "name": item["title"],
            "date": shown.begins_at.date().isoformat(),
            "paperType": item["kind_name"],
            "consultation": [dict(consultation)],
            "mainFile": self._paper_file(place, shown, None),
        }
        if item["case_number"]:
            paper["reference"] = item["case_number"]
        if files:
            paper["auxiliaryFile"] = files
        consultation["paper"] = paper["id"]
        return consultation["id"]

    def _annex(self, place: str, shown: Shown, annex: Thing) -> Thing:
        at = shown.publication.visible_from
        thing = self.begin("file", annex["uid"], place, at, at)
        address = self.at("annex", uid=annex["uid"])
        thing |= {
            "name": annex["name"],
            "fileName": annex["file_name"],
            "mimeType": annex["content_type"],
            "date": shown.begins_at.date().isoformat(),
            "size": annex["size"],
            "accessUrl": address,
            "downloadUrl": address,
        }
        return dict(thing)

    def _paper_file(self, place: str, shown: Shown, meeting: str | None) -> Thing:
        at = shown.publication.visible_from
        key = str(uuid5(shown.uid, shown.part))
        thing = self.begin("file", key, place, at, at)
        address = self.at("part_pdf", uid=shown.uid, part=shown.part)
        thing |= {
            "name": str(shown.publication.get_part_display()),
            "fileName": f"{shown.part}.pdf",
            "mimeType": "application/pdf",
            "date": shown.begins_at.date().isoformat(),
            "accessUrl": address,
            "downloadUrl": address,
        }
        inside = dict(thing)
        if meeting:
            thing["meeting"] = [meeting]
        return inside

    def _location(self, place: str, where: str, of: Thing) -> Thing:
        key = str(uuid5(NAMESPACE_URL, where))
        thing = self.things["location"].get(key)
        if thing is None:
            thing = self.begin(
                "location",
                key,
                place,
                datetime.fromisoformat(of["created"]),
                datetime.fromisoformat(of["modified"]),
            )
            thing["description"] = where
        return dict(thing)

    def put_tombstones(self) -> None:
        """Of what was withdrawn: the id, the type, when, and that it is gone."""
        gone = public.gone()
        left = {UUID(key) for key in self.things["meeting"]}
        for publication, since in gone:
            place = place_of(publication.meeting.body)
            self._gone("file", str(uuid5(publication.meeting.uid, publication.part)), place, since)
            if publication.meeting.uid not in left:
                self._gone("meeting", str(publication.meeting.uid), place, since)
            for uid in _items_once_in(publication):
                for kind in ("agendaitem", "paper", "consultation"):
                    if uid not in self.things["agendaitem"]:
                        self._gone(kind, uid, place, since)
            for uid in publication.files.values_list("uid", flat=True):
                self._gone("file", str(uid), place, since)

    def _gone(self, kind: str, key: str, place: str, since: datetime) -> None:
        if key in self.things[kind]:
            return
        thing = self.begin(kind, key, place, since, since)
        thing["deleted"] = True


def key_of(record: BodyRecord) -> str:
    """The key of a body's Organization."""
    return f"{record.kind}-{record.place}"


def place_of(record: BodyRecord) -> str:
    """The key of the Body a body belongs to."""
    return f"{record.place_kind}-{record.place}"


def _items_once_in(publication: Publication) -> list[str]:
    content = Publication.objects.values_list("content", flat=True).get(pk=publication.pk)
    return [item["uid"] for item in content["items"]]


def _decided(content: Thing, item: Thing) -> list[str]:
    found = [markup.to_text(item["minutes"])] if item.get("minutes") else []
    found += [each["decision"] for each in item["clauses"] if each.get("decision")]
    found += [each["text"] for each in content["decisions"] if each["item"] == item["uid"]]
    return list(dict.fromkeys(found))
