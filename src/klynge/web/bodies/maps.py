"""Maps of Denmark on a date: 98 equal tiles, and the outlines.

The region gives the hue and the place its shade, so that neighbours differ; thick lines round each
place and the letters in each tile say the same without colour.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations, product

from klynge import structure
from klynge.structure import Place
from klynge.web.bodies import kinds
from klynge.web.bodies.outlines import Box, Outlines, outlines

UNIT = 10  # drawing units to a tile
SHADES = 4
HUES = {"1081": 1, "1082": 2, "1083": 3, "1084": 4, "1085": 5, "oestdanmark": 4}
_BESIDE = ((1, 0), (-1, 0), (0, 1), (0, -1))


@dataclass(frozen=True)
class Tile:
    """One kommune's tile. `places` are what it belongs to; København belongs to two klynger."""

    kommune: Place
    short: str
    col: int
    row: int
    places: tuple[Place, ...]
    fills: tuple[str, ...]  # CSS classes, one a place

    @property
    def x(self) -> int:
        return self.col * UNIT

    @property
    def y(self) -> int:
        return self.row * UNIT


@dataclass(frozen=True)
class TileMap:
    """The tiles and the lines round each place."""

    width: int
    height: int
    tiles: tuple[Tile, ...]
    borders: str
    fills: dict[str, str]  # place id -> CSS class


@dataclass(frozen=True)
class Shape:
    """One municipality's outline."""

    kommune: Place
    path: str
    fill: str
    places: tuple[str, ...]
    short: str
    x: float
    y: float


@dataclass(frozen=True)
class OutlineMap:
    """Outlines within a view box. `letters` is the size of the letters on it."""

    view_box: str
    shapes: tuple[Shape, ...]
    letters: float


@lru_cache(maxsize=32)
def tile_map(on: date) -> TileMap:
    """Denmark's tiles with what each kommune belongs to on a date (somatic domain)."""
    kind = kinds.organising(on)
    homes = {code: _homes(code, kind, on) for code in _layout()}
    fills = _fills(kind, homes, on)
    tiles = tuple(
        Tile(
            kommune=structure.place(kinds.KOMMUNE, code),
            short=short,
            col=col,
            row=row,
            places=homes[code],
            fills=tuple(fills[place.id] for place in homes[code]),
        )
        for code, (col, row, short) in _layout().items()
    )
    columns, rows = max(t.col for t in tiles) + 1, max(t.row for t in tiles) + 1
    return TileMap(columns * UNIT, rows * UNIT, tiles, _borders(tiles), fills)


def outline_map(on: date, *, around: Place | None = None) -> OutlineMap | None:
    """The outlines on a date; with `around`, the part of the country round a place.

    None when no outlines are installed.
    """
    drawing = outlines()
    if drawing is None:
        return None
    box: Box = (0, 0, drawing.width, drawing.height)
    if around is not None:
        box = _view_of(around, on, drawing)
    shapes = tuple(
        _shape(tile, drawing)
        for tile in tile_map(on).tiles
        if tile.kommune.id in drawing.paths and _meet(drawing.boxes[tile.kommune.id], box)
    )
    left, top, right, bottom = (round(edge) for edge in box)
    view_box = f"{left} {top} {right - left} {bottom - top}"
    return OutlineMap(view_box, shapes, letters=round((right - left) / 28, 1))


def kommuner_of(place: Place, on: date) -> frozenset[str]:
    """The codes of the kommuner a place covers on a day (either domain)."""
    if place.kind == kinds.KOMMUNE:
        return frozenset({place.id})
    return frozenset(
        row.kommune
        for domain in structure.DOMAINS
        for row in structure.members(place.kind, place.id, domain=domain, on=on)
    )


@cache
def _layout() -> dict[str, tuple[int, int, str]]:
    """Column, row and letters of each kommune's tile."""
    text = files("klynge.web.bodies").joinpath("data/tiles.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {r["kommune"]: (int(r["col"]), int(r["row"]), r["short"]) for r in rows}


def _homes(code: str, kind: str, on: date) -> tuple[Place, ...]:
    rows = structure.places_of(code, on=on)
    return tuple(structure.place(kind, row.place) for row in rows if row.kind == kind)


def _fills(kind: str, homes: dict[str, tuple[Place, ...]], on: date) -> dict[str, str]:
    """A CSS class for each place: the hue of its region, and a shade its neighbours do not have."""
    touching, near = _neighbours(homes, 1), _neighbours(homes, 2)
    regions: dict[str, list[Place]] = {}
    for place in structure.places(kind, on):
        regions.setdefault(place.region or place.id, []).append(place)
    return {
        place.id: f"k-fill-{HUES.get(region, 0)}-{shade}"
        for region, inside in regions.items()
        for place, shade in zip(inside, _shades(inside, touching, near), strict=True)
    }


def _shades(
    inside: list[Place], touching: dict[str, set[str]], near: dict[str, set[str]]
) -> tuple[int, ...]:
    """The best shades for a region's places (no more than six, so all 4,096 ways are tried).

    Those whose tiles touch differ; those a tile apart often meet on the real map, so they differ
    too where the shades suffice.
    """
    pairs = list(combinations(range(len(inside)), 2))
    meet = [pair for pair in pairs if inside[pair[0]].id in touching[inside[pair[1]].id]]
    close = [pair for pair in pairs if inside[pair[0]].id in near[inside[pair[1]].id]]

    def clashes(shades: tuple[int, ...]) -> tuple[int, int]:
        return (
            sum(shades[one] == shades[other] for one, other in meet),
            sum(shades[one] == shades[other] for one, other in close),
        )

    return min(product(range(SHADES), repeat=len(inside)), key=clashes)


def _neighbours(homes: dict[str, tuple[Place, ...]], reach: int) -> dict[str, set[str]]:
    """The places of one region with tiles no more than `reach` columns and rows from each other."""
    at = {(col, row): code for code, (col, row, _short) in _layout().items()}
    steps = range(-reach, reach + 1)
    found: dict[str, set[str]] = {}
    for (col, row), code in at.items():
        around = [at.get((col + right, row + down)) for right in steps for down in steps]
        others = {place for other in around if other for place in homes[other]}
        for place in homes[code]:
            same = {other.id for other in others if other.region == place.region}
            found.setdefault(place.id, set()).update(same - {place.id})
    return found


def _borders(tiles: tuple[Tile, ...]) -> str:
    """Lines between tiles of different places, and round the outside."""
    at = {(tile.col, tile.row): tile for tile in tiles}
    lines = set()
    for tile in tiles:
        for right, down in _BESIDE:
            other = at.get((tile.col + right, tile.row + down))
            if other is None or other.places != tile.places:
                lines.add(_edge(tile.col, tile.row, right, down))
    return "".join(sorted(lines))


def _edge(col: int, row: int, right: int, down: int) -> str:
    """The side of a tile towards a neighbour, as a piece of an SVG path."""
    if right:
        return f"M{(col + (right > 0)) * UNIT} {row * UNIT}v{UNIT}"
    return f"M{col * UNIT} {(row + (down > 0)) * UNIT}h{UNIT}"


def _shape(tile: Tile, drawing: Outlines) -> Shape:
    left, top, right, bottom = drawing.boxes[tile.kommune.id]
    return Shape(
        kommune=tile.kommune,
        path=drawing.paths[tile.kommune.id],
        fill=tile.fills[0],
        places=tuple(place.id for place in tile.places),
        short=tile.short,
        x=round((left + right) / 2, 1),
        y=round((top + bottom) / 2, 1),
    )


def _view_of(place: Place, on: date, drawing: Outlines) -> Box:
    """A box round a place with room about it, at least a fifth of the country wide."""
    boxes = [drawing.boxes[code] for code in kommuner_of(place, on) if code in drawing.boxes]
    if not boxes:
        return (0, 0, drawing.width, drawing.height)
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    side = max(right - left, bottom - top, drawing.width / 8) * 1.25
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    return (middle_x - side / 2, middle_y - side / 2, middle_x + side / 2, middle_y + side / 2)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
