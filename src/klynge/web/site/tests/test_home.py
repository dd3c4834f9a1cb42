"""Denmark's page."""

from __future__ import annotations

import re

import pytest

from klynge import structure
from klynge.web.accounts.tests.builders import a_member, a_secretary

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    """Reads Denmark's page as a secretary, on a date."""
    client.force_login(a_secretary())
    return lambda on="": client.get("/", {"dato": on} if on else {}).content.decode()


def test_it_works(page):
    assert "22 sundhedsklynger og 98 kommuner den 15. september 2024" in page()


def test_any_role_may_read_it(client):
    client.force_login(a_member())

    assert client.get("/").status_code == 200


def test_a_stranger_is_sent_to_login(client):
    assert client.get("/").headers["Location"] == "/konto/log-ind/?next=/"


def test_every_kommune_is_a_link_on_the_map(page):
    linked = set(re.findall(r'<a class="k-tile" href="/kommune/(\d{3})/"', page()))

    assert linked == {place.id for place in structure.places("kommune")}


def test_every_klynge_is_in_the_list(page):
    text = page()

    assert all(f'href="/klynge/{k.id}/"' in text for k in structure.places("klynge"))


def test_sundhedsraad_take_the_place_of_klynger_when_they_are_there(page):
    text = page("2027-01-01")

    assert "17 sundhedsråd og 98 kommuner" in text
    assert 'href="/klynge/' not in text


def test_it_says_that_there_were_none_before_2022(page):
    assert "hverken sundhedsklynger eller sundhedsråd den 1. maj 2020" in page("2020-05-01")


def test_it_says_why_22_when_national_texts_say_21(page):
    assert "Nationale tekster siger 21 klynger" in page()


def test_koebenhavns_tile_names_both_its_klynger(page):
    assert 'aria-label="Kbh, København, Sundhedsklynge Byen, Sundhedsklynge Syd"' in page()


def test_the_map_can_be_left_out_when_it_is_not_installed(page, monkeypatch):
    monkeypatch.setattr("klynge.web.bodies.maps.outlines", lambda: None)

    assert "Landkortet er ikke installeret" in page()
