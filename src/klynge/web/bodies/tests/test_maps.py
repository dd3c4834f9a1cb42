"""The tile map and the outlines."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from klynge import structure
from klynge.web.bodies import maps, outlines

CLUSTERS, COUNCILS, BEFORE = date(2024, 9, 15), date(2027, 1, 1), date(2020, 1, 1)
DATES = [BEFORE, CLUSTERS, date(2026, 6, 1), COUNCILS]


@pytest.mark.parametrize("on", DATES)
def test_every_kommune_has_a_tile_of_its_own(on):
    tiles = maps.tile_map(on).tiles

    assert len({(tile.col, tile.row) for tile in tiles}) == 98
    assert {tile.kommune.id for tile in tiles} == {k.id for k in structure.places("kommune")}


def test_the_letters_of_each_tile_are_its_own():
    assert len({tile.short for tile in maps.tile_map(CLUSTERS).tiles}) == 98


def test_the_map_is_narrow_enough_for_a_telephone():
    """13 columns leave 27 css pixels a tile at 390 px; WCAG 2.5.8 asks for 24."""
    assert maps.tile_map(CLUSTERS).width / maps.UNIT <= 13


@pytest.mark.parametrize("kind", ["klynge", "sundhedsraad", "region"])
def test_every_place_is_in_one_piece_on_the_tiles_but_for_bornholm(kind):
    on = {"klynge": CLUSTERS, "sundhedsraad": COUNCILS, "region": BEFORE}[kind]
    for place in structure.places(kind, on):
        cells = {(t.col, t.row) for t in maps.tile_map(on).tiles if place in t.places}
        without_bornholm = cells - {(12, 12)} or cells

        assert _pieces(without_bornholm) == 1, place.name


def _pieces(cells: set[tuple[int, int]]) -> int:
    left, pieces = set(cells), 0
    while left:
        pieces += 1
        queue = [left.pop()]
        while queue:
            col, row = queue.pop()
            beside = {(col + 1, row), (col - 1, row), (col, row + 1), (col, row - 1)} & left
            left -= beside
            queue += beside
    return pieces


@pytest.mark.parametrize("on", [CLUSTERS, COUNCILS])
def test_tiles_beside_each_other_in_one_region_differ_in_shade(on):
    at = {(tile.col, tile.row): tile for tile in maps.tile_map(on).tiles}
    for (col, row), tile in at.items():
        for beside in ((col + 1, row), (col, row + 1)):
            other = at.get(beside)
            if other and not set(other.places) & set(tile.places):
                assert not set(other.fills) & set(tile.fills), (tile.short, other.short)


def test_there_is_a_line_between_tiles_of_different_places():
    tiles = maps.tile_map(CLUSTERS)
    randers, aarhus = (
        next(t for t in tiles.tiles if t.kommune.id == code) for code in ("710", "751")
    )

    assert (randers.col, randers.row + 1) == (aarhus.col, aarhus.row)
    assert f"M{aarhus.x} {aarhus.y}h{maps.UNIT}" in tiles.borders


def test_there_is_no_line_between_tiles_of_the_same_place():
    tiles = maps.tile_map(CLUSTERS)
    randers, favrskov = (
        next(t for t in tiles.tiles if t.kommune.id == code) for code in ("730", "710")
    )

    assert (randers.col, randers.row + 1) == (favrskov.col, favrskov.row)
    assert f"M{favrskov.x} {favrskov.y}h{maps.UNIT}" not in tiles.borders


def square(code: str, west: float, south: float) -> dict:
    corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    ring = [[west + x, south + y] for x, y in corners]
    return {
        "type": "Feature",
        "properties": {"kommunekode": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.fixture
def own_outlines(tmp_path, settings):
    file = tmp_path / "own.geojson"
    features = [square("0730", 10, 56), square("0751", 10, 55), square("0411", 15, 55)]
    file.write_text(json.dumps({"features": features}), encoding="utf-8")
    settings.KLYNGE_OUTLINES = file
    return outlines.outlines()


def test_an_operators_geojson_is_drawn(own_outlines):
    assert set(own_outlines.paths) == {"730", "751"}


def test_north_is_up_in_an_operators_geojson(own_outlines):
    assert own_outlines.boxes["730"][1] < own_outlines.boxes["751"][1]


def test_one_degree_north_is_nearly_twice_as_long_as_one_east(own_outlines):
    left, top, right, bottom = own_outlines.boxes["730"]

    assert (bottom - top) / (right - left) == pytest.approx(1.79, abs=0.01)


def test_only_what_is_near_is_drawn_round_a_place(own_outlines):
    shapes = maps.outline_map(CLUSTERS, around=structure.place("kommune", "730")).shapes

    assert {shape.kommune.id for shape in shapes} == {"730", "751"}


def test_without_outlines_there_is_no_map(monkeypatch):
    monkeypatch.setattr(outlines.finders, "find", lambda name: None)

    assert maps.outline_map(CLUSTERS) is None


def test_the_built_in_outlines_have_all_98():
    drawing = outlines.outlines()
    if drawing is None:
        pytest.skip("the drawing is not installed; run tools/assets.py")

    assert len(drawing.paths) == 98
    assert all(re.match(r"M\d+ \d+l", path) for path in drawing.paths.values())
