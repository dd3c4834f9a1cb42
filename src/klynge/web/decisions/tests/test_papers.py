"""The decision list of a meeting's papers names who sees to what, to those who may read it."""

from __future__ import annotations

from datetime import date

import pytest

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.decisions.models import Decision
from klynge.web.decisions.tests.builders import a_responsible, decided_at
from klynge.web.meetings.papers import composing, follow_up, reading
from klynge.web.meetings.papers.parts import Part
from klynge.web.meetings.readers import STRANGER
from klynge.web.meetings.tests.builders import MARKER
from klynge.web.meetings.tests.minutes_builders import a_meeting_in_review, an_approved_meeting

pytestmark = pytest.mark.django_db


def told(meeting, user):
    return [one for rows in follow_up.of_meeting(meeting, user).values() for one in rows]


def test_the_decision_list_names_who_sees_to_it_and_by_when():
    meeting = an_approved_meeting()
    decided_at(meeting, text="Følg tallene", responsible=a_responsible(),
               deadline=date(2024, 12, 1))  # fmt: skip
    user = a_secretary()
    wanted = composing.Wanted(frozenset({Part.DECISIONS}), follow_up.of_meeting(meeting, user))
    document = composing.document(reading.read(meeting, user), wanted)

    [table] = [block for block in document.blocks if hasattr(block, "rows")]
    assert table.rows[0][1:] == ("Følg tallene", "Lone Læge", "1. december 2024")


def test_what_is_not_approved_is_not_told_to_others():
    meeting = a_meeting_in_review()
    decided_at(meeting, text=f"{MARKER} besluttet")

    assert told(meeting, a_secretary())
    assert told(meeting, a_member()) == []
    assert told(meeting, STRANGER) == []


def test_of_a_closed_decision_others_are_told_the_public_text_alone():
    meeting = an_approved_meeting()
    made = decided_at(meeting, text=f"{MARKER} besluttet", responsible=a_responsible(),
                      deadline=date(2024, 12, 1))  # fmt: skip
    Decision.objects.filter(pk=made.pk).update(closed=True, public_text="En aftale er indgået")
    [one] = told(meeting, STRANGER)

    assert one == follow_up.Followed("En aftale er indgået")
