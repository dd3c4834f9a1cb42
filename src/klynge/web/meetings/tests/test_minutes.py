"""Writing the minutes: several at once, and no text is ever lost."""

from __future__ import annotations

import pytest

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.bodies import rules as bodies
from klynge.web.bodies.tests.builders import a_body, a_lawful_political_level
from klynge.web.meetings import attendance_rules, light_markup, minutes_rules, postponing
from klynge.web.meetings.minutes_rules import Came, Clash, NotAllowed, Saved, Written
from klynge.web.meetings.models import Item, Meeting, Minute, MinuteRevision, Vote
from klynge.web.meetings.tests.builders import a_meeting, an_item
from klynge.web.meetings.tests.minutes_builders import (
    a_meeting_under_way,
    everybody_came,
    items_of,
    row_of,
    write,
)

pytestmark = pytest.mark.django_db
THREE = "Første afsnit.\n\nAndet afsnit.\n\nTredje afsnit."


@pytest.fixture
def item() -> Item:
    return items_of(everybody_came(a_meeting_under_way()))[0]


def text_of(item: Item) -> str:
    return light_markup.from_html(Minute.objects.get(item=item).html)


def test_minutes_are_saved_with_what_the_clauses_came_to(item):
    saved = write(item, "Tallene blev drøftet.", c1="noted", c2="agreed")

    assert saved == Saved(1)
    assert text_of(item) == "Tallene blev drøftet."
    assert [clause.outcome for clause in item.clauses.all()] == ["noted", "agreed"]


def test_saving_the_same_again_is_no_new_version(item):
    write(item, "Det samme.")

    assert write(item, "Det samme.", base=1) == Saved(1)
    assert MinuteRevision.objects.count() == 1


def test_two_who_write_in_different_places_are_put_together(item):
    write(item, THREE)
    write(item, THREE.replace("Første", "Det første"), base=1)
    second = write(item, THREE.replace("Tredje", "Det tredje"), base=1)

    assert second == Saved(3, merged=True)
    assert text_of(item) == "Det første afsnit.\n\nAndet afsnit.\n\nDet tredje afsnit."


def test_outcome_from_one_and_text_from_another_are_put_together(item):
    write(item, THREE)
    write(item, THREE, base=1, c1="agreed")
    write(item, THREE + "\n\nMere.", base=1, c2="noted")

    assert [clause.outcome for clause in item.clauses.all()] == ["agreed", "noted"]
    assert text_of(item).endswith("Mere.")


def test_the_second_who_writes_in_the_same_place_sees_both_and_nothing_is_lost(item):
    one, other = a_secretary(), a_secretary()
    write(item, THREE)
    write(item, THREE.replace("Andet", "Hans"), base=1, by=one)
    clash = write(item, THREE.replace("Andet", "Hendes"), base=1, by=other)

    assert isinstance(clash, Clash)
    assert (clash.by, clash.version) == (one, 2)
    assert "Hans afsnit." in clash.theirs.text
    assert "Hendes afsnit." in clash.mine.text
    assert {"Hans afsnit.", "Hendes afsnit."} <= set(clash.both.text.split("\n"))
    assert "Hans afsnit." in text_of(item)
    aside = MinuteRevision.objects.get(kind=MinuteRevision.Kind.SET_ASIDE)
    assert "Hendes afsnit." in aside.html


def test_what_was_chosen_is_saved_upon_what_stands_there(item):
    write(item, "Hans.")
    clash = write(item, "Hendes.", base=0)
    chosen = minutes_rules.save(
        by=None, item=item, written=clash.both, base=clash.version, chosen=True
    )

    assert chosen == Saved(2)
    assert text_of(item) == "Hans.\nHendes."
    assert MinuteRevision.objects.last().kind == MinuteRevision.Kind.CHOSEN


def test_different_outcomes_of_one_clause_clash(item):
    write(item, "Tekst.", c1="agreed")
    clash = write(item, "Tekst.", base=0, c1="refused")

    assert isinstance(clash, Clash)
    assert item.clauses.first().outcome == "agreed"


def test_an_unknown_version_is_never_trusted(item):
    write(item, THREE)

    assert isinstance(write(item, "Noget andet.", base=99), Clash)
    assert text_of(item) == THREE


def test_every_text_is_kept(item):
    for number in range(4):
        write(item, f"Udgave {number}.", base=number)

    kept = list(MinuteRevision.objects.values_list("version", "html"))
    assert kept == [(n + 1, f"<p>Udgave {n}.</p>") for n in range(4)]


def test_approved_minutes_are_frozen_and_an_agenda_that_is_not_out_has_none(item):
    Meeting.objects.update(state=Meeting.State.APPROVED)
    item.meeting.refresh_from_db()
    with pytest.raises(NotAllowed, match="Skriv en rettelse"):
        write(item, "For sent.")
    draft = an_item(a_meeting(a_body("klynge-politisk")))
    with pytest.raises(NotAllowed, match="når dagsordenen er sendt ud"):
        write(draft, "For tidligt.")
    assert not MinuteRevision.objects.exists()


def test_a_member_does_not_write_the_minutes(item):
    with pytest.raises(NotAllowed, match="Kun sekretariatet"):
        write(item, "Mit.", by=a_member())


def test_every_fault_is_told_at_once(item):
    wrong = Written("x" * 100_001, {0: Came("agreed"), item.clauses.first().pk: Came("måske")})
    with pytest.raises(NotAllowed) as refused:
        minutes_rules.save(by=None, item=item, written=wrong, base=0)

    assert len(refused.value.reasons) == 3


def test_who_took_part_can_have_a_dissent_recorded_and_nobody_else(item):
    row = row_of(item.meeting, "Lone Læge")
    dissent = minutes_rules.add_dissent(by=None, item=item, attendance=row, text="Imod.")
    assert item.dissents.get() == dissent

    why = {"why": "conflict", "reason": "Medejer"}
    attendance_rules.step_out(by=None, item=item, attendance=row, **why)
    with pytest.raises(NotAllowed, match="Kun den, der deltog"):
        minutes_rules.add_dissent(by=None, item=item, attendance=row, text="Stadig imod.")
    minutes_rules.remove_dissent(by=None, dissent=dissent)
    assert not item.dissents.exists()


def test_there_are_no_votes_where_the_rules_have_none(item):
    row = row_of(item.meeting, "Lone Læge")
    with pytest.raises(NotAllowed, match="beslutter i enighed"):
        minutes_rules.record_votes(by=None, item=item, clause=None, choices={row.pk: "for"})


def test_where_they_have_each_seat_has_one_vote():
    body = a_lawful_political_level()
    bodies.adopt_document(
        by=None, body=body, kind="forretningsorden", decision="Møde 1",
        valid_from=body.valid_from, texts={"moeder": "To."}, numbers={"votes": "yes"},
    )  # fmt: skip
    meeting = everybody_came(a_meeting_under_way(body=body))
    item, clause = items_of(meeting)[0], items_of(meeting)[0].clauses.first()
    one, other, *_rest = meeting.attendance.filter(counts=True)
    guest = attendance_rules.add_guest(
        by=None, meeting=meeting, person=bodies.add_person(by=None, name="G")
    )

    minutes_rules.record_votes(
        by=None, item=item, clause=clause, choices={one.pk: "for", other.pk: "against"}
    )
    minutes_rules.record_votes(by=None, item=item, clause=clause, choices={one.pk: "blank"})

    assert Vote.objects.get().choice == "blank"
    with pytest.raises(NotAllowed, match="med en plads"):
        minutes_rules.record_votes(by=None, item=item, clause=clause, choices={guest.pk: "for"})


def test_a_postponed_item_comes_again_with_everything_in_it(item):
    again = postponing.postpone(by=None, item=item, why="Ikke tid")

    item.refresh_from_db()
    assert item.state == Item.State.POSTPONED
    assert (again.meeting, again.title) == (None, item.title)
    assert [c.text for c in again.clauses.all()] == [c.text for c in item.clauses.all()]
    assert [b.html for b in again.blocks.all()] == [b.html for b in item.blocks.all()]
    assert again.came_from.item == item
    with pytest.raises(NotAllowed, match="allerede udsat"):
        postponing.postpone(by=None, item=item)


def test_a_closed_item_is_still_closed_when_it_comes_again():
    meeting = a_meeting_under_way()
    first = items_of(meeting)[0]
    Item.objects.filter(pk=first.pk).update(
        closed=True, closed_because="Kontrakt", public_title="Lukket punkt"
    )
    first.refresh_from_db()

    again = postponing.postpone(by=None, item=first)

    assert (again.closed, again.public_title) == (True, "Lukket punkt")


def test_an_item_can_be_taken_up_after_all(item):
    again = postponing.postpone(by=None, item=item)
    postponing.take_up_after_all(by=None, item=item)

    again.refresh_from_db()
    assert item.state == Item.State.READY
    assert again.state == Item.State.WITHDRAWN
