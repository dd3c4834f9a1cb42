"""docs/reference/indicators.md is what the definitions say today."""

from __future__ import annotations

from pathlib import Path

from klynge.engine.indicators import ALL
from klynge.engine.indicators.person_time import person_time
from klynge.engine.indicators.ratios import RATIOS
from klynge.engine.indicators.reference import page
from klynge.engine.indicators.wards import WARDS

DOCS = Path(__file__).parents[3] / "docs/reference"


def test_the_page_is_up_to_date() -> None:
    assert (DOCS / "indicators.md").read_text(encoding="utf-8") == page(), "run `make docs`"


def test_every_indicator_has_a_section() -> None:
    text = page()

    every = (*ALL, *RATIOS, *person_time(ALL), *WARDS)
    assert all(f"### {told.code}\n" in text for told in every)


def test_local_definitions_say_so() -> None:
    section = page().split("### ruks_praev_kol")[1].split("###")[0]

    assert "K: lokal definition" in section
