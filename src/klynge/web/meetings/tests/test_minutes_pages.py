"""The pages of attendance and minutes: who may, what happens, and the reason on the page."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.bodies import rules as bodies
from klynge.web.meetings import attendance_rules, minutes_rules
from klynge.web.meetings.attendance_rules import FIELDS
from klynge.web.meetings.models import Correction, Item, Meeting, Minute
from klynge.web.meetings.tests.builders import MARKER, a_closed_item, a_meeting, release
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


def _pages(meeting: Meeting) -> list[str]:
    item = items_of(meeting)[0]
    base = f"/moeder/{meeting.uid}"
    return [
        f"{base}/fremmoede/",
        f"{base}/fremmoede/historik/",
        f"{base}/fremmoede/tider/",
        f"{base}/fremmoede/{item.uid}/",
        f"{base}/referat/send/",
        f"{base}/referat/rettelse/",
        f"{base}/referat/{item.uid}/",
        f"{base}/referat/{item.uid}/tidligere/",
        f"{base}/referat/{item.uid}/stemmer/",
    ]


def _deeds(meeting: Meeting) -> list[str]:
    item = items_of(meeting)[0]
    base = f"/moeder/{meeting.uid}"
    return [
        *(f"{base}/fremmoede/{name}/" for name in ("aabn", "haev", "alle", "forny", "gaest")),
        f"{base}/referat/afslut/",
        f"{base}/referat/svar/",
        *(f"{base}/referat/{item.uid}/{name}/" for name in ("udtalelse", "udsaet", "alligevel")),
    ]


def _text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def _line(row, **now) -> dict[str, str]:
    """One person's line of the form, as the page sends it."""
    values = {field: getattr(row, field) for field in FIELDS}
    sent = {f"was-{row.pk}": json.dumps([values[field] for field in FIELDS])}
    for field in FIELDS:
        name = field.removesuffix("_id")
        if field == "deputy_for_id" and row.counts:
            continue
        sent[f"{name}-{row.pk}"] = str(now.get(name, values[field] or ""))
    return sent


def test_they_work(secretary):
    meeting = everybody_came(a_meeting_under_way())
    write(items_of(meeting)[0], "Skrevet.")
    for address in [*_pages(meeting), f"/moeder/{meeting.uid}/referat/"]:
        assert secretary.get(address).status_code == 200, address


def test_a_reader_may_not(client):
    meeting = a_meeting_under_way()
    client.force_login(a_member())
    for address in _pages(meeting):
        assert client.get(address).status_code == 403, address
    for address in _deeds(meeting):
        assert client.post(address).status_code == 403, address


def test_a_stranger_is_sent_to_login(client):
    meeting = a_meeting_under_way()
    for address in [*_pages(meeting), *_deeds(meeting), f"/moeder/{meeting.uid}/referat/"]:
        assert client.get(address).headers["Location"].startswith("/konto/log-ind/"), address


def test_the_reason_is_shown_on_the_page(secretary):
    meeting = everybody_came(a_meeting_under_way())
    first, second, *_rest = items_of(meeting)
    row = row_of(meeting, "Lone Læge")
    sent = _line(row, joined=second.pk, left=first.pk)

    told = secretary.post(f"/moeder/{meeting.uid}/fremmoede/", sent)
    assert told.status_code == 422
    assert "kan ikke gå, før" in _text(told)

    sent = {"person": row.pk, "why": "conflict"}
    told = secretary.post(f"/moeder/{meeting.uid}/fremmoede/{first.uid}/", sent)
    assert told.status_code == 422
    assert "Skriv, hvorfor personen er inhabil." in _text(told)

    told = secretary.post(f"/moeder/{meeting.uid}/referat/send/", {"due_on": "2030-01-01"})
    assert "når mødet er hævet" in _text(told)

    told = secretary.post(f"/moeder/{meeting.uid}/fremmoede/gaest/", {"name": ""}, follow=True)
    assert "Skriv navnet" in _text(told)


def test_attendance_is_saved_from_the_page(secretary):
    meeting = everybody_came(a_meeting_under_way())
    second = items_of(meeting)[1]
    lone, deputy = row_of(meeting, "Lone Læge"), row_of(meeting, "Stine Stedfortræder")
    sent = _line(lone, status="excused") | _line(deputy, status="present", joined=second.pk)

    told = secretary.post(f"/moeder/{meeting.uid}/fremmoede/", sent, follow=True)

    assert "Fremmødet er gemt." in _text(told)
    assert row_of(meeting, "Lone Læge").status == "excused"
    deputy.refresh_from_db()
    assert (deputy.joined, deputy.deputy_for.person.name) == (second, "Chef Kommune 730")


def test_two_pages_open_at_once_do_not_undo_each_other(secretary):
    meeting = everybody_came(a_meeting_under_way())
    lone, lars = row_of(meeting, "Lone Læge"), row_of(meeting, "Lars Læge")
    old_page = _line(lone) | _line(lars, status="absent")
    secretary.post(f"/moeder/{meeting.uid}/fremmoede/", _line(lone, status="excused"))

    secretary.post(f"/moeder/{meeting.uid}/fremmoede/", old_page)

    assert row_of(meeting, "Lone Læge").status == "excused"
    assert row_of(meeting, "Lars Læge").status == "absent"


def test_minutes_are_written_and_the_next_item_comes(secretary):
    meeting = everybody_came(a_meeting_under_way())
    first, second, *_rest = items_of(meeting)
    clause = first.clauses.first()
    sent = {"base": 0, "text": "Drøftet.", f"outcome-{clause.pk}": "agreed", "next": "1"}

    response = secretary.post(f"/moeder/{meeting.uid}/referat/{first.uid}/", sent)

    assert response.headers["Location"] == f"/moeder/{meeting.uid}/referat/{second.uid}/"
    clause.refresh_from_db()
    assert (Minute.objects.get().html, clause.outcome) == ("<p>Drøftet.</p>", "agreed")
    assert Minute.objects.get().changed_by == secretary.user


def test_the_second_writer_sees_both_texts_and_can_choose(secretary):
    meeting = everybody_came(a_meeting_under_way())
    item = items_of(meeting)[0]
    write(item, "Deres tekst.")
    address = f"/moeder/{meeting.uid}/referat/{item.uid}/"

    told = secretary.post(address, {"base": 0, "text": "Min tekst."})

    assert told.status_code == 409
    assert {"Deres tekst.", "Min tekst."} <= set(re.findall(r"\w+ tekst\.", _text(told)))
    secretary.post(address, {"base": 1, "text": "Deres tekst.\n\nMin tekst.", "chosen": "1"})
    assert Minute.objects.get().html == "<p>Deres tekst.</p><p>Min tekst.</p>"
    assert "Lagt til side" in _text(secretary.get(f"{address}tidligere/"))


def test_script_in_the_minutes_does_not_run(secretary):
    meeting = everybody_came(a_meeting_under_way())
    item = items_of(meeting)[0]
    sent = {"base": 0, "text": "<script>alert(1)</script><img src=x onerror=alert(2)>Tekst"}
    secretary.post(f"/moeder/{meeting.uid}/referat/{item.uid}/", sent)

    shown = secretary.get(f"/moeder/{meeting.uid}/referat/").content.decode()

    assert "<script>alert" not in shown
    assert "<img" not in shown.split("<main")[1]


def test_a_draft_is_not_for_members_and_nobody_else(client):
    meeting = a_held_meeting("Et punkt")
    member = a_member()
    client.force_login(member)
    assert "Drøftet: 1." not in _text(client.get(f"/moeder/{meeting.uid}/referat/"))

    person = row_of(meeting, "Lone Læge").person
    bodies.link_user(by=None, person=person, user=member)
    assert "Drøftet: 1." not in _text(client.get(f"/moeder/{meeting.uid}/referat/"))

    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.MINUTES_REVIEW)
    assert "Drøftet: 1." in _text(client.get(f"/moeder/{meeting.uid}/referat/"))
    client.force_login(a_member())
    assert "Drøftet: 1." not in _text(client.get(f"/moeder/{meeting.uid}/referat/"))


def test_a_member_approves_by_click_and_it_is_shown_who_and_when(client):
    meeting, member = a_meeting_in_review(), a_member()
    bodies.link_user(by=None, person=row_of(meeting, "Regina Region 0").person, user=member)
    client.force_login(member)
    address = f"/moeder/{meeting.uid}/referat/"
    assert "Godkend referatet" in _text(client.get(address))

    told = client.post(f"{address}svar/", {"number": 1, "approve": "1"}, follow=True)

    assert "Svaret er registreret." in _text(told)
    assert "Du godkendte" in _text(told)
    told = client.post(f"{address}svar/", {"number": 1, "object": "1"}, follow=True)
    assert "Skriv, hvad der er galt." in _text(told)


def test_approved_minutes_say_who_approved_and_show_corrections(secretary):
    meeting = an_approved_meeting("Et punkt")
    item = items_of(meeting)[0]
    told = secretary.post(
        f"/moeder/{meeting.uid}/referat/rettelse/",
        {"item": item.pk, "text": "Det skulle være 2025."},
        follow=True,
    )

    assert "Det skulle være 2025." in _text(told)
    assert "Drøftet: 1." in _text(told)
    assert "Regina Region 0" in _text(told)
    assert Correction.objects.get().by == secretary.user


def test_nothing_of_a_closed_item_is_in_the_minutes_of_others(client):
    meeting = a_meeting(a_professional_level())
    a_closed_item(meeting)
    meeting = attendance_rules.open_meeting(by=None, meeting=release(meeting))
    everybody_came(meeting)
    item = items_of(meeting)[0]
    write(item, f"{MARKER} i referatet", c1="agreed")
    minutes_rules.add_dissent(
        by=None, item=item, attendance=row_of(meeting, "Lone Læge"), text=f"{MARKER} uenig"
    )
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.APPROVED)
    client.force_login(a_member())

    shown = client.get(f"/moeder/{meeting.uid}/referat/").content.decode()

    assert MARKER not in shown
    assert "Lukket punkt om en kontrakt" in shown


def test_the_reason_of_a_conflict_is_for_members_only(client):
    meeting = everybody_came(a_meeting_under_way("Et punkt"))
    item = items_of(meeting)[0]
    attendance_rules.step_out(
        by=None,
        item=item,
        attendance=row_of(meeting, "Lone Læge"),
        why="conflict",
        reason="Medejer",
    )
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.APPROVED)
    client.force_login(a_member())

    shown = _text(client.get(f"/moeder/{meeting.uid}/referat/"))

    assert "Inhabil" in shown
    assert "Medejer" not in shown


def test_a_person_sees_their_own_attendance_and_the_secretariat_everybodys(client):
    meeting, member = everybody_came(a_meeting_under_way()), a_member()
    own, other = row_of(meeting, "Lone Læge").person, row_of(meeting, "Lars Læge").person
    bodies.link_user(by=None, person=own, user=member)
    client.force_login(member)

    assert "til stede ved 1 af 1 møder" in _text(client.get(f"/moeder/fremmoede/{own.pk}/"))
    assert client.get(f"/moeder/fremmoede/{other.pk}/").status_code == 403
    client.force_login(a_secretary())
    assert client.get(f"/moeder/fremmoede/{other.pk}/").status_code == 200


def test_only_those_who_keep_the_attendance_are_shown_the_way_to_it(client):
    meeting, member = a_held_meeting(), a_member()
    lone, way = row_of(meeting, "Lone Læge").person, f'href="/moeder/{meeting.uid}/fremmoede/"'
    bodies.link_user(by=None, person=lone, user=member)
    for user, shown in ((member, False), (a_secretary(), True)):
        client.force_login(user)
        page = client.get(f"/moeder/{meeting.pk}/").content.decode()
        assert (way in page) is shown
        assert f'href="/moeder/{meeting.uid}/referat/"' in page


def test_an_item_is_postponed_from_its_page(secretary):
    meeting = everybody_came(a_meeting_under_way())
    item = items_of(meeting)[0]
    base = f"/moeder/{meeting.uid}/referat/{item.uid}"

    assert "Punktet er udsat" in _text(secretary.post(f"{base}/udsaet/", follow=True))
    assert Item.objects.filter(meeting=None, title=item.title).count() == 1
    assert "alligevel" in _text(secretary.post(f"{base}/alligevel/", follow=True))
