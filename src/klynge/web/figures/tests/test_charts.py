"""Charts: drawn on the server, kept by their hash, with a message for those who cannot see them."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from klynge.web.accounts.tests.builders import a_member
from klynge.web.figures import chart_addresses, charts, reading
from klynge.web.figures.reading import Desk
from klynge.web.figures.tests.builders import an_imported_pack

pytestmark = pytest.mark.django_db
ON = date(2025, 6, 1)


@pytest.fixture
def desk(tmp_path):
    an_imported_pack(tmp_path)
    return Desk.of(ON)


@pytest.fixture
def face(desk):
    place = desk.places.place("klynge", "rm-randers")
    return reading.faces(desk, place, [desk.indicator("dagophold")])[0]


def _images(page: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'<img src="([^"]*\.svg\?[^"]*)"', page)]


@pytest.mark.parametrize(
    "page",
    [
        "/klynge/rm-randers/tal/saarbare-aeldre/",
        "/klynge/rm-randers/tal/indikator/dagophold/",
        "/klynge/rm-randers/tal/indikator/dagophold/?maal=korrigeret",
        "/land/DK/tal/populationsoverblik/",
        "/tal/sammenlign/dagophold/?type=klynge&sted=klynge:rm-randers",
        "/tal/sammenlign/dagophold/?type=kommune&koen=kvinder&alder=65%2B",
    ],
)
def test_every_chart_of_a_page_is_there_and_may_be_kept_for_ever(client, desk, page):
    client.force_login(a_member())

    images = _images(client.get(page).content.decode())

    assert images
    for image in images:
        response = client.get(image)
        assert response.headers["Content-Type"] == "image/svg+xml", image
        assert response.headers["Cache-Control"] == "private, max-age=31536000, immutable", image
        assert response.content.startswith(b"<svg")


def test_a_chart_needs_a_login(client, desk, face):
    address = chart_addresses.trend(face, ON).address

    assert client.get(address).status_code == 302


def test_a_chart_with_another_hash_is_not_kept(client, desk, face):
    client.force_login(a_member())

    response = client.get(chart_addresses.trend(face, ON).address + "0")

    assert response.headers["Cache-Control"] == "no-cache"


def test_other_figures_give_another_hash(desk, face):
    earlier = Desk.of(date(2024, 6, 1))
    (then,) = reading.faces(earlier, face.place, [earlier.indicator("dagophold")])

    assert charts.trend(face, "da").hash != charts.trend(then, "da").hash
    assert charts.trend(face, "da").hash != charts.trend(face, "en").hash
    assert charts.trend(face, "da").hash == charts.trend(face, "da").hash


@pytest.mark.parametrize(("shape", "period"), [("kage", ""), ("alder", "1999")])
def test_a_chart_that_is_not_there_is_not_found(client, desk, shape, period):
    client.force_login(a_member())
    kwargs = {"kind": "klynge", "place": "rm-randers", "code": "dagophold", "shape": shape}
    address = reverse("figures:chart", kwargs=kwargs)

    assert client.get(address, {"periode": period}).status_code == 404


def test_numbers_are_written_the_danish_way_and_the_english(desk, face):
    tall = charts.Chart(
        shape="trend", unit="", groups=("A",), stops=("2023", "2024"),
        points=(charts.Point("A", "2023", 1500.0, 1400.0, 1600.0),
                charts.Point("A", "2024", 2500.0, 2400.0, 2600.0)),
    )  # fmt: skip
    english = charts.Chart(**{**tall.__dict__, "language": "en"})

    assert "2.000" in charts.svg(tall)
    assert "2,000" in charts.svg(english)


def test_a_chart_has_no_style_or_script_that_the_policy_refuses(desk, face):
    drawn = charts.svg(charts.trend(face, "da"))

    assert "<script" not in drawn
    assert "href=" not in drawn


def test_the_message_says_from_what_to_what_and_where_the_numbers_are(face):
    said = chart_addresses.trend(face, ON).alt

    assert "Randersklyngen går fra 20,0 i 2023 til 20,0 procent i 2024." in said
    assert "Danmark: 20,0." in said
    assert said.endswith("Tallene står i tabellen.")


def test_the_country_does_not_flatten_a_kommunes_count(desk):
    place = desk.places.place("kommune", "730")
    (face,) = reading.faces(desk, place, [desk.indicator("folketal")])

    assert {point.group for point in charts.trend(face, "da").points} == {"Randers"}
