"""Every page of agreements: it works, who may not, the reason on the page."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.agreements import answer_rules
from klynge.web.agreements.models import Adoption, Answer, Hearing, Process
from klynge.web.agreements.tests.builders import (
    REGION,
    a_hearing,
    a_step,
    an_agreement,
)
from klynge.web.agreements.text_rules import set_goal
from klynge.web.bodies import duties

pytestmark = pytest.mark.django_db
ON = {"dato": "2023-07-01"}


@pytest.fixture
def process():
    made = an_agreement()
    a_hearing(made)
    set_goal(by=None, process=made, title="Færre genindlæggelser", valid_from=date(2024, 1, 1))
    return made


@pytest.fixture
def answer(process):
    hearing = process.hearings.get()
    return answer_rules.receive(
        by=None, hearing=hearing, party=hearing.parties.first(), text="Mål 1 er uklart.",
        received_on=date(2023, 8, 16), may_be_public=True,
    )  # fmt: skip


@pytest.fixture
def reader(client):
    client.force_login(a_member())
    return client


def readable(process):
    return [
        reverse("agreements:home"),
        reverse("agreements:process", args=[process.pk]),
        reverse("agreements:text", args=[process.texts.get().pk]),
        reverse("agreements:hearing", args=[process.hearings.get().pk]),
    ]


def changing(process):
    step, hearing = a_step(process, "udkast").pk, process.hearings.get().pk
    of_process = ("end", "new_text", "new_goal", "adopt", "new_hearing")
    return [
        reverse("agreements:begin", args=["sundhedsaftale"]),
        reverse("agreements:begin", args=["kontrakt"]),
        *(reverse(f"agreements:{name}", args=[process.pk]) for name in of_process),
        reverse("agreements:change_goal", args=[process.goals.get().pk]),
        *(reverse(f"agreements:{name}", args=[step]) for name in ("step", "move", "drop")),
        *(reverse(f"agreements:{name}", args=[hearing]) for name in
          ("receive", "extend", "sum_up")),
    ]  # fmt: skip


def pressing(process, answer):
    return [
        reverse("agreements:hold", args=[process.pk]),
        reverse("agreements:reopen", args=[a_step(process, "udkast").pk]),
        reverse("agreements:publish", args=[process.hearings.get().pk]),
        reverse("agreements:allow_public", args=[answer.pk]),
    ]


def test_it_works(process, reader):
    for address in readable(process):
        assert reader.get(address, ON).status_code == 200, address


def test_it_works_for_the_secretariat(process, answer, secretary):
    for address in (*readable(process), *changing(process)):
        assert secretary.get(address, ON).status_code == 200, address
    for address in pressing(process, answer):
        assert secretary.get(address, ON).status_code == 302, address


def test_a_reader_may_not(process, answer, reader):
    for address in (*changing(process), *pressing(process, answer)):
        response = reader.post(address)
        assert response.status_code == 403
        assert "Kun sekretariatet" in response.content.decode()


def test_a_stranger_is_sent_to_login(process, answer, client):
    for address in (*readable(process), *changing(process), *pressing(process, answer)):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("accounts:login"))


def test_what_is_not_there_is_404(process, secretary):
    for name in ("process", "text", "hearing", "step"):
        assert secretary.get(reverse(f"agreements:{name}", args=[9999])).status_code == 404
    assert secretary.get(reverse("agreements:begin", args=["intet"])).status_code == 404


def test_the_reason_is_shown_on_the_page(process, secretary):
    step = a_step(process, "udkast")
    response = secretary.post(reverse("agreements:step", args=[step.pk]), {"done_on": "2023-05-01"})
    text = response.content.decode()
    assert "Før det kommer: Møde med patientinddragelsesudvalget" in text
    assert "Der er ikke gemt noget" in text


def test_the_reason_against_a_button_is_shown_where_it_leads(process, secretary):
    response = secretary.post(reverse("agreements:hold", args=[process.pk]), follow=True)
    assert "Den nyeste tekst er ikke vedtaget af" in response.content.decode()


def test_one_is_begun_on_the_page(secretary):
    secretary.post(
        reverse("agreements:begin", args=["praksisplan"]),
        {"place": REGION, "term": "2022-01-01", "title": "Praksisplan", "holds_from": "2024-01-01",
         "holds_to": "2025-12-31"},
    )  # fmt: skip
    made = Process.objects.get()
    assert (made.kind, made.steps.count(), made.kommuner) == ("praksisplan", 6, [])


def test_a_hearing_is_sent_answered_and_summed_up_on_the_pages(process, secretary):
    secretary.post(
        reverse("agreements:new_hearing", args=[process.pk]),
        {"title": "Ny høring", "intro": "Hvad siger I?", "opens_on": "2023-09-01",
         "deadline": "2023-09-30", "parties": "Favrskov Kommune; post@favrskov.example\n\nPLO"},
    )  # fmt: skip
    hearing = Hearing.objects.get(title="Ny høring")
    assert [party.name for party in hearing.parties.all()] == ["Favrskov Kommune", "PLO"]
    secretary.post(
        reverse("agreements:receive", args=[hearing.pk]),
        {"party": hearing.parties.first().pk, "received_on": "2023-09-30", "no_remarks": "on"},
    )
    made = Answer.objects.get(hearing=hearing)
    secretary.post(
        reverse("agreements:sum_up", args=[hearing.pk]),
        {"topic": "Alt", "said": "Intet", "answers": [made.pk], "reply": "Uændret"},
    )
    assert hearing.points.get().said == "Intet"


def test_a_council_decides_on_the_page(process, secretary):
    secretary.post(
        reverse("agreements:adopt", args=[process.pk]),
        {"council": "kommune:730", "outcome": "remarks", "decided_on": "2023-10-02",
         "note": "Under forudsætning af finansiering"},
    )  # fmt: skip
    assert Adoption.objects.get().council == "730"
    page = secretary.get(reverse("agreements:process", args=[process.pk]), ON).content.decode()
    assert "1 af 20 råd har vedtaget" in page


def test_a_late_answer_and_a_late_step_are_marked(process, answer, reader):
    hearing = reverse("agreements:hearing", args=[process.hearings.get().pk])
    assert "efter fristen" in reader.get(hearing, ON).content.decode()
    page = reader.get(reverse("agreements:process", args=[process.pk]), {"dato": "2024-03-01"})
    assert "mangler</span>" in page.content.decode()
    assert "usikkert" in page.content.decode()


def test_contacts_are_for_the_secretariat_alone(process, reader):
    page = reader.get(reverse("agreements:hearing", args=[process.hearings.get().pk]), ON)
    assert "randers.example" not in page.content.decode()
    assert "region.example" not in page.content.decode()


def test_deadlines_are_duties_and_the_bodys_page_shows_the_agreement(process, reader):
    told = [duty.what for duty in duties.every(a_secretary(), date(2023, 12, 1))]
    assert any("sendes til Sundhedsstyrelsen" in what for what in told)
    assert any("Skriv høringsnotat" in what for what in told)
    page = reader.get(reverse("bodies:body", args=["ssu", REGION]), ON).content.decode()
    assert "Sundhedsaftale 2024-2027" in page


def test_the_deadline_stands_in_the_years_wheel(process):
    from klynge.web.meetings import year_marks

    marks = year_marks.of_year([process.body], 2024, a_secretary())
    assert (date(2024, 1, 1), True) in [(m.day, "Sundhedsstyrelsen" in m.title) for m in marks]


def test_the_pages_speak_english_too(process, reader):
    reader.cookies["django_language"] = "en"
    page = reader.get(reverse("agreements:process", args=[process.pk]), ON)
    assert "Steps and deadlines" in page.content.decode()
