"""In any small land with any small counts: the slow attacker finds nothing after `protect`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klynge.engine.counts import LeafCounts
from klynge.engine.disclosure import rules
from klynge.engine.disclosure.audit import audit
from klynge.engine.disclosure.protect import Protected
from klynge.engine.disclosure.published import Background
from tests.engine.disclosure import slow
from tests.engine.disclosure.worlds import Measured, World, figures_of

ATOMS = ((75, 79), (80, 84), (85, 89), (90, None))
AGES = (
    ("all", "75-79", "80+"),
    ("all", "75-84", "85+"),
    ("all", "75-84", "85-89", "90+"),
    ("80+", "90+"),
    ("all",),
)


def a_world(chance: np.random.Generator) -> World:
    """Three to five kommuner; two klynger that may overlap; the psychiatric ones may differ."""
    areas = [str(101 + number) for number in range(int(chance.integers(3, 6)))]
    cut = int(chance.integers(1, len(areas)))
    shared = int(chance.integers(0, 2)) if cut > 1 else 0
    first, second = areas[:cut], areas[cut - shared :]
    moved = {"a": areas[: cut - 1] or areas[:1], "b": areas[cut - 1 :]}
    return World({"a": first, "b": second}, moved if cut > 1 else None, ATOMS)


def some_tables(chance: np.random.Generator, land: World) -> list[LeafCounts]:
    """A share and perhaps a rate, a count and a share by age, all of the same residents."""
    shape = (len(land.kommuner), 2, len(ATOMS))
    d = chance.integers(0, int(chance.choice([4, 9, 30])), shape)
    n = chance.binomial(d, chance.choice([0.05, 0.3, 0.9], shape))
    m = chance.binomial(d, 0.2)
    ages = AGES[int(chance.integers(0, 3))]
    at = ("kommune", "klynge", "land") if chance.random() < 0.5 else ()
    share = Measured("share", ages=ages, standardised_at=at)
    rate = Measured("rate", "rate", ages=AGES[4], domain="psykiatri")
    both = Measured("second", ages=AGES[int(chance.integers(0, 3))], domain="psykiatri")
    old = Measured("old", ages=AGES[3], denominator_ages="all", events=None)
    count = Measured("count", "count", ages=AGES[1], events=None)
    every = [
        land.table(share, n, n, d, d, d - n),
        land.table(both, m, m, d, d, d - m),
        land.table(rate, m * 2, m, d, d, d - m),
        land.table(old, d, d, d, d, d * 0),
        land.table(count, d, d, None, None, None),
    ]
    return [every[0], *(table for table in every[1:] if chance.random() < 0.4)]


def without_more_than_the_secret(known: Protected) -> Protected:
    places = None
    if known.standardised is not None:
        places = known.primary[known.grid.totals()]
    return replace(known, hidden=known.primary, hidden_standardised=places)


@settings(max_examples=15)
@given(st.integers(0, 2**32 - 1))
def test_nothing_hidden_can_be_worked_out(seed: int) -> None:
    chance = np.random.default_rng(seed)
    land = a_world(chance)

    protected = land.protect(*some_tables(chance, land))

    figures = figures_of(*protected)
    assert slow.recovered(figures, protected, land.geography) == set()
    background = [Background.of(known) for known in protected]
    assert audit(figures, land.geography, background) == ()


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1))
def test_the_audit_finds_nothing_after_protection(seed: int) -> None:
    chance = np.random.default_rng(seed)
    land = a_world(chance)

    protected = land.protect(*some_tables(chance, land))

    background = [Background.of(known) for known in protected]
    assert audit(figures_of(*protected), land.geography, background) == ()


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1))
def test_what_the_rules_keep_secret_is_always_hidden(seed: int) -> None:
    chance = np.random.default_rng(seed)
    land = a_world(chance)

    for known in land.protect(*some_tables(chance, land)):
        assert not np.any(known.primary & ~known.hidden)


@pytest.mark.parametrize("seed", range(6))
def test_both_attackers_get_through_when_only_the_secret_is_hidden(seed: int) -> None:
    chance = np.random.default_rng(seed)
    land = a_world(chance)
    protected = land.protect(*some_tables(chance, land))
    bare = [without_more_than_the_secret(known) for known in protected]

    by_hand = slow.recovered(figures_of(*bare), bare, land.geography)
    background = [Background.of(known) for known in bare]
    found = audit(figures_of(*bare), land.geography, background)

    assert by_hand
    assert found


def test_the_few_would_be_narrow_if_two_numbers_were_enough(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A 2 that must be 1 or 2, for 2 are missing in a sum: nothing is pinned, and yet it is told
    almost. The slow attacker asks for four numbers, and so does the audit."""
    by_hand, by_audit = 0, 0
    for seed in range(5):
        chance = np.random.default_rng(seed)
        land = a_world(chance)
        tables = some_tables(chance, land)
        with monkeypatch.context() as loosened:
            loosened.setattr(rules, "DOUBT_OF_FEW", rules.LEAST_DOUBT)
            narrow = land.protect(*tables)
        figures, background = figures_of(*narrow), [Background.of(known) for known in narrow]
        with monkeypatch.context() as loosened:
            loosened.setattr(rules, "DOUBT_OF_FEW", rules.LEAST_DOUBT)
            assert audit(figures, land.geography, background) == ()
        by_hand += bool(slow.recovered(figures, narrow, land.geography))
        by_audit += bool(audit(figures, land.geography, background))

    assert by_hand >= 3
    assert by_audit >= 3


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(60))
def test_nothing_hidden_can_be_worked_out_in_many_lands(seed: int) -> None:
    chance = np.random.default_rng(seed)
    land = a_world(chance)

    protected = land.protect(*some_tables(chance, land))

    assert slow.recovered(figures_of(*protected), protected, land.geography) == set()
