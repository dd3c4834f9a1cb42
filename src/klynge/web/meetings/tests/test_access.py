"""Who may see what of an agenda."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from klynge.web.accounts.tests.builders import (
    a_case_officer,
    a_member,
    a_secretary,
    an_administrator,
)
from klynge.web.meetings import access, rules
from klynge.web.meetings.tests.builders import (
    MARKER,
    a_chair,
    a_closed_item,
    a_level,
    a_meeting,
    a_user_who_sits,
    an_item,
    release,
)

pytestmark = pytest.mark.django_db


def a_released_mix():
    meeting = a_meeting()
    an_item(meeting, "Åbent")
    a_closed_item(meeting)
    an_item(meeting, f"{MARKER} om bloktilskud", authorities_only=True)
    return release(meeting)


def told(view) -> str:
    return repr(view.items)


def test_the_secretariat_sees_everything():
    seen = access.view(a_released_mix(), a_secretary())

    assert [item.readable for item in seen.items] == [True, True, True]


@pytest.mark.parametrize(
    "who", [AnonymousUser, a_member, a_case_officer, an_administrator, lambda: None]
)
def test_those_who_do_not_sit_in_the_body_see_the_open_items_alone(who):
    seen = access.view(a_released_mix(), who())

    assert [item.readable for item in seen.items] == [True, False, False]
    assert MARKER not in told(seen)


def test_a_member_on_the_day_sees_the_closed_items():
    meeting = a_released_mix()

    seen = access.view(meeting, a_user_who_sits(meeting.body))

    assert [item.readable for item in seen.items] == [True, True, True]


@pytest.mark.parametrize("role", ["stedfortraeder", "observatoer", "bisidder"])
def test_deputies_and_observers_are_members(role):
    meeting = a_released_mix()

    user = a_user_who_sits(meeting.body, party="kommune", kommune="730", role=role, office="anden")

    assert access.may_see(meeting.items.get(closed=True), user)


def test_a_doctor_does_not_see_what_is_for_the_authorities_alone():
    meeting = a_released_mix()
    doctor = a_user_who_sits(meeting.body, party="plo", office="laege", appointer="plo")

    seen = access.view(meeting, doctor)

    assert [item.readable for item in seen.items] == [True, True, False]
    assert "bloktilskud" not in told(seen)


def test_who_left_before_the_meeting_is_no_member():
    meeting = a_released_mix()
    user = a_user_who_sits(meeting.body, valid_to=meeting.day.replace(day=meeting.day.day - 1))

    assert not access.may_see(meeting.items.get(closed=True), user)


def test_who_cannot_log_in_any_more_is_a_stranger():
    meeting = a_released_mix()
    user = a_user_who_sits(meeting.body)
    user.is_active = False

    assert not access.may_see(meeting.items.get(closed=True), user)


def test_a_draft_is_for_the_secretariat_and_the_chairs():
    meeting = a_meeting()
    an_item(meeting)
    member, chair = a_user_who_sits(meeting.body), a_chair(meeting.body)

    assert access.visible_items(meeting, member) == []
    assert len(access.visible_items(meeting, chair)) == 1
    assert len(access.visible_items(meeting, a_secretary())) == 1


def test_an_addendum_is_a_draft_until_it_is_released():
    meeting = a_released_mix()
    late = an_item(meeting, "Kommet til siden")

    assert late.addendum
    assert not access.may_see(late, a_user_who_sits(meeting.body))
    assert len(access.public_view(meeting).items) == 3


def test_a_proposed_date_is_for_the_members_and_the_secretariat():
    meeting = a_meeting(proposed=True)

    assert access.public_view(meeting) is None
    assert access.view(meeting, a_member()) is None
    assert access.view(meeting, a_user_who_sits(meeting.body)) is not None
    assert meeting not in access.visible_meetings(AnonymousUser())
    assert meeting in access.visible_meetings(a_user_who_sits(meeting.body))


def test_closed_parts_of_an_open_item_are_for_the_members():
    meeting = a_meeting()
    an_item(
        meeting,
        "Åbent",
        blocks=[
            {"kind": "sagsresume", "html": "<p>Kort</p>"},
            {"kind": "oekonomi", "html": f"<p>{MARKER}</p>", "closed": True},
        ],
    )
    release(meeting)

    assert MARKER not in told(access.public_view(meeting))
    assert MARKER in told(access.view(meeting, a_user_who_sits(meeting.body)))


def test_an_item_taken_off_after_release_keeps_its_title_only():
    meeting = a_released_mix()
    item = meeting.items.get(title="Åbent")
    rules.withdraw_item(by=None, item=item)

    seen = access.public_view(meeting).items[0]

    assert seen.withdrawn
    assert seen.title == "Åbent"
    assert seen.blocks == ()


def test_an_item_closed_after_release_is_shut_at_once():
    meeting = a_released_mix()
    item = meeting.items.get(title="Åbent")

    rules.close_item(by=None, item=item, because="Fejl", public_title="Noget lukket")

    assert access.public_view(meeting).items[0].title == "Noget lukket"
    assert not access.public_view(meeting).items[0].readable


def test_the_one_who_proposed_an_item_reads_it_until_it_is_taken_up():
    officer, body = a_case_officer(), a_level()
    item = rules.propose_item(by=officer, body=body, title="Fra Syddjurs")

    assert access.may_see(item, officer)
    assert not access.may_see(item, a_case_officer())

    rules.put_on_agenda(by=None, item=item, meeting=a_meeting(body))
    rules.change_item(
        by=None, item=item, closed=True, closed_because="x", public_title="Lukket sag om penge"
    )

    assert not access.may_see(item, officer)


def test_what_is_written_of_a_closed_item_in_the_log_tells_nothing():
    from klynge.web.audit.models import Event

    meeting = a_released_mix()
    rules.change_meeting(by=None, meeting=meeting, place="Byrådssalen")

    assert MARKER not in repr(list(Event.objects.values()))
