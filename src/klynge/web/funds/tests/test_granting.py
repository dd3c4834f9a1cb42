"""Grants on their pages: given, paid, accounted for, repaid, closed; and what comes out of it."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from pypdf import PdfReader

from klynge.web.accounts.tests.builders import a_case_officer, a_member
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.bodies.tests.builders import a_body
from klynge.web.decisions import rules as decision_rules
from klynge.web.decisions.models import Decision
from klynge.web.funds import granting_rules, ledger
from klynge.web.funds.models import Accounts, Application, Entry, Grant, Instalment
from klynge.web.funds.tests.builders import KR, MIO, a_call, a_grant, a_pool, a_sent
from klynge.web.funds.tests.test_pages import _text

pytestmark = pytest.mark.django_db


def test_a_grant_is_given_on_the_page_with_conditions_and_instalments(secretary):
    sent = a_sent(asked=100_000 * KR)
    response = secretary.post(f"/midler/ansoegning/{sent.pk}/bevilg/", _GRANT, follow=True)

    assert "Bevillingen er givet og bogført." in _text(response)
    grant = Grant.objects.get()
    assert [one.amount for one in grant.instalments.all()] == [60_000 * KR, 40_000 * KR]
    assert grant.instalments.get(number=2).condition.text == "Statusrapport"
    sent.refresh_from_db()
    assert sent.status == Application.Status.GRANTED


_GRANT = {
    "amount": "100.000",
    "decided_by_body": "Klyngen",
    "decided_on": "2024-09-10",
    "decision_text": "Møde 10.9.2024, punkt 2",
    "vilkaar-rows": "2",
    "vilkaar-0-text": "Statusrapport",
    "vilkaar-0-due_on": "2024-12-01",
    "rate-rows": "3",
    "rate-0-amount": "60.000",
    "rate-0-due_on": "2024-10-01",
    "rate-1-amount": "40.000",
    "rate-1-due_on": "2025-01-01",
    "rate-1-condition": "1",
}


def _decision(body, **more) -> Decision:
    values = {"text": "Klyngen giver pengene", "decided_on": date(2024, 9, 10), "origin": "Møde"}
    return decision_rules.bring_in(by=None, body=body, **values | more)


def test_a_grant_rests_on_a_decision_and_the_decision_tells_what_it_led_to(secretary):
    sent = a_sent(asked=100_000 * KR)
    decision = _decision(sent.call.pool.body)
    page = f"/midler/ansoegning/{sent.pk}/bevilg/"
    secretary.post(page, _GRANT | {"decision": decision.pk})
    grant = Grant.objects.get()

    assert grant.decision == decision
    assert decision.led_to.get().address == f"/midler/bevilling/{grant.pk}/"
    text = _text(secretary.get(f"/midler/bevilling/{grant.pk}/"))
    assert "Klyngen giver pengene" in text


def test_a_closed_decision_is_not_told_on_the_grants_page_to_those_who_may_not_read_it(client):
    pool = a_pool()
    grant = a_grant(pool, decision=_decision(pool.body, text="Hemmeligt", closed=True))
    client.force_login(a_member())

    assert "Hemmeligt" not in _text(client.get(f"/midler/bevilling/{grant.pk}/"))


def test_a_decision_of_another_body_cannot_carry_a_grant():
    with pytest.raises(NotAllowed, match="et andet organ"):
        a_grant(decision=_decision(a_body("ssu", "1082")))


def test_a_grant_over_what_is_left_is_refused_and_nothing_is_saved(secretary):
    call = a_call(a_pool(2 * MIO))
    sent = a_sent(call, asked=100_000 * KR)
    a_grant(call.pool, 2 * MIO - 50_000 * KR)
    response = secretary.post(f"/midler/ansoegning/{sent.pk}/bevilg/", _GRANT)

    assert response.status_code == 422
    assert "Der mangler 50.000" in _text(response)
    assert call.pool.grants.count() == 1
    sent.refresh_from_db()
    assert sent.is_sent


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"amount": "250.000"}, "Der er søgt 100.000"),
        ({"rate-1-amount": "30.000"}, "Forskellen er 10.000"),
        ({"rate-1-condition": "2"}, "venter på et vilkår, der ikke er skrevet"),
        ({"rate-1-due_on": ""}, "Rater: Række 2, betales: Skal udfyldes."),
        ({"rate-1-due_on": "2024-09-11"}, "i den rækkefølge"),
        ({"decision_text": ""}, "Ret de felter"),
    ],
)
def test_the_reason_for_not_granting_is_shown_on_the_page(secretary, wrong, reason):
    sent = a_sent(asked=100_000 * KR)
    response = secretary.post(f"/midler/ansoegning/{sent.pk}/bevilg/", _GRANT | wrong)

    assert response.status_code == 422
    assert reason in _text(response)
    assert not Grant.objects.exists()


def test_a_grant_is_paid_accounted_for_repaid_and_closed_on_the_pages(client, secretary):
    grant = a_grant(amount=100_000 * KR, conditions=({"text": "Statusrapport"},))
    first, second = grant.instalments.all()
    page = f"/midler/bevilling/{grant.pk}/"
    held = _text(secretary.post(f"/midler/rate/{second.pk}/betal/", {"valid_on": "2024-09-01"}))
    assert "Raten betales først, når vilkåret er opfyldt: Statusrapport" in held
    secretary.post(f"/midler/rate/{first.pk}/betal/", {"valid_on": "2024-07-02"})
    condition = grant.conditions.get()
    met = {"met_on": "2024-08-01", "met_note": "Rapporten er modtaget"}
    secretary.post(f"/midler/vilkaar/{condition.pk}/opfyldt/", met)
    secretary.post(f"/midler/rate/{second.pk}/betal/", {"valid_on": "2024-09-01"})
    form = {
        "first_day": "2024-07-01",
        "last_day": "2024-08-31",
        "used": "80.000",
        "linje-rows": "1",
        "linje-0-text": "Løn",
        "linje-0-kind": "project",
        "linje-0-amount": "80.000",
    }
    secretary.post(f"{page}regnskab/", form)
    accounts = Accounts.objects.get()
    secretary.post(f"/midler/regnskab/{accounts.pk}/godkend/", {"valid_on": "2024-09-10"})
    early = _text(secretary.post(f"{page}afslut/", {"on": "2024-09-15", "text": "Slut"}))
    assert "20.000" in early
    secretary.post(f"{page}tilbagebetaling/", {"amount": "20.000", "valid_on": "2024-09-12"})
    text = _text(
        secretary.post(f"{page}afslut/", {"on": "2024-09-15", "text": "Slut"}, follow=True)
    )

    assert "Bevillingen er afsluttet." in text
    assert ledger.of_grant(grant) == {"reserved": 0, "paid": 0, "used": 80_000 * KR}


def test_the_rest_of_a_grant_can_drop_and_a_payment_be_undone(secretary):
    grant = a_grant(amount=100_000 * KR)
    first, _second = grant.instalments.all()
    secretary.post(f"/midler/rate/{first.pk}/betal/", {"valid_on": "2024-07-02"})
    undo = {"valid_on": "2024-07-03", "reason": "Forkert konto"}
    secretary.post(f"/midler/rate/{first.pk}/modposter/", undo)
    first.refresh_from_db()
    assert first.entry is None
    drop = {"valid_on": "2024-08-01", "reason": "Projektet er aflyst"}
    secretary.post(f"/midler/bevilling/{grant.pk}/bortfald/", drop)

    assert Instalment.objects.filter(grant=grant, dropped=True).count() == 2
    assert ledger.of_grant(grant)["reserved"] == 0


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"used": "70.000"}, "Linjerne er 80.000"),
        ({"linje-0-kind": "running"}, "Drift kan ikke betales af puljen"),
        ({"used": "90.000", "linje-0-amount": "90.000"}, "Der er udbetalt 50.000"),
    ],
)
def test_the_reason_for_not_taking_accounts_is_shown_on_the_page(secretary, wrong, reason):
    grant = a_grant(amount=100_000 * KR)
    granting_rules.pay(by=None, instalment=grant.instalments.first(), valid_on=date(2024, 7, 2))
    form = {
        "first_day": "2024-07-01",
        "last_day": "2024-08-31",
        "used": "80.000",
        "linje-rows": "1",
        "linje-0-text": "Løn",
        "linje-0-kind": "project",
        "linje-0-amount": "80.000",
    }
    response = secretary.post(f"/midler/bevilling/{grant.pk}/regnskab/", form | wrong)

    assert response.status_code == 422
    assert reason in _text(response)
    assert not Accounts.objects.exists()


def test_the_grantees_own_people_see_the_grant_and_send_accounts(client):
    sent = a_sent(asked=100_000 * KR)
    grant = a_grant(sent.call.pool, 100_000 * KR, application=sent)
    client.force_login(sent.team.get().user)

    assert client.get(f"/midler/bevilling/{grant.pk}/").status_code == 200
    assert client.get(f"/midler/bevilling/{grant.pk}/regnskab/").status_code == 200
    assert client.get(f"/midler/pulje/{grant.pool_id}/").status_code == 403
    client.force_login(a_case_officer())
    assert client.get(f"/midler/bevilling/{grant.pk}/").status_code == 403


def test_accounts_come_out_as_csv_with_danish_decimals_and_no_formulas(secretary):
    pool = a_pool(100 * KR + 50)
    secretary.post(
        f"/midler/pulje/{pool.pk}/ramme/",
        {"amount": "1", "valid_on": "2024-09-01", "text": "=HYPERLINK(1)"},
    )
    text = secretary.get(f"/midler/pulje/{pool.pk}/regnskab.csv").content.decode("utf-8-sig")

    assert ";100,50;" in text
    assert ";'=HYPERLINK(1);" in text


def test_accounts_come_out_as_a_workbook_with_numbers(secretary):
    grant = a_grant(a_pool(1 * MIO), 300_000 * KR)
    content = secretary.get(f"/midler/pulje/{grant.pool_id}/regnskab.xlsx").content
    book = load_workbook(BytesIO(content))

    assert book.sheetnames == ["Overblik", "Bevillinger", "Bevægelser"]
    assert book["Overblik"]["B9"].value == 700_000
    assert book["Bevillinger"]["D2"].value == 300_000


def test_accounts_come_out_as_an_accessible_pdf(secretary):
    grant = a_grant(a_pool(1 * MIO), 300_000 * KR)
    content = secretary.get(f"/midler/pulje/{grant.pool_id}/regnskab.pdf").content
    reader = PdfReader(BytesIO(content))
    text = " ".join(page.extract_text() for page in reader.pages)

    assert "700.000,00" in text
    assert grant.title in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_refusal_of_an_application_is_recorded(secretary):
    sent = a_sent()
    form = {"decision": "Møde", "decided_on": "2024-09-15", "reason": "For dyrt"}
    secretary.post(f"/midler/ansoegning/{sent.pk}/afslag/", form)
    sent.refresh_from_db()

    assert sent.status == Application.Status.REFUSED
    again = secretary.post(f"/midler/ansoegning/{sent.pk}/afslag/", form)
    assert "Kun en sendt ansøgning kan få afslag." in _text(again)


def test_a_file_that_is_no_table_is_told_and_nothing_is_posted(secretary):
    pool = a_pool()
    file = SimpleUploadedFile("historie.csv", b"hej")
    response = secretary.post(f"/midler/pulje/{pool.pk}/indlaes/", {"file": file})

    assert response.status_code == 422
    assert Entry.objects.count() == 1
