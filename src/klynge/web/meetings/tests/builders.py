"""Invented meetings for the tests: `a_meeting()`, `an_item()`, `a_released_meeting()` ..."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from klynge.web.accounts.models import Role, User
from klynge.web.accounts.tests.builders import a_user
from klynge.web.bodies import history
from klynge.web.bodies import rules as bodies
from klynge.web.bodies.models import BodyRecord, Person
from klynge.web.bodies.tests.builders import a_lawful_political_level, a_seat
from klynge.web.meetings import rules
from klynge.web.meetings.models import Item, Meeting

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
WHEN = datetime(2024, 10, 22, 9, 0, tzinfo=COPENHAGEN)
MARKER = "Hemmeligskilt"


def a_level() -> BodyRecord:
    """Randers' political level with all its members: the same one each time in a test."""
    found = history.find("klynge-politisk", "rm-randers")
    return found or a_lawful_political_level()


def a_meeting(
    body: BodyRecord | None = None, *, begins_at: datetime = WHEN, **more: Any
) -> Meeting:
    """A planned meeting of two hours."""
    body = body or a_level()
    ends_at = more.pop("ends_at", begins_at + timedelta(hours=2))
    return rules.plan_meeting(by=None, body=body, begins_at=begins_at, ends_at=ends_at, **more)


def an_item(
    meeting: Meeting | None = None, title: str = "Akutte genindlæggelser", **more: Any
) -> Item:
    """An open item with a text and an indstilling; on the backlog without a meeting."""
    body = more.pop("body", None) or (meeting.body if meeting else a_level())
    values: dict[str, Any] = {
        "kind": "beslutning",
        "blocks": {"sagsfremstilling": "<p>Tallene er steget i tre år.</p>"},
        "clauses": ["drøfte tallene", "godkende det videre arbejde"],
    }
    return rules.add_item(by=None, body=body, meeting=meeting, title=title, **values | more)


def a_closed_item(meeting: Meeting | None = None, **more: Any) -> Item:
    """A closed item: MARKER stands in everything that others may not see."""
    values = {
        "title": f"{MARKER} i titlen",
        "closed": True,
        "closed_because": f"Forretningsforhold ({MARKER})",
        "public_title": "Lukket punkt om en kontrakt",
        "case_number": f"29.30.08-{MARKER}",
        "presenter": f"{MARKER} Person",
        "blocks": {"sagsfremstilling": f"<p>{MARKER} i teksten</p>"},
        "clauses": [f"{MARKER} i indstillingen"],
    }
    return an_item(meeting, **values | more)


def approve(meeting: Meeting) -> None:
    """Send the agenda to review and let every chair approve it."""
    version = rules.send_to_review(by=None, meeting=meeting)
    for chair in rules.chairs(meeting):
        rules.approve_agenda(by=None, version=version, person=chair.person)


def release(meeting: Meeting) -> Meeting:
    """Approve and release the agenda."""
    approve(meeting)
    rules.release_agenda(by=None, meeting=meeting)
    meeting.refresh_from_db()
    return meeting


def a_released_meeting(*titles: str, **more: Any) -> Meeting:
    """A meeting whose agenda is out, with an open item for each title."""
    meeting = a_meeting(**more)
    for title in titles or ("Akutte genindlæggelser", "Fælles visitation"):
        an_item(meeting, title)
    return release(meeting)


def a_user_who_sits(body: BodyRecord | None = None, **seat: Any) -> User:
    """A member with a log-in and a seat of the region, or what `seat` says."""
    user = a_user(Role.Name.MEMBER, name="Prøve Medlem")
    membership = a_seat(body or a_level(), **seat)
    bodies.link_user(by=None, person=membership.person, user=user)
    return user


def log_in_for(person: Person) -> User:
    """A log-in for somebody who is there already."""
    user = a_user(Role.Name.MEMBER, name=person.name)
    bodies.link_user(by=None, person=person, user=user)
    return user


def a_chair(body: BodyRecord | None = None) -> User:
    """A log-in for the body's first chair."""
    rows = history.as_of(body or a_level(), WHEN.date())
    chair = next(row for row in rows if row.role == "formand")
    return chair.person.user or log_in_for(chair.person)
