"""docs/reference/indicators.md says which registers each indicator uses."""

from __future__ import annotations

from pathlib import Path

from klynge.engine.indicators import ALL
from klynge.engine.spine.models import needed_for, registers_of

PAGE = Path(__file__).parents[3] / "docs/reference/indicators.md"


def test_the_page_names_the_registers_of_every_indicator() -> None:
    told = {}
    for section in PAGE.read_text(encoding="utf-8").split("\n### ")[1:]:
        rows = [line for line in section.splitlines() if line.startswith("| registre")]
        if rows:
            told[section.split()[0]] = set(rows[0].split("`")[1::2])

    assert told == {each.code: set(registers_of(needed_for(each.tables))) for each in ALL}
