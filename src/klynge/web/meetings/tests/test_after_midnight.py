"""Between midnight and two the day is the Danish one, though it is still yesterday in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from klynge.web.bodies import clock
from klynge.web.decisions import rules as decisions
from klynge.web.meetings import approval_rules
from klynge.web.meetings.readers import today
from klynge.web.meetings.tests.builders import COPENHAGEN, a_level
from klynge.web.meetings.tests.minutes_builders import a_held_meeting

pytestmark = pytest.mark.django_db


def _at(danish: datetime):
    """Record as at a moment of the Danish clock, which a server gives in UTC."""
    return clock.at(danish.replace(tzinfo=COPENHAGEN).astimezone(UTC))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2024, 11, 5, 0, 30), date(2024, 11, 5)),
        (datetime(2024, 7, 1, 1, 59), date(2024, 7, 1)),
        (datetime(2024, 10, 27, 0, 30), date(2024, 10, 27)),  # the day the clock goes back
        (datetime(2024, 3, 31, 23, 59), date(2024, 3, 31)),  # the day it goes forward
    ],
)
def test_the_day_of_a_moment(moment, day):
    with _at(moment):
        assert clock.today() == today() == day


def test_the_deadline_for_remarks_is_over_when_its_day_is():
    meeting = a_held_meeting("Akutte genindlæggelser")
    approval_rules.send(by=None, meeting=meeting, due_on=date(2024, 11, 4))
    meeting.refresh_from_db()

    with _at(datetime(2024, 11, 4, 23, 59)):
        assert not approval_rules.progress(meeting).over
    with _at(datetime(2024, 11, 5, 0, 30)):
        assert approval_rules.progress(meeting).over


def test_what_was_decided_today_may_be_brought_in_just_after_midnight():
    with _at(datetime(2024, 11, 5, 0, 30)):
        made = decisions.bring_in(
            by=None, body=a_level(), text="At gå i gang.", decided_on=date(2024, 11, 5),
            origin="Skriftligt",
        )  # fmt: skip

    assert made.decided_on == date(2024, 11, 5)
