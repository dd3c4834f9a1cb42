"""The page of where a place's citizens go from month to month."""

from __future__ import annotations

import pytest

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.figures.models import Flow
from klynge.web.figures.tests.builders import an_imported_pack, read
from tests.datapack.test_flows import a_definition, rows

pytestmark = pytest.mark.django_db
PAGE = "/kommune/707/tal/veje/"


@pytest.fixture
def pack(tmp_path):
    return an_imported_pack(tmp_path, flows=rows(), flow_definition=a_definition())


def test_it_works(client, pack):
    client.force_login(a_secretary())

    text = read(client, PAGE)

    assert "Borgernes veje fra måned til måned" in text
    assert "60,0" in text
    assert "lokal definition" in text
    assert pack.title in text


def test_a_reader_may_read_it_and_a_stranger_is_sent_to_login(client, pack):
    assert client.get(PAGE).headers["Location"] == f"/konto/log-ind/?next={PAGE}"
    client.force_login(a_member())
    assert client.get(PAGE).status_code == 200


def test_a_hidden_way_is_told_as_hidden_and_carries_no_number(client, pack):
    client.force_login(a_member())

    text = read(client, PAGE, alder="80+")

    assert text.count("skjult") >= 4
    assert "30,0" not in text
    assert not Flow.objects.filter(status="hidden", numerator__isnull=False).exists()


def test_the_reason_is_shown_on_the_page(client, tmp_path):
    an_imported_pack(tmp_path)
    client.force_login(a_member())

    response = client.get(PAGE)

    assert response.status_code == 404
    assert "ingen tabel over borgernes veje for dette sted" in response.content.decode()


def test_it_is_reached_from_the_place_only_when_the_pack_has_it(client, pack):
    client.force_login(a_member())

    assert PAGE in client.get("/kommune/707/tal/").content.decode()


def test_without_a_table_there_is_no_way_to_it(client, tmp_path):
    an_imported_pack(tmp_path)
    client.force_login(a_member())

    assert PAGE not in client.get("/kommune/707/tal/").content.decode()
