"""A hidden cell leaves no number anywhere: page, CSV, chart or SVG.

The database cannot hold a hidden cell with numbers. So here every hidden row is given some as it
is read, numbers found nowhere else, and everything a reader can fetch is searched for them.
"""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.urls import reverse

from klynge.web.accounts.tests.builders import a_secretary
from klynge.web.figures import charts, reading
from klynge.web.figures.across import find_across
from klynge.web.figures.models import HIDDEN, Figure
from klynge.web.figures.reading import Desk
from klynge.web.figures.tests.builders import an_imported_pack, with_hidden

pytestmark = pytest.mark.django_db
MARKS = {
    "numerator": 515273,
    "denominator": 626384,
    "value": 737495.0,
    "lower": 848516.0,
    "upper": 959627.0,
}
WRITTEN = [text for n in MARKS.values() for text in (f"{n:.0f}", f"{n:,.0f}".replace(",", "."))]
PLACE = {"kind": "kommune", "place": "707"}


@pytest.fixture
def leaking(tmp_path, monkeypatch, settings):
    """A pack with hidden cells, each of which has numbers when it is read."""
    settings.KLYNGE_TODAY = None
    an_imported_pack(tmp_path, figures=with_hidden(code="dagophold", place="707"))
    from_db = Figure.from_db.__func__

    def with_marks(cls, db, names, values):
        figure = from_db(cls, db, names, values)
        if figure.status == HIDDEN:
            for name, number in MARKS.items():
                setattr(figure, name, number)
        return figure

    monkeypatch.setattr(Figure, "from_db", classmethod(with_marks))


def _addresses() -> list[str]:
    at = {**PLACE, "code": "dagophold"}
    theme = reverse("figures:theme", kwargs={**PLACE, "theme": "saarbare-aeldre"})
    return [
        reverse("figures:place", kwargs=PLACE),
        theme,
        f"{theme}?maal=korrigeret",
        reverse("figures:indicator", kwargs=at),
        reverse("figures:indicator", kwargs={**at, "kind": "klynge", "place": "rm-randers"}),
        reverse("figures:compare", kwargs={"code": "dagophold"}) + "?type=kommune&sted=kommune:707",
        reverse("figures:compare", kwargs={"code": "dagophold"}) + "?type=kommune&koen=kvinder",
        reverse("bodies:place", kwargs=PLACE),
    ]


@pytest.mark.parametrize("address", _addresses())
def test_no_page_and_no_file_shows_it(client, leaking, address):
    client.force_login(a_secretary())
    joint = "&" if "?" in address else "?"

    for fetched in (address, f"{address}{joint}format=csv"):
        text = client.get(fetched).content.decode()
        assert [mark for mark in WRITTEN if mark in text] == []


def test_the_test_would_find_a_number_that_is_not_hidden(client, leaking, monkeypatch):
    client.force_login(a_secretary())
    monkeypatch.setattr("klynge.web.figures.cells.SHOWN", HIDDEN)

    text = client.get(reverse("figures:place", kwargs=PLACE)).content.decode()

    assert any(mark in text for mark in WRITTEN)


def test_no_chart_and_no_svg_holds_it(leaking):
    desk = Desk.of(date(2026, 1, 1))
    place = desk.places.place("kommune", "707")
    indicator = desk.indicator("dagophold")
    (face,) = reading.faces(desk, place, [indicator])
    across = find_across(
        desk, indicator, "kommune", period="2024", sex="all", age="all", measure="crude",
        chosen=place,
    )  # fmt: skip
    breakdown = reading.breakdown(desk, place, indicator, "2024")
    drawn = [
        charts.trend(face, "da"),
        charts.trend(face, "da", small=True),
        charts.bands(breakdown, indicator.unit, "da"),
        charts.dots(across, "da"),
    ]

    for chart in drawn:
        text = json.dumps(charts.spec(chart)) + charts.svg(chart)
        assert [mark for mark in WRITTEN if mark in text] == []


def test_a_hidden_point_breaks_the_line_and_is_not_drawn_as_zero(leaking):
    desk = Desk.of(date(2026, 1, 1))
    place = desk.places.place("kommune", "707")
    (face,) = reading.faces(desk, place, [desk.indicator("dagophold")])

    drawn = charts.trend(face, "da")

    assert {point.group for point in drawn.points} == {"Region Midtjylland", "Danmark"}
    own = [row for row in _rows(charts.spec(drawn)) if row["group"] == "Norddjurs"]
    assert [row["value"] for row in own] == [None, None]


def test_it_is_said_to_be_hidden(client, leaking):
    client.force_login(a_secretary())

    theme = client.get(reverse("figures:theme", kwargs={**PLACE, "theme": "saarbare-aeldre"}))

    assert "skjult (små tal)" in theme.content.decode()


def test_the_csv_has_its_status_and_no_number(client, leaking):
    client.force_login(a_secretary())

    text = client.get(reverse("figures:place", kwargs=PLACE), {"format": "csv"}).content.decode()

    hidden = [line for line in text.splitlines() if ";hidden;" in line]
    assert hidden
    assert all(";hidden;;;;;;" in line for line in hidden)


def _rows(spec) -> list[dict]:
    """The rows of a chart, wherever Altair put them."""
    data = spec.get("data") or spec["layer"][0]["data"]
    return data.get("values") or spec["datasets"][data["name"]]
