"""Every page: it works, a reader may not, a stranger logs in, and the reason is on the page."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from klynge.web.accounts.tests.builders import (
    a_case_officer,
    a_member,
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
    Call,
    Entry,
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
