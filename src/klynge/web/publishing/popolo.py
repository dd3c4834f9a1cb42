"""What is public, as Popolo (https://www.popoloproject.com/specs/, retrieved 2026-11-28).

Organizations, people and memberships as Popolo has them; each meeting is an Event; each clause of
an indstilling is a Motion, with the VoteEvent that settled it where somebody voted.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from klynge.web.bodies import exporting
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.standing import body_called
from klynge.web.publishing import public, public_bodies
from klynge.web.publishing.public import MINUTES, Shown

Thing = dict[str, Any]


def of_body(record: BodyRecord) -> Thing:
    """Everything public of one body."""
    own = f"{record.kind}/{record.place}"
    people: Thing = {"persons": [], "organizations": [_organization(record)], "memberships": []}
    seats = public_bodies.seats(record)
    body = body_called(record.kind, record.place)
    if seats and body is not None:
        people = exporting.as_popolo(body, seats)
    shown = public.shown(body=record)
    minutes = [each for each in shown if each.part == MINUTES]
    return {
        **people,
        "events": list({each.uid: _event(each, own) for each in reversed(shown)}.values()),
        "motions": [motion for each in minutes for motion in _motions(each, own)],
    }


def _organization(record: BodyRecord) -> Thing:
    found: Thing = {
        "id": f"{record.kind}/{record.place}",
        "name": record.name,
        "classification": record.kind,
        "founding_date": record.valid_from.isoformat(),
    }
    if record.valid_to:
        found["dissolution_date"] = record.valid_to.isoformat()
    return found


def _event(shown: Shown, own: str) -> Thing:
    told = shown.content["meeting"]
    event: Thing = {
        "id": told["uid"],
        "name": told["title"] or shown.content["body"]["name"],
        "classification": "meeting",
        "organization_id": own,
        "start_date": told["begins_at"],
        "end_date": told["ends_at"],
    }
    if told["place"]:
        event["location"] = told["place"]
    if shown.part == MINUTES:
        event["attendees"] = [
            {"name": each["name"]}
            for each in shown.content["attendance"]
            if each["status"] == "present"
        ]
    return event


def _motions(shown: Shown, own: str) -> list[Thing]:
    """A motion for each clause of an open item, with what came of it."""
    found = []
    for item in shown.content["items"]:
        if item["closed"]:
            continue
        for number, clause in enumerate(item["clauses"], start=1):
            key = uuid5(UUID(item["uid"]), str(number))
            motion: Thing = {
                "id": str(key),
                "organization_id": own,
                "legislative_session_id": str(shown.uid),
                "text": clause["text"],
                "date": shown.content["meeting"]["begins_at"],
            }
            if clause["outcome"]:
                motion["result"] = clause["outcome"]
            counts = [
                {"option": _OPTIONS.get(each["choice"], each["choice"]), "value": each["number"]}
                for each in item["votes"]
                if each["clause"] == clause["text"]
            ]
            if counts:
                motion["vote_events"] = [
                    {
                        "id": str(uuid5(key, "vote")),
                        "motion_id": str(key),
                        "start_date": motion["date"],
                        "counts": counts,
                    }
                ]
            found.append(motion)
    return found


_OPTIONS = {"For": "yes", "Imod": "no", "Hverken for eller imod": "abstain"}
