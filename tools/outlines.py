"""Makes small outlines of the 98 municipalities from the drawing in react-denmark-map (MIT).

The drawing has 250 kB of curves for a map far larger than ours. Each curve is replaced by its end
point, and points that move a line less than TOLERANCE are left out (Douglas and Peucker 1973).
"""

from __future__ import annotations

import re
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import Any

SCALE = 0.1  # the drawing is 10,116 units wide; ours 1,012
TOLERANCE = 0.8  # in our units, of which there are about two to a pixel
SMALLEST = 6.0  # an islet with less area than this (square units) is left out, unless it is all

Point = tuple[float, float]
COMMAND = re.compile(r"([MmLlCcZz])|(-?\d*\.?\d+(?:e-?\d+)?)")


def from_react_denmark_map(package: Path) -> dict[str, Any]:
    """The outlines as {"width", "height", "paths": {code: SVG path}}."""
    text = (package / "dist/esm/index.js").read_text(encoding="utf-8")
    end = text.index("viewBoxWidth", text.index('code:"101"'))
    start = text.rindex("=[{id:", 0, end)
    rows = re.findall(r'code:"(\d{3})",d:"([^"]+)"', text[start:end])
    width, height = re.findall(r'viewBox(?:Width|Height):"(\d+)"', text[end : end + 80])
    if len(rows) != 98:
        raise ValueError(f"expected 98 municipalities in react-denmark-map, found {len(rows)}")
    return {
        "width": round(int(width) * SCALE),
        "height": round(int(height) * SCALE),
        "paths": {code: small(path) for code, path in sorted(rows)},
    }


def small(path: str) -> str:
    """`path` scaled, with straight lines and fewer points."""
    rings = [[(x * SCALE, y * SCALE) for x, y in ring] for ring in _rings(path)]
    rings = sorted((ring for ring in rings if len(ring) > 2), key=_area, reverse=True)
    kept = rings[:1] + [ring for ring in rings[1:] if _area(ring) >= SMALLEST]
    return "".join(_written(_simplified(ring)) for ring in kept)


def _rings(path: str) -> list[list[Point]]:
    """The closed lines of a path: each command's end point, in absolute coordinates."""
    rings: list[list[Point]] = []
    at, start, command = (0.0, 0.0), (0.0, 0.0), "M"
    numbers: list[float] = []
    for letter, number in COMMAND.findall(path):
        if letter:
            command, numbers = letter, []
            if letter in "Zz":
                at = start
            continue
        numbers.append(float(number))
        if len(numbers) < (6 if command in "Cc" else 2):
            continue
        x, y = numbers[-2:]
        at = (at[0] + x, at[1] + y) if command.islower() else (x, y)
        if command in "Mm":
            rings.append([])
            start, command = at, "l" if command == "m" else "L"
        rings[-1].append(at)
        numbers = []
    return rings


def _simplified(ring: list[Point]) -> list[Point]:
    """Halve a closed line at its far point and simplify both halves."""
    far = max(range(len(ring)), key=lambda at: hypot(ring[at][0] - ring[0][0],
                                                     ring[at][1] - ring[0][1]))  # fmt: skip
    first, second = ring[: far + 1], [*ring[far:], ring[0]]
    return _thinned(first)[:-1] + _thinned(second)[:-1]


def _thinned(line: list[Point]) -> list[Point]:
    if len(line) < 3:
        return line
    distances = [_distance(point, line[0], line[-1]) for point in line[1:-1]]
    far = max(range(len(distances)), key=distances.__getitem__)
    if distances[far] <= TOLERANCE:
        return [line[0], line[-1]]
    return _thinned(line[: far + 2])[:-1] + _thinned(line[far + 1 :])


def _distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = hypot(x2 - x1, y2 - y1)
    if length == 0:
        return hypot(x - x1, y - y1)
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length


def _area(ring: list[Point]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _written(ring: list[Point]) -> str:
    """An SVG path in whole-number steps, each from the rounded point before it."""
    points = [(round(x), round(y)) for x, y in ring]
    steps = [
        f"{x2 - x1} {y2 - y1}" for (x1, y1), (x2, y2) in pairwise(points) if (x1, y1) != (x2, y2)
    ]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z" if steps else ""
