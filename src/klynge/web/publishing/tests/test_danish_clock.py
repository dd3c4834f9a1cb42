"""Times and days of what is public are those of the Danish clock, whatever the database keeps."""

from __future__ import annotations

from datetime import datetime

import pytest

from klynge.web.accounts.tests.builders import a_secretary
from klynge.web.meetings.tests.builders import COPENHAGEN, a_meeting, an_item, release
from klynge.web.publishing import papers, public, rules
from klynge.web.publishing.models import Publication

pytestmark = pytest.mark.django_db
AGENDA = Publication.Part.AGENDA


def _published(begins_at: datetime) -> public.Shown:
    meeting = a_meeting(begins_at=begins_at)
    an_item(meeting)
    rules.publish(by=a_secretary(), meeting=release(meeting), part=AGENDA)
    return public.part_of_meeting(meeting.uid, AGENDA)


@pytest.mark.parametrize("day", [datetime(2024, 10, 22, 9), datetime(2024, 11, 5, 9)])
def test_the_paper_tells_when_the_meeting_begins(client, day):
    shown = _published(day.replace(tzinfo=COPENHAGEN))

    words = str(papers._document(shown))

    assert "09:00–11:00" in words
    page = client.get(f"/offentligt/moede/{shown.uid}/dagsorden/").content.decode()
    assert "09:00–11:00" in page


def test_a_meeting_just_after_midnight_is_on_its_own_day(client):
    shown = _published(datetime(2024, 10, 22, 0, 30, tzinfo=COPENHAGEN))

    document = papers._document(shown)

    assert document.subtitle == "22. oktober 2024"
    assert "22.10.2024" in client.get("/offentligt/nyt.atom").content.decode()
    found = client.get("/api/agenda/soeg", {"request.kriterie.moedeDato": "2024-10-22"}).json()
    assert found["Total"] == 1
