"""One indicator in every place of a kind."""

from __future__ import annotations

import pytest

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.figures.tests.builders import a_country, an_imported_pack, read

pytestmark = pytest.mark.django_db
ADDRESS = "/tal/sammenlign/ophold/"


@pytest.fixture
def denmark(tmp_path):
    """Each kommune's share follows its code, so that the order is known."""
    return an_imported_pack(
        tmp_path,
        **a_country(value=lambda kommune, year: (int(kommune), 1000), years=range(2022, 2024)),
    )


def test_it_works(client, denmark):
    client.force_login(a_secretary())

    assert client.get(ADDRESS).status_code == 200


def test_any_role_may_read_it(client, denmark):
    client.force_login(a_member())

    assert client.get(ADDRESS).status_code == 200


def test_a_stranger_is_sent_to_login(client, denmark):
    assert client.get(ADDRESS).headers["Location"] == f"/konto/log-ind/?next={ADDRESS}"


def test_the_reason_is_shown_on_the_page(client, denmark):
    client.force_login(a_member())

    response = client.get("/tal/sammenlign/nej/")

    assert response.status_code == 404
    assert "har ikke nøgletallet »nej«" in response.content.decode()


def test_every_klynge_is_there_the_highest_first(client, denmark):
    client.force_login(a_member())

    lines = client.get(ADDRESS).context["across"].lines

    values = [line.cell.value for line in lines]
    assert len(lines) == 22
    assert values == sorted(values, reverse=True)
    assert lines[0].place.id == "rn-midt"  # Aalborg and Jammerbugt have the highest codes


def test_the_chosen_place_is_marked_and_its_region_and_the_country_are_beside(client, denmark):
    client.force_login(a_member())

    across = client.get(ADDRESS, {"sted": "klynge:rm-randers"}).context["across"]

    assert [line.place.id for line in across.lines if line.chosen] == ["rm-randers"]
    assert [place.id for place, _cell in across.marks] == ["1082", "DK"]


def test_the_kommuner_of_the_chosen_klynge_are_marked(client, denmark):
    client.force_login(a_member())

    page = client.get(ADDRESS, {"sted": "klynge:rm-randers", "type": "kommune"})

    marked = {line.place.id for line in page.context["across"].lines if line.chosen}
    assert marked == {"706", "707", "710", "730"}
    assert len(page.context["across"].lines) == 98


def test_each_place_is_beside_the_country_in_words(client, denmark):
    client.force_login(a_member())

    page = read(client, ADDRESS)

    assert "Over landet; intervallerne overlapper ikke" in page
    assert "Under landet; intervallerne overlapper ikke" in page


def test_a_klynge_is_told_with_its_region_because_names_are_alike(client, denmark):
    client.force_login(a_member())

    labels = [line.label for line in client.get(ADDRESS).context["across"].lines]

    assert "Klynge Syd (Nordjylland)" in labels
    assert "Sundhedsklynge Syd (Hovedstaden)" in labels


def test_an_older_period_can_be_chosen(client, denmark):
    client.force_login(a_member())

    assert client.get(ADDRESS, {"periode": "2022"}).context["across"].period == "2022"


def test_a_period_after_the_date_cannot_be_chosen_and_that_is_said(client, denmark):
    client.force_login(a_member())

    page = client.get(ADDRESS, {"periode": "2023", "dato": "2023-06-01"})

    assert page.context["across"].period == "2022"
    assert "Valget »2023« findes ikke her" in page.content.decode()


def test_places_without_a_value_come_last_and_are_not_drawn(client, tmp_path):
    an_imported_pack(tmp_path)
    client.force_login(a_member())

    page = client.get("/tal/sammenlign/dagophold/", {"type": "kommune", "koen": "kvinder"})

    across = page.context["across"]
    assert across.lines[-1].place.id == "707"
    assert "skjult" in page.content.decode()
    assert "707" not in {line.place.id for line in across.shown}


def test_it_needs_few_queries(client, denmark, django_assert_max_num_queries):
    client.force_login(a_member())
    client.get(ADDRESS, {"type": "kommune"})

    with django_assert_max_num_queries(8):
        client.get(ADDRESS, {"type": "kommune", "sted": "klynge:rm-randers"})
