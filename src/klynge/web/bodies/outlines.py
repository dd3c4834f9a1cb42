"""The outlines of the municipalities, for maps: built in, or the operator's own GeoJSON.

The built-in drawing is made by tools/assets.py. An operator who wants the official outlines sets
KLYNGE_OUTLINES to a GeoJSON (WGS84) whose features carry the code as `kode` or `kommunekode`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders

BUILT_IN = "vendor/denmark/outlines.json"
CODE_NAMES = ("kode", "kommunekode", "KOMKODE", "lau_1")
WIDTH = 1000.0
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Outlines:
    """An SVG path for each municipality, in a drawing of `width` by `height` units."""

    width: int
    height: int
    paths: dict[str, str]
    boxes: dict[str, Box]  # left, top, right, bottom of each path's largest piece


def outlines() -> Outlines | None:
    """The outlines, or None when nothing has been installed: every page works without them."""
    if settings.KLYNGE_OUTLINES is not None:
        return _of_geojson(settings.KLYNGE_OUTLINES)
    found = finders.find(BUILT_IN)
    return _built_in(Path(found)) if found else None


@cache
def _built_in(file: Path) -> Outlines:
    drawing = json.loads(file.read_text(encoding="utf-8"))
    return _with_boxes(drawing["width"], drawing["height"], drawing["paths"])


@cache
def _of_geojson(file: Path) -> Outlines:
    """Draw a GeoJSON with one degree of longitude as wide as it is at 56° north."""
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    shapes = {code: _polygons(f) for f in features if (code := _code(f["properties"]))}
    points = [point for rings in shapes.values() for ring in rings for point in ring]
    left, right = min(x for x, _y in points), max(x for x, _y in points)
    bottom, top = min(y for _x, y in points), max(y for _x, y in points)
    scale = WIDTH / ((right - left) * cos(radians(56)))
    paths = {
        code: "".join(
            _path(((x - left) * cos(radians(56)) * scale, (top - y) * scale) for x, y in ring)
            for ring in rings
        )
        for code, rings in shapes.items()
    }
    return _with_boxes(int(WIDTH), round((top - bottom) * scale), paths)


def _code(properties: dict[str, Any]) -> str:
    """The three-digit code of a feature; empty when it is not one of the 98."""
    value = next((properties[name] for name in CODE_NAMES if name in properties), "")
    code = str(value).strip().lstrip("0").zfill(3)
    return code if code.isdigit() and code != "411" and value != "" else ""


def _polygons(feature: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """The outer rings of a feature; holes do not show at this size."""
    shape = feature["geometry"]
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [[(float(x), float(y)) for x, y, *_z in part[0]] for part in parts]


def _path(points: Iterable[tuple[float, float]]) -> str:
    rounded = list(dict.fromkeys((round(x), round(y)) for x, y in points))
    (x0, y0), *rest = rounded
    steps, (x, y) = [], (x0, y0)
    for x1, y1 in rest:
        steps.append(f"{x1 - x} {y1 - y}")
        x, y = x1, y1
    return f"M{x0} {y0}l{' '.join(steps)}z" if steps else ""


def _with_boxes(width: int, height: int, paths: dict[str, str]) -> Outlines:
    return Outlines(width, height, paths, {code: _box(path) for code, path in paths.items()})


def _box(path: str) -> Box:
    """The largest piece's bounds."""
    boxes = [_piece_box(piece) for piece in path.split("z") if piece]
    return max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))


def _piece_box(piece: str) -> Box:
    numbers = [int(number) for number in re.findall(r"-?\d+", piece)]
    x, y = numbers[:2]
    xs, ys = [x], [y]
    for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
        x, y = x + dx, y + dy
        xs.append(x)
        ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)
