"""A meeting's dates, its calendar edition, its standing items, and what is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.audit.models import Event
from klynge.web.bodies import cadence, duties
from klynge.web.meetings import panels, rules, wheel, year_marks
from klynge.web.meetings.models import Item, Meeting
from klynge.web.meetings.tests.builders import (
    WHEN,
    a_level,
    a_meeting,
    a_released_meeting,
    an_item,
    approve,
    release,
)

pytestmark = pytest.mark.django_db


def test_the_calendars_edition_goes_up_only_with_time_and_place():
    meeting = a_meeting()

    rules.change_meeting(by=None, meeting=meeting, title="Seminar", minute_taker="Signe")
    assert meeting.sequence == 0
    rules.change_meeting(by=None, meeting=meeting, place="Rådhuset")
    assert meeting.sequence == 1
    rules.change_meeting(by=None, meeting=meeting, place="Rådhuset")
    assert meeting.sequence == 1


def test_a_cancelled_meeting_keeps_its_key_and_is_a_new_edition():
    meeting = a_meeting()
    uid = meeting.uid

    rules.cancel_meeting(by=None, meeting=meeting, because="Sygdom")

    assert (meeting.uid, meeting.sequence, meeting.state) == (uid, 1, "cancelled")


def test_items_of_a_cancelled_meeting_go_back_to_the_backlog():
    meeting = a_meeting()
    item = an_item(meeting)

    rules.cancel_meeting(by=None, meeting=meeting, because="Sygdom")

    item.refresh_from_db()
    assert item.meeting is None


def test_deadlines_move_with_the_day():
    meeting = a_meeting()

    later = {"begins_at": WHEN + timedelta(days=7), "ends_at": WHEN + timedelta(days=7, hours=2)}
    rules.change_meeting(by=None, meeting=meeting, **later)

    assert meeting.items_due_on == date(2024, 10, 15)


def test_the_second_of_two_who_change_a_meeting_is_told():
    meeting = a_meeting()
    rules.change_meeting(by=None, meeting=meeting, place="Rådhuset")

    with pytest.raises(rules.ChangedMeanwhile):
        rules.change_meeting(by=None, meeting=meeting, version=1, place="Hospitalet")


def test_only_the_secretariat_plans_and_every_act_is_noted():
    with pytest.raises(rules.NotAllowed):
        rules.plan_meeting(by=a_member(), body=a_level(), begins_at=WHEN)
    before = Event.objects.count()

    rules.plan_meeting(by=a_secretary(), body=a_level(), begins_at=WHEN)

    assert Event.objects.filter(what="meeting planned").count() == 1
    assert Event.objects.count() > before


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ends_at": WHEN}, "slutte, efter"),
        ({"begins_at": WHEN.replace(year=2027), "ends_at": WHEN.replace(year=2027, hour=10)},
         "kun til og med"),
        ({"call_on": date(2024, 10, 20)}, "efterlyses først"),
        ({"agenda_due_on": date(2024, 11, 1)}, "ligge før mødet"),
    ],
)  # fmt: skip
def test_a_meeting_that_cannot_be_is_refused(changes, says):
    meeting = a_meeting()

    with pytest.raises(rules.NotAllowed, match=says):
        rules.change_meeting(by=None, meeting=meeting, **changes)

    meeting.refresh_from_db()
    assert meeting.version == 1


def test_standing_items_come_by_themselves_in_order_and_new_items_before_the_last():
    body = a_level()
    for number, (title, last) in enumerate([("Dagsorden", False), ("Eventuelt", True)]):
        rules.save_template(by=None, body=body, title=title, kind="orientering", standing=True,
                            last=last, position=number)  # fmt: skip
    meeting = a_meeting(body)
    an_item(meeting, "En sag")

    assert [item.title for item in meeting.items.all()] == ["Dagsorden", "En sag", "Eventuelt"]


def test_a_standing_item_of_a_month_comes_on_its_first_meeting_only():
    body = a_level()
    rules.save_template(by=None, body=body, title="Regnskab", kind="orientering", standing=True,
                        months=[10])  # fmt: skip

    assert a_meeting(body, begins_at=WHEN.replace(day=8)).items.count() == 1
    assert a_meeting(body, begins_at=WHEN.replace(day=22)).items.count() == 0
    assert a_meeting(body, begins_at=WHEN.replace(month=11)).items.count() == 0


def test_an_approval_holds_for_one_version():
    meeting = a_meeting()
    item = an_item(meeting)
    approve(meeting)
    rules.change_item(by=None, item=item, title="Noget andet")

    with pytest.raises(rules.NotAllowed, match="ændret siden gennemsynet"):
        rules.release_agenda(by=None, meeting=meeting)
    approve(meeting)
    rules.release_agenda(by=None, meeting=meeting)


def test_an_objection_stops_the_release_until_it_is_taken_back():
    meeting = a_meeting()
    an_item(meeting)
    approve(meeting)
    version, chair = meeting.versions.get(), rules.chairs(meeting)[0].person
    rules.approve_agenda(by=None, version=version, person=chair, approved=False, comment="Nej")

    with pytest.raises(rules.NotAllowed, match="har indvendinger"):
        rules.release_agenda(by=None, meeting=meeting)
    rules.approve_agenda(by=None, version=version, person=chair)
    rules.release_agenda(by=None, meeting=meeting)


def test_an_addendum_is_released_by_itself_and_numbered_on():
    meeting = a_released_meeting("A", "B")
    late = an_item(meeting, "C")

    release(meeting)

    late.refresh_from_db()
    assert (late.number, late.addendum) == (3, True)
    assert [version.kind for version in meeting.versions.all()] == [
        "review", "release", "review", "addendum",
    ]  # fmt: skip


def test_what_is_released_is_not_changed():
    meeting = a_released_meeting("A")

    with pytest.raises(rules.NotAllowed, match="kan ikke ændres"):
        rules.change_item(by=None, item=meeting.items.get(), title="B")


def test_what_is_due_follows_the_meeting():
    office, meeting = a_secretary(), a_meeting()
    an_item(meeting)
    on = date(2024, 9, 20)

    def due():
        return [each.what for each in duties.of_secretariat(office, on) if each.due]

    assert "Efterlys punkter til mødet 22. oktober" in due()
    rules.call_for_items(by=None, meeting=meeting)
    assert "Punkter til mødet 22. oktober skal være inde" in due()
    rules.send_to_review(by=None, meeting=meeting)
    assert "Send dagsordenen for 22. oktober ud" in due()
    assert duties.every(a_member(), on) == []


def test_in_autumn_next_years_dates_are_due():
    a_meeting()

    what = [each.what for each in duties.of_secretariat(a_secretary(), date(2024, 9, 20))]

    # Randers' political level ends with 2025, so there is a next year.
    assert "Foreslå datoer for 2025" in what


def test_meetings_count_towards_the_laws_number():
    a_meeting(begins_at=WHEN.replace(month=3))
    a_meeting()
    rules.cancel_meeting(by=None, meeting=a_meeting(begins_at=WHEN.replace(month=5)), because="x")

    found = panels.meetings_of_year(2024, date(2024, 9, 15))

    assert found["klynge-politisk", "rm-randers"] == cadence.Days(
        held=(date(2024, 3, 22),), planned=(date(2024, 10, 22),)
    )


def test_another_rooms_deadlines_stand_in_the_wheel():
    def deadlines(bodies, year, user):
        return [year_marks.Mark(date(year, 7, 1), "Sundhedsaftalen sendes ind")]

    year_marks.register(deadlines)
    try:
        body = a_meeting().body
        from klynge.web.bodies.standing import body_called

        bodies = [body_called(body.kind, body.place)]
        found = wheel.of(bodies, [body], 2024, a_secretary())
    finally:
        year_marks.unregister(deadlines)

    july = found.months[6]
    assert [str(entry.what) for entry in july.entries] == ["Sundhedsaftalen sendes ind"]
    assert found.rows[0].lacking == 1


def test_release_numbers_items_once_and_withdrawn_ones_keep_theirs():
    meeting = a_released_meeting("A", "B")
    first = meeting.items.get(title="A")

    rules.withdraw_item(by=None, item=first)

    assert [(i.number, i.state) for i in Item.objects.filter(meeting=meeting)] == [
        (1, "withdrawn"), (2, "ready"),
    ]  # fmt: skip
    assert Meeting.objects.get().state == "released"
