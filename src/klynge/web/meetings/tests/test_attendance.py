"""Attendance: who is on the list, what is recorded, and that nobody's entry is overwritten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.audit.models import Event
from klynge.web.bodies import rules as bodies
from klynge.web.bodies.tests.builders import a_person, a_seat
from klynge.web.meetings import attendance_rules as rules
from klynge.web.meetings import taking_part
from klynge.web.meetings.attendance_rules import Change, NotAllowed
from klynge.web.meetings.models import Attendance, Item, ItemAbsence, Meeting
from klynge.web.meetings.tests.builders import WHEN, a_released_meeting
from klynge.web.meetings.tests.minutes_builders import (
    EXCUSED,
    PRESENT,
    a_meeting_under_way,
    a_professional_level,
    everybody_came,
    items_of,
    row_of,
)

pytestmark = pytest.mark.django_db
CONFLICT = ItemAbsence.Why.CONFLICT


def change(row: Attendance, **now) -> Change:
    return Change(row.pk, {name: getattr(row, name) for name in rules.FIELDS}, now)


def test_everybody_who_sits_that_day_is_on_the_list_and_the_deputy_is_linked():
    meeting = a_meeting_under_way()

    assert meeting.attendance.filter(counts=True).count() == 16
    deputy = row_of(meeting, "Stine Stedfortræder")
    assert deputy.deputy_for == row_of(meeting, "Chef Kommune 730")
    assert deputy.counts is False
    assert meeting.opened_at == WHEN
    assert meeting.state == Meeting.State.RELEASED


def test_who_left_before_the_day_or_comes_after_it_is_not():
    body = a_professional_level()
    gone, coming = a_person("Gunnar Gået"), a_person("Karla Kommende")
    a_seat(body, gone, valid_to=(WHEN - timedelta(days=1)).date())
    a_seat(body, coming, valid_from=(WHEN + timedelta(days=1)).date())

    names = {row.person.name for row in a_meeting_under_way(body=body).attendance.all()}

    assert not names & {"Gunnar Gået", "Karla Kommende"}


def test_a_person_with_two_seats_has_one_place():
    body = a_professional_level()
    both = body.memberships.get(person__name="Lone Læge").person
    a_seat(body, both, party="kommune", kommune="707", office="anden")

    assert a_meeting_under_way(body=body).attendance.filter(person=both).count() == 1


def test_a_meeting_is_opened_once_and_only_when_the_agenda_is_out():
    meeting = a_meeting_under_way()
    with pytest.raises(NotAllowed, match="allerede åbnet"):
        rules.open_meeting(by=None, meeting=meeting)

    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.PLANNED)
    with pytest.raises(NotAllowed, match="når dagsordenen er sendt ud"):
        rules.open_meeting(by=None, meeting=meeting)


def test_only_the_secretariat_and_the_bodys_own_secretary_may():
    meeting = a_released_meeting(body=a_professional_level())
    with pytest.raises(NotAllowed, match="Kun sekretariatet"):
        rules.open_meeting(by=a_member(), meeting=meeting)
    secretary = a_member()
    seat = a_seat(meeting.body, role="sekretariat")
    bodies.link_user(by=None, person=seat.person, user=secretary)

    rules.open_meeting(by=secretary, meeting=meeting)

    assert meeting.attendance.count() == 18


def test_everybody_is_here_leaves_the_deputy_and_those_who_sent_apologies():
    meeting = a_meeting_under_way()
    rules.record(
        by=None, meeting=meeting, changes=[change(row_of(meeting, "Lone Læge"), status=EXCUSED)]
    )

    assert rules.everybody_is_here(by=None, meeting=meeting) == 15
    assert row_of(meeting, "Stine Stedfortræder").status == Attendance.Status.EXPECTED
    assert row_of(meeting, "Lone Læge").status == EXCUSED


def test_every_change_is_kept_with_who_made_it():
    meeting, by = everybody_came(a_meeting_under_way()), a_secretary()
    third = items_of(meeting)[2]
    rules.record(
        by=by,
        meeting=meeting,
        changes=[change(row_of(meeting, "Lars Læge"), left_id=third.pk, note="Vagt")],
    )

    kept = list(row_of(meeting, "Lars Læge").changes.values_list("what", "by"))
    assert kept == [("Til stede", None), (f"gik fra punkt {third.number}, Vagt", by.pk)]


def test_the_second_who_changes_the_same_is_told_and_nothing_is_overwritten():
    meeting = a_meeting_under_way()
    seen = row_of(meeting, "Lone Læge")
    first = change(seen, status=PRESENT)
    second = change(seen, status=EXCUSED)

    assert rules.record(by=None, meeting=meeting, changes=[first]) == []
    (clash,) = rules.record(by=None, meeting=meeting, changes=[second])

    assert row_of(meeting, "Lone Læge").status == PRESENT
    assert "er imens ændret" in clash.in_words
    assert "Til stede" in clash.in_words


def test_two_who_change_different_people_both_have_their_way():
    meeting = a_meeting_under_way()
    one, other = row_of(meeting, "Lone Læge"), row_of(meeting, "Lars Læge")

    rules.record(by=None, meeting=meeting, changes=[change(one, status=PRESENT)])
    rules.record(by=None, meeting=meeting, changes=[change(other, status=EXCUSED)])

    assert row_of(meeting, "Lone Læge").status == PRESENT
    assert row_of(meeting, "Lars Læge").status == EXCUSED


def test_nobody_leaves_before_they_came():
    meeting = everybody_came(a_meeting_under_way())
    first, second, _third = items_of(meeting)
    wrong = change(row_of(meeting, "Lone Læge"), joined_id=second.pk, left_id=first.pk)

    with pytest.raises(NotAllowed, match="kan ikke gå, før"):
        rules.record(by=None, meeting=meeting, changes=[wrong])
    assert row_of(meeting, "Lone Læge").joined is None


def test_a_member_is_nobodys_deputy():
    meeting = a_meeting_under_way()
    wrong = change(row_of(meeting, "Lone Læge"), deputy_for_id=row_of(meeting, "Lars Læge").pk)

    with pytest.raises(NotAllowed, match="er selv medlem"):
        rules.record(by=None, meeting=meeting, changes=[wrong])


def test_a_guest_and_a_deputy_who_was_not_appointed_can_be_added():
    meeting = a_meeting_under_way()
    guest = rules.add_guest(by=None, meeting=meeting, person=a_person("Gerda Gæst"))
    member = row_of(meeting, "Lone Læge")
    deputy = rules.add_guest(
        by=None, meeting=meeting, person=a_person("Doris Doktor"), deputy_for=member
    )

    assert (guest.status, guest.counts) == (PRESENT, False)
    assert (deputy.deputy_for, deputy.party) == (member, "plo")
    with pytest.raises(NotAllowed, match="allerede på listen"):
        rules.add_guest(by=None, meeting=meeting, person=guest.person)


def test_a_conflict_of_interest_needs_a_reason_and_somebody_who_is_there():
    meeting = a_meeting_under_way()
    item, row = items_of(meeting)[1], row_of(meeting, "Lone Læge")

    with pytest.raises(NotAllowed) as refused:
        rules.step_out(by=None, item=item, attendance=row, why=CONFLICT)

    assert len(refused.value.reasons) == 2
    assert not ItemAbsence.objects.exists()


def test_a_conflict_is_recorded_kept_in_the_history_and_can_be_taken_back():
    meeting = everybody_came(a_meeting_under_way())
    item, row = items_of(meeting)[1], row_of(meeting, "Lone Læge")
    rules.step_out(by=None, item=item, attendance=row, why=CONFLICT, reason="Medejer")

    (away,) = taking_part.of_meeting(meeting).round(item).away
    assert (away.attendance, away.why, away.note) == (row, CONFLICT, "Medejer")
    assert row.changes.last().what == f"Inhabil ved punkt {item.number}: Medejer"

    rules.step_in(by=None, item=item, attendance=row)
    assert taking_part.of_meeting(meeting).round(item).away == ()
    assert row.changes.count() == 3


def test_the_log_does_not_say_who_or_why():
    meeting = everybody_came(a_meeting_under_way())
    item, row = items_of(meeting)[1], row_of(meeting, "Lone Læge")
    rules.step_out(by=None, item=item, attendance=row, why=CONFLICT, reason="Medejer")

    text = " ".join(f"{event.what} {event.about_text}" for event in Event.objects.all())
    assert "Medejer" not in text
    assert "Lone" not in text.replace("person added Lone Læge", "")


def test_the_day_after_a_meeting_begins_when_it_was_called_for():
    meeting = a_released_meeting(body=a_professional_level())

    assert rules.open_meeting(by=None, meeting=meeting).opened_at == meeting.begins_at


def test_a_meeting_that_ends_has_treated_what_was_not_postponed():
    meeting = everybody_came(a_meeting_under_way())
    _first, second, third = items_of(meeting)
    Item.objects.filter(pk=second.pk).update(state=Item.State.POSTPONED)
    Item.objects.filter(pk=third.pk).update(state=Item.State.WITHDRAWN)

    meeting = rules.close_meeting(by=None, meeting=meeting)

    assert [item.state for item in items_of(meeting)] == ["treated", "postponed", "withdrawn"]
    assert meeting.state == Meeting.State.HELD
    with pytest.raises(NotAllowed, match="allerede hævet"):
        rules.close_meeting(by=None, meeting=meeting)


def test_a_member_appointed_afterwards_can_be_added_to_the_list():
    meeting = a_meeting_under_way()
    a_seat(meeting.body, a_person("Nina Ny"))

    assert rules.renew(by=None, meeting=meeting) == 1
    assert rules.renew(by=None, meeting=meeting) == 0
    assert row_of(meeting, "Nina Ny").counts is True


def test_attendance_of_approved_minutes_is_frozen():
    meeting = everybody_came(a_meeting_under_way())
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.APPROVED)
    wrong = change(row_of(meeting, "Lone Læge"), status=EXCUSED)

    with pytest.raises(NotAllowed, match="Skriv en rettelse"):
        rules.record(by=None, meeting=meeting, changes=[wrong])


def test_the_attendance_of_a_meeting_is_read_in_few_queries(django_assert_max_num_queries):
    meeting = everybody_came(a_meeting_under_way(*(f"Punkt {n}" for n in range(12))))

    with django_assert_max_num_queries(4):
        assert len(taking_part.of_meeting(meeting).rounds()) == 12
