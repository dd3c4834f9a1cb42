"""Worlds that prove the years' tables safe, carried over to counts by education."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from klynge.engine.disclosure.lifting import Room, Worlds, carried, carry

LAND = [("land", (0, 1, 2)), *(("kommune", (area,)) for area in range(3))]


def room(truth: list[list[int]], high: float) -> Room:
    counts = np.array(truth)[:, :, None]
    return Room(counts, np.zeros(counts.shape), np.full(counts.shape, high))


def worlds(*more: list[float], doubt: int = 1) -> Worlds:
    """One hidden number: that of the first kommune."""
    given = np.array(more)[:, :, None]
    return Worlds(given, given[:, :1, 0], np.array([doubt]))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_what_is_carried_over_adds_up_and_keeps_within_bounds(seed: int) -> None:
    chance = np.random.default_rng(seed)
    areas = int(chance.integers(1, 8))
    high = chance.integers(0, 12, (areas, 4))
    truth = chance.integers(0, high + 1)
    totals = chance.integers(0, high.sum(axis=1) + 1, (5, areas))
    here = Room(truth, np.zeros(truth.shape), high.astype(float))

    made, holds = carried(here, (totals - truth.sum(axis=1)).astype(float))

    for levels, total in zip(made[holds], totals[holds], strict=True):
        assert np.allclose(levels.sum(axis=1), total)
        assert np.allclose(levels[:, :3].sum(axis=0), truth[:, :3].sum(axis=0))
        assert np.all(levels >= -1e-9)
        assert np.all(levels <= high + 1e-9)


def test_a_level_that_only_one_kommune_has_room_for_changes_place_in_a_third() -> None:
    """One has a person too many, of high education; where one is missing nobody else of high
    education lives. In a third kommune somebody of high and somebody of middle change places."""
    high = np.array([[0, 0, 1, 0], [0, 1, 0, 0], [0, 5, 5, 0]], float)
    truth = np.array([[0, 0, 1, 0], [0, 0, 0, 0], [0, 2, 2, 0]])

    made, holds = carried(Room(truth, np.zeros((3, 4)), high), np.array([[-1.0, 1.0, 0.0]]))

    assert holds.all()
    assert made[0].tolist() == [[0, 0, 0, 0], [0, 1, 0, 0], [0, 1, 3, 0]]


def test_a_kommune_that_moves_is_withheld_and_the_land_is_told() -> None:
    found = carry(LAND, room([[3, 3, 3, 0], [9, 9, 9, 0], [9, 9, 9, 0]], 99), worlds([1, -1, 0]))

    assert found.told == {(0, 1, 2), (2,)}


def test_the_unknown_of_a_kommune_take_up_what_is_more_or_fewer_of_it() -> None:
    found = carry(LAND, room([[3, 3, 3, 4], [9, 9, 9, 4], [9, 9, 9, 0]], 99), worlds([1, -1, 0]))

    assert found.told == {(0, 1, 2), (0,), (1,), (2,)}
    assert found.levels[0, :2, 3, 0].tolist() == [5, 3]


def test_nothing_is_told_that_would_take_away_the_only_proof() -> None:
    """Nobody can be more in the first kommune when there is no room for them."""
    truth = [[3, 3, 3, 0], [9, 9, 9, 0], [9, 9, 9, 0]]
    full = np.array(truth, float)[:, :, None]
    here = Room(np.array(truth)[:, :, None], np.zeros((3, 4, 1)), full)

    found = carry(LAND, here, worlds([1, -1, 0]))

    assert found.told == {(2,)}


def test_a_world_too_far_off_is_gone_half_the_way_to() -> None:
    """Two fewer is not possible where only one lives, but one fewer is, and that is doubt."""
    truth = np.array([[1, 0, 0, 0], [5, 5, 5, 0], [5, 5, 5, 0]])
    low = np.zeros((3, 4, 1))
    here = Room(truth[:, :, None], low, np.full((3, 4, 1), 9.0))

    found = carry(LAND, here, worlds([-2, 2, 0]))

    assert (0, 1, 2) in found.told
    assert found.ways.tolist() == [0.5]


def test_turned_worlds_have_as_many_in_every_kommune_and_of_each_level_in_the_land() -> None:
    truth = [[3, 3, 3, 1], [4, 4, 4, 1], [2, 3, 4, 1]]
    found = carry(LAND[:1], room(truth, 9), worlds([1, -1, 0], [1, 0, -1]))

    assert found.told == {(0, 1, 2)}
    for levels in found.turned[..., 0]:
        assert np.array_equal(levels.sum(axis=1), np.sum(truth, axis=1))
        assert np.array_equal(levels[:, :3].sum(axis=0), np.sum(truth, axis=0)[:3])
        assert np.all(levels >= 0)
        assert np.all(levels <= 9)
    assert any(not np.array_equal(levels[..., 0], truth) for levels in found.turned)
