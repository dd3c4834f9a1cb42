"""Applications: a draft may be unfinished, what is sent is whole, drift is refused with reason."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import override_settings

from klynge.web.accounts.tests.builders import a_case_officer, an_analyst
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.funds import applying_rules
from klynge.web.funds.models import Application
from klynge.web.funds.tests.builders import KR, a_call, a_draft, a_pool, a_sent
from klynge.web.funds.tests.test_pages import _text
from klynge.web.initiatives.tests.builders import an_initiative

pytestmark = pytest.mark.django_db


def _line(text: str = "Projektleder", kind: str = "project", cost: int = 0, applied: int = 0):
    return {"text": text, "kind": kind, "cost": cost * KR, "applied": applied * KR}


def _budget(draft: Application, *lines, requested: int, own: int = 0) -> Application:
    partners = [{"organisation": "Hospitalet", "own_money": own * KR}] if own else []
    return applying_rules.save_draft(
        by=None,
        application=draft,
        budget=list(lines),
        partners=partners,
        requested=requested * KR,
    )


def _faults(draft: Application) -> str:
    return " ".join(applying_rules.faults_of(draft)).replace("\xa0", " ")


def test_a_whole_application_is_sent_and_then_stands():
    sent = a_sent()

    assert sent.status == Application.Status.SENT
    with pytest.raises(NotAllowed, match="kan ikke længere ændres"):
        applying_rules.save_draft(by=None, application=sent, title="Andet")


def test_a_draft_with_nothing_in_it_tells_everything_that_is_missing():
    draft = applying_rules.begin_application(by=a_case_officer(), call=a_call(), title="Ny")

    faults = _faults(draft)
    for missing in ("hvem der søger", "målgruppe", "begynder og slutter", "behov", "budgetlinje",
                    "hvor meget der søges om"):  # fmt: skip
        assert missing in faults
    with pytest.raises(NotAllowed):
        applying_rules.send(by=None, application=draft)


def test_lines_that_do_not_sum_to_what_is_applied_for_are_told():
    draft = _budget(a_draft(), _line(cost=90_000, applied=90_000), requested=100_000)

    assert "Forskellen er 10.000 kr." in _faults(draft)


def test_a_budget_that_nobody_pays_all_of_is_told():
    lines = (_line(cost=150_000, applied=100_000),)
    draft = _budget(a_draft(), *lines, requested=100_000, own=20_000)

    assert "udgifterne er 150.000 kr., og det ansøgte og parternes egne midler er 120.000" in (
        _faults(draft)
    )


@pytest.mark.parametrize(
    ("kind", "why"), [("running", "Drift kan ikke"), ("rollout", "Implementering kan ikke")]
)
def test_drift_is_refused_with_the_reason_and_the_paragraph(kind, why):
    line = _line("Fast sygeplejerske", kind, 100_000, 100_000)
    draft = _budget(a_draft(), line, requested=100_000)

    faults = _faults(draft)
    assert "“Fast sygeplejerske”" in faults
    assert why in faults
    assert "(Opdigtet aftale, § 3)" in faults


def test_drift_that_the_partners_pay_themselves_is_fine():
    lines = (_line(cost=100_000, applied=100_000), _line("Husleje", "running", 30_000, 0))
    draft = _budget(a_draft(), *lines, requested=100_000, own=30_000)

    assert _faults(draft) == ""


def test_a_pool_that_pays_for_drift_takes_it():
    call = a_call(a_pool(terms={"refused": [], "ground": ""}))
    draft = _budget(a_draft(call), _line("Drift", "running", 9, 9), requested=9)

    assert _faults(draft) == ""


def test_too_little_own_money_and_too_much_applied_for_are_told():
    call = a_call(own_share=25, most=100_000 * KR)
    draft = _budget(a_draft(call), _line(cost=150_000, applied=120_000), requested=120_000,
                    own=30_000)  # fmt: skip

    faults = _faults(draft)
    assert "Der kan højst søges 100.000 kr." in faults
    assert "mindst 25 %. De betaler 30.000 kr. af 150.000 kr." in faults


@pytest.mark.parametrize(("cost", "applied"), [(100, 101), (0, 0), (-5, 0), (5, -1)])
def test_a_line_that_cannot_be_is_refused_at_once_and_the_old_ones_stay(cost, applied):
    draft = a_draft()
    with pytest.raises(NotAllowed):
        _budget(draft, _line(cost=cost, applied=applied), requested=1)

    assert draft.budget.get().cost == 200_000 * KR


def test_a_partner_twice_is_refused():
    twice = [{"organisation": "Hospitalet"}, {"organisation": " Hospitalet "}]
    with pytest.raises(NotAllowed, match="to gange"):
        applying_rules.save_draft(by=None, application=a_draft(), partners=twice)


@pytest.mark.parametrize(
    ("today", "reason"),
    [(date(2024, 7, 31), "åbner først 1. august 2024"), (date(2024, 10, 1), "Fristen var 30.")],
)
def test_before_the_call_opens_and_after_the_deadline_nothing_is_sent(today, reason):
    draft = a_draft()

    with override_settings(KLYNGE_TODAY=today), pytest.raises(NotAllowed, match=reason):
        applying_rules.send(by=None, application=draft)


def test_somebody_else_may_not_change_or_withdraw_it():
    draft = a_draft()
    for deed in (
        lambda by: applying_rules.save_draft(by=by, application=draft, title="Andet"),
        lambda by: applying_rules.withdraw(by=by, application=draft, reason="Nej"),
        lambda by: applying_rules.send(by=by, application=draft),
    ):
        with pytest.raises(NotAllowed, match="Kun de, der arbejder med ansøgningen"):
            deed(a_case_officer())


def test_an_analyst_may_not_apply():
    with pytest.raises(NotAllowed, match="med den rolle"):
        applying_rules.begin_application(by=an_analyst(), call=a_call(), title="Ny")


def test_somebody_else_can_be_let_in(client):
    draft, other = a_draft(), a_case_officer()
    client.force_login(draft.team.get().user)
    page = f"/midler/ansoegning/{draft.pk}/skriv-med/"

    assert "ingen bruger" in _text(client.post(page, {"username": "findes-ikke"}))
    client.post(page, {"username": other.username})
    client.force_login(other)
    assert client.get(f"/midler/ansoegning/{draft.pk}/").status_code == 200


def test_an_application_is_written_in_steps_saved_as_a_draft_and_sent(client):
    call = a_call()
    client.force_login(a_case_officer())
    client.post(f"/midler/runde/{call.pk}/ansoeg/", {"title": "Fælles forløb"})
    draft = Application.objects.get()
    step = f"/midler/ansoegning/{draft.pk}/trin"
    saved = client.post(f"{step}/1/", {"title": "Fælles forløb", "gem": "1"}, follow=True)
    assert "Kladden er gemt." in _text(saved)
    what = {
        "title": "Fælles forløb",
        "applicant": "Syddjurs Kommune",
        "target_group": "frail",
        "place": "kommune:706",
        "first_day": "2024-11-01",
        "last_day": "2025-10-31",
    }
    initiative = an_initiative(call.pool.body)
    client.post(f"{step}/1/", what | {"initiative": initiative.pk})
    client.post(
        f"{step}/2/", {"need": "Behov", "work": "Arbejde", "effect": "Virkning", "afterwards": "Os"}
    )
    client.post(
        f"{step}/3/",
        {"part-rows": "2", "part-0-organisation": "Hospitalet", "part-0-own_money": "20.000"},
    )
    review = f"{step}/5/"
    refused = client.post(f"/midler/ansoegning/{draft.pk}/send/", follow=True)
    assert refused.request["PATH_INFO"] == review
    assert "Skriv mindst én budgetlinje." in _text(refused)
    wrong = {
        "requested": "100.000",
        "linje-rows": "2",
        "linje-0-text": "Løn",
        "linje-0-kind": "project",
        "linje-0-cost": "120.000",
        "linje-0-applied": "130.000",
    }
    assert "koster 120.000" in _text(client.post(f"{step}/4/", wrong))
    client.post(f"{step}/4/", wrong | {"linje-0-applied": "100.000"})
    sent = client.post(f"/midler/ansoegning/{draft.pk}/send/", follow=True)

    assert "Ansøgningen er sendt." in _text(sent)
    draft.refresh_from_db()
    assert (draft.requested, draft.place) == (100_000 * KR, "706")
    assert draft.initiative == initiative
    assert client.get(f"{step}/1/").status_code == 403


def test_an_application_is_withdrawn_on_the_page(client):
    sent = a_sent()
    client.force_login(sent.team.get().user)
    client.post(f"/midler/ansoegning/{sent.pk}/traek-tilbage/", {"reason": "Aflyst"})

    sent.refresh_from_db()
    assert sent.status == Application.Status.WITHDRAWN
