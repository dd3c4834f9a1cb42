"""A new edition beside an old one: together they tell no more than may be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klynge.engine.counts import LeafCounts
from klynge.engine.disclosure.audit import Finding, audit
from klynge.engine.disclosure.earlier import Edition, NotComparable, told_of
from klynge.engine.disclosure.protect import Protected, protect
from klynge.engine.disclosure.published import Background
from klynge.engine.disclosure.suppress import CannotProtect
from tests.engine.disclosure import slow
from tests.engine.disclosure.test_any_land import AGES, a_world
from tests.engine.disclosure.worlds import Measured, World, figures_of, hidden_cells

LAND = World(
    {"north": ("101", "102", "103"), "south": ("104", "105", "106")}, atoms=((65, 69), (70, None))
)


def an_edition(land: World, protected: Sequence[Protected], **entry: Any) -> Edition:
    """The pack that an outsider keeps of what was protected."""
    entries = {
        one.table.indicator.code: {
            "code": one.table.indicator.code,
            "ages": list(one.table.indicator.ages),
            "domain": one.table.indicator.domain,
            **entry,
        }
        for one in protected
    }
    return Edition("old", figures_of(*protected), land.geography, entries)


def protected_beside(
    land: World, tables: Sequence[LeafCounts], *editions: Edition
) -> tuple[Protected, ...]:
    told = [told_of(table, editions) for table in tables]
    return protect(tables, land.geography, told=told)


def attacked(
    land: World, protected: Sequence[Protected], *editions: Edition
) -> tuple[Finding, ...]:
    """What falls out for one who knows which of the old numbers still hold."""
    background = [Background.of(one) for one in protected]
    return audit(figures_of(*protected), land.geography, background, earlier=editions)


# One kommune has 3 women of 65-69. The old edition hid them with the women of 70+, and the men.
SMALL = LAND.share({("101", "female", "65-69"): (3, 60)}, ages=("all", "65-69", "70+"))


def old_edition() -> tuple[LeafCounts, Protected]:
    (one,) = LAND.protect(SMALL)
    return SMALL, one


def moved(one: Protected) -> Protected:
    """The same counts with other cells hidden: in each place and sex of `one` another kommune."""
    grid = one.grid
    other = {"102": "103", "103": "102"}
    hidden = {(other.get(p, p), s, a) for p, s, a in hidden_cells(one)}
    names = zip(grid.place.tolist(), grid.sex.tolist(), grid.age.tolist(), strict=True)
    return replace(one, hidden=np.array([name in hidden for name in names]), witnesses=())


def test_two_editions_that_hide_different_cells_tell_what_both_hide() -> None:
    _table, old = old_edition()
    new = moved(old)
    assert hidden_cells(new) != hidden_cells(old)
    blind = [replace(Background.of(new), standing=None)]
    alone = audit(figures_of(new), LAND.geography, blind)

    together = audit(figures_of(new), LAND.geography, blind, earlier=[an_edition(LAND, [old])])

    assert alone == ()
    assert {f.what for f in together} >= {"numerator", "hidden in an earlier edition"}


def test_the_same_counts_are_protected_in_the_same_cells() -> None:
    table, old = old_edition()
    other = moved(old)
    edition = an_edition(LAND, [other])

    (new,) = protected_beside(LAND, [table], edition)

    assert hidden_cells(new) == hidden_cells(other)
    assert attacked(LAND, [new], edition) == ()
    blind = [replace(Background.of(new), standing=None)]
    assert audit(figures_of(new), LAND.geography, blind, earlier=[edition]) == ()


def only(told: Sequence[Any], one: str) -> set[str]:
    """The places of the cells of the first edition for which `one` holds, both sexes, all ages."""
    grid = told[0].published.grid
    totals = grid.totals()
    return {str(place) for place in grid.place[totals[getattr(told[0], one)[totals]]]}


def test_what_was_shown_and_still_holds_is_known_and_what_was_hidden_stays_so() -> None:
    """The few women of 101 are 7 in the new edition: large enough, but the old sums tell that they
    were 3 if the new number is shown."""
    _table, old = old_edition()
    edition = an_edition(LAND, [old])
    table = LAND.share({("101", "female", "65-69"): (7, 60)}, ages=("all", "65-69", "70+"))
    (alone,) = LAND.protect(table)

    (new,) = protected_beside(LAND, [table], edition)

    assert hidden_cells(alone) == set()
    assert hidden_cells(new) >= hidden_cells(old) - {("101", "all", "all")}
    assert attacked(LAND, [alone], edition) != ()
    assert attacked(LAND, [new], edition) == ()


def test_a_revision_is_shown_as_it_is() -> None:
    """102 has two people more than it had. Nobody outside knows who: both numbers are large."""
    before = LAND.share({}, ages=("all", "65-69", "70+"))
    after = LAND.share({("102", "male", "70+"): (22, 62)}, ages=("all", "65-69", "70+"))
    edition = an_edition(LAND, LAND.protect(before))

    (new,) = protected_beside(LAND, [after], edition)

    assert hidden_cells(new) == set()
    assert only(told_of(after, [edition]), "standing") == {
        "101", "103", "104", "105", "106", "south",
    }  # fmt: skip


def test_with_another_definition_a_difference_of_a_few_is_hidden() -> None:
    before = LAND.share({}, ages=("all", "65-69", "70+"))
    after = LAND.share({("102", "male", "70+"): (22, 60)}, ages=("all", "65-69", "70+"))
    edition = an_edition(LAND, LAND.protect(before), window={"en": "of old"})
    told = told_of(after, [edition], {"share": [True]})

    (new,) = protect([after], LAND.geography, told=[told])

    assert {("102", "male", "70+"), ("102", "all", "all"), ("DK", "all", "all")} <= hidden_cells(
        new
    )
    assert attacked(LAND, [new], edition) == ()


def test_the_sums_of_an_older_division_of_the_country_are_known() -> None:
    """101 and 102 were a place of their own, and 103 was with the south. The old edition tells 101
    to 102 and all of the land; so the new one must not hide 101 behind 102 alone."""
    older = World({"pair": ("101", "102"), "rest": ("103", "104", "105", "106")}, atoms=LAND.atoms)
    few = {("101", "female", "65-69"): (3, 60)}
    table = LAND.share(few, ages=("all", "65-69", "70+"))
    old = older.protect(older.share(few, ages=("all", "65-69", "70+")))
    edition = an_edition(older, old)
    blind = [replace(Background.of(one), standing=None) for one in LAND.protect(table)]
    figures = figures_of(*LAND.protect(table))

    new = protected_beside(LAND, [table], edition)

    assert audit(figures, LAND.geography, blind) == ()
    assert attacked(LAND, new, edition) == ()
    (told,) = told_of(table, [edition])
    assert told.published.grid.places != new[0].grid.places


def test_ages_that_cannot_be_compared_are_told() -> None:
    table = LAND.share({}, ages=("all", "65-69", "70+"))
    finer = World(LAND.klynger, atoms=((65, 67), (68, None)))
    old = finer.protect(finer.share({}, ages=("all", "65-67", "68+")))

    with pytest.raises(NotComparable, match="share"):
        told_of(table, [an_edition(finer, old)])


def test_editions_that_have_told_a_secret_together_leave_no_way_out() -> None:
    table, old = old_edition()
    editions = an_edition(LAND, [old]), an_edition(LAND, [moved(old)])

    with pytest.raises(CannotProtect):
        protected_beside(LAND, [table], *editions)


def counts(chance: np.random.Generator, land: World) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """People, and those of them in two shares."""
    shape = (len(land.kommuner), 2, len(land.atoms))
    d = chance.integers(0, int(chance.choice([4, 9, 30])), shape)
    n = chance.binomial(d, chance.choice([0.05, 0.3, 0.9], shape))
    return d, n, chance.binomial(d, 0.2)


def revised(chance: np.random.Generator, counted: tuple[np.ndarray, ...]) -> tuple[np.ndarray, ...]:
    """The counts after a few people were added, taken away, or found in the register of a share."""
    d, n, m = (number.copy() for number in counted)
    changed = chance.random(d.shape) < chance.choice([0.05, 0.5])
    d = np.where(changed, np.maximum(d + chance.integers(-2, 4, d.shape), 0), d)
    n = np.where(changed, n + chance.integers(-2, 4, d.shape), n)
    return d, np.clip(n, 0, d), np.minimum(m, d)


def laid(
    land: World, counted: tuple[np.ndarray, ...], kinds: Sequence[str], standardised: bool
) -> list[LeafCounts]:
    d, n, m = counted
    at = ("kommune", "klynge", "land") if standardised else ()
    share = Measured("share", ages=AGES[0], standardised_at=at)
    every = {
        "share": land.table(share, n, n, d, d, d - n),
        "second": land.table(Measured("second", ages=AGES[1]), m, m, d, d, d - m),
        "rate": land.table(Measured("rate", "rate", ages=AGES[4]), m * 2, m, d, d, d - m),
        "count": land.table(Measured("count", "count", ages=AGES[1], events=None), d, d,
                            None, None, None),
    }  # fmt: skip
    return [every[kind] for kind in kinds]


def with_what_holds(figures: pa.Table, other: pa.Table, truth: Sequence[Protected]) -> pa.Table:
    """`figures` with the rows of another edition in place of hidden ones, where they hold for the
    counts in `truth`: nobody can know more without seeing the registers."""
    holds = {}
    for one in truth:
        nothing = np.zeros(len(one.grid), bool)
        plain = replace(one, hidden=nothing, hidden_standardised=None, standardised=None)
        holds |= {_name(row): row for row in figures_of(plain).to_pylist()}
    seen = {_name(row): row for row in other.to_pylist() if row["status"] == "shown"}
    rows = [
        seen[_name(row)]
        if row["status"] == "hidden" and seen.get(_name(row)) == holds.get(_name(row), ())
        else row
        for row in figures.to_pylist()
    ]
    return pa.Table.from_pylist(rows, schema=figures.schema)


def _name(row: dict[str, Any]) -> tuple[str, ...]:
    names = ("indicator", "place_kind", "place", "sex", "age", "measure")
    return tuple(row[name] for name in names)


def pinned(union: pa.Table, protected: Sequence[Protected], land: World) -> set[slow.Cell]:
    """What the slow attacker gets of what no edition shows."""
    mute = {_name(r)[:5] for r in union.to_pylist() if r["status"] == "hidden"}
    return slow.recovered(union, protected, land.geography) & mute


def tells_nothing_after_a_revision(seed: int) -> None:
    chance = np.random.default_rng(seed)
    land = a_world(chance)
    kinds = ["share", *(k for k in ("second", "rate", "count") if chance.random() < 0.5)]
    standardised = bool(chance.random() < 0.5)
    before = counts(chance, land)
    old = land.protect(*laid(land, before, kinds, standardised))
    edition = an_edition(land, old)
    tables = laid(land, revised(chance, before), kinds, standardised)
    try:
        new = protected_beside(land, tables, edition)
    except CannotProtect:
        return  # refused, and so nothing is told

    union = with_what_holds(figures_of(*new), edition.figures, new)
    assert pinned(union, new, land) == set()
    back = with_what_holds(edition.figures, figures_of(*new), old)
    assert pinned(back, old, land) == set()
    assert attacked(land, new, edition) == ()


@settings(max_examples=4)
@given(st.integers(0, 2**32 - 1))
def test_after_any_revision_two_editions_tell_nothing_that_is_hidden(seed: int) -> None:
    tells_nothing_after_a_revision(seed)


@pytest.mark.slow
@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1))
def test_after_many_revisions_two_editions_tell_nothing_that_is_hidden(seed: int) -> None:
    tells_nothing_after_a_revision(seed)
