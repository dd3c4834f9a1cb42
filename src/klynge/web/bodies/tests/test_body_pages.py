"""The pages that show bodies, people and documents."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from klynge.web.accounts.tests.builders import a_member, a_secretary, an_administrator
from klynge.web.bodies import rules, standing
from klynge.web.bodies.models import BodyDocument, BodyRecord
from klynge.web.bodies.tests.builders import (
    FIRST,
    a_body,
    a_lawful_political_level,
    a_person,
    a_seat,
    on_day,
)

pytestmark = pytest.mark.django_db
BODY = "/organ/klynge-politisk/rm-randers/"


@pytest.fixture
def read(client):
    """Reads a page as a secretary, without tags and with single spaces."""
    client.force_login(a_secretary())

    def text(address: str, **parameters: str) -> str:
        content = client.get(address, parameters).content.decode()
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))

    return text


def a_document(body: BodyRecord, **more) -> BodyDocument:
    values = {
        "kind": "forretningsorden",
        "decision": "Møde 1.10.2022",
        "valid_from": date(2022, 10, 1),
        "texts": {"moeder": "Fire om året"},
    }
    return rules.adopt_document(by=None, body=body, **(values | more))


def _pages() -> list[str]:
    body = a_body()
    seat = a_seat(body)
    return [
        "/organer/",
        BODY,
        f"/person/{seat.person_id}/",
        f"/dokument/{a_document(body).pk}/",
        f"{BODY}medlemmer.csv",
        f"{BODY}medlemmer.xlsx",
        f"{BODY}medlemmer.json",
    ]


def test_they_work(client):
    client.force_login(a_secretary())

    for address in _pages():
        assert client.get(address).status_code == 200, address


def test_any_role_may_read_them(client):
    client.force_login(a_member())

    for address in _pages():
        assert client.get(address).status_code == 200, address


def test_a_stranger_is_sent_to_login(client):
    for address in _pages():
        assert client.get(address).headers["Location"].startswith("/konto/log-ind/"), address


@pytest.mark.parametrize(
    "address",
    ["/organ/kejserraad/rm-randers/", "/organ/ssu/rm-randers/", "/person/99/", "/dokument/99/"],
)
def test_what_is_not_there_is_not_found(client, address):
    client.force_login(a_secretary())

    assert client.get(address).status_code == 404


def test_every_body_there_ever_is_has_a_page(client):
    client.force_login(a_secretary())
    days = [date(2010, 1, 1), FIRST, date(2026, 5, 1), date(2027, 5, 1)]
    for body in {body.key: body for day in days for body in standing.bodies_on(day)}.values():
        assert client.get(body.address).status_code == 200, body.name


def test_a_lawful_body_is_called_lawful(read):
    a_lawful_political_level()

    assert "Lovlig 8 pladser besat" in read(BODY)


def test_a_vacancy_is_told_with_its_paragraph_since_when_and_how_to_mend_it(read):
    body = a_lawful_political_level()
    doctor = body.memberships.filter(party="plo").first()
    rules.resign(by=None, key=doctor.key, last_day=date(2024, 6, 30))

    text = read(BODY)
    assert "7 pladser besat, 1 ledig" in text
    assert "BEK nr. 1248/2022 § 3, stk. 1" in text
    assert "Siden 1. juli 2024" in text
    assert "Bed PLO udpege." in text


def test_a_vacancy_leads_to_the_form_that_fills_it(client):
    client.force_login(a_secretary())
    body = a_lawful_political_level()
    mayor = body.memberships.get(kommune="730")
    rules.resign(by=None, key=mayor.key, last_day=date(2024, 6, 30))

    address = re.search(rf'{BODY}udpeg/[^"]+', client.get(BODY).content.decode())
    form = client.get(unescape(address.group())).context["form"]

    assert (form["party"].value(), form["kommune"].value()) == ("kommune", "730")


def test_a_body_whose_rules_were_not_read_is_neither_lawful_nor_unlawful(read):
    body = a_body("patient-og-paaroerendeudvalg", "kronjylland")
    a_seat(body, party="patienter", office="anden", valid_from=date(2027, 1, 1))

    text = read("/organ/patient-og-paaroerendeudvalg/kronjylland/", dato="2027-02-01")
    assert "Kan ikke kontrolleres" in text
    assert "Klynge kender ingen regel" in text


def test_a_recorded_deviation_makes_it_lawful(read):
    body = a_lawful_political_level()
    doctor = body.memberships.filter(party="plo").first()
    rules.resign(by=None, key=doctor.key, last_day=date(2024, 6, 30))
    rules.record_deviation(
        by=None, body=body, rule="K04-plo", decision="Møde 1.7.2024, punkt 2", agreed=1,
        valid_from=date(2024, 7, 1),
    )  # fmt: skip

    text = read(BODY)
    assert "Lovlig med aftale" in text
    assert "Dækket af Møde 1.7.2024, punkt 2" in text


def test_a_body_with_nobody_recorded_is_not_called_unlawful(read):
    text = read(BODY)

    assert "Ingen medlemmer registreret" in text
    assert "Ikke som loven siger" not in text


def test_the_members_are_those_of_the_chosen_date(read):
    a_seat(person=a_person("Kom Senere"), valid_from=date(2024, 1, 1))

    assert "Tiltræder senere" in read(BODY, dato="2023-01-01")
    assert "Tiltræder senere" not in read(BODY, dato="2024-01-01")


def test_the_page_shows_who_sat_as_it_was_known_then(read):
    with on_day(date(2023, 1, 10)):
        seat = a_seat(person=a_person("Forkert Navn"))
    with on_day(date(2023, 7, 1)):
        changes = {"person": a_person("Rigtigt Navn")}
        rules.correct(by=None, key=seat.key, reason="Forveksling", changes=changes)

    then = read(BODY, dato="2023-03-01", kendt="2023-06-01")
    assert "Forkert Navn" in then
    assert "Rigtigt Navn" not in then
    assert "Sådan var det registreret den 1. juni 2023" in then
    assert "Rigtigt Navn" in read(BODY)


def test_the_timeline_tells_who_left_and_what_was_corrected(read):
    seat = a_seat(person=a_person("Ib Prøve"))
    rules.correct(by=None, key=seat.key, reason="Skrivefejl", changes={"area": "somatik"})
    rules.resign(by=None, key=seat.key, last_day=date(2024, 3, 31), reason="Ny stilling")

    text = read(BODY)
    assert "31. marts 2024 Ib Prøve fratrådte" in text
    assert "(Ny stilling)" in text
    assert "Begrundelse: Skrivefejl" in text


def test_it_says_who_decides_what_and_where_the_law_is_silent(read):
    text = read(BODY)

    assert "Hvem beslutter hvad" in text
    assert "Loven tier:" in text
    assert "Mindst to møder om året." in text


def test_a_body_that_is_not_there_on_the_date_says_so(read):
    assert "Organet findes ikke den 1. maj 2027" in read(BODY, dato="2027-05-01")


def test_one_in_several_bodies_has_all_seats_on_one_page(read):
    person = a_person("Dobbelt Læge")
    for kind in ("klynge-politisk", "klynge-faglig"):
        a_seat(a_body(kind), person, party="plo", office="laege")

    text = read(f"/person/{person.pk}/")
    assert "politiske niveau" in text
    assert "fagligt strategiske niveau" in text


@pytest.mark.parametrize("who", [a_member, an_administrator])
def test_only_the_secretariat_sees_contact_details(client, who):
    seat = a_seat()
    rules.save_contact(by=None, person=seat.person, email="hemmelig@example.org")
    address = f"/person/{seat.person_id}/"

    client.force_login(who())
    assert "hemmelig@example.org" not in client.get(address).content.decode()
    client.force_login(a_secretary())
    assert "hemmelig@example.org" in client.get(address).content.decode()


def test_a_reader_is_not_shown_what_they_may_not_do(client):
    a_seat()
    client.force_login(a_member())

    assert "Fratræd" not in client.get(BODY).content.decode()


def test_earlier_versions_of_a_document_can_be_read(read):
    body = a_body()
    first = a_document(body)
    second = a_document(body, valid_from=date(2024, 1, 1), texts={"moeder": "Seks om året"})

    assert "Fire om året" in read(f"/dokument/{first.pk}/")
    assert "Version 1" in read(f"/dokument/{second.pk}/")
    assert "Version 2" in read(BODY)
    assert "Version 1, gælder fra 1. oktober 2022" in read(BODY, dato="2023-01-01")


def test_the_overview_counts_how_bodies_stand(read):
    a_lawful_political_level()
    a_seat(a_body("klynge-faglig"))

    text = read("/organer/")
    assert "1 Ikke som loven siger" in text
    assert "1 Lovlig" in text
    assert "52 Ingen medlemmer registreret" in text


def test_the_overview_asks_the_database_as_often_for_many_bodies_as_for_few(
    client, django_assert_max_num_queries
):
    client.force_login(a_secretary())
    for klynge in ("rm-randers", "rm-horsens", "rm-midt", "rh-nord", "rsd-fyn"):
        a_lawful_political_level(klynge)
    client.get("/organer/")

    with django_assert_max_num_queries(8):
        client.get("/organer/")


@pytest.mark.parametrize("kind", ["klynge", "sundhedsraad", "region"])
def test_the_page_of_a_place_leads_to_its_bodies(client, kind):
    client.force_login(a_secretary())
    id = {"klynge": "rm-randers", "sundhedsraad": "kronjylland", "region": "1082"}[kind]
    address = reverse("bodies:place", kwargs={"kind": kind, "place": id})
    day = "2024-09-15" if kind != "sundhedsraad" else "2027-01-01"

    text = client.get(address, {"dato": day}).content.decode()
    assert re.search(rf'href="/organ/[-\w]+/{id}/"', text)


def test_an_ssu_knows_the_municipal_chairs_of_the_klynger(read):
    """The post the law asks about follows from the klynge's own chair."""
    body = a_lawful_political_level()
    mayor = body.memberships.get(party="kommune", role="formand")
    ssu = a_body("ssu", "1082")
    seat = {"party": "kommune", "kommune": mayor.kommune, "office": "borgmester"}
    a_seat(ssu, mayor.person, klynge="rm-randers", **seat)

    assert "ikke registreret som kommunal" not in read("/organ/ssu/1082/")


def test_the_export_is_named_for_the_body_and_the_day(client):
    client.force_login(a_secretary())

    response = client.get(f"{BODY}medlemmer.csv", {"dato": "2023-05-01"})

    assert "klynge-politisk-rm-randers-2023-05-01.csv" in response.headers["Content-Disposition"]
