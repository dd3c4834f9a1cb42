"""Denmark and the regions: composition, vacancies and meetings side by side."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from klynge import structure
from klynge.web.accounts.tests.builders import a_member
from klynge.web.bodies import cadence, demo, overview
from klynge.web.bodies.cadence import Days

pytestmark = pytest.mark.django_db
ON = date(2024, 9, 15)
REGION = "/organer/1082/"


@pytest.fixture
def told(monkeypatch):
    """Lets a test tell of meetings, and it alone."""
    monkeypatch.setattr(cadence, "_providers", [])
    known: dict[tuple[str, str], Days] = {}

    def provider(year, on):
        return known

    cadence.register(provider)
    yield known
    cadence.unregister(provider)


@pytest.fixture
def reader(client):
    client.force_login(a_member())
    return client


def _text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


@pytest.mark.parametrize(
    "address",
    [REGION, f"{REGION}?dato=2027-01-01", f"{REGION}?dato=2020-01-01", "/organer/oestdanmark/"],
)
def test_it_works(reader, address):
    assert reader.get(address).status_code == 200


def test_a_stranger_is_sent_to_login(client):
    assert client.get(REGION).headers["Location"].startswith("/konto/log-ind/")


def test_a_region_that_never_was_is_not_found(reader):
    assert reader.get("/organer/9999/").status_code == 404


def test_the_region_shows_its_committee_first_and_then_every_klynge():
    found = overview.of_region(structure.place("region", "1082"), ON)

    assert [row.body.kind.id for row in found.own] == ["ssu", "patientinddragelsesudvalg"]
    klynger = {place.id for place in structure.places("klynge", ON) if place.region == "1082"}
    assert {place.id for place, _rows in found.places} == klynger
    for _place, rows in found.places:
        assert [row.body.kind.id for row in rows] == ["klynge-politisk", "klynge-faglig"]


def test_the_regions_together_are_denmark():
    regions = structure.places("region", ON)

    assert (
        sum(overview.of_region(each, ON).bodies for each in regions) == overview.denmark(ON).bodies
    )


def test_state_vacancies_and_meetings_stand_beside_each_other(reader, told):
    demo.fill()
    told["klynge-faglig", "rm-randers"] = Days((date(2024, 2, 1), date(2024, 5, 1)), ())
    told["klynge-politisk", "rm-randers"] = Days((date(2024, 2, 1),), (date(2024, 11, 1),))

    told_page = _text(reader.get(REGION))

    assert "2 af 4 holdt, 2 mangler" in told_page
    assert "1 af 2 holdt, 1 planlagt" in told_page
    assert "1 ledig plads" in told_page
    assert "Ikke som loven siger" in told_page


def test_how_many_bodies_are_short_of_meetings_is_counted(told):
    told["klynge-politisk", "rm-randers"] = Days((date(2024, 2, 1), date(2024, 5, 1)), ())
    found = overview.denmark(ON)

    with_a_rule = sum(
        row.cadence.least is not None for region in found.regions for row in region.rows
    )
    assert found.short == with_a_rule - 1


def test_nothing_is_said_of_meetings_when_no_room_knows_of_them(reader, monkeypatch):
    monkeypatch.setattr(cadence, "_providers", [])

    assert "Møder i år" not in _text(reader.get("/organer/"))
    assert overview.denmark(ON).short == 0


def test_the_page_of_a_body_tells_of_its_meetings(reader, told):
    told["klynge-politisk", "rm-randers"] = Days((date(2024, 2, 1),), ())

    assert "2024: 1 af 2 holdt, 1 mangler" in _text(
        reader.get("/organ/klynge-politisk/rm-randers/?dato=2024-09-15")
    )


def test_the_number_of_queries_does_not_grow_with_what_is_recorded(
    told, django_assert_max_num_queries
):
    demo.fill()
    with django_assert_max_num_queries(6):
        overview.denmark(ON)
