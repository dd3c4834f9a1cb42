"""Amounts, known frames, import of a history, what is shown elsewhere, hand-over, the demo."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import override_settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from klynge.web.accounts.tests.builders import a_case_officer, a_member, a_secretary
from klynge.web.bodies import demo as bodies_demo
from klynge.web.bodies import duties, handover
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.bodies.tests.builders import a_body
from klynge.web.funds import accounts_rules, classes, demo, granting_rules, ledger, money, rules
from klynge.web.funds.handover import OpenPools
from klynge.web.funds.models import Entry, Grant, Pool
from klynge.web.funds.tests.builders import (
    KR,
    MIO,
    TODAY,
    a_call,
    a_draft,
    a_grant,
    a_pool,
    a_sent,
    a_sitting_member,
)
from klynge.web.funds.tests.test_pages import _text


class TestAmounts:
    @pytest.mark.parametrize(
        ("text", "ore"),
        [
            ("1250000", 125_000_000),
            ("1.250.000", 125_000_000),
            ("1.250.000,50", 125_000_050),
            ("1,250,000.5", 125_000_050),
            ("1 250 000 kr.", 125_000_000),
            ("12,5", 1250),
            ("12.50", 1250),
            ("1.250", 125_000),
            ("100,-", 10_000),
            ("-7,05 kr", -705),
            ("0", 0),
        ],
    )
    def test_they_are_read_as_people_write_them(self, text, ore):
        assert money.read(text) == ore

    @pytest.mark.parametrize("text", ["", "kr", "1,234.567", "1.2.3", "12,345,6", "1.25.000",
                                      "mange", "1e6", "9" * 20, "1,000,00"])  # fmt: skip
    def test_what_is_no_amount_is_refused(self, text):
        with pytest.raises(money.NotAnAmount):
            money.read(text)

    @given(st.integers(-money.MOST, money.MOST))
    def test_what_is_written_is_read_back_the_same(self, ore):
        for write in (money.number, money.exact, money.kroner, money.plain):
            assert money.read(write(ore)) == ore
        with translation.override("en"):
            assert money.read(money.exact(ore)) == ore


class TestFrames:
    def test_each_known_frame_has_source_and_certainty_in_both_languages(self):
        for language in ("da", "en"):
            with translation.override(language):
                for frame in classes.frames():
                    assert frame.sources
                    assert frame.certainty_note
                    assert not frame.refused or frame.ground

    def test_the_start_up_money_is_eighty_million_and_its_limit_is_marked_unsure(self):
        frame = classes.frame("opstart-2022")

        assert frame.amount == 80 * MIO
        assert set(frame.refused) == {"running", "rollout"}
        assert frame.certainty == "medium"


FILE = """dato;type;tekst;beløb;modtager;bilag
2024-02-01;ramme;Mere fra staten;100.000;;A1
12-03-2024;tilsagn;Lungeskole;60.000,50;Favrskov Kommune;Møde 12.3.2024
2024-04-01;udbetaling;Lungeskole;40.000;Favrskov Kommune;A2
2024-06-30;regnskab;Lungeskole;25.000;Favrskov Kommune;
2024-07-01;tilbagebetaling;Lungeskole;15.000;Favrskov Kommune;
2024-07-02;bortfald;Lungeskole;20.000,50;Favrskov Kommune;
2024-08-01;retur;Tilbage til staten;10.000;;
"""


@pytest.mark.django_db
class TestHistory:
    def _send(self, client, pool, text):
        file = SimpleUploadedFile("historie.csv", text.encode())
        return client.post(f"/midler/pulje/{pool.pk}/indlaes/", {"file": file})

    def test_it_is_looked_through_first_and_posted_when_confirmed(self, secretary):
        pool = a_pool(1 * MIO)
        shown = self._send(secretary, pool, FILE)

        assert "7 bilag. Intet er bogført endnu." in _text(shown)
        assert Entry.objects.filter(pool=pool).count() == 1
        page = f"/midler/pulje/{pool.pk}/indlaes/"
        done = secretary.post(page, {"confirmed": shown.context["content"]}, follow=True)
        assert "7 bilag er bogført." in _text(done)
        grant = Grant.objects.get()
        assert ledger.of_grant(grant) == {"reserved": 0, "paid": 0, "used": 25_000 * KR}
        assert ledger.totals([pool])[pool.pk]["free"] == 1 * MIO + (100_000 - 25_000 - 10_000) * KR
        assert ledger.totals([pool], on=date(2024, 3, 31))[pool.pk]["reserved"] == 6_000_050

    def test_it_cannot_be_posted_to_another_pool_or_changed_on_the_way(self, secretary):
        pool, other = a_pool(1 * MIO), a_pool(1 * MIO)
        content = self._send(secretary, pool, FILE).context["content"]
        secretary.post(f"/midler/pulje/{other.pk}/indlaes/", {"confirmed": content})
        secretary.post(f"/midler/pulje/{pool.pk}/indlaes/", {"confirmed": content + "x"})

        assert Entry.objects.count() == 2

    def test_every_fault_of_the_cells_is_told_at_once(self, secretary):
        pool = a_pool()
        rows = "dato;type;tekst;beløb;modtager\ni går;gave;;-5;\n2024-03-01;tilsagn;Navn;ti;\n"
        text = _text(self._send(secretary, pool, rows))

        assert "Der er 6 fejl. Der er ikke bogført noget." in text
        for told in ("“i går” er ikke en dato", "“gave” er ikke en type", "“ti” er ikke et beløb",
                     "række 2, kolonne tekst", "række 3, kolonne modtager",
                     "ikke større end 0"):  # fmt: skip
            assert told in text

    def test_what_the_books_would_refuse_is_told_by_row_and_nothing_is_posted(self, secretary):
        pool = a_pool(1_000 * KR)
        rows = (
            "dato;type;tekst;beløb;modtager\n"
            "2024-03-01;tilsagn;For stort;2.000;Favrskov Kommune\n"
            "2024-03-02;udbetaling;Ukendt;10;Favrskov Kommune\n"
            "2024-03-03;tilsagn;Godt;500;Favrskov Kommune\n"
            "2024-03-04;udbetaling;Godt;600;Favrskov Kommune\n"
        )
        text = _text(self._send(secretary, pool, rows)).replace("\xa0", " ")

        assert "række 2 Der er 1.000 kr. på “Ledige midler" in text
        assert "række 3 Der er ingen bevilling med den modtager og tekst" in text
        assert "række 5 Der kan betales 500 kr. af bevillingen" in text
        assert Entry.objects.filter(pool=pool).count() == 1
        assert not Grant.objects.exists()

    def test_missing_columns_are_told(self, secretary):
        text = _text(self._send(secretary, a_pool(), "dato;type\n2024-01-01;ramme\n"))

        assert "Kolonner mangler: tekst, beløb, modtager." in text


def _due(user) -> list[str]:
    return [duty.what for duty in duties.every(user, TODAY)]


@pytest.mark.django_db
class TestElsewhere:
    def test_the_secretariat_sees_what_is_due_with_the_grants(self):
        grant = a_grant(
            conditions=({"text": "Statusrapport", "due_on": date(2024, 9, 1)},),
            accounts_due=date(2025, 1, 1),
        )
        granting_rules.pay(by=None, instalment=grant.instalments.first(), valid_on=date(2024, 7, 1))
        accounts_rules.send_accounts(
            by=None,
            grant=grant,
            first_day=date(2024, 7, 1),
            last_day=date(2024, 8, 1),
            used=1,
            lines=[{"text": "Løn", "kind": "project", "amount": 1}],
        )

        assert _due(a_secretary()) == [
            "Vilkår for “Prøveprojekt”: Statusrapport",
            "Regnskab for “Prøveprojekt”",
            "Behandl regnskabet for “Prøveprojekt”",
        ]
        assert _due(a_case_officer()) == []

    def test_those_who_apply_see_their_draft_and_their_accounts(self):
        draft = a_draft()
        own = draft.team.get().user
        sent = a_sent(draft.call, by=own, title="Givet", asked=100_000 * KR)
        a_grant(draft.call.pool, 100_000 * KR, application=sent, accounts_due=date(2025, 1, 1))

        assert _due(own) == ["Send ansøgningen “Prøveprojekt”", "Regnskab for “Givet”"]

    def test_members_see_what_they_are_to_score_when_the_deadline_has_passed(self):
        call = a_call(opens_on=date(2024, 8, 1), deadline=date(2024, 9, 15))
        a_sent(call)
        user, _person = a_sitting_member()

        assert _due(user) == []
        with override_settings(KLYNGE_TODAY=date(2024, 9, 16)):
            assert [duty.what for duty in duties.every(user, date(2024, 9, 16))] == [
                "Vurdér ansøgningen “Prøveprojekt”"
            ]

    def test_a_body_shows_its_pools_to_those_who_may_see_them(self, client):
        pool = a_pool(1 * MIO)
        page = "/organ/klynge-politisk/rm-randers/"
        client.force_login(a_member())
        assert pool.name in _text(client.get(page))
        client.force_login(a_case_officer())
        assert pool.name not in _text(client.get(page))


@pytest.mark.django_db
class TestHandOver:
    def test_pools_with_money_and_running_grants_go_over_with_the_same_amounts(self):
        pool = a_pool(1 * MIO)
        a_grant(pool, 300_000 * KR)
        kind, to = OpenPools(), a_body("sundhedsraad", "kronjylland")
        before = kind.tally([pool.body], TODAY)
        (matter,) = kind.open_matters([pool.body], TODAY)

        assert matter.choices == (handover.CARRY,)
        kind.carry_over(matter, to=to, on=TODAY, by=None, reason="Reformen")
        assert kind.tally([to], TODAY) == before
        assert not list(kind.open_matters([matter.body], TODAY))
        assert ledger.totals([pool])[pool.pk]["free"] == 700_000 * KR

    def test_an_empty_pool_may_be_closed_instead(self):
        pool = a_pool(1 * KR)
        rules.return_to_source(by=None, pool=pool, amount=1 * KR, valid_on=TODAY, text="")
        kind = OpenPools()
        (matter,) = kind.open_matters([pool.body], TODAY)
        kind.close(matter, on=TODAY, by=None, reason="Tom")

        assert not Pool.objects.get().is_open

    def test_two_pools_of_the_same_name_are_told_apart_in_the_new_body(self):
        to = a_body("sundhedsraad", "kronjylland")
        there = a_pool(1 * KR, body=to, name="Samme navn")
        pool = a_pool(1 * KR, name="Samme navn")
        rules.hand_over(by=None, pool=pool, to=to, reason="Reformen")

        assert there.name != Pool.objects.get(pk=pool.pk).name

    def test_it_needs_a_reason(self):
        with pytest.raises(NotAllowed, match="hvorfor puljen går over"):
            rules.hand_over(by=None, pool=a_pool(), to=a_body("ssu", "1082"), reason=" ")


@pytest.mark.django_db
class TestDemo:
    def test_it_fills_once_and_every_page_of_it_works(self, client):
        bodies_demo.fill()
        with override_settings(KLYNGE_DEMO=True):
            call_command("demo_funds", verbosity=0)
            count = Entry.objects.count()
            call_command("demo_funds", verbosity=0)

        assert Entry.objects.count() == count == 3
        assert demo.fill() == 1
        client.force_login(a_secretary())
        pool = Pool.objects.get()
        for address in (f"pulje/{pool.pk}/", f"runde/{pool.calls.get().pk}/beslutningsoplaeg/"):
            assert client.get(f"/midler/{address}").status_code == 200

    def test_it_is_refused_outside_a_demo(self):
        with pytest.raises(Exception, match="demoens indstillinger"):
            call_command("demo_funds")
