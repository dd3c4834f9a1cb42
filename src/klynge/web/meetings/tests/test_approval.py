"""Approving minutes: by whom, of which version, and what may happen afterwards."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.bodies import clock
from klynge.web.bodies import rules as bodies
from klynge.web.meetings import approval_rules as rules
from klynge.web.meetings import attendance_rules
from klynge.web.meetings.approval_rules import NotAllowed
from klynge.web.meetings.models import Approval, Attendance, Clause, Correction, Meeting
from klynge.web.meetings.tests.minutes_builders import (
    a_held_meeting,
    a_meeting_in_review,
    a_meeting_under_way,
    a_professional_level,
    an_approved_meeting,
    everybody_came,
    items_of,
    row_of,
    write,
)

pytestmark = pytest.mark.django_db
CHAIRS = ("Regina Region 0", "Direktør Kommune 707")


def after_the_deadline(meeting: Meeting):
    due = rules.progress(meeting).review.due_on
    return clock.at(clock.noon_of(due + timedelta(days=1)))


def approve(meeting: Meeting, *names: str, **more):
    for name in names:
        rules.answer(
            by=None, meeting=meeting, person=row_of(meeting, name).person, approved=True, **more
        )
    meeting.refresh_from_db()


def test_minutes_are_sent_with_ten_working_days_for_remarks():
    meeting = a_held_meeting()
    with clock.at(clock.noon_of(date(2024, 10, 23))):
        review = rules.send(by=None, meeting=meeting)

    assert (review.number, review.rule) == (1, "chairs")
    assert review.due_on == date(2024, 11, 6)
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.MINUTES_REVIEW


def test_what_is_missing_is_told_all_at_once():
    meeting = a_meeting_under_way("Et punkt", "Et andet")
    meeting = attendance_rules.close_meeting(by=None, meeting=meeting)
    with pytest.raises(NotAllowed) as refused:
        rules.send(by=None, meeting=meeting, due_on=date(2020, 1, 1))

    told = " ".join(refused.value.reasons)
    assert "Fremmødet er ikke registreret for" in told
    assert "Stine Stedfortræder" not in told
    assert "Punkt 1 har en indstilling uden udfald" in told
    assert "Punkt 2 har en indstilling uden udfald" in told
    assert "Fristen for bemærkninger er gået" in told


def test_both_chairs_approve_when_the_deadline_has_passed():
    meeting = a_meeting_in_review()
    with after_the_deadline(meeting):
        approve(meeting, CHAIRS[0])
        assert meeting.state == Meeting.State.MINUTES_REVIEW
        approve(meeting, CHAIRS[1])

    assert meeting.state == Meeting.State.APPROVED
    assert rules.progress(meeting).review.approved_at is not None


def test_before_the_deadline_the_chairs_alone_are_not_enough():
    meeting = a_meeting_in_review()
    approve(meeting, *CHAIRS)
    assert meeting.state == Meeting.State.MINUTES_REVIEW
    with pytest.raises(NotAllowed, match="først gået efter"):
        rules.settle(by=None, meeting=meeting)

    with after_the_deadline(meeting):
        assert rules.settle(by=None, meeting=meeting).state == Meeting.State.APPROVED


def test_when_everybody_has_answered_nobody_waits_for_the_deadline():
    assert an_approved_meeting().state == Meeting.State.APPROVED


def test_one_chair_is_waited_for_by_name():
    meeting = a_meeting_in_review()
    approve(meeting, CHAIRS[0])
    with after_the_deadline(meeting), pytest.raises(NotAllowed, match=CHAIRS[1]):
        rules.settle(by=None, meeting=meeting)


def test_where_the_forretningsorden_says_so_everybody_who_was_there_approves():
    body = a_professional_level()
    bodies.adopt_document(
        by=None, body=body, kind="forretningsorden", decision="Møde 1",
        valid_from=body.valid_from, texts={"moeder": "Fire."},
        numbers={"minutes_approval": "present"},
    )  # fmt: skip
    meeting = a_meeting_in_review(body=body)
    names = [row.person.name for row in meeting.attendance.filter(counts=True)]

    approve(meeting, *names[:-1])
    assert meeting.state == Meeting.State.MINUTES_REVIEW
    approve(meeting, names[-1])
    assert meeting.state == Meeting.State.APPROVED


def test_an_objection_must_say_what_is_wrong_and_can_be_taken_back():
    meeting = a_meeting_in_review()
    person = row_of(meeting, CHAIRS[0]).person
    with pytest.raises(NotAllowed, match="Skriv, hvad der er galt"):
        rules.answer(by=None, meeting=meeting, person=person, approved=False)
    rules.answer(by=None, meeting=meeting, person=person, approved=False, comment="Punkt 2 mangler")
    approve(meeting, CHAIRS[1])
    with after_the_deadline(meeting):
        with pytest.raises(NotAllowed, match=CHAIRS[0]):
            rules.settle(by=None, meeting=meeting)
        approve(meeting, CHAIRS[0])

    assert meeting.state == Meeting.State.APPROVED
    assert Approval.objects.filter(person=person, what="minutes").count() == 2


def test_everybody_answers_for_themselves_and_the_secretariat_for_others():
    meeting, member = a_meeting_in_review(), a_member()
    own = row_of(meeting, "Lone Læge").person
    bodies.link_user(by=None, person=own, user=member)
    other = row_of(meeting, "Lars Læge").person

    rules.answer(by=member, meeting=meeting, person=own, approved=True)
    with pytest.raises(NotAllowed, match="svare for sig selv"):
        rules.answer(by=member, meeting=meeting, person=other, approved=True)
    secretary = a_secretary()
    row = rules.answer(
        by=secretary, meeting=meeting, person=other, approved=True, comment="Pr. mail"
    )

    assert (row.by, row.person) == (secretary, other)


def test_what_is_changed_must_be_sent_again_and_approved_anew():
    meeting = a_meeting_in_review()
    approve(meeting, *CHAIRS)
    first = items_of(meeting)[0]
    write(first, "Drøftet, med en tilføjelse.", base=1)
    with pytest.raises(NotAllowed, match="ændret, siden det blev sendt"):
        rules.answer(
            by=None, meeting=meeting, person=row_of(meeting, CHAIRS[0]).person, approved=True
        )
    with after_the_deadline(meeting), pytest.raises(NotAllowed, match="skal sendes igen"):
        rules.settle(by=None, meeting=meeting)

    review = rules.send(by=None, meeting=meeting)
    assert review.number == 2
    assert {person.name for person in rules.progress(meeting).waits_for} == set(CHAIRS)
    with pytest.raises(NotAllowed, match="ikke ændret"):
        rules.send(by=None, meeting=meeting)


def test_who_read_an_earlier_version_does_not_approve_the_new_one():
    meeting = a_meeting_in_review()
    write(items_of(meeting)[0], "Noget andet.", base=1)
    rules.send(by=None, meeting=meeting)

    with pytest.raises(NotAllowed, match="sendt igen, siden du læste det"):
        approve(meeting, CHAIRS[0], number=1)


def test_what_was_approved_is_kept_as_it_was():
    meeting = an_approved_meeting("Et punkt")
    content = rules.progress(meeting).review.content
    Clause.objects.update(decision="Bagefter")

    (item,) = rules.progress(meeting).review.content["items"]
    assert rules.progress(meeting).review.content == content
    assert item["html"] == "<p>Drøftet: 1.</p>"
    assert item["clauses"][0]["decision"] == ""
    assert len(content["attendance"]) == 17


def test_a_correction_is_a_new_dated_entry_and_the_text_stays():
    meeting = an_approved_meeting()
    item = items_of(meeting)[0]
    rules.correct(by=None, meeting=meeting, item=item, text="Der skulle stå noget andet.")

    assert Correction.objects.get().html == "<p>Der skulle stå noget andet.</p>"
    assert item.minute.html == "<p>Drøftet: 1.</p>"


def test_nothing_is_corrected_before_it_is_approved():
    with pytest.raises(NotAllowed, match="ikke godkendt endnu"):
        rules.correct(by=None, meeting=a_held_meeting(), text="For tidligt.")


def test_an_absent_member_need_not_be_recorded_as_anything_else():
    meeting = everybody_came(a_meeting_under_way("Et punkt"))
    row = row_of(meeting, "Lone Læge")
    Attendance.objects.filter(pk=row.pk).update(status=Attendance.Status.ABSENT)
    write(items_of(meeting)[0], "Drøftet.", c1="noted", c2="noted")
    meeting = attendance_rules.close_meeting(by=None, meeting=meeting)

    assert rules.send(by=None, meeting=meeting).content["attendance"]
