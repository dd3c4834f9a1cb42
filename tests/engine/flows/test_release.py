"""The table of transitions goes out by the same door, and can be read on the other side."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from klynge import datapack
from klynge.engine.flows.counting import FlowCounts
from klynge.engine.flows.states import AGES, DESTINATIONS, ORIGINS
from klynge.engine.release import release
from tests.engine.disclosure.test_release import GEOGRAPHY, PLEJEHJEM, some_counts


def test_the_table_is_in_the_pack_with_its_definition(tmp_path: Path) -> None:
    shape = (len(GEOGRAPHY.kommuner), len(ORIGINS), len(DESTINATIONS), 3)
    steps = np.full(shape, 20)
    at_risk = steps.sum(axis=2)
    areas = tuple(sorted(GEOGRAPHY.kommuner))
    counts = FlowCounts("2024", areas, steps, steps, at_risk[:, :, None] - steps, at_risk, at_risk)

    report = release(
        some_counts(),
        GEOGRAPHY,
        indicators=[PLEJEHJEM],
        quality={"tables": {}},
        registers={},
        years=[2024],
        out=tmp_path / "pack",
        created=datetime(2026, 3, 1, 12, tzinfo=UTC),
        flows=[counts],
    )

    read = datapack.read(report.path)
    assert read.flows is not None
    assert read.flows.num_rows == 143 * len(AGES) * len(ORIGINS) * len(DESTINATIONS)
    (row,) = [
        row
        for row in read.flows.to_pylist()
        if (row["place_kind"], row["age"], row["origin"], row["destination"])
        == ("land", "all", "akut", "hjemme")
    ]
    assert (row["numerator"], row["denominator"]) == (98 * 3 * 20, 98 * 3 * 140)
    assert row["value"] == 100 / 7
