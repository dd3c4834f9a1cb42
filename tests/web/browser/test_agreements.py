"""The pages of agreements and hearings, wide and narrow, and doing a step by keyboard."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from klynge.web.agreements import answer_rules, hearing_rules
from klynge.web.agreements.tests.builders import a_file, a_hearing, a_step, an_agreement
from klynge.web.agreements.text_rules import set_goal
from tests.web.browser.conftest import WIDE

ON = "?dato=2024-03-01"


@pytest.fixture
def process(db, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    made = an_agreement()
    hearing = a_hearing(made)
    answer = answer_rules.receive(
        by=None, hearing=hearing, party=hearing.parties.first(), text="Mål 1 er uklart.",
        received_on=date(2023, 8, 16), may_be_public=True,
    )  # fmt: skip
    answer = answer_rules.correct(
        by=None, answer=answer, text="Mål 1 og 2 er uklare.", correction="Mål 2 er kommet med",
        received_on=date(2023, 8, 17), may_be_public=True, file=a_file(),
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
        *(
            reverse(f"agreements:{name}", args=[a_step(process, "udkast").pk])
            for name in ("step", "move", "drop")
        ),
        reverse("agreements:text", args=[text.pk]),
        *(
            reverse(f"agreements:{name}", args=[process.pk])
            for name in ("adopt", "end", "new_text", "new_goal", "new_hearing")
        ),
        *(
            reverse(f"agreements:{name}", args=[process.goals.get().pk])
            for name in ("change_goal", "end_goal")
        ),
        *(
            reverse(f"agreements:{name}", args=[hearing.pk])
            for name in ("hearing", "receive", "extend", "sum_up")
        ),
        *(
            reverse(f"agreements:{name}", args=[hearing.answers.last().pk])
            for name in ("correct_answer", "attach")
        ),
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
