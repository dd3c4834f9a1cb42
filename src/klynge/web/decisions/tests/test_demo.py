"""The demo shows a meeting that was held and what it decided, and makes nothing twice."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from klynge.web.bodies import clock
from klynge.web.bodies import demo as bodies
from klynge.web.decisions.models import Decision, TreatedAtHome
from klynge.web.meetings import demo as meetings
from klynge.web.meetings.models import Attendance, Meeting

pytestmark = pytest.mark.django_db
TODAY = date(2024, 9, 15)


def test_a_meeting_is_held_and_approved_and_one_decision_is_overdue(settings):
    settings.KLYNGE_DEMO = True
    bodies.fill()
    with clock.at(clock.noon_of(TODAY)):
        meetings.fill()
        for _twice in range(2):
            call_command("demo_decisions", stdout=StringIO())

    meeting = Meeting.objects.get(state=Meeting.State.APPROVED)
    attendance = [row.status for row in meeting.attendance.filter(counts=True)]
    assert attendance.count(Attendance.Status.EXCUSED) == 2
    assert meeting.items.filter(absences__why="conflict").count() == 1
    assert meeting.items.filter(minute__version__gt=0).count() == meeting.items.count()
    decisions = list(Decision.objects.filter(meeting=meeting).order_by("deadline"))
    assert [each.is_late(TODAY) for each in decisions] == [True, False]
    assert all(each.follow_ups.exists() for each in decisions)
    assert TreatedAtHome.objects.filter(decision=decisions[0]).exists()
