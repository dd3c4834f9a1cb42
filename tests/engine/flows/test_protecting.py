"""Nothing hidden in the table of transitions can be worked out; what is small is hidden."""

from __future__ import annotations

import numpy as np
import pytest

from klynge.engine.flows.auditing import attack_flows
from klynge.engine.flows.counting import FlowCounts
from klynge.engine.flows.protecting import ProtectedFlows, protect_flows
from klynge.engine.flows.rows import flow_rows
from klynge.engine.flows.states import DESTINATIONS, ORIGINS
from klynge.structure import Geography
from tests.engine.disclosure.worlds import World

LAND = World(klynger={"north": ("101", "102"), "south": ("103", "104", "105")})


def drawn(seed: int, level: float) -> FlowCounts:
    """Steps of invented citizens, one step each, fewer the rarer the state."""
    chance = np.random.default_rng(seed)
    shape = (5, len(ORIGINS), len(DESTINATIONS), 3)
    rare = np.array([6, 5, 3, 0.6, 0.5, 0.3])[:, None] * np.array([6, 5, 3, 0.6, 0.5, 0.3, 0.4])
    people = chance.poisson(level * rare[None, :, :, None], shape)
    at_risk = people.sum(axis=2)
    return FlowCounts("2024", LAND.kommuner, people, people, at_risk[:, :, None] - people,
                      at_risk, at_risk)  # fmt: skip


def geography() -> Geography:
    return LAND.geography


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("level", [0.3, 2.0])
def test_the_attacker_recovers_nothing(seed: int, level: float) -> None:
    counts = drawn(seed, level)
    protected = protect_flows(counts, geography())

    assert protected.hidden[protected.primary].all()
    assert not protected.hidden.all()
    assert attack_flows(flow_rows(protected), counts, geography()) == ()


def test_the_attacker_finds_what_the_small_cells_alone_would_tell() -> None:
    counts = drawn(1, 2.0)
    known = protect_flows(counts, geography())
    bare = ProtectedFlows(
        counts, known.places, known.numerator, known.denominator, known.primary, known.primary
    )

    assert attack_flows(flow_rows(bare), counts, geography())


def test_shown_ways_of_a_whole_row_add_up_to_its_size() -> None:
    rows = flow_rows(protect_flows(drawn(2, 8.0), geography())).to_pylist()
    sums: dict[tuple[str, ...], int] = {}
    whole: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = row["place_kind"], row["place"], row["age"], row["origin"]
        sums[key] = sums.get(key, 0) + (row["numerator"] or 0)
        whole[key] = row["denominator"] if row["status"] == "shown" else -1
        if row["status"] == "hidden":
            sums[key] = -(10**9)

    checked = [key for key in sums if sums[key] >= 0]
    assert len(checked) > 20
    assert all(sums[key] == whole[key] for key in checked)
