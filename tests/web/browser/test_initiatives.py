"""The pages of initiatives, wide and narrow, and a step taken by keyboard."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from klynge.web.bodies.tests.builders import a_body, a_lawful_political_level, a_person
from klynge.web.figures.tests.builders import a_country, an_imported_pack
from klynge.web.initiatives import model_rules, plan_rules
from klynge.web.initiatives.tests.builders import running
from tests.web.browser.conftest import WIDE

BODY = {"kind": "klynge-politisk", "place": "rm-randers"}
ON = "?dato=2026-02-01"


@pytest.fixture
def one(db, tmp_path):
    body = a_lawful_political_level()
    a_body(place="rm-horsens")
    an_imported_pack(
        tmp_path, **a_country(value=lambda k, y: (60 + int(k) % 9, 500), years=range(2019, 2026))
    )
    made = running(body, ends_on=date(2026, 12, 31), effect_indicator="psyk")
    plan_rules.add_milestone(by=None, initiative=made, title="Alle er med", due_on=date(2024, 9, 1))
    plan_rules.add_risk(by=None, initiative=made, text="Ingen tid", likely=2, bad=3)
    plan_rules.add_to_group(by=None, initiative=made, person=a_person(), role="sygeplejerske")
    model_rules.publish_model(by=None, initiative=made, title="Modellen", what="Så", who="Vi")
    return made


def pages(one) -> list[str]:
    names = ("change", "move", "report", "partner", "group", "milestone", "risk", "goal", "publish")
    model = one.models.get().pk
    return [
        *(reverse(f"initiatives:{name}") for name in ("home", "board", "timeline", "catalogue")),
        reverse("initiatives:initiative", args=[one.pk]),
        reverse("initiatives:begin", kwargs=BODY),
        *(reverse(f"initiatives:{name}", args=[one.pk]) for name in names),
        reverse("initiatives:model", args=[model]),
        reverse("initiatives:adopt", args=[model]),
    ]


def test_every_page_is_accessible_and_fits_and_does_not_complain(reader, one):
    assert reader().faults_of(address + ON for address in pages(one)) == []


def test_the_next_step_is_taken_by_keyboard(reader, one):
    page = reader(viewport=WIDE).goto(reverse("initiatives:initiative", args=[one.pk]) + ON)
    page.focus("main a.button-primary")
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_to")
    page.focus("#id_why")
    page.keyboard.type("Det virker.")
    page.focus("main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Initiativet er gået videre.")

    assert "Evalueret" in page.inner_text("main h1")
