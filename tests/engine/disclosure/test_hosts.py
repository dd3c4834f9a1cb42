"""One table counts the people that another divides by: the same numbers, protected once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from klynge.engine.counts import LeafCounts
from klynge.engine.disclosure.audit import Background, audit
from klynge.engine.disclosure.protect import Protected
from tests.engine.disclosure.worlds import World, figures_of, hidden_cells

LAND = World()


def pair(land: World, seed: int) -> tuple[LeafCounts, LeafCounts, LeafCounts]:
    """How many have a disease; how many of those are treated; and their admissions."""
    chance = np.random.default_rng(seed)
    shape = (len(land.kommuner), 2, len(land.atoms))
    people = chance.integers(10, 60, shape)
    ill = np.minimum(chance.integers(0, 14, shape), people)
    treated = (ill * chance.random(shape)).astype(int)
    admitted = chance.integers(0, 3, shape) * ill
    host = filled(land.share(code="host"), ill, ill, people)
    guest = filled(land.share(code="guest"), treated, treated, ill)
    rate = filled(land.rate(code="rate"), admitted, np.minimum(admitted, ill), ill)
    return (
        replace(host, numerator_key="ill"),
        replace(guest, denominator_key="ill"),
        replace(rate, denominator_key="ill"),
    )


def filled(table: LeafCounts, n: np.ndarray, persons: np.ndarray, d: np.ndarray) -> LeafCounts:
    return replace(
        table,
        numerator=n,
        numerator_persons=persons,
        denominator=d,
        denominator_persons=d,
        complement_persons=d - persons,
    )


@pytest.mark.parametrize("seed", range(6))
def test_what_the_host_hides_its_guests_hide(seed: int) -> None:
    protected = LAND.protect(*pair(LAND, seed))

    host, *guests = protected
    assert hidden_cells(host)
    for guest in guests:
        assert hidden_cells(host) <= hidden_cells(guest)


@pytest.mark.parametrize("seed", range(6))
def test_nothing_falls_out_of_the_two_together(seed: int) -> None:
    """The attacker reads the guests' rows as the host's too: where a guest shows how many are ill,
    that is what the host counted."""
    protected = LAND.protect(*pair(LAND, seed))

    figures = figures_of(*protected)
    assert audit(figures, LAND.geography, [Background.of(one) for one in protected]) == ()
    assert falls_out(protected) == set()


def test_without_the_link_something_falls_out() -> None:
    """The test above can fail: protected each by itself, what one shows tells what one hides."""
    told = set()
    for seed in range(6):
        host, guest, rate = pair(LAND, seed)
        told |= falls_out(LAND.protect(replace(host, numerator_key=""), guest, rate))

    assert told


def falls_out(protected: tuple[Protected, ...]) -> set[tuple[str, str, str]]:
    """Cells of the host that are hidden there and shown as a denominator of a guest."""
    host, *guests = protected
    shown = [hidden_cells(replace(guest, hidden=~guest.hidden)) for guest in guests]
    return hidden_cells(host) & set().union(*shown)


def test_cells_that_differ_are_refused() -> None:
    host, guest, rate = pair(LAND, 1)
    other = World(atoms=((70, None),))
    _host, odd, _rate = pair(other, 1)

    with pytest.raises(ValueError, match="different cells"):
        LAND.protect(host, guest, rate, odd)
