"""The list of klynger or sundhedsråd, and of kommuner."""

from __future__ import annotations

from datetime import date

import pytest

from klynge.web.accounts.tests.builders import a_secretary
from klynge.web.bodies import listing
from klynge.web.bodies.danish import danish_order, plain

pytestmark = pytest.mark.django_db
CLUSTERS, COUNCILS = date(2024, 9, 15), date(2027, 1, 1)


@pytest.mark.parametrize("address", ["/klynger/", "/kommuner/"])
def test_it_works(client, address):
    client.force_login(a_secretary())

    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/klynger/", "/kommuner/"])
def test_a_stranger_is_sent_to_login(client, address):
    assert client.get(address).headers["Location"] == f"/konto/log-ind/?next={address}"


@pytest.mark.parametrize("on", [date(2020, 1, 1), CLUSTERS, date(2026, 6, 1), COUNCILS])
def test_every_kommune_is_in_one_region(on):
    found = [k.id for part in listing.by_region(on).regions for k in part.kommuner]

    assert len(found) == len(set(found)) == 98


@pytest.mark.parametrize(("on", "many"), [(CLUSTERS, 22), (date(2026, 6, 1), 17), (COUNCILS, 17)])
def test_every_place_is_listed_under_one_region(on, many):
    found = [row.place.id for part in listing.by_region(on).regions for row in part.rows]

    assert len(found) == len(set(found)) == many


def test_before_there_were_klynger_regions_hold_kommuner_alone():
    assert all(part.rows == () for part in listing.by_region(date(2020, 1, 1)).regions)


def test_kommuner_are_in_danish_order():
    names = [row.kommune.name for row in listing.kommuner(CLUSTERS).rows]

    assert names[0] == "Albertslund"
    assert names[-3:] == ["Aabenraa", "Aalborg", "Aarhus"]


def test_koebenhavn_is_in_two_klynger_and_the_other_kommuner_in_one():
    many = {row.kommune.id: len(row.somatic) for row in listing.kommuner(CLUSTERS).rows}

    assert many.pop("101") == 2
    assert set(many.values()) == {1}


def test_only_roedovre_has_another_klynge_in_psychiatric_care():
    differ = [r.kommune.id for r in listing.kommuner(CLUSTERS).rows if r.differ]

    assert differ == ["175"]


def test_what_is_not_sure_is_marked_in_the_list_of_kommuner():
    rows = {row.kommune.name: row for row in listing.kommuner(CLUSTERS).rows}

    assert rows["Lejre"].somatic[0].mark.word == "Meget usikkert"
    assert rows["Randers"].somatic[0].mark is None


def test_psychiatric_affiliation_is_marked_for_all_at_once():
    assert "kun slået efter for Rødovre" in listing.kommuner(CLUSTERS).psychiatric_mark.text


def test_danish_letters_come_last():
    assert sorted(["Åmål", "Ærø", "Zoo", "Ørsted", "Aarhus"], key=danish_order) == [
        "Zoo",
        "Ærø",
        "Ørsted",
        "Åmål",
        "Aarhus",
    ]


def test_names_can_be_written_without_danish_letters():
    assert plain("Ærø") == "aeroe"
    assert plain("Tårnby") == plain("taarnby")
