"""The outlines are made small without losing their place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools import outlines

ROOT = Path(__file__).parents[2]


def test_a_square_stays_a_square():
    assert outlines.small("M0,0l1000,0l0,1000l-1000,0Z") == "M0 0l100 0 0 100 -100 0z"


def test_points_on_a_straight_line_are_left_out():
    line = "M0,0l500,0l500,0l0,1000l-1000,0Z"

    assert outlines.small(line) == outlines.small("M0,0l1000,0l0,1000l-1000,0Z")


def test_curves_become_lines_to_their_end_points():
    curved = "M0,0c300,9 700,9 1000,0l0,1000l-1000,0Z"

    assert outlines.small(curved) == outlines.small("M0,0l1000,0l0,1000l-1000,0Z")


def test_the_ring_after_a_closed_one_starts_where_that_one_began():
    two = "M100,100l1000,0l0,1000l-1000,0Zm2000,0l1000,0l0,1000l-1000,0Z"

    assert [piece.split("l")[0] for piece in outlines.small(two).split("z")[:2]] == [
        "M10 10",
        "M210 10",
    ]


def test_an_islet_too_small_to_see_is_left_out():
    with_islet = "M0,0l1000,0l0,1000l-1000,0ZM3000,3000l10,0l0,10l-10,0Z"

    assert outlines.small(with_islet).count("z") == 1


def test_a_municipality_of_one_small_island_stays():
    assert outlines.small("M3000,3000l20,0l0,20l-20,0Z") != ""


def test_rounding_does_not_add_up():
    """Steps are taken between rounded points, so a long shore ends where it should."""
    steps = "".join(f"l{104},{37 if n % 2 else -33}" for n in range(200))
    path = outlines.small(f"M0,0{steps}l0,5000Z")

    xs = [int(x) for x in path.split("l")[1].rstrip("z").split()[::2]]
    assert sum(xs) == pytest.approx(2080, abs=1)


def test_the_lock_of_the_npm_packages_names_no_registry():
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    assert all("resolved" not in package for package in packages.values())
    assert all(package.get("integrity") for name, package in packages.items() if name)
