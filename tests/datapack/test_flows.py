"""The table of transitions in a pack: written, read back, and refused when it is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from klynge import datapack
from klynge.faults import BadInput
from tests.datapack.builders import KOMMUNER, a_pack

STATES = {"hjemme": "Hjemme", "akut": "Akut indlagt", "doed": "Død"}


def both(text: str) -> dict[str, str]:
    return {"da": text, "en": text}


def a_definition(**overrides: Any) -> dict[str, Any]:
    """The words of an invented table with three states."""
    states = [{"id": id, "name": both(name), "means": both(name)} for id, name in STATES.items()]
    texts = ("title", "numerator", "denominator", "unit", "window", "ties", "leaves_out",
             "weak_points", "certainty_note")  # fmt: skip
    return {
        **{key: both(key) for key in texts},
        "origins": states[:2],
        "destinations": states,
        "ages": ["all", "80+"],
        "certainty": "K",
        "owner": "Datagruppen",
        "review_by": "2027-11-01",
        "sources": [],
        **overrides,
    }


def rows(**overrides: Any) -> pa.Table:
    """Every way at every kommune; death is hidden for the oldest of 707."""
    made = []
    for place in KOMMUNER:
        for age in ("all", "80+"):
            for origin in ("hjemme", "akut"):
                for goal, share in (("hjemme", 60), ("akut", 30), ("doed", 10)):
                    row: dict[str, Any] = {
                        "place_kind": "kommune", "place": place, "period": "2023", "age": age,
                        "origin": origin, "destination": goal, "status": "shown",
                        "numerator": share, "denominator": 100, "value": float(share),
                    }  # fmt: skip
                    if (place, age, goal) in (("707", "80+", "doed"), ("707", "80+", "akut")):
                        row |= {"status": "hidden", "numerator": None, "denominator": None,
                                "value": None}  # fmt: skip
                    made.append(row)
    made[0] |= overrides
    return pa.Table.from_pylist(made, schema=datapack.FLOW_SCHEMA)


def test_the_table_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    folder = a_pack(tmp_path / "pack", flows=rows(), flow_definition=a_definition())

    assert datapack.verify(folder) == ()
    read = datapack.read(folder)
    assert read.flows is not None
    assert read.flows.sort_by("place").num_rows == rows().num_rows
    assert read.flow_definition == a_definition()
    assert read.descriptor["klynge"]["format"] == 2


def test_a_pack_without_it_is_of_the_format_that_older_readers_know(tmp_path: Path) -> None:
    read = datapack.read(a_pack(tmp_path / "pack"))

    assert read.flows is None
    assert read.descriptor["klynge"]["format"] == 1


@pytest.mark.parametrize(
    ("overrides", "told"),
    [
        ({"period": "1999"}, "perioder uden for"),
        ({"place": "999"}, "steder, der ikke er"),
        ({"origin": "maanen"}, "ukendte ord i kolonnen origin"),
        ({"numerator": 200}, "større end sin nævner"),
        ({"status": "hidden"}, "tal i en skjult celle"),
        ({"destination": "akut"}, "den samme celle to gange"),
    ],
    ids=str,
)
def test_a_wrong_row_is_told_and_nothing_is_written(
    tmp_path: Path, overrides: dict[str, Any], told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        a_pack(tmp_path / "pack", flows=rows(**overrides), flow_definition=a_definition())
    assert not (tmp_path / "pack").exists()


def test_a_definition_without_its_words_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="ties"):
        a_pack(tmp_path / "pack", flows=rows(), flow_definition=a_definition(ties=None))


def test_a_table_that_was_changed_is_told(tmp_path: Path) -> None:
    folder = a_pack(tmp_path / "pack", flows=rows(), flow_definition=a_definition())
    file = folder / "flows.csv"
    file.write_text(file.read_text().replace(",60,", ",61,"))

    assert [fault.where for fault in datapack.verify(folder)] == ["flows.csv"]


def test_a_table_that_the_descriptor_does_not_name_is_told(tmp_path: Path) -> None:
    folder = a_pack(tmp_path / "pack")
    (folder / "flows.json").write_text("{}")

    assert datapack.verify(folder)
