"""The pages of agreements and hearings, wide and narrow, and doing a step by keyboard."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from klynge.web.agreements import hearing_rules
from klynge.web.agreements.tests.builders import a_hearing, a_step, an_agreement
from klynge.web.agreements.text_rules import set_goal
from tests.web.browser.conftest import WIDE

ON = "?dato=2024-03-01"


@pytest.fixture
def process(db):
    made = an_agreement()
    hearing = a_hearing(made)
    answer = hearing_rules.receive(
        by=None, hearing=hearing, party=hearing.parties.first(), text="Mål 1 er uklart.",
        received_on=date(2023, 8, 16), may_be_public=True,
    )  # fmt: skip
    hearing_rules.sum_up(
        by=None, hearing=hearing, topic="Mål 1", said="Det er uklart.", answers=[answer],
        reply="Det er skrevet om.", changed=True,
    )  # fmt: skip
    set_goal(by=None, process=made, title="Færre genindlæggelser", valid_from=date(2024, 1, 1))
    hearing_rules.publish(by=None, hearing=hearing)
    hearing_rules.publish_results(by=None, hearing=hearing)
    return made


def test_every_page_is_accessible_and_fits_and_does_not_complain(reader, process):
    hearing, text = process.hearings.get(), process.texts.get()
    addresses = [
        reverse("agreements:home"),
        reverse("agreements:process", args=[process.pk]),
        reverse("agreements:begin", args=["kontrakt"]),
        reverse("agreements:step", args=[a_step(process, "udkast").pk]),
        reverse("agreements:text", args=[text.pk]),
        reverse("agreements:adopt", args=[process.pk]),
        reverse("agreements:hearing", args=[hearing.pk]),
        reverse("agreements:sum_up", args=[hearing.pk]),
    ]
    assert reader().faults_of(address + ON for address in addresses) == []


def test_the_public_pages_need_no_log_in_and_are_accessible(stranger, process):
    public = reverse("agreements:public_hearing", args=[process.hearings.get().uid])
    addresses = [reverse("agreements:portal"), public, f"{public}?sprog=en"]
    assert stranger().faults_of(addresses) == []


def test_a_step_is_done_by_keyboard(reader, process):
    page = reader(viewport=WIDE).goto(reverse("agreements:process", args=[process.pk]) + ON)
    page.focus("table a >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_done_on")
    page.fill("#id_done_on", "2023-02-01")
    page.focus("main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Skridtet er gjort.")

    assert a_step(process, "patienter-foer").done_on == date(2023, 2, 1)
