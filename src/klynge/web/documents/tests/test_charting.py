"""A chart is laid out in the letters it is drawn with."""

from __future__ import annotations

import re

from klynge.web.documents import charting

NAME = "Opdigtet udviklingspulje 2024"


def _spec(font: str) -> dict[str, object]:
    return {
        "data": {"values": [{"name": NAME, "kroner": 1234567.5}]},
        "mark": "bar",
        "encoding": {
            "y": {"field": "name", "type": "nominal", "title": None},
            "x": {"field": "kroner", "type": "quantitative", "axis": {"format": ",.1f"}},
        },
        "config": {"axis": {"labelFont": font, "labelFontSize": 13, "labelLimit": 300}},
    }


def _room_for_the_name(font: str) -> float:
    drawn = charting.as_svg(_spec(font), "da")
    assert NAME in drawn
    return float(re.search(r"translate\(([\d.]+),", drawn)[1])


def test_a_name_is_measured_in_the_letters_of_the_papers():
    assert _room_for_the_name("IBM Plex Sans") != _room_for_the_name("No Such Letters")


def test_numbers_are_written_as_in_the_language():
    assert "1.000.000,0" in charting.as_svg(_spec("IBM Plex Sans"), "da")
    assert "1,000,000.0" in charting.as_svg(_spec("IBM Plex Sans"), "en")


def test_a_picture_is_a_png():
    drawn = charting.as_svg(_spec("IBM Plex Sans"), "da")

    assert charting.as_png(drawn, 2).startswith(b"\x89PNG")
