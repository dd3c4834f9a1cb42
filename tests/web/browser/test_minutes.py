"""The pages of attendance, minutes and decisions in a browser, at two sizes and by keyboard."""

from __future__ import annotations

from datetime import date

import pytest

from klynge.web.decisions import home_rules
from klynge.web.decisions.tests.builders import (
    a_decision,
    a_responsible,
    authorities,
    decided_at,
)
from klynge.web.meetings import attendance_rules, minutes_rules
from klynge.web.meetings.models import Minute
from klynge.web.meetings.tests.minutes_builders import (
    a_meeting_in_review,
    a_meeting_under_way,
    a_professional_level,
    everybody_came,
    items_of,
    row_of,
    write,
)
from tests.web.browser.conftest import WIDE


def _a_meeting_with_everything():
    meeting = everybody_came(a_meeting_under_way("Akutte genindlæggelser", "Eventuelt"))
    item = items_of(meeting)[0]
    write(item, "Drøftet.\n\n- et\n- to", c1="noted", c2="agreed")
    minutes_rules.add_dissent(
        by=None, item=item, attendance=row_of(meeting, "Lars Læge"), text="Uenig."
    )
    attendance_rules.step_out(
        by=None, item=item, attendance=row_of(meeting, "Lone Læge"), why="conflict", reason="Ejer"
    )
    return meeting


def _pages_of_minutes() -> list[str]:
    meeting = _a_meeting_with_everything()
    sent = a_meeting_in_review("Et punkt", body=a_professional_level("rm-horsens"))
    item = items_of(meeting)[0]
    base = f"/moeder/{meeting.uid}"
    return [
        f"{base}/fremmoede/",
        f"{base}/fremmoede/historik/",
        f"{base}/fremmoede/tider/",
        f"{base}/fremmoede/{item.uid}/",
        f"/moeder/fremmoede/{row_of(meeting, 'Lone Læge').person_id}/",
        f"{base}/referat/",
        f"{base}/referat/send/",
        f"{base}/referat/rettelse/",
        f"{base}/referat/{item.uid}/",
        f"{base}/referat/{item.uid}/tidligere/",
        f"{base}/referat/{item.uid}/stemmer/",
        f"/moeder/{sent.uid}/referat/",
    ]


def _pages_of_decisions() -> list[str]:
    body = a_professional_level()
    authorities(body)
    meeting = a_meeting_in_review("Et punkt", "Et andet")
    decision = decided_at(meeting, text="Det aftalte.")
    late = a_decision(responsible=a_responsible(), deadline=date(2024, 9, 1))
    (row, *_rest) = home_rules.carry_home(by=None, decision=late)
    return [
        "/beslutninger/",
        "/beslutninger/hjemme/",
        f"/beslutninger/fra-moede/{meeting.uid}/",
        f"/beslutninger/{decision.uid}/",
        f"/beslutninger/{late.uid}/",
        f"/beslutninger/{late.uid}/ansvar/",
        f"/beslutninger/{late.uid}/afloest/",
        f"/beslutninger/{late.uid}/hjem/{row.pk}/",
        f"/beslutninger/ny/{body.pk}/",
    ]


@pytest.mark.parametrize("pages", [_pages_of_minutes, _pages_of_decisions])
def test_every_page_is_accessible_and_fits_and_does_not_complain(reader, pages):
    assert reader().faults_of(pages()) == []


def test_attendance_is_taken_by_keyboard_one_letter_a_person(reader):
    meeting = a_meeting_under_way("Et punkt")
    page = reader(viewport=WIDE).goto(f"/moeder/{meeting.uid}/fremmoede/")
    page.locator("[data-person] input[type=radio]").first.focus()
    for key in "tatu":
        page.keyboard.press(key)
    page.focus("text=Gem fremmødet")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Fremmødet er gemt.")

    assert page.is_visible("text=2 af 16 til stede")
    recorded = list(meeting.attendance.values_list("status", flat=True))
    assert {name: recorded.count(name) for name in ("present", "excused", "absent")} == {
        "present": 2,
        "excused": 1,
        "absent": 1,
    }


def test_the_second_writer_is_shown_both_texts_and_loses_nothing(reader):
    meeting = everybody_came(a_meeting_under_way("Et punkt"))
    (item,) = items_of(meeting)
    watched = reader(viewport=WIDE, java_script_enabled=False)
    page = watched.goto(f"/moeder/{meeting.uid}/referat/{item.uid}/")
    write(item, "Den andens tekst.")
    page.fill("[name=text]", "Min egen tekst.")
    page.click("main form button[name=stay]")
    page.wait_for_selector("h1:has-text('En anden har skrevet det samme sted')")

    assert page.is_visible("pre:has-text('Den andens tekst.')")
    assert page.is_visible("pre:has-text('Min egen tekst.')")
    page.click("text=Gem det valgte")
    page.wait_for_selector("text=Referatet af punktet er gemt.")
    assert {"Den andens", "Min egen"} <= {
        each for each in ("Den andens", "Min egen") if each in Minute.objects.get().html
    }


def test_both_texts_of_a_clash_are_accessible(reader):
    meeting = everybody_came(a_meeting_under_way("Et punkt"))
    (item,) = items_of(meeting)
    watched = reader()
    page = watched.goto(f"/moeder/{meeting.uid}/referat/{item.uid}/")
    write(item, "Den andens tekst.", c1="agreed")
    page.select_option(f"[name=outcome-{item.clauses.first().pk}]", "refused")
    page.click("main form button[name=stay]")
    page.wait_for_selector("h1:has-text('En anden har skrevet det samme sted')")

    assert watched.faults() == []
