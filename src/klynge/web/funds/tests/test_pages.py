"""Every page: it works, a reader may not, a stranger logs in, and the reason is on the page."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from klynge.web.accounts.tests.builders import (
    a_case_officer,
    a_member,
    a_secretary,
    an_administrator,
    an_analyst,
)
from klynge.web.funds import (
    accounts_rules,
    granting_rules,
    ledger,
    sharing_rules,
)
from klynge.web.funds.models import (
    Accounts,
    Application,
    Call,
    Entry,
    Grant,
    Instalment,
    Pool,
    PoolTerms,
)
from klynge.web.funds.tests.builders import (
    KR,
    MIO,
    TODAY,
    a_call,
    a_draft,
    a_grant,
    a_pool,
    a_sent,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client):
    client.force_login(a_secretary())
    return client


def _text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


class World:
    """One of everything."""

    def __init__(self) -> None:
        self.pool = a_pool(4 * MIO)
        self.call = a_call(self.pool)
        self.sent = a_sent(self.call)
        self.draft = a_draft(self.call, title="Kladden")
        self.grant = a_grant(self.pool, conditions=({"text": "Statusrapport"},))
        self.first, self.second = self.grant.instalments.all()
        granting_rules.pay(by=None, instalment=self.first, valid_on=date(2024, 7, 2))
        self.accounts = accounts_rules.send_accounts(
            by=None,
            grant=self.grant,
            first_day=date(2024, 7, 1),
            last_day=date(2024, 8, 1),
            used=1_000 * KR,
            lines=[{"text": "Løn", "kind": "project", "amount": 1_000 * KR}],
        )
        self.sharing = sharing_rules.begin_sharing(
            by=None,
            pool=self.pool,
            name="Fordeling",
            amount=100_000 * KR,
            place_kind="kommune",
            places=["706", "730"],
            on=TODAY,
        )
        self.key = sharing_rules.add_key(
            by=None, sharing=self.sharing, name="Lige", method="equal", asked={}
        )

    @property
    def read(self) -> list[str]:
        """The pages members read."""
        pool = f"/midler/pulje/{self.pool.pk}/"
        return [
            "/midler/",
            pool,
            f"{pool}?kendt=2024-06-01",
            f"{pool}regnskab/",
            f"/midler/pulje/{self.pool.pk}/regnskab.csv",
            f"/midler/pulje/{self.pool.pk}/regnskab.xlsx",
            f"/midler/fordeling/{self.sharing.pk}/",
            f"/midler/fordeling/{self.sharing.pk}/noegler.svg",
            f"/midler/fordeling/{self.sharing.pk}/noegler.csv",
            f"/midler/runde/{self.call.pk}/",
            f"/midler/runde/{self.call.pk}/beslutningsoplaeg/",
            f"/midler/ansoegning/{self.sent.pk}/",
            f"/midler/bevilling/{self.grant.pk}/",
        ]

    @property
    def administered(self) -> list[str]:
        """The pages only the secretariat has."""
        pool, grant = f"/midler/pulje/{self.pool.pk}/", f"/midler/bevilling/{self.grant.pk}/"
        return [
            "/midler/pulje/ny/",
            "/midler/pulje/ny/?ramme=opstart-2022",
            *(f"{pool}{one}/" for one in ("vilkaar", "ramme", "overfoer", "tilbage", "luk",
                                          "indlaes", "fordel", "runde", "bevilg")),
            f"{pool}bilag/1/modposter/",
            f"/midler/fordeling/{self.sharing.pk}/noegle/",
            f"/midler/noegle/{self.key.pk}/vedtag/",
            f"/midler/runde/{self.call.pk}/frist/",
            f"/midler/ansoegning/{self.sent.pk}/indstil/",
            f"/midler/ansoegning/{self.sent.pk}/bevilg/",
            f"/midler/ansoegning/{self.sent.pk}/afslag/",
            *(f"{grant}{one}/" for one in ("tilbagebetaling", "bortfald", "afslut")),
            f"/midler/rate/{self.second.pk}/betal/",
            f"/midler/rate/{self.first.pk}/modposter/",
            f"/midler/vilkaar/{self.grant.conditions.get().pk}/opfyldt/",
            *(f"/midler/regnskab/{self.accounts.pk}/{one}/"
              for one in ("godkend", "retur", "modposter")),
        ]  # fmt: skip

    @property
    def applied(self) -> list[str]:
        """The pages of those who apply: their own draft, step by step."""
        draft = f"/midler/ansoegning/{self.draft.pk}/"
        steps = [f"{draft}trin/{number}/" for number in range(1, 6)]
        return [draft, *steps, f"{draft}traek-tilbage/", f"{draft}skriv-med/"]


@pytest.fixture
def world() -> World:
    return World()


def test_they_work(secretary, world):
    apply = f"/midler/runde/{world.call.pk}/ansoeg/"
    accounts = f"/midler/bevilling/{world.grant.pk}/regnskab/"
    for address in (*world.read, *world.administered, *world.applied, apply, accounts):
        assert secretary.get(address).status_code == 200, address


def test_members_and_administrators_read(client, world):
    for user in (a_member(), an_administrator()):
        client.force_login(user)
        for address in world.read:
            assert client.get(address).status_code == 200, address


def test_a_reader_may_not(client, world):
    for user in (a_member(), an_administrator(), a_case_officer()):
        client.force_login(user)
        for address in (*world.administered, *world.applied):
            assert client.get(address).status_code == 403, address
            assert client.post(address, {}).status_code in (403, 405), address


def test_a_case_officer_sees_calls_and_nothing_of_the_money(client, world):
    client.force_login(a_case_officer())
    call = f"/midler/runde/{world.call.pk}/"

    assert client.get("/midler/").status_code == 200
    assert world.pool.name not in client.get("/midler/").content.decode()
    assert client.get(call).status_code == 200
    assert world.sent.title not in _text(client.get(call))
    for address in world.read:
        if address not in ("/midler/", call):
            assert client.get(address).status_code == 403, address


def test_an_analyst_sees_nothing(client, world):
    client.force_login(an_analyst())
    for address in world.read:
        assert client.get(address).status_code == 403, address


def test_a_stranger_is_sent_to_login(client, world):
    for address in (*world.read, *world.administered, *world.applied):
        assert client.get(address).headers["Location"].startswith("/konto/log-ind/"), address


def test_those_who_work_on_a_draft_see_it_and_nobody_else_of_their_kind_does(client, world):
    own = world.draft.team.get().user
    client.force_login(own)
    for address in world.applied:
        assert client.get(address).status_code == 200, address
    assert world.draft.title in _text(client.get("/midler/"))

    client.force_login(a_case_officer())
    assert client.get(f"/midler/ansoegning/{world.draft.pk}/").status_code == 403
    client.force_login(a_member())
    assert client.get(f"/midler/ansoegning/{world.draft.pk}/").status_code == 403


NEW_POOL = {
    "name": "Ny pulje",
    "body": "klynge-politisk:rm-randers",
    "source": "Staten",
    "holder": "Randers Kommune",
    "frame": "1.250.000,50",
    "frame_on": "2024-03-01",
    "first_day": "2024-01-01",
    "last_day": "2024-12-31",
    "purpose": "Samarbejde",
    "refused": ["running"],
    "ground": "§ 2",
    "carry_over": "decided",
    "fact_source": "Brev",
    "certainty": "certain",
}


def test_a_pool_can_be_opened(secretary):
    response = secretary.post("/midler/pulje/ny/", NEW_POOL, follow=True)

    assert "Puljen er oprettet." in _text(response)
    pool = Pool.objects.get()
    assert ledger.totals([pool])[pool.pk]["free"] == 125_000_050


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"frame": "1.25"}, None),
        ({"frame": "mange penge"}, "Skriv et beløb i kroner"),
        ({"frame": "0"}, "større end 0"),
        ({"frame_on": "2025-01-01"}, "ikke kommet"),
        ({"last_day": "2023-01-01"}, "før den begynder"),
        ({"ground": ""}, "efter hvilken paragraf"),
    ],
)
def test_the_reason_for_not_opening_a_pool_is_shown_on_the_page(secretary, wrong, reason):
    response = secretary.post("/midler/pulje/ny/", NEW_POOL | wrong)

    if reason is None:
        assert Pool.objects.exists()
        return
    assert response.status_code == 422
    assert reason in _text(response)
    assert not Pool.objects.exists()
    assert not Entry.objects.exists()


def test_a_known_frame_is_shown_with_its_source_and_how_sure_it_is(secretary):
    text = _text(secretary.get("/midler/pulje/ny/?ramme=opstart-2022"))

    assert "80.000.000" in text
    assert "regeringen" in text.lower()
    assert "kun læst i et kommunalt notat" in text


def test_new_terms_keep_the_old_ones_readable(secretary):
    pool = a_pool()
    secretary.post(
        f"/midler/pulje/{pool.pk}/vilkaar/",
        {
            "valid_from": "2024-09-01",
            "purpose": "Noget andet",
            "carry_over": "not",
            "fact_source": "Brev",
            "certainty": "high",
        },
    )

    assert PoolTerms.objects.filter(pool=pool).count() == 2
    assert "Noget andet" in _text(secretary.get(f"/midler/pulje/{pool.pk}/"))
    early = _text(secretary.get(f"/midler/pulje/{pool.pk}/?dato=2024-03-01"))
    assert "Tværsektorielle indsatser Betaler ikke" in early


def test_the_frame_can_be_changed_carried_over_and_given_back(secretary):
    pool, other = a_pool(100 * KR), a_pool(100 * KR)
    page = f"/midler/pulje/{pool.pk}/"
    secretary.post(f"{page}ramme/", {"amount": "50", "valid_on": "2024-09-01", "text": "Mere"})
    carried = {"to": other.pk, "amount": "30", "valid_on": "2024-09-02", "decision": "Møde"}
    secretary.post(f"{page}overfoer/", carried)
    secretary.post(f"{page}tilbage/", {"amount": "20", "valid_on": "2024-09-03"})

    assert ledger.totals([pool])[pool.pk]["free"] == 100 * KR
    assert ledger.totals([other])[other.pk]["free"] == 130 * KR
    assert "Overført fra" in _text(secretary.get(f"/midler/pulje/{other.pk}/"))


def test_the_reason_for_not_carrying_over_is_shown_on_the_page(secretary):
    pool, other = a_pool(terms={"carry_over": "not"}), a_pool()
    response = secretary.post(
        f"/midler/pulje/{pool.pk}/overfoer/",
        {"to": other.pk, "amount": "30", "valid_on": "2024-09-02", "decision": "Møde"},
    )

    assert response.status_code == 422
    assert "kan ikke overføres efter dens vilkår (Opdigtet aftale, § 3)" in _text(response)


def test_a_wrong_entry_is_reversed_on_the_page(secretary):
    pool = a_pool(100 * KR)
    secretary.post(
        f"/midler/pulje/{pool.pk}/bilag/1/modposter/",
        {"valid_on": "2024-09-01", "reason": "Forkert beløb"},
    )

    text = _text(secretary.get(f"/midler/pulje/{pool.pk}/"))
    assert "Modposteret med bilag 2" in text
    assert ledger.totals([pool])[pool.pk]["free"] == 0


def test_the_reason_for_not_closing_a_pool_is_shown_on_the_page(secretary, world):
    form = {"on": "2024-09-15", "text": "Regnskab"}
    response = secretary.post(f"/midler/pulje/{world.pool.pk}/luk/", form)

    text = _text(response)
    assert response.status_code == 422
    assert "ledige. Overfør dem" in text
    assert "Bevillingen “Prøveprojekt” er ikke afsluttet." in text


def test_a_call_can_be_opened_with_its_criteria(secretary):
    pool = a_pool()
    form = {
        "title": "Ny runde",
        "text": "Søg",
        "amount": "500.000",
        "own_share": "0",
        "opens_on": "2024-09-01",
        "deadline": "2024-10-01",
        "kriterium-rows": "2",
        "kriterium-0-name": "Virkning",
        "kriterium-0-weight": "2",
        "kriterium-1-name": "",
        "kriterium-1-weight": "1",
    }
    secretary.post(f"/midler/pulje/{pool.pk}/runde/", form)

    assert [(one.name, one.weight) for one in Call.objects.get().criteria.all()] == [
        ("Virkning", 2)
    ]


def test_the_reason_for_not_opening_a_call_is_shown_on_the_page(secretary):
    pool = a_pool(100 * KR)
    form = {
        "title": "Ny runde",
        "text": "Søg",
        "amount": "500",
        "own_share": "0",
        "opens_on": "2024-09-01",
        "deadline": "2024-08-01",
        "kriterium-rows": "1",
    }
    text = _text(secretary.post(f"/midler/pulje/{pool.pk}/runde/", form))

    assert "Fristen kan ikke være, før runden åbner." in text
    assert "Der er 100 kr. ledige i puljen, og runden udbyder 500 kr." in text.replace("\xa0", " ")
    assert "mindst ét kriterium" in text
    assert not Call.objects.exists()


def test_a_deadline_is_only_ever_moved_later(secretary):
    call = a_call()
    page = f"/midler/runde/{call.pk}/frist/"

    assert "ikke forkortes" in _text(secretary.post(page, {"deadline": "2024-09-20"}))
    secretary.post(page, {"deadline": "2024-10-20"})
    call.refresh_from_db()
    assert call.deadline == date(2024, 10, 20)


def test_more_rows_are_given_without_saving_or_losing_what_is_written(secretary):
    draft = a_draft()
    form = {
        "flere": "linje",
        "linje-rows": "2",
        "linje-0-text": "Projektleder",
        "linje-0-cost": "ikke et tal",
    }
    response = secretary.post(f"/midler/ansoegning/{draft.pk}/trin/4/", form)

    assert response.status_code == 200
    assert 'name="linje-4-text"' in response.content.decode()
    assert 'value="ikke et tal"' in response.content.decode()
    assert draft.budget.get().text == "Projektleder"


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
    from io import BytesIO

    from openpyxl import load_workbook

    grant = a_grant(a_pool(1 * MIO), 300_000 * KR)
    content = secretary.get(f"/midler/pulje/{grant.pool_id}/regnskab.xlsx").content
    book = load_workbook(BytesIO(content))

    assert book.sheetnames == ["Overblik", "Bevillinger", "Posteringer"]
    assert book["Overblik"]["B9"].value == 700_000
    assert book["Bevillinger"]["D2"].value == 300_000


def test_accounts_come_out_as_an_accessible_pdf(secretary):
    from io import BytesIO

    from pypdf import PdfReader

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
