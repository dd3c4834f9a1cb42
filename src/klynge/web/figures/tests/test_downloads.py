"""What a page shows, as a file."""

from __future__ import annotations

import csv
import io

import pytest

from klynge.web.accounts.tests.builders import a_member
from klynge.web.figures.downloads import _written
from klynge.web.figures.tests.builders import an_imported_pack, published

pytestmark = pytest.mark.django_db
RANDERS = "/klynge/rm-randers/tal/"


@pytest.fixture
def pack(tmp_path):
    return an_imported_pack(tmp_path)


def _rows(client, address: str, **parameters) -> list[dict[str, str]]:
    client.force_login(a_member())
    response = client.get(address, {"format": "csv", **parameters})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_a_theme_has_every_period_of_every_place_it_shows(client, pack):
    rows = _rows(client, RANDERS + "saarbare-aeldre/", dato="2025-06-01")

    found = {(r["place"], r["period"]) for r in rows if r["indicator"] == "dagophold"}
    assert found == {(p, y) for p in ("rm-randers", "1082", "DK") for y in ("2023", "2024")}


def test_each_row_says_where_it_comes_from(client, pack):
    row = _rows(client, RANDERS + "saarbare-aeldre/")[0]

    assert row["source"] == "Nøgletal for sundhedsklynger"
    assert row["pack"].startswith("klynge-noegletal 2025-03-01 sha256:")
    assert row["definition"] == "/tal/definition/dagophold/"
    assert row["certainty"] == "K"
    assert row["note"] == "Opdigtede personer."


def test_numbers_have_decimal_commas_in_danish(client, pack):
    row = _rows(client, RANDERS + "saarbare-aeldre/")[0]

    assert row["lower"].startswith("17,9") or row["lower"].startswith("18")
    assert "." not in row["lower"]


def test_numbers_have_decimal_points_in_english(client, pack):
    client.force_login(a_member())
    address = RANDERS + "saarbare-aeldre/"
    client.cookies["django_language"] = "en"
    text = client.get(address, {"format": "csv"})

    head, first = text.content.decode("utf-8-sig").splitlines()[:2]

    assert head.startswith("indicator,title,unit")
    assert ";" not in first


def test_the_indicator_page_has_sex_age_and_kommuner(client, pack):
    rows = _rows(client, RANDERS + "indikator/dagophold/")

    assert {"female", "male"} <= {row["sex"] for row in rows}
    assert "730" in {row["place"] for row in rows}


def test_the_compare_page_has_every_place_and_what_it_is_compared_with(client, pack):
    rows = _rows(client, "/tal/sammenlign/dagophold/", sted="klynge:rm-randers")

    assert [row["place"] for row in rows][-2:] == ["1082", "DK"]
    assert {"rm-randers", "rh-midt", "rh-syd"} <= {row["place"] for row in rows}


def test_published_figures_say_source_method_and_terms(client, pack):
    published("x;kommune;751;2023;10;Kilde", "x;kommune;741;2023;10;Kilde")

    rows = _rows(client, "/klynge/rm-aarhus/tal/")

    (row,) = [row for row in rows if row["indicator"] == "x"]
    assert row["source"] == "Kilde"
    assert "Egen beregning: befolkningsvægtet gennemsnit af 2 kommuner" in row["note"]
    assert "Vilkår for genbrug er ikke bekræftet" in row["note"]


@pytest.mark.parametrize("text", ["=1+1", "+45", "-x", "@sum"])
def test_a_text_cannot_become_a_formula(text):
    assert _written(text, english=False) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "text"), [(5961249.0, "5961249"), (12.5, "12,5"), (0.00012, "0,00012"), (0.0, "0")]
)
def test_a_number_is_whole_and_never_has_an_exponent(value, text):
    assert _written(value, english=False) == text
