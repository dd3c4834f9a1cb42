"""The static geography a data pack carries."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest

from klynge.structure import Geography, PlaceCells


@pytest.fixture(scope="module")
def geography() -> Geography:
    return Geography.of_pack()


def cells(geography: Geography, kind: str, id: str, domain: str) -> PlaceCells:
    (found,) = [c for c in geography.places(domain) if (c.kind, c.id) == (kind, id)]
    return found


@pytest.mark.parametrize("domain", ["somatik", "psykiatri", "begge"])
def test_a_pack_has_every_place_of_every_kind(geography: Geography, domain: str) -> None:
    assert Counter(cells.kind for cells in geography.places(domain)) == {
        "kommune": 98,
        "klynge": 22,
        "sundhedsraad": 17,
        "region": 5,
        "land": 1,
    }


def test_there_are_98_kommuner_in_order(geography: Geography) -> None:
    assert len(geography.kommuner) == 98
    assert list(geography.kommuner) == sorted(geography.kommuner)


def test_the_kommuner_of_a_place_are_in_order(geography: Geography) -> None:
    assert all(list(c.kommuner) == sorted(c.kommuner) for c in geography.places("begge"))


def test_no_place_is_empty(geography: Geography) -> None:
    assert all(cells.kommuner for cells in geography.places("psykiatri"))


def test_the_land_is_every_kommune_and_shares_none(geography: Geography) -> None:
    land = cells(geography, "land", "DK", "somatik")

    assert (land.kommuner, land.shared) == (geography.kommuner, ())


@pytest.mark.parametrize(("domain", "klynge"), [("somatik", "rh-midt"), ("psykiatri", "rh-syd")])
def test_roedovre_counts_in_the_klynge_of_the_domain(
    geography: Geography, domain: str, klynge: str
) -> None:
    assert geography.places_of("175", kind="klynge", domain=domain) == (klynge,)


def test_both_domains_use_the_somatic_membership(geography: Geography) -> None:
    assert geography.places("begge") == geography.places("somatik")


@pytest.mark.parametrize("klynge", ["rh-byen", "rh-syd"])
def test_koebenhavn_is_marked_shared(geography: Geography, klynge: str) -> None:
    assert cells(geography, "klynge", klynge, "somatik").shared == ("101",)


def test_only_two_places_share_a_kommune(geography: Geography) -> None:
    assert sum(bool(cells.shared) for cells in geography.places("somatik")) == 2


def test_a_kommune_is_its_own_place(geography: Geography) -> None:
    assert cells(geography, "kommune", "461", "begge") == PlaceCells("kommune", "461", ("461",), ())


def test_the_descriptor_is_json(geography: Geography) -> None:
    assert json.loads(json.dumps(geography.descriptor())) == geography.descriptor()


def test_the_descriptor_names_the_days_and_regimes(geography: Geography) -> None:
    found = geography.descriptor()

    assert (found["dates"]["klynge"], found["regime"]["klynge"]) == ("2024-01-01", "klynge-2022")
    assert (found["dates"]["sundhedsraad"], found["regime"]["sundhedsraad"]) == (
        "2027-01-01",
        "sundhedsraad-2027",
    )


def test_the_descriptor_has_every_place_with_members_by_domain(geography: Geography) -> None:
    described = {(p["kind"], p["id"]): p for p in geography.descriptor()["places"]}

    assert len(described) == 143
    for domain in ("somatik", "psykiatri"):
        for each in geography.places(domain):
            place = described[each.kind, each.id]
            assert place["kommuner"][domain] == list(each.kommuner)
            assert place["shared"][domain] == list(each.shared)


def test_the_descriptor_tells_which_memberships_are_uncertain(geography: Geography) -> None:
    (place,) = [p for p in geography.descriptor()["places"] if p["id"] == "rsd-lillebaelt"]

    assert place["uncertain"]["somatik"]["410"] == "low"
    assert place["membership_certainty"]["somatik"] == "low"


def test_the_descriptor_tells_why_some_say_21_klynger(geography: Geography) -> None:
    assert "21-eller-22-klynger" in {note["id"] for note in geography.descriptor()["notes"]}


def test_a_pack_of_the_new_regions_has_four(geography: Geography) -> None:
    later = Geography.of_pack(region_on=date(2027, 1, 1))

    assert sum(cells.kind == "region" for cells in later.places("begge")) == 4
