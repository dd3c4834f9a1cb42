"""The pages of regions, klynger, sundhedsråd and kommuner."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from klynge import structure
from klynge.web.accounts.tests.builders import a_member, a_secretary

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    """Reads a page as a secretary, without tags and with single spaces."""
    client.force_login(a_secretary())

    def read(address: str, **parameters: str) -> str:
        text = client.get(address, parameters).content.decode()
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))

    return read


@pytest.mark.parametrize("kind", ["klynge", "sundhedsraad", "region", "kommune"])
def test_it_works_for_every_place_there_ever_is(client, kind):
    client.force_login(a_secretary())

    for place in structure.places(kind):
        address = reverse("bodies:place", kwargs={"kind": kind, "place": place.id})
        assert client.get(address).status_code == 200, address


def test_any_role_may_read_it(client):
    client.force_login(a_member())

    assert client.get("/klynge/rm-randers/").status_code == 200


def test_a_stranger_is_sent_to_login(client):
    response = client.get("/klynge/rm-randers/")

    assert response.headers["Location"] == "/konto/log-ind/?next=/klynge/rm-randers/"


def test_an_unknown_place_is_not_found_and_near_ones_are_named(client):
    client.force_login(a_secretary())

    response = client.get("/klynge/rm-rander/")

    assert response.status_code == 404
    assert 'href="/klynge/rm-randers/"' in response.content.decode()


def test_a_klynge_shows_its_acute_hospital(page):
    assert "Akuthospital Regionshospitalet Randers" in page("/klynge/rm-randers/")


def test_a_hospital_that_is_not_sure_is_marked(client):
    client.force_login(a_secretary())

    text = client.get("/klynge/rn-syd/").content.decode()

    assert re.search(r"Aalborg Universitetshospital, Hobro <a class=\"k-mark k-mark-doubt\"", text)


def test_roedovre_is_in_midt_for_somatic_care_alone(page):
    assert re.search(r"Rødovre Ja .{0,40}Nej Sundhedsklynge Syd \(psykiatri\)", page(
        "/klynge/rh-midt/"
    ))  # fmt: skip


def test_roedovre_is_in_syd_for_psychiatric_care_alone(page):
    assert "Rødovre Nej Ja Sundhedsklynge Midt (somatik)" in page("/klynge/rh-syd/")


def test_it_is_explained_that_koebenhavn_is_in_two_klynger(page):
    assert "København er med i både Sundhedsklynge Byen og Sundhedsklynge Syd." in page(
        "/klynge/rh-byen/"
    )


def test_a_klynge_shows_the_rules_and_the_law_of_the_date(page):
    text = page("/klynge/rm-randers/")

    assert "Regler den 15. september 2024 Sundhedsklynger" in text
    assert "Lov nr. 910 af 21.6.2022" in text


def test_the_end_of_the_klynger_is_marked_as_uncertain(page):
    assert re.search(r"31\. december 2025 Usikkert", page("/klynge/rm-randers/"))


def test_a_klynge_links_to_what_comes_after(client):
    client.force_login(a_secretary())

    assert 'href="/sundhedsraad/kronjylland/"' in client.get("/klynge/rm-randers/").content.decode()


def test_a_sundhedsraad_links_to_every_klynge_before_it(client):
    client.force_login(a_secretary())

    text = client.get("/sundhedsraad/limfjorden/").content.decode()

    assert all(f'href="/klynge/{id}/"' in text for id in ("rn-midt", "rn-syd", "rn-vest"))


def test_a_klynge_that_is_split_links_to_both_after_it(client):
    client.force_login(a_secretary())

    text = client.get("/klynge/rh-syd/").content.decode()

    assert all(f'href="/sundhedsraad/{id}/"' in text for id in ("hovedstaden", "amager-vestegnen"))


def test_a_place_that_is_not_there_on_the_date_says_when_it_is(page):
    text = page("/klynge/rm-randers/", dato="2027-01-01")

    assert "Randersklyngen findes ikke den 1. januar 2027" in text
    assert "1. juli 2022 – 31. december 2025" in text


def test_a_place_that_is_not_there_on_the_date_is_still_found(client):
    client.force_login(a_secretary())

    assert client.get("/sundhedsraad/kronjylland/?dato=2024-01-01").status_code == 200


def test_a_sundhedsraad_has_its_own_name_while_it_is_preparatory(page):
    assert "Forberedende Sundhedsråd Kronjylland" in page(
        "/sundhedsraad/kronjylland/", dato="2026-05-01"
    )


def test_a_sundhedsraad_shows_its_seats(page):
    text = page("/sundhedsraad/limfjorden/", dato="2027-01-01")

    assert "17 i alt, heraf 9 regionale" in text
    assert "Aalborg 2" in text


def test_a_kommune_shows_its_klynge_in_each_domain(page):
    text = page("/kommune/175/")

    assert "Sundhedsklynge, somatik Sundhedsklynge Midt" in text
    assert "Sundhedsklynge, psykiatri Sundhedsklynge Syd" in text


def test_a_kommune_shows_where_it_belonged_and_will_belong(page):
    text = page("/kommune/730/")

    assert "1. januar 2007 – 30. juni 2022 Før sundhedsklyngerne Ingen" in text
    assert "fra 1. januar 2027 Sundhedsråd Sundhedsråd Kronjylland" in text


def test_a_region_lists_its_klynger(client):
    client.force_login(a_secretary())

    text = client.get("/region/1082/").content.decode()

    assert text.count('href="/klynge/') == 5


def test_before_2027_the_eastern_sundhedsraad_are_listed_under_the_old_regions(page):
    assert "Forberedende Sundhedsråd Nordsjælland" in page("/region/1084/", dato="2026-05-01")


def test_each_doubt_has_its_note_on_the_page(client):
    client.force_login(a_secretary())
    for id in ("rh-midt", "rn-syd", "rsj-holbaek"):
        text = client.get(f"/klynge/{id}/").content.decode()
        marks = set(re.findall(r'class="k-mark[^"]*" href="#(note-\d+)"', text))

        assert marks, id
        assert marks == set(re.findall(r'<li id="(note-\d+)"', text)), id


def test_the_notes_are_in_english_on_the_english_page(client):
    client.force_login(a_secretary())
    client.post("/sprog/", {"language": "en", "next": "/"})

    assert "Likely, NOT proven" in client.get("/klynge/rm-randers/").content.decode()
