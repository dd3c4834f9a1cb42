"""Draws Vega-Lite as SVG, and SVG as PNG, with the letters that pages and papers have.

Without them names are measured in another font, and the longest are cut off at the edge.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

FONTS = Path(__file__).resolve().parent / "vendor" / "fonts"
_DANISH = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " kr."]}
_ENGLISH = {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]}


def as_svg(spec: Mapping[str, Any], language: str) -> str:
    """A chart drawn, its numbers written as in the language. Nothing is fetched from anywhere."""
    numbers = _ENGLISH if language == "en" else _DANISH
    drawn = _drawer().vegalite_to_svg(json.dumps(spec), format_locale=numbers, allowed_base_urls=[])
    return str(drawn)


def as_png(svg: str, sharpness: float) -> bytes:
    """A drawing as a picture of so many dots for each of its own."""
    return bytes(_drawer().svg_to_png(svg, scale=sharpness, ppi=72 * sharpness))


@cache
def _drawer() -> ModuleType:
    import vl_convert  # heavy, and few pages need it

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert
