"""A figure that is one published figure divided by another."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klynge.datapack import FIGURE_SCHEMA
from klynge.engine.choosing import chosen
from klynge.engine.indicators.ratios import RATIOS, possible
from klynge.engine.ratios import ratio_rows
from tests.engine.people import Person, write_registers

(STAYS_PER_PATIENT,) = RATIOS


def row(code: str, place: str, numerator: int | None, **changed: Any) -> dict[str, Any]:
    cell = {
        "indicator": code, "place_kind": "kommune", "place": place, "period": "2024", "sex": "all",
        "age": "all", "education": "all", "measure": "crude", "numerator": numerator,
        "status": "hidden" if numerator is None else "shown",
    } | changed  # fmt: skip
    return {field.name: cell.get(field.name) for field in FIGURE_SCHEMA}


def figures(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=FIGURE_SCHEMA)


def test_the_example_comes_out_as_worked_by_hand() -> None:
    """30 stays of 12 patients are 2.5 stays each; of 10 patients and no stay known, nothing."""
    (made,) = ratio_rows(
        STAYS_PER_PATIENT,
        figures(row("sgh_ophold_1000", "101", 30), row("sgh_patienter", "101", 12)),
    ).to_pylist()

    assert (made["numerator"], made["denominator"], made["value"]) == (30, 12, 2.5)
    assert made["lower"] is made["upper"] is None
    assert (made["indicator"], made["place"], made["status"]) == (
        "sgh_ophold_pr_patient", "101", "shown",
    )  # fmt: skip


@pytest.mark.parametrize("sides", [(None, 12), (30, None), (None, None)])
def test_what_one_side_hides_is_hidden_whole(sides: tuple[int | None, int | None]) -> None:
    (made,) = ratio_rows(
        STAYS_PER_PATIENT,
        figures(row("sgh_ophold_1000", "101", sides[0]), row("sgh_patienter", "101", sides[1])),
    ).to_pylist()

    assert made["status"] == "hidden"
    assert all(made[name] is None for name in ("numerator", "denominator", "value"))


def test_where_nobody_was_a_patient_there_is_no_mean() -> None:
    (made,) = ratio_rows(
        STAYS_PER_PATIENT,
        figures(row("sgh_ophold_1000", "101", 0), row("sgh_patienter", "101", 0)),
    ).to_pylist()

    assert (made["status"], made["numerator"], made["value"]) == ("shown", 0, None)


PLACES, AGES = ("101", "147", "DK"), ("all", "80+")
CELLS = [
    (place, age, sex, measure)
    for place in PLACES
    for age in AGES
    for sex in ("all", "male")
    for measure in ("crude", "standardised")
]
NUMBER = st.one_of(st.none(), st.integers(0, 40))
SIDE = st.dictionaries(st.sampled_from(CELLS), NUMBER)


@given(SIDE, SIDE)
def test_it_agrees_with_the_slow_one(above: dict[Any, Any], below: dict[Any, Any]) -> None:
    rows = [
        row(code, place, number, age=age, sex=sex, measure=measure)
        for code, side in (("sgh_ophold_1000", above), ("sgh_patienter", below))
        for (place, age, sex, measure), number in side.items()
    ]
    made = {
        (each["place"], each["age"], each["sex"], each["measure"]): (
            each["status"], each["numerator"], each["denominator"], each["value"],
        )
        for each in ratio_rows(STAYS_PER_PATIENT, figures(*rows)).to_pylist()
    }  # fmt: skip

    assert made == {
        cell: _slow(above[cell], below[cell])
        for cell in above
        if cell in below and cell[3] == "crude"
    }


def _slow(stays: int | None, patients: int | None) -> tuple[Any, ...]:
    if stays is None or patients is None:
        return "hidden", None, None, None
    return "shown", stays, patients, stays / patients if patients else None


def test_asking_for_it_brings_both_its_sides(tmp_path: Any) -> None:
    write_registers(tmp_path, [Person()])

    choice = chosen(tmp_path, ["sgh_ophold_pr_patient"])

    assert {each.code for each in choice.indicators} == {"sgh_ophold_1000", "sgh_patienter"}
    assert choice.ratios == RATIOS


def test_it_is_made_only_when_both_sides_are_there() -> None:
    assert possible(["sgh_patienter"]) == ()
    assert possible(["sgh_patienter", "sgh_ophold_1000"]) == RATIOS
