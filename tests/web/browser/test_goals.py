"""The pages of goals, wide and narrow, and setting one by keyboard."""

from __future__ import annotations

import pytest
from django.urls import reverse

from klynge.web.bodies.tests.builders import a_lawful_political_level
from klynge.web.goals.tests.builders import a_goal, an_own_indicator, measured
from tests.web.browser.conftest import WIDE

BODY = {"kind": "klynge-politisk", "place": "rm-randers"}
ON = "?dato=2026-02-01"


@pytest.fixture
def goal(db):
    a_lawful_political_level()
    tops = [80, 84, 78, 82, 79, 83, 77, 81, 80, 82, 78, 81, 140]
    return a_goal(measured(an_own_indicator(), tops))


def test_every_page_is_accessible_and_fits_and_does_not_complain(reader, goal):
    own = f"&figure=egen:{goal.own_indicator.pk}&place=klynge:rm-randers"
    addresses = (
        reverse("goals:home"),
        reverse("goals:body", kwargs=BODY),
        reverse("goals:goal", args=[goal.pk]),
        reverse("goals:new", kwargs=BODY) + ON + own,
        reverse("goals:define", kwargs=BODY),
        reverse("goals:measure", args=[goal.own_indicator.pk]),
        reverse("goals:change", args=[goal.pk]),
        reverse("goals:assess", args=[goal.pk]),
    )
    wanted = (address if "?" in address else address + ON for address in addresses)
    assert reader().faults_of(wanted) == []


def test_a_goal_is_assessed_by_keyboard(reader, goal):
    page = reader(viewport=WIDE).goto(reverse("goals:goal", args=[goal.pk]) + ON)
    page.focus("a.button-primary")
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_text")
    page.focus("#id_text")
    page.keyboard.type("Det går fremad.")
    page.focus("main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Vurderingen er gemt.")

    assert "Det går fremad." in page.inner_text("main")
