"""Pages show what was over on the chosen date, and say that there is more."""

from __future__ import annotations

from datetime import date

import pytest

from klynge.web.accounts.tests.builders import a_member
from klynge.web.figures import periods, published, reading
from klynge.web.figures.reading import Desk
from klynge.web.figures.tests.builders import an_imported_pack, read
from klynge.web.figures.tests.builders import published as bring_in

RANDERS = "/klynge/rm-randers/tal/"


@pytest.mark.parametrize(
    ("period", "on", "known"),
    [
        ("2023", date(2023, 12, 31), False),
        ("2023", date(2024, 1, 1), True),
        ("2024-K3", date(2024, 9, 30), False),
        ("2024-K3", date(2024, 10, 1), True),
        ("2024-02", date(2024, 2, 29), False),
        ("2024-02", date(2024, 3, 1), True),
    ],
)
def test_a_period_is_known_the_day_after_its_last(period, on, known):
    assert periods.is_known_on(period, on) is known


@pytest.mark.parametrize(("on", "known"), [(date(2023, 12, 31), False), (date(2024, 1, 1), True)])
def test_a_snapshot_is_known_on_its_day(on, known):
    assert periods.is_known_on("2024", on, snapshot=True) is known


@pytest.mark.parametrize(
    ("period", "said"),
    [("2024", "2024"), ("2024-K3", "3. kvartal 2024"), ("2024-11", "november 2024")],
)
def test_a_period_in_words(period, said):
    assert periods.title(period) == said


def test_a_snapshot_in_words():
    assert periods.title("2024", snapshot=True) == "1.1.2024"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "newest", "later"),
    [
        (date(2024, 9, 15), {"folketal": "2024", "dagophold": "2023"}, {"dagophold": ("2024",)}),
        (date(2025, 1, 1), {"folketal": "2024", "dagophold": "2024"}, {}),
        (date(2023, 6, 1), {"folketal": "2023", "dagophold": ""}, {"dagophold": ("2023", "2024")}),
    ],
)
def test_the_newest_figure_is_the_newest_known(tmp_path, on, newest, later):
    an_imported_pack(tmp_path)
    desk = Desk.of(on)
    place = desk.places.place("klynge", "rm-randers")
    wanted = [one for one in desk.indicators if one.code in newest]

    faces = {face.code: face for face in reading.faces(desk, place, wanted)}

    assert {code: face.newest.period for code, face in faces.items()} == newest
    assert faces["dagophold"].later == later.get("dagophold", ())


@pytest.mark.django_db
def test_the_page_says_what_the_pack_has_besides(client, tmp_path):
    an_imported_pack(tmp_path)
    client.force_login(a_member())

    then = read(client, RANDERS + "saarbare-aeldre/")
    later = read(client, RANDERS + "saarbare-aeldre/", dato="2025-06-01")

    assert "Siden viser tal, der var kendt den 15. september 2024." in then
    assert "Datapakken har også: 2024" in then
    assert "Datapakken har også" not in later


@pytest.mark.django_db
def test_a_published_figure_of_a_later_period_is_shown_and_marked(tmp_path):
    an_imported_pack(tmp_path)
    bring_in("x;klynge;rm-randers;2025;12;Kilde")
    desk = Desk.of(date(2024, 9, 15))

    (line,) = published.lines(desk.places.place("klynge", "rm-randers"), [], desk.on)

    assert (line.own.period_title, line.is_later) == ("2025", True)


@pytest.mark.django_db
def test_an_earlier_published_figure_is_chosen_where_there_is_one(tmp_path):
    an_imported_pack(tmp_path)
    bring_in("x;klynge;rm-randers;2023;11;Kilde", "x;klynge;rm-randers;2025;12;Kilde")
    desk = Desk.of(date(2024, 9, 15))

    (line,) = published.lines(desk.places.place("klynge", "rm-randers"), [], desk.on)

    assert (line.own.period_title, line.is_later) == ("2023", False)


@pytest.mark.django_db
def test_a_sundhedsraad_before_its_time_says_that_it_is_counted_backwards(client, tmp_path):
    an_imported_pack(tmp_path)
    client.force_login(a_member())

    page = read(client, "/sundhedsraad/kronjylland/tal/")

    assert "findes først fra 1. januar 2026. Tallene er regnet bagud" in page
