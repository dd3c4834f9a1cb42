"""Whatever is written where a page sends a row's key: refused or not found, and nothing breaks."""

from __future__ import annotations

import pytest

from klynge.web.bodies import asked
from klynge.web.decisions import rules as decisions
from klynge.web.decisions.models import Decision
from klynge.web.meetings.models import Item, Meeting
from klynge.web.meetings.tests.builders import WHEN, a_level, a_meeting, an_item
from klynge.web.meetings.tests.minutes_builders import (
    a_meeting_in_review,
    a_meeting_under_way,
    everybody_came,
    items_of,
)

pytestmark = pytest.mark.django_db
WRITTEN = ("²", "abc", "-1", "9" * 25, "9" * 5000, "٣ ٤")
SOME = ("²", "9" * 5000)


@pytest.mark.parametrize("written", WRITTEN)
def test_no_key_can_be_read_from_it(written):
    assert asked.key(written) is None


def test_a_key_is_read():
    assert (asked.key(" 17 "), asked.key("0"), asked.key(""), asked.key(None)) == (
        17,
        0,
        None,
        None,
    )


@pytest.mark.parametrize("written", SOME)
def test_the_lists_and_forms_of_meetings(secretary, written):
    body = a_level()
    meeting = a_meeting()
    item = an_item()

    assert secretary.get("/moeder/", {"hvis": written}).status_code == 200
    assert secretary.get("/moeder/aarshjul/", {"aar": written}).status_code == 404
    for name in ("moede", "skabelon"):
        address = f"/moeder/punkt/nyt/{body.pk}/"
        assert secretary.get(address, {name: written}).status_code == 404, name
    put = secretary.post(f"/moeder/punkt/{item.pk}/saet-paa/", {"meeting": written})
    moved = secretary.post(f"/moeder/{meeting.pk}/flyt/", {"up": written})
    assert (put.status_code, moved.status_code) == (404, 404)
    assert secretary.post(
        f"/moeder/{meeting.pk}/raekkefoelge/", {"order": written}
    ).status_code in (
        200,
        422,
    )
    assert Item.objects.get(pk=item.pk).meeting is None


@pytest.mark.parametrize("written", SOME)
def test_attendance_and_minutes(secretary, written):
    meeting = everybody_came(a_meeting_under_way())
    item = items_of(meeting)[0]
    row = meeting.attendance.first()
    base = f"/moeder/{meeting.uid}"

    sent = {f"was-{row.pk}": "[1,2,3,4,5]", f"joined-{row.pk}": written}
    assert secretary.post(f"{base}/fremmoede/", sent).status_code in (302, 422)
    assert secretary.post(f"{base}/fremmoede/{item.uid}/", {"person": written}).status_code == 422
    assert secretary.get(f"{base}/referat/{item.uid}/stemmer/", {"at": written}).status_code == 200
    told = secretary.post(f"{base}/referat/{item.uid}/stemmer/", {f"vote-{written[:40]}": "for"})
    assert told.status_code == 422
    told = secretary.post(f"{base}/referat/{item.uid}/udtalelse/", {"person": written, "text": "a"})
    assert told.status_code == 302
    assert not item.dissents.exists()
    told = secretary.post(f"{base}/referat/{item.uid}/", {"base": written, "text": "Ny tekst."})
    assert told.status_code == 422
    told = secretary.post(f"{base}/referat/{item.uid}/kladde/", {"base": written, "text": "Ny."})
    assert told.status_code == 422


@pytest.mark.parametrize("written", SOME)
def test_who_answers_for_whom(secretary, written):
    meeting = a_meeting_in_review()

    told = secretary.post(f"/moeder/{meeting.uid}/referat/svar/", {"person": written, "number": 1})

    assert told.status_code == 404
    assert Meeting.objects.get(pk=meeting.pk).state == Meeting.State.MINUTES_REVIEW


@pytest.mark.parametrize("written", SOME)
def test_the_version_of_a_decision(secretary, written):
    decision = decisions.bring_in(
        by=None, body=a_level(), text="At gå i gang.", decided_on=WHEN.date().replace(month=1),
        origin="Mødet i januar",
    )  # fmt: skip

    told = secretary.post(f"/beslutninger/{decision.uid}/ansvar/", {"version": written})

    assert told.status_code == 422
    assert Decision.objects.get(pk=decision.pk).version == 1
