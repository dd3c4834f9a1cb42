"""docs/reference/synthetic-registers.md: how close the invented registers come to Denmark."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from klynge.engine.registers.synth.calibration.measure import Measured, compare
from klynge.engine.registers.synth.reference import denmark
from klynge.engine.registers.synth.writing import write

PERSONS, YEARS, SEED = 100_000, range(2021, 2026), 1
_CERTAINTY = {"S": "sourced", "P": "derived", "K": "our assumption"}


def reference_page() -> str:
    """The page, from registers made for the purpose (about a minute)."""
    with tempfile.TemporaryDirectory() as folder:
        made = write(Path(folder) / "registers", persons=PERSONS, years=YEARS, seed=SEED)
        return page(compare(made))


def page(measured: Sequence[Measured]) -> str:
    """The page (data/page.md) with these rates in its table."""
    words = {
        "persons": PERSONS,
        "first": YEARS[0],
        "last": YEARS[-1],
        "seed": SEED,
        "smallest": round(PERSONS * min(denmark().population) / sum(denmark().population)),
    }
    rows = "".join(_row(found) for found in measured)
    template = resources.files("klynge.engine.registers.synth") / "data" / "page.md"
    return template.read_text(encoding="utf-8").format(table=rows, **words)


def _row(found: Measured) -> str:
    rate = found.rate
    cells = (
        rate.what,
        _number(rate.source, rate.source),
        rate.unit,
        rate.year,
        _CERTAINTY[rate.certainty],
        _number(found.value, rate.source),
        _number(found.error, rate.source),
        f"{found.ratio:.2f}",
        re.sub(r"(https?://[^\s]+)", r"<\1>", rate.link),
    )
    return "| " + " | ".join(cells) + " |\n"


def _number(value: float, like: float) -> str:
    """With about three digits of a value the size of `like`."""
    digits = 0 if like >= 100 else 1 if like >= 10 else 2
    return f"{value:,.{digits}f}"
