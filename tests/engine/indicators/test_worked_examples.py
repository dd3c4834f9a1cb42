"""A hand-worked example of every indicator: so many counted, out of so many, in Randers in 2024.

Each line is one person and what the person adds: (counted, out of). The sum is what the engine must
say. Why a person counts or not stands beside.
"""

from __future__ import annotations

import pytest

from klynge.engine.indicators import ALL
from tests.engine.counting import counted
from tests.engine.indicators.worked import chronic, frail, population, psychiatry
from tests.engine.indicators.worked.persons import Line

EXAMPLES: dict[str, list[Line]] = {
    **population.EXAMPLES,
    **frail.EXAMPLES,
    **chronic.EXAMPLES,
    **psychiatry.EXAMPLES,
}
ELSEWHERE = {
    "pop_folketal", "pop_aldersandel", "prim_andel", "forebyg_65", "genind_67", "plejehjem",
    "ruks_praev_kol", "ruks_praev_t2d", "ruks_praev_hjertesvigt", "psyk_patienter", "psyk_indl",
    "genind_psyk_30",
}  # fmt: skip
"""Worked out in `test_population.py`, `test_frail.py`, `test_chronic.py`, `test_psychiatry.py`."""


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_example_comes_out_as_worked_by_hand(code: str) -> None:
    lines = EXAMPLES[code]
    people = [person for person, _adds, _why in lines]
    expected = tuple(sum(adds[at] for _person, adds, _why in lines) for at in (0, 1))

    found = counted(code, *people).get("730", (0, 0))

    assert found == expected, _first_that_differs(code, lines)


def _first_that_differs(code: str, lines: list[Line]) -> str:
    for person, adds, why in lines:
        alone = counted(code, person).get("730", (0, 0))
        if alone != adds:
            return f"{why}: {alone}, not {adds}"
    return "together they are something else than each alone"


def test_every_indicator_has_an_example() -> None:
    codes = {indicator.code for indicator in ALL}

    assert codes == EXAMPLES.keys() | ELSEWHERE
    assert not EXAMPLES.keys() & ELSEWHERE
