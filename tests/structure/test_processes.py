"""Agreements and plans as dated data: every deadline counted by hand, every slip named."""

from __future__ import annotations

import json
import shutil
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from klynge import structure
from klynge.faults import DefinitionError
from klynge.structure import Course, processes

COURSE = Course(
    "sundhedsaftale", date(2022, 1, 1), date(2025, 12, 31), date(2024, 1, 1), date(2027, 12, 31)
)


def test_the_law_says_1_july_of_the_second_year_unless_the_authority_moves_it():
    later = Course(
        "sundhedsaftale", date(2026, 1, 1), date(2029, 12, 31), date(2028, 1, 1), date(2031, 12, 31)
    )
    assert structure.deadline(later, ("indsendt", 0)) == date(2027, 7, 1)
    assert structure.deadline(COURSE, ("indsendt", 0)) == date(2024, 1, 1)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 5, 31), -3, date(2024, 2, 29)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2027, 1, 1), -9, date(2026, 4, 1)),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_months_last(day, months, expected):
    assert structure.months_from(day, months) == expected


def test_every_uncertain_row_says_why():
    rows = [*structure.process_kinds()]
    rows += [
        step for kind in structure.process_kinds() for step in structure.process_steps(kind.id)
    ]
    assert all(row.certainty_note for row in rows if row.certainty not in ("certain", "high"))
    assert all(row.paragraph and row.sources for row in rows)


def test_plans_of_the_old_and_the_new_order_hold_in_their_own_time():
    def names(day):
        return {kind.id for kind in structure.process_kinds(day)}

    assert names(date(2024, 9, 15)) == {"sundhedsaftale", "praksisplan"}
    assert "naersundhedsplan" in names(date(2027, 1, 1))
    assert "sundhedsaftale" not in names(date(2027, 1, 1))


def test_every_slip_in_the_data_is_named(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(Path(str(files("klynge.structure") / "data")), folder)
    path = folder / "process_steps.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["rows"][0]["needs"] = ["intet"]
    content["rows"][1]["deadline"] = {"from": "step:ingen"}
    content["rows"][2]["sources"] = ["ukendt"]
    path.write_text(json.dumps(content), encoding="utf-8")

    with pytest.raises(DefinitionError) as refused:
        processes.load(folder)
    told = " ".join(fault.problem for fault in refused.value.faults)
    assert "intet" in told
    assert "step:ingen" in told
    assert "ukendt kilde" in told
