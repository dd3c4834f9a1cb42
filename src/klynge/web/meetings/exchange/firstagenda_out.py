"""A published meeting in the shape of FirstAgenda's publication interface.

The shape, and only the shape, was read from public answers of that product and from several public
programs that read them: see docs/reference/interfaces.md. It is written from the published copy, so
nothing closed can be in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any
from uuid import UUID

from klynge.web.meetings.calendar_times import ZONE
from klynge.web.meetings.exchange import naming
from klynge.web.meetings.html import to_text

Content = dict[str, Any]
PART_NAMES = {"dagsorden": "Dagsorden", "referat": "Referat"}
TYPE_FIELD = "Punkttype"
PRESENT = "present"


@dataclass(frozen=True)
class Released:
    """A published part of a meeting: the copy, and when it became public."""

    content: Content
    at: datetime
    done: bool  # the meeting has been held

    @property
    def part(self) -> str:
        return self.content["part"]

    @property
    def key(self) -> UUID:
        return naming.of_part(UUID(self.content["meeting"]["uid"]), self.part)


def committee(body: Content) -> dict[str, Any]:
    """`Udvalg` as it stands in an agenda."""
    return {
        "Id": str(naming.of_body(body["kind"], body["place"])),
        "OrganisationId": str(naming.ZERO),
        "Navn": body["name"],
        "Historisk": False,
    }


def meeting(released: Released, *, key: UUID | None = None) -> dict[str, Any]:
    """`Moede`. In an agenda its own key is zero there, so `key` says what stands in it."""
    told = released.content["meeting"]
    begins, ends = _local(told["begins_at"]), _local(told["ends_at"])
    return {
        "Id": str(released.key if key is None else key),
        # It is called Utc and is not: Danish time with its offset, as others write it.
        "MeetingBeginUtc": begins.isoformat(),
        "MeetingEndUtc": ends.isoformat(),
        "ReleasedDate": _seven_digits(released.at),
        "Dato": begins.replace(tzinfo=None).isoformat(),
        "Sted": told["place"],
        "Afsluttet": released.done,
        "Moededeltagere": None,
        "Navn": PART_NAMES[released.part],
        "Description": told["title"],
        "ElasticSearchResults": None,
        "SourceId": told["uid"],
        "IsSupplementaryAgenda": False,
    }


def agenda(released: Released) -> dict[str, Any]:
    """The whole answer for one meeting."""
    content = released.content
    return {
        "Id": str(released.key),
        "AgendaUid": str(released.key),
        "Udvalg": committee(content["body"]),
        "Moede": {
            **meeting(released, key=naming.ZERO),
            "Moededeltagere": [_participant(each) for each in content["attendance"]],
        },
        "TillaegsDagsorden": None,
        "LiveIntegrationEnabled": False,
        "Lydfiler": [],
        "Dagsordenpunkter": [
            _item(item, released, number) for number, item in enumerate(content["items"], start=1)
        ],
    }


def committees(rows: list[tuple[Content, list[Released]]]) -> dict[str, Any]:
    """`udvalgsliste`: every body with its meetings, under one heading."""
    return {
        "Udvalg": {
            "Udvalg": [
                {
                    "Id": str(naming.of_body(body["kind"], body["place"])),
                    "Navn": body["name"],
                    "Moeder": [meeting(each) for each in meetings],
                }
                for body, meetings in rows
            ]
        }
    }


def found(rows: list[Released]) -> dict[str, Any]:
    """`soeg`: the meetings that were looked for."""
    return {
        "Dagsordner": [
            {
                "Id": str(each.key),
                "Moede": meeting(each),
                "Udvalg": committee(each.content["body"]),
            }
            for each in rows
        ],
        "Total": len(rows),
    }


def _participant(row: Content) -> dict[str, Any]:
    return {
        "Name": row["name"],
        "Absent": row["status"] != PRESENT,
        "ParticipationCancelled": row["status"] == "excused",
        "AttendanceType": row["represents"],
    }


def _item(item: Content, released: Released, position: int) -> dict[str, Any]:
    key = naming.of_part(UUID(item["uid"]), released.part)
    number = str(item["number"] or position)
    fields = [] if item["closed"] else _fields(item, released)
    return {
        "Id": str(key),
        "AgendaUid": str(released.key),
        "Number": number,
        "Punktnummer": number,
        "Sorting": position,
        "Navn": item["title"],
        "Caption": item["title"],
        "SagsNummer": item.get("case_number", ""),
        "CaseNumber": item.get("case_number", ""),
        "IsOpen": not item["closed"],
        "SourceId": item["uid"],
        "ItemDecision": None,
        "Felter": [
            {
                "Navn": name,
                "Html": html,
                "Tekst": to_text(html),
                "Id": str(naming.of_field(key, number)),
                "Link": None,
                "DocumentId": None,
            }
            for number, (name, html) in enumerate(fields)
        ],
        "Bilag": [
            {
                "Id": each["uid"],
                "Navn": each["name"],
                "Order": order,
                "HarPdfVersion": "true" if each["content_type"] == "application/pdf" else "false",
            }
            for order, each in enumerate(item.get("annexes", ()), start=1)
        ],
        "ExternalAgendaItemAttendees": [],
        "CasePresentationUid": None,
        "IntegrationUid": None,
        "CorporationUid": None,
        "Documents": [],
        "Presentations": [],
        "Ressourcer": [],
        "Lydfiler": [],
    }


def _fields(item: Content, released: Released) -> list[tuple[str, str]]:
    fields = [(TYPE_FIELD, f"<p>{escape(item['kind_name'])}</p>")]
    fields += [(block["caption"], block["html"]) for block in item["blocks"]]
    if item["clauses"]:
        lines = "".join(f"<li>at {escape(each['text'])}</li>" for each in item["clauses"])
        fields.append(("Indstilling", f"<p>Det indstilles,</p><ol>{lines}</ol>"))
    decision = _decision(item) if released.part == "referat" else ""
    if decision:
        body, day = (
            released.content["body"]["name"],
            _local(released.content["meeting"]["begins_at"]),
        )
        heading = f"<h3>Beslutning i {escape(body)} den {day:%d-%m-%Y}</h3>"
        fields.append(("Beslutning", heading + decision))
    return fields


def _decision(item: Content) -> str:
    """What was decided, in words: this shape has no place for outcomes, votes and absences."""
    parts = [
        f"<p>At {number}: {escape(_outcome(each))}</p>"
        for number, each in enumerate(item["clauses"], start=1)
        if each.get("outcome") or each.get("decision")
    ]
    parts.append(item.get("minutes", ""))
    parts += [
        f"<p>Afstemning: {escape(each['choice'])} {each['number']}</p>"
        for each in item.get("votes", ())
    ]
    if item.get("absent"):
        names = ", ".join(f"{each['name']} ({each['why']})" for each in item["absent"])
        parts.append(f"<p>Deltog ikke i behandlingen: {escape(names)}</p>")
    parts += [
        f"<p>Særudtalelse fra {escape(each['name'])}: {escape(each['text'])}</p>"
        for each in item.get("dissents", ())
    ]
    return "".join(parts)


def _outcome(clause: Content) -> str:
    return ". ".join(part for part in (clause["outcome"], clause["decision"]) if part)


def _local(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(ZONE)


def _seven_digits(moment: datetime) -> str:
    local = moment.astimezone(ZONE)
    offset = local.strftime("%z")
    return f"{local:%Y-%m-%dT%H:%M:%S.%f}0{offset[:3]}:{offset[3:]}"
