"""The secretariat: partners, shares of its cost, who serves what."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.bodies import handover_rules, rules, secretariat_rules
from klynge.web.bodies.closing import closing
from klynge.web.bodies.models import Organisation, Secretariat, SecretariatAgreement
from klynge.web.bodies.secretariat_models import WHOLE
from klynge.web.bodies.secretariat_rules import Part
from klynge.web.bodies.tests.builders import FIRST, a_body, a_person
from klynge.web.bodies.tests.handing_over import ON

pytestmark = pytest.mark.django_db
DAY = date(2024, 9, 15)


def a_partner(code: str) -> Organisation:
    made = rules.organisation(kind="kommune", name=code, place_kind="kommune", place=code)
    assert made is not None
    return made


def a_secretariat(name: str = "Prøvesekretariatet") -> Secretariat:
    return secretariat_rules.add(by=None, name=name)


def an_agreement(where=None, *, shares=(6000, 4000), cost=None, first=FIRST, decision="Møde 1"):
    return secretariat_rules.agree(
        by=None,
        secretariat=where or a_secretariat(),
        decision=decision,
        valid_from=first,
        parts=[Part(a_partner(str(700 + n)), share) for n, share in enumerate(shares)],
        yearly_cost=cost,
    )


def a_service(where=None, body=None, **more):
    values = {"task": "Dagsorden", "valid_from": FIRST} | more
    return secretariat_rules.serve(
        by=None, secretariat=where or a_secretariat(), body=body or a_body(), **values
    )


def _text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


# Rules


def test_the_cost_is_shared_to_the_oere():
    agreement = an_agreement(shares=(3334, 3333, 3333), cost=100_01)

    assert [one.oere for one in secretariat_rules.paid(agreement)] == [3335, 3333, 3333]


class TestShares(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(
        cost=st.integers(0, 10**11),
        cuts=st.lists(st.integers(0, WHOLE), max_size=7, unique=True),
    )
    def test_the_parts_are_the_whole_cost_whatever_the_shares(self, cost, cuts):
        ends = [0, *sorted(cuts), WHOLE]
        shares = [b - a for a, b in pairwise(ends)]
        where, _new = Secretariat.objects.get_or_create(name="Prøve")
        SecretariatAgreement.objects.all().delete()
        paid = secretariat_rules.paid(an_agreement(where, shares=shares, cost=cost))

        assert sum(one.oere for one in paid) == cost
        assert all(abs(one.oere - cost * one.share.share / WHOLE) < 1 for one in paid)


def test_a_cost_that_is_not_told_is_nobodys_part():
    assert [one.oere for one in secretariat_rules.paid(an_agreement())] == [None, None]


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({"shares": (6000, 3999)}, "Andelene er 99,99 % tilsammen"),
        ({"shares": (6000, 4001)}, "Andelene er 100,01 % tilsammen"),
        ({"shares": ()}, "Skriv, hvem der er partnere"),
        ({"shares": (11000, -1000)}, "mindre end nul"),
        ({"cost": -1}, "Udgiften kan ikke være mindre end nul"),
        ({"decision": " "}, "hvor fordelingen er besluttet"),
    ],
)
def test_what_is_no_sharing_is_refused(how, reason):
    with pytest.raises(secretariat_rules.NotAllowed, match=reason):
        an_agreement(**how)
    assert not SecretariatAgreement.objects.exists()


def test_the_same_partner_twice_is_refused():
    same = a_partner("730")

    with pytest.raises(secretariat_rules.NotAllowed, match="to gange"):
        secretariat_rules.agree(
            by=None,
            secretariat=a_secretariat(),
            decision="Møde",
            valid_from=FIRST,
            parts=[Part(same, 5000), Part(same, 5000)],
        )


def test_the_agreement_of_the_day_holds_and_old_ones_stay():
    where = a_secretariat()
    old = an_agreement(where)
    new = an_agreement(where, shares=(5000, 5000), first=date(2024, 1, 1))

    assert secretariat_rules.agreement_on(where, date(2023, 12, 31)) == old
    assert secretariat_rules.agreement_on(where, date(2024, 1, 1)) == new
    assert secretariat_rules.agreement_on(where, date(2022, 1, 1)) is None
    with pytest.raises(secretariat_rules.NotAllowed, match="samme dag eller senere"):
        an_agreement(where, first=date(2023, 6, 1))


def test_two_of_one_name_are_refused():
    a_secretariat("Fælles")

    with pytest.raises(secretariat_rules.NotAllowed, match="allerede et sekretariat"):
        a_secretariat("Fælles")


def test_who_serves_a_body_is_told_for_the_day():
    service = a_service(person=a_person("Signe"))
    secretariat_rules.stop(by=None, service=service, last_day=date(2024, 1, 31))

    assert secretariat_rules.serving(a_body(), date(2024, 1, 31)) == [service]
    assert secretariat_rules.serving(a_body(), date(2024, 2, 1)) == []


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({"task": " "}, "Skriv, hvad der gøres"),
        ({"valid_from": date(2020, 1, 1)}, "findes først fra"),
        ({"valid_to": date(2022, 1, 1)}, "før den begynder"),
    ],
)
def test_what_is_no_service_is_refused(how, reason):
    with pytest.raises(secretariat_rules.NotAllowed, match=reason):
        a_service(**how)


def test_the_same_task_twice_is_refused():
    where = a_secretariat()
    a_service(where)

    with pytest.raises(secretariat_rules.NotAllowed, match="står der allerede"):
        a_service(where)


def test_a_reader_may_change_nothing():
    reader, where = a_member(), a_secretariat()
    for attempt in (
        lambda: secretariat_rules.add(by=reader, name="Andet"),
        lambda: secretariat_rules.serve(
            by=reader, secretariat=where, body=a_body(), task="A", valid_from=FIRST
        ),
        lambda: secretariat_rules.stop(by=reader, service=a_service(where), last_day=DAY),
    ):
        with pytest.raises(secretariat_rules.NotAllowed, match="Kun sekretariatet"):
            attempt()


def test_at_a_hand_over_it_goes_on_serving():
    service = a_service(person=a_person("Signe"))

    done = handover_rules.carry_out(by=None, closing=closing(["rm-randers"], [], ON))

    service.refresh_from_db()
    assert service.valid_to == date(2025, 12, 31)
    new = a_body("sundhedsraad", "kronjylland")
    (after,) = secretariat_rules.serving(new, ON)
    assert (after.task, after.person, after.valid_from) == (service.task, service.person, ON)
    counts = {row["kind"]: row for row in done.report["counts"]}
    assert counts["services"]["old_before"] == counts["services"]["new_after"] == {"count": 1}


def test_the_same_task_at_both_levels_goes_over_once():
    where, person = a_secretariat(), a_person("Signe")
    for kind in ("klynge-politisk", "klynge-faglig"):
        a_service(where, a_body(kind), person=person)

    handover_rules.carry_out(by=None, closing=closing(["rm-randers"], [], ON))

    assert len(secretariat_rules.serving(a_body("sundhedsraad", "kronjylland"), ON)) == 1


def test_the_same_task_cannot_be_made_to_go_over_twice():
    where, around = a_secretariat(), closing(["rm-randers"], [], ON)
    both = [a_service(where, a_body(f"klynge-{kind}")) for kind in ("politisk", "faglig")]
    held = handover_rules.draft(by=None, closing=around)
    values = {("services", str(row.pk)): "carry:kronjylland" for row in both}
    handover_rules.choose(by=None, handover=held, values=values)

    with pytest.raises(rules.NotAllowed, match="to gange: afslut den ene"):
        handover_rules.carry_out(by=None, closing=around)


# Pages


def _pages(where: Secretariat) -> list[str]:
    return [
        "/sekretariater/nyt/",
        f"/sekretariat/{where.pk}/fordeling/",
        f"/sekretariat/{where.pk}/betjen/",
        f"/betjening/{a_service(where).pk}/afslut/",
    ]


def test_they_work(client):
    client.force_login(a_secretary())
    where = a_secretariat()
    an_agreement(where, cost=84_250_000)
    for address in ("/sekretariater/", f"/sekretariat/{where.pk}/", *_pages(where)):
        assert client.get(address).status_code == 200, address


def test_a_reader_may_not(client):
    client.force_login(a_member())
    where = a_secretariat()
    for address in _pages(where):
        assert client.get(address).status_code == 403, address
        assert client.post(address, {"name": "Andet"}).status_code == 403, address
    told = client.get(f"/sekretariat/{where.pk}/").content.decode()
    assert "fordeling/" not in told


def test_a_stranger_is_sent_to_login(client):
    where = a_secretariat()
    for address in ("/sekretariater/", f"/sekretariat/{where.pk}/", *_pages(where)):
        assert client.get(address).headers["Location"].startswith("/konto/log-ind/"), address


def test_the_reason_is_shown_on_the_page(client):
    client.force_login(a_secretary())
    where = a_secretariat()
    sent = {"decision": "Møde 1", "valid_from": "2023-01-01"}
    sent |= {"partner_1": "kommune:730", "share_1": "60", "partner_2": "region:1082"}
    missing = client.post(f"/sekretariat/{where.pk}/fordeling/", sent)
    wrong = client.post(f"/sekretariat/{where.pk}/fordeling/", sent | {"share_2": "30,5"})

    assert missing.status_code == wrong.status_code == 422
    assert "Skriv partnerens andel." in _text(missing)
    assert "Andelene er 90,50 % tilsammen" in _text(wrong)
    assert not SecretariatAgreement.objects.exists()


def test_from_nothing_to_a_secretariat_that_serves(client):
    client.force_login(a_secretary())
    a_person("Signe Prøve")
    client.post("/sekretariater/nyt/", {"name": "Fælles"})
    where = Secretariat.objects.get()
    sent = {"decision": "Møde 1", "valid_from": "2023-01-01", "cost": "842.500,50"}
    sent |= {"partner_1": "kommune:730", "share_1": "62,5", "brings_1": "lokaler"}
    sent |= {"partner_2": "region:1082", "share_2": "37,5"}
    client.post(f"/sekretariat/{where.pk}/fordeling/", sent)
    service = {"body": a_body().pk, "task": "Referat", "person": "Signe Prøve"}
    client.post(f"/sekretariat/{where.pk}/betjen/", service | {"valid_from": "2023-01-01"})

    told = _text(client.get(f"/sekretariat/{where.pk}/?dato=2024-09-15"))
    for words in ("Randers Kommune", "62,5 %", "526.562,81", "315.937,69", "842.500,50", "lokaler"):
        assert words in told
    body = _text(client.get("/organ/klynge-politisk/rm-randers/?dato=2024-09-15"))
    assert "Fælles Referat: Signe Prøve" in body


def test_a_person_who_is_not_known_is_not_made_up(client):
    client.force_login(a_secretary())
    where = a_secretariat()
    sent = {"body": a_body().pk, "task": "Referat", "person": "Ukendt", "valid_from": "2023-01-01"}

    told = client.post(f"/sekretariat/{where.pk}/betjen/", sent)

    assert told.status_code == 422
    assert "Vælg en, der kendes i forvejen." in _text(told)
