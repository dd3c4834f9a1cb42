"""The page of a definition."""

from __future__ import annotations

import pytest

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.figures.tests.builders import an_imported_pack, read
from tests.datapack.builders import an_indicator, indicators

pytestmark = pytest.mark.django_db
ADDRESS = "/tal/definition/dagophold/"


@pytest.fixture
def pack(tmp_path):
    return an_imported_pack(tmp_path)


def test_it_works(client, pack):
    client.force_login(a_secretary())

    assert client.get(ADDRESS).status_code == 200


def test_any_role_may_read_it(client, pack):
    client.force_login(a_member())

    assert client.get(ADDRESS).status_code == 200


def test_a_stranger_is_sent_to_login(client, pack):
    assert client.get(ADDRESS).headers["Location"] == f"/konto/log-ind/?next={ADDRESS}"


def test_the_reason_is_shown_on_the_page(client, pack):
    client.force_login(a_member())

    response = client.get("/tal/definition/nej/")

    assert response.status_code == 404
    assert "har ikke nøgletallet »nej«" in response.content.decode()


@pytest.mark.parametrize(
    "said",
    [
        "personer med hændelsen",
        "borgere (dagophold)",
        "andel pr. 100",
        "DJ44",
        "lokal definition",
        "Definitionen er Klynges egen. Tallet er ikke et officielt tal.",
        "er opdigtet",  # the weak points
        "Datagruppen",
        "1. november 2027",
        "https://example.org/",
    ],
)
def test_it_tells_the_whole_definition(client, pack, said):
    client.force_login(a_member())

    assert said in read(client, ADDRESS)


def test_a_definition_that_should_have_been_reviewed_says_so(client, pack):
    client.force_login(a_member())

    assert "frist overskredet" not in read(client, ADDRESS)
    assert "frist overskredet" in read(client, ADDRESS, dato="2027-11-02")


@pytest.mark.parametrize("source", ["javascript:alert(1)", "Bog, 2019", "//example.org/x"])
def test_only_an_address_of_the_web_is_made_a_link(client, tmp_path, source):
    rest = [one for one in indicators() if one["code"] != "dagophold"]
    an_imported_pack(tmp_path, indicators=[an_indicator("dagophold", sources=[source]), *rest])
    client.force_login(a_member())

    page = client.get(ADDRESS).content.decode()

    assert f"<li>{source}</li>" in page
    assert f'href="{source}"' not in page
