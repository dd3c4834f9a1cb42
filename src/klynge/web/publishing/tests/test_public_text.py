"""What was written for the public of a closed decision is public, and nothing more of it is."""

from __future__ import annotations

import pytest

from klynge.web.accounts.tests.builders import a_secretary
from klynge.web.bodies.models import BodyRecord
from klynge.web.decisions import rules as decisions
from klynge.web.decisions.rules import New
from klynge.web.meetings import approval_rules, attendance_rules
from klynge.web.meetings.models import Meeting
from klynge.web.meetings.tests.builders import (
    MARKER,
    WHEN,
    a_closed_item,
    a_meeting,
    an_item,
    release,
)
from klynge.web.meetings.tests.minutes_builders import (
    a_professional_level,
    everybody_came,
    write,
)
from klynge.web.publishing import papers, public, rules
from klynge.web.publishing.models import Publication

pytestmark = pytest.mark.django_db
MINUTES = Publication.Part.MINUTES
FOR_ALL = "Klyngen indgår en aftale om transport."


def _approved(body: BodyRecord) -> Meeting:
    """Approved minutes of an open and of a closed item."""
    meeting = a_meeting(body)
    an_item(meeting, "Akutte genindlæggelser")
    a_closed_item(meeting)
    release(meeting)
    meeting = everybody_came(attendance_rules.open_meeting(by=None, meeting=meeting, at=WHEN))
    for item in meeting.items.all():
        write(item, f"{MARKER} drøftet" if item.closed else "Drøftet.",
              **{f"c{n}": "agreed" for n, _row in enumerate(item.clauses.all(), 1)})  # fmt: skip
    meeting = attendance_rules.close_meeting(by=None, meeting=meeting)
    approval_rules.send(by=None, meeting=meeting)
    for each in approval_rules.progress(meeting).answers:
        approval_rules.answer(by=None, meeting=meeting, person=each.person, approved=True)
    meeting.refresh_from_db()
    return meeting


def test_it_stands_on_the_page_in_the_list_and_in_the_paper(client):
    meeting = _approved(a_professional_level())
    closed = meeting.items.get(closed=True)
    new = New(item=closed, text=f"{MARKER} om prisen", public_text=FOR_ALL)
    decisions.take_from_minutes(by=None, meeting=meeting, decisions=[new])
    rules.publish(by=a_secretary(), meeting=meeting, part=MINUTES)

    for address in (f"/offentligt/moede/{meeting.uid}/referat/", "/offentligt/beslutninger/"):
        page = client.get(address).content.decode()
        assert FOR_ALL in page, address
        assert MARKER not in page, address
    shown = public.part_of_meeting(meeting.uid, MINUTES)
    words = str(list(papers._document(shown).blocks))
    assert FOR_ALL in words
    assert MARKER not in words


def test_a_decision_that_is_closed_afterwards_is_gone(client):
    meeting = _approved(a_professional_level())
    item = meeting.items.get(closed=False)
    new = New(item=item, text="At begynde med plejehjemmene.", public_text=FOR_ALL)
    (decision,) = decisions.take_from_minutes(by=None, meeting=meeting, decisions=[new])
    rules.publish(by=a_secretary(), meeting=meeting, part=MINUTES)
    type(decision).objects.filter(pk=decision.pk).update(closed=True)

    page = client.get("/offentligt/beslutninger/").content.decode()

    assert "plejehjemmene" not in page
