"""The accounts of a pool: what is in them on a day, that they agree with the ledger, and who
gets them."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from docx import Document as Docx

from klynge.web.accounts.tests.builders import a_case_officer, a_secretary
from klynge.web.bodies import clock
from klynge.web.documents import Chart
from klynge.web.documents.tests.matterhorn import faults
from klynge.web.funds import (
    accounts_paper,
    accounts_rules,
    accounts_telling,
    granting_rules,
    papers,
    rules,
    telling,
)
from klynge.web.funds.accounts_telling import Flow
from klynge.web.funds.models import Entry
from klynge.web.funds.tests.builders import KR, MIO, TODAY, a_call, a_grant, a_pool, a_sent
from klynge.web.funds.tests.test_yearly import in_docx, in_pdf

pytestmark = pytest.mark.django_db
EARLY = date(2024, 7, 15)


@pytest.fixture
def pool():
    """4 mio.: a grant with everything that can become of one, 500.000 passed on, 100.000 back."""
    made, next_year = a_pool(4 * MIO), a_pool(1 * MIO, name="Næste års pulje")
    partners = [{"organisation": "Norddjurs Kommune", "role": "", "own_money": 75_000 * KR}]
    budget = [{"text": "Projekt", "kind": "project", "cost": 275_000 * KR, "applied": 200_000 * KR}]
    sent = a_sent(a_call(made), partners=partners, requested=200_000 * KR, budget=budget)
    given = a_grant(made, 200_000 * KR, application=sent)
    first, _second = given.instalments.all()
    granting_rules.pay(by=None, instalment=first, valid_on=date(2024, 7, 2), voucher="70112")
    accounts = accounts_rules.send_accounts(
        by=None,
        grant=given,
        first_day=date(2024, 7, 1),
        last_day=date(2024, 8, 1),
        used=60_000 * KR + 50,
        lines=[{"text": "Løn", "kind": "project", "amount": 60_000 * KR + 50}],
    )
    accounts_rules.approve_accounts(by=None, accounts=accounts, valid_on=date(2024, 8, 20))
    granting_rules.repay(
        by=None, grant=given, amount=39_999 * KR + 50, valid_on=date(2024, 9, 1), text="Rest"
    )
    granting_rules.release(by=None, grant=given, valid_on=date(2024, 9, 2), reason="Sluttet")
    rules.carry_over(
        by=None, pool=made, to=next_year, amount=500_000 * KR, valid_on=date(2024, 9, 3),
        decision="Opdigtet møde 2.9.2024",
    )  # fmt: skip
    rules.return_to_source(
        by=None, pool=made, amount=100_000 * KR, valid_on=date(2024, 9, 4), text="For meget"
    )
    return made


def test_it_goes_from_the_frame_to_what_is_free(pool):
    told = accounts_telling.of_pool(pool, TODAY)

    assert {flow: ore // KR for flow, ore in told.flows.items() if ore} == {
        Flow.FRAME: 4_000_000,
        Flow.PASSED_ON: -500_000,
        Flow.RETURNED: -100_000,
        Flow.GRANTED: -200_000,
        Flow.RELEASED: 100_000,
        Flow.REPAID: 39_999,
    }
    assert sum(told.flows.values()) == telling.pool(pool, TODAY).free


def test_both_sides_of_the_books_agree_on_every_day(pool):
    for day in Entry.objects.order_by("valid_on").values_list("valid_on", flat=True).distinct():
        told = accounts_telling.of_pool(pool, day)
        assert sum(line.debit for line in told.balance) == sum(line.credit for line in told.balance)
        assert sum(told.flows.values()) == telling.pool(pool, day).free


def test_what_is_undone_is_neither_granted_nor_passed_on(pool):
    before = accounts_telling.of_pool(pool, TODAY).flows
    frame = rules.change_frame(
        by=None, pool=pool, amount=50 * KR, valid_on=date(2024, 9, 5), text="Fejl"
    )
    rules.reverse_entry(by=None, entry=frame, valid_on=date(2024, 9, 6), reason="Tastefejl")

    assert accounts_telling.of_pool(pool, TODAY).flows == before


def test_each_recipient_is_told_and_what_partners_pay_themselves(pool):
    told = accounts_telling.of_pool(pool, TODAY)
    [one], [partner] = told.recipients, told.partners

    assert (one.name, one.granted, one.used) == ("Randers Kommune", 200_000 * KR, 60_000 * KR + 50)
    assert (one.released, one.repaid) == (100_000 * KR, 39_999 * KR + 50)
    assert (one.reserved, one.paid, partner.own_money) == (0, 0, 75_000 * KR)


def test_on_an_earlier_day_nothing_later_is_told(pool):
    told = accounts_telling.of_pool(pool, EARLY)
    [one] = told.recipients
    text = in_docx(papers.as_docx(accounts_paper.document(pool, EARLY)))

    assert (one.reserved, one.paid, one.used) == (100_000 * KR, 100_000 * KR, 0)
    assert told.flows[Flow.PASSED_ON] == told.flows[Flow.REPAID] == 0
    assert "Betalt 2.7.2024, 70112" in text
    assert "Godkendt" not in text
    assert "også når der opgøres på en tidligere dato" in text


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_it_works(client, pool, form):
    client.force_login(a_secretary())
    response = client.get(f"/midler/pulje/{pool.pk}/regnskab.{form}")
    text = (in_pdf if form == "pdf" else in_docx)(response.content)

    assert response.status_code == 200
    for words in (
        "Ramme, modtaget fra kilden",
        "−500.000,00",
        "Godkendt 20.8.2024",
        "Norddjurs Kommune",
        "75.000,00",
        "Saldobalance",
        "Bortfaldet",
        "Dato og underskrift",
    ):
        assert words in text, words
    if form == "pdf":
        assert faults(response.content) == []
    else:
        assert len(Docx(BytesIO(response.content)).inline_shapes) == 2


def test_the_pages_of_the_pool_lead_to_it_at_one_click(client, pool):
    client.force_login(a_secretary())
    for page in (f"/midler/pulje/{pool.pk}/", f"/midler/pulje/{pool.pk}/regnskab/"):
        text = client.get(page).content.decode()
        assert f"/midler/pulje/{pool.pk}/regnskab.docx" in text
        assert f"/midler/pulje/{pool.pk}/regnskab.pdf" in text


def test_a_pool_without_grants_is_told_too():
    document = accounts_paper.document(a_pool(), TODAY)

    assert "Der er ikke bevilget noget endnu." in in_pdf(papers.as_pdf(document))
    assert sum(isinstance(block, Chart) for block in document.blocks) == 1


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_reader_may_not(client, form):
    client.force_login(a_case_officer())
    assert client.get(f"/midler/pulje/{a_pool().pk}/regnskab.{form}").status_code == 403


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_stranger_is_sent_to_login(client, form):
    response = client.get(f"/midler/pulje/{a_pool().pk}/regnskab.{form}")
    assert response.headers["Location"].startswith("/konto/log-ind/")


def test_what_is_kept_as_it_was_is_made_with_the_days_date(pool):
    with clock.at(clock.noon_of(date(2024, 10, 1))):
        assert "1. oktober 2024" in in_docx(papers.as_docx(accounts_paper.document(pool, TODAY)))
