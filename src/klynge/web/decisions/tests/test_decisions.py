"""Recording decisions, following them, bringing them back, and carrying them home."""

from __future__ import annotations

from datetime import date

import pytest

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.audit.models import Event
from klynge.web.bodies import duties, handover
from klynge.web.bodies import rules as bodies
from klynge.web.bodies.tests.builders import a_body
from klynge.web.decisions import access, home_rules, proposing, register, rules, trace
from klynge.web.decisions.models import Decision, TreatedAtHome
from klynge.web.decisions.rules import New, NotAllowed
from klynge.web.decisions.tests.builders import (
    DECIDED,
    a_decision,
    a_responsible,
    authorities,
    decided_at,
)
from klynge.web.meetings.models import Item, Meeting
from klynge.web.meetings.tests.builders import MARKER
from klynge.web.meetings.tests.minutes_builders import (
    a_held_meeting,
    a_meeting_under_way,
    a_professional_level,
    an_approved_meeting,
    items_of,
    row_of,
)

pytestmark = pytest.mark.django_db
LATE = date(2024, 9, 1)
TODAY = date(2024, 9, 15)


def who(**more):
    return {"responsible": None, "organisation": None, "deadline": None} | more


def test_a_meetings_decisions_are_taken_from_its_minutes():
    meeting = a_held_meeting("Et punkt")
    decision = decided_at(meeting, responsible=a_responsible(), deadline=date(2025, 1, 1))

    assert (decision.body, decision.meeting, decision.decided_on) == (
        meeting.body,
        meeting,
        meeting.day,
    )
    assert decision.state == Decision.State.OPEN


def test_every_fault_of_every_decision_is_told_and_nothing_is_recorded():
    meeting = a_held_meeting("Et punkt", "Et andet")
    first, second = items_of(meeting)
    decided_at(meeting)
    wrong = [
        New(item=first, clause=first.clauses.first(), text="Igen"),
        New(item=second, text=" ", deadline=date(2020, 1, 1)),
    ]
    with pytest.raises(NotAllowed) as refused:
        rules.take_from_minutes(by=None, meeting=meeting, decisions=wrong)

    assert len(refused.value.reasons) == 4
    assert Decision.objects.count() == 1


def test_nothing_is_taken_before_the_meeting_is_over_and_only_by_the_secretariat():
    meeting = a_meeting_under_way("Et punkt")
    with pytest.raises(NotAllowed, match="når mødet er hævet"):
        rules.take_from_minutes(by=None, meeting=meeting, decisions=[])
    with pytest.raises(NotAllowed, match="Kun sekretariatet"):
        rules.take_from_minutes(by=a_member(), meeting=meeting, decisions=[])


def test_a_closed_item_makes_a_closed_decision():
    meeting = a_held_meeting("Et punkt")
    Item.objects.update(closed=True, closed_because="K", public_title="Lukket punkt")

    assert decided_at(meeting).closed is True


def test_the_log_never_has_a_closed_decision_in_it():
    a_decision(f"{MARKER} aftale", closed=True, public_text="Lukket beslutning")

    assert not Event.objects.filter(about_text__contains=MARKER).exists()


def test_a_deadline_needs_somebody_and_lies_after_the_decision():
    decision = a_decision()
    with pytest.raises(NotAllowed, match="skal have en ansvarlig"):
        rules.assign(by=None, decision=decision, **who(deadline=LATE))
    with pytest.raises(NotAllowed, match="før beslutningen"):
        rules.assign(
            by=None,
            decision=decision,
            **who(deadline=date(2024, 1, 1), responsible=a_responsible()),
        )


def test_the_second_of_two_who_assign_at_once_is_told():
    decision = a_decision()
    rules.assign(by=None, decision=decision, version=1, **who(responsible=a_responsible()))
    with pytest.raises(NotAllowed, match="En anden har ændret"):
        rules.assign(by=None, decision=decision, version=1, **who())


def test_the_one_responsible_follows_up_and_a_stranger_does_not():
    user = a_member()
    bodies.link_user(by=None, person=a_responsible(), user=user)
    decision = a_decision(responsible=a_responsible(), deadline=LATE)

    rules.follow_up(by=user, decision=decision, text="I gang", state="running")

    decision.refresh_from_db()
    assert decision.state == Decision.State.RUNNING
    assert decision.follow_ups.get().by == user
    with pytest.raises(NotAllowed, match="Kun den ansvarlige"):
        rules.follow_up(by=a_member(), decision=decision, text="Nej", state="done")


def test_what_is_done_says_what_came_of_it():
    decision = a_decision()
    with pytest.raises(NotAllowed, match="hvad der kom ud"):
        rules.follow_up(by=None, decision=decision, text="Færdig", state="done")
    rules.follow_up(by=None, decision=decision, text="Færdig", state="done", result="Udsendt")

    decision.refresh_from_db()
    assert (decision.is_open, decision.result) == (False, "Udsendt")


def test_a_decision_is_replaced_by_a_newer_one_and_never_in_a_circle():
    old, new = a_decision(), a_decision("Nye retningslinjer", decided_on=date(2024, 8, 1))
    with pytest.raises(NotAllowed, match="ældre"):
        rules.replace(by=None, decision=new, with_=old)
    rules.replace(by=None, decision=old, with_=new)

    old.refresh_from_db()
    assert (old.state, old.replaced_by) == (Decision.State.REPLACED, new)
    same_day = a_decision("Samme dag", decided_on=old.decided_on)
    Decision.objects.filter(pk=new.pk).update(replaced_by=same_day, state="replaced")
    with pytest.raises(NotAllowed, match="afløse sig selv"):
        rules.replace(by=None, decision=same_day, with_=old)


def test_what_it_led_to_is_kept_once():
    decision, thing = a_decision(), a_body("klynge-politisk")
    rules.led_to(by=None, decision=decision, thing=thing, title="En indsats", address="/i/1/")
    rules.led_to(by=None, decision=decision, thing=thing, title="Indsatsen", address="/i/1/")

    assert decision.led_to.get().title == "Indsatsen"


def test_what_is_late_comes_back_once_as_an_item_of_its_body():
    decision = a_decision(responsible=a_responsible(), deadline=LATE)
    a_decision("Har tid endnu", responsible=a_responsible(), deadline=date(2025, 1, 1))

    (item,) = proposing.propose_late(by=None, on=TODAY)

    assert (item.follows, item.body, item.meeting) == (decision.uid, decision.body, None)
    assert "Fælles retningslinjer" in item.title
    assert proposing.propose_late(by=None, on=TODAY) == []
    with pytest.raises(NotAllowed, match="ligger allerede"):
        proposing.propose_follow_up(by=None, decision=decision)


def test_when_the_item_has_been_treated_it_can_come_back_again():
    decision = a_decision(responsible=a_responsible(), deadline=LATE)
    item = proposing.propose_follow_up(by=None, decision=decision)
    Item.objects.filter(pk=item.pk).update(state=Item.State.TREATED)

    assert len(proposing.propose_late(by=None, on=TODAY)) == 1


def test_the_item_of_a_closed_decision_is_closed():
    decision = a_decision(f"{MARKER} aftale", closed=True)
    item = proposing.propose_follow_up(by=None, decision=decision)

    assert item.closed is True
    assert MARKER not in item.public_title


def test_every_member_authority_is_asked_once():
    body = a_professional_level()
    authorities(body)
    decision = a_decision()

    rows = home_rules.carry_home(by=None, decision=decision)

    assert rows[0].organisation.name == "Region Prøve"
    assert len(rows) == 5
    with pytest.raises(NotAllowed, match="allerede sendt hjem"):
        home_rules.carry_home(by=None, decision=decision)


def test_an_authority_tells_for_itself_what_its_own_committee_said():
    body = a_professional_level()
    authorities(body)
    decision = a_decision()
    rows = {r.organisation.name: r for r in home_rules.carry_home(by=None, decision=decision)}
    user = a_member()
    seat = body.memberships.filter(kommune="730").first()
    bodies.link_user(by=None, person=seat.person, user=user)
    told = {"state": "agreed", "committee": "Sundhedsudvalget", "treated_on": date(2024, 9, 1)}

    home_rules.tell_from_home(by=user, row=rows["Kommune 730"], **told)

    assert TreatedAtHome.objects.get(state="agreed").committee == "Sundhedsudvalget"
    with pytest.raises(NotAllowed, match="myndighedens egne"):
        home_rules.tell_from_home(by=user, row=rows["Kommune 707"], **told)
    with pytest.raises(NotAllowed) as refused:
        home_rules.tell_from_home(by=None, row=rows["Kommune 707"], state="refused")
    assert len(refused.value.reasons) == 2


def test_the_matrix_has_a_column_an_authority_and_a_row_a_decision():
    authorities(a_professional_level())
    decision = a_decision()
    home_rules.carry_home(by=None, decision=decision)
    columns, ((row, cells),) = register.matrix([decision, a_decision("Ikke sendt hjem")])

    assert columns == [
        "Region Prøve",
        *(f"Kommune {code}" for code in ("706", "707", "710", "730")),
    ]
    assert row == decision
    assert [cell.state for cell in cells] == ["waiting"] * 5


def seen_by(user, **wanted) -> list[str]:
    return sorted(each.text for each in register.find(register.Wanted(**wanted), user, TODAY))


def test_a_closed_decision_is_for_the_members_and_the_secretariat():
    body, member = a_professional_level(), a_member()
    bodies.link_user(by=None, person=a_responsible(body), user=member)
    a_decision(MARKER, closed=True)
    a_decision(f"{MARKER} to", closed=True, public_text="Lukket beslutning om en kontrakt")

    assert seen_by(a_secretary()) == [MARKER, f"{MARKER} to"]
    assert seen_by(member) == [MARKER, f"{MARKER} to"]
    assert seen_by(a_member()) == ["Lukket beslutning om en kontrakt"]


def test_a_search_cannot_tell_what_is_hidden():
    a_decision(
        MARKER, closed=True, public_text="Lukket", responsible=a_responsible(), deadline=LATE
    )
    stranger = a_member()

    assert seen_by(stranger, text=MARKER) == []
    assert seen_by(stranger, state=register.LATE) == []
    assert seen_by(stranger, responsible=a_responsible()) == []
    assert seen_by(stranger, text="lukket") == ["Lukket"]


def test_a_decision_for_the_authorities_alone_is_not_for_the_doctors():
    body = a_professional_level()
    meeting = an_approved_meeting("Et punkt", body=body)
    Item.objects.filter(meeting=meeting).update(authorities_only=True)
    decision = decided_at(Meeting.objects.get(pk=meeting.pk), text="Pengene")
    doctor, director = a_member(), a_member()
    bodies.link_user(by=None, person=a_responsible(body), user=doctor)
    bodies.link_user(by=None, person=row_of(meeting, "Regina Region 1").person, user=director)

    assert decision.authorities_only is True
    assert seen_by(doctor) == []
    assert seen_by(director) == ["Pengene"]


def test_a_decision_of_minutes_that_are_not_approved_is_for_the_members():
    meeting = a_held_meeting("Et punkt")
    decided_at(meeting, text="Kladde")

    assert seen_by(a_member()) == []
    Meeting.objects.update(state=Meeting.State.APPROVED)
    assert seen_by(a_member()) == ["Kladde"]


def test_who_may_no_longer_read_the_item_may_not_read_the_decision():
    meeting = an_approved_meeting("Et punkt")
    decision = decided_at(meeting, text="Åben fra først af")
    reader = a_member()
    assert access.may_see(decision, reader)

    Item.objects.update(closed=True, closed_because="Fejl", public_title="Lukket punkt")

    assert not access.may_see(register.every().get(pk=decision.pk), reader)


def test_the_trace_goes_back_to_the_item_and_forward_to_what_followed():
    meeting = an_approved_meeting("Et punkt")
    decision = decided_at(meeting)
    item = proposing.propose_follow_up(by=None, decision=decision)
    found = trace.of(decision, a_secretary())

    assert found.item.title == "Et punkt"
    assert found.meeting == meeting
    assert [each.title for each in found.follow_ups] == [item.title]


def test_a_deadline_is_a_duty_of_the_one_who_sees_to_it():
    a_decision(responsible=a_responsible(), deadline=LATE)
    mine = duties.of_person(a_responsible(), a_secretary(), TODAY)

    assert [(duty.due, duty.is_late(TODAY)) for duty in mine if "Følg op" in duty.what] == [
        (LATE, True)
    ]


def test_open_decisions_are_handed_over_and_the_old_body_stays_readable():
    old, new = a_professional_level(), a_body("sundhedsraad", "kronjylland")
    decision = a_decision(body=old, closed=True, public_text="Lukket")
    a_decision("Sendes hjem", body=old)
    kind = handover.kind_called("decisions")
    matters = {matter.key: matter for matter in kind.open_matters([old], TODAY)}
    carried = matters.pop(str(decision.pk))
    (home,) = matters.values()
    more = {"on": TODAY, "by": None, "reason": "Reformen"}

    kind.carry_over(carried, to=new, **more)
    kind.send_home(home, party=bodies.organisation(kind="plo", name="PLO"), **more)

    assert list(kind.open_matters([old], TODAY)) == []
    (matter,) = kind.open_matters([new], TODAY)
    moved = Decision.objects.get(pk=matter.key)
    assert (moved.text, moved.closed, moved.decided_on) == (decision.text, True, DECIDED)
    decision.refresh_from_db()
    assert (decision.state, decision.replaced_by, decision.body) == ("replaced", moved, old)
