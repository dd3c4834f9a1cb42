"""docs/reference/spine.md is what the tables are today."""

from __future__ import annotations

from pathlib import Path

from klynge.engine.spine.reference import page


def test_the_page_is_up_to_date() -> None:
    path = Path(__file__).parents[3] / "docs/reference/spine.md"

    assert path.read_text(encoding="utf-8") == page(), "run `make docs`"
