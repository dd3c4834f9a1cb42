"""docs/how-to/build-a-pack.md says which registers each indicator uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from klynge.engine.indicators import ALL
from klynge.engine.indicators.indicator import Indicator
from klynge.engine.spine.models import needed_for, registers_of

PAGE = Path(__file__).parents[3] / "docs/how-to/build-a-pack.md"
ALWAYS = {"bef", "dod"}


@pytest.mark.parametrize("indicator", ALL, ids=lambda indicator: indicator.code)
def test_the_page_names_the_registers_of(indicator: Indicator) -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if "|" in line]
    (row,) = [line for line in rows if f"`{indicator.code}`" in line]
    told = set(row.split("|")[2].split("`")[1::2])

    assert told | ALWAYS == set(registers_of(needed_for(indicator.tables)))
