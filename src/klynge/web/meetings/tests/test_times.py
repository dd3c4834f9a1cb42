"""The meeting's opening and closing are put right on a page, until the minutes are approved."""

from __future__ import annotations

from datetime import time

import pytest
from django.utils import timezone

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.audit.models import Event
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import approval_rules, times_rules
from klynge.web.meetings.tests.builders import a_meeting
from klynge.web.meetings.tests.minutes_builders import (
    a_held_meeting,
    a_meeting_in_review,
    a_meeting_under_way,
    an_approved_meeting,
)

pytestmark = pytest.mark.django_db


def correct(meeting, opened, closed, by=None, version=None):
    meeting.refresh_from_db()
    return times_rules.correct(
        by=by,
        meeting=meeting,
        version=meeting.version if version is None else version,
        opened=opened,
        closed=closed,
    )


def test_both_times_are_corrected_and_noted():
    meeting = a_held_meeting("Et punkt")

    correct(meeting, time(9, 5), time(11, 55))

    meeting.refresh_from_db()
    local = [timezone.localtime(at) for at in (meeting.opened_at, meeting.closed_at)]
    assert [f"{at:%H:%M}" for at in local] == ["09:05", "11:55"]
    assert {at.date() for at in local} == {meeting.day}
    assert Event.objects.filter(what="meeting's times corrected").count() == 1


@pytest.mark.parametrize(
    ("make", "opened", "closed", "why"),
    [
        (a_held_meeting, time(12), time(12), "ikke hæves, før"),
        (a_held_meeting, time(12), None, "hvornår mødet blev hævet"),
        (a_meeting_under_way, time(9), time(12), "ikke hævet endnu"),
        (an_approved_meeting, time(9), time(12), "Skriv en rettelse"),
    ],
)
def test_what_cannot_be_is_refused(make, opened, closed, why):
    meeting = make("Et punkt")
    before = (meeting.opened_at, meeting.closed_at)

    with pytest.raises(NotAllowed, match=why):
        correct(meeting, opened, closed)

    meeting.refresh_from_db()
    assert (meeting.opened_at, meeting.closed_at) == before


def test_who_saw_an_older_meeting_overwrites_nothing():
    meeting = a_held_meeting("Et punkt")
    seen = meeting.version
    correct(meeting, time(9, 5), time(11))

    with pytest.raises(NotAllowed, match="En anden"):
        correct(meeting, time(9, 30), time(11), version=seen)


def test_minutes_in_review_must_be_sent_again():
    meeting = a_meeting_in_review("Et punkt")
    correct(meeting, time(8, 55), time(12))

    meeting.refresh_from_db()
    assert approval_rules.progress(meeting).changed


def test_only_those_who_keep_the_minutes_may():
    with pytest.raises(NotAllowed, match="sekretariatet"):
        correct(a_held_meeting("Et punkt"), time(9), time(12), by=a_member())


def test_the_page_saves_and_shows_the_reason(client):
    meeting = a_held_meeting("Et punkt")
    client.force_login(a_secretary())
    address = f"/moeder/{meeting.uid}/fremmoede/tider/"
    sent = {"version": meeting.version, "opened": "09:05", "closed": "08:00"}

    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "ikke hæves, før" in refused.content.decode()
    assert client.post(address, {**sent, "closed": "11:40"}).status_code == 302
    assert "hævet kl. 11.40" in client.get(f"/moeder/{meeting.uid}/fremmoede/").content.decode()


def test_a_meeting_that_is_not_opened_has_no_times(client):
    meeting = a_meeting()
    client.force_login(a_secretary())
    assert client.get(f"/moeder/{meeting.uid}/fremmoede/tider/").status_code == 302
