"""What is hidden, and why, in small lands with known answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from klynge.engine.cells import CellGrid
from klynge.engine.counts import LeafCounts
from klynge.engine.disclosure.protect import Protected
from klynge.engine.disclosure.standardised import standard_facts
from klynge.engine.standardise import standardised
from tests.engine.disclosure import slow
from tests.engine.disclosure.worlds import World, figures_of, hidden_cells

LAND = World()
PLACES = ("101", "102", "103", "104", "north", "south", "DK")


def secret_cells(table: LeafCounts, land: World = LAND) -> set[tuple[str, str, str]]:
    """What the rules keep secret in a table, before anything is hidden to protect it."""
    (known,) = land.protect(table)
    return hidden_cells(replace(known, hidden=known.primary))


def only_secret(known: Protected) -> Protected:
    """The table as it would leave without complementary suppression."""
    places = None
    if known.standardised is not None:
        places = known.primary[known.grid.totals()]
    return replace(known, hidden=known.primary, hidden_standardised=places)


def assert_needs_and_gets_protection(land: World, *tables: LeafCounts) -> tuple[Protected, ...]:
    """The slow attacker gets through when only what is secret is hidden, and not otherwise."""
    protected = land.protect(*tables)
    bare = [only_secret(one) for one in protected]
    assert slow.recovered(figures_of(*bare), bare, land.geography)
    assert slow.recovered(figures_of(*protected), protected, land.geography) == set()
    return protected


# --- what is secret ---------------------------------------------------------------------------


def test_large_numbers_are_all_shown() -> None:
    (known,) = LAND.protect(LAND.share())

    assert hidden_cells(known) == set()


def test_three_persons_are_hidden_and_their_sums_are_not_secret() -> None:
    assert secret_cells(LAND.share({("101", "female", "65-69"): (3, 60)})) == {
        ("101", "female", "65-69")
    }


def test_three_others_are_hidden() -> None:
    assert secret_cells(LAND.share({("101", "female", "65-69"): (57, 60)})) == {
        ("101", "female", "65-69")
    }


def test_everybody_is_hidden() -> None:
    assert secret_cells(LAND.share({("101", "female", "65-69"): (60, 60)})) == {
        ("101", "female", "65-69")
    }


def test_zero_is_shown() -> None:
    (known,) = LAND.protect(LAND.share({("101", "female", "65-69"): (0, 60)}))

    assert hidden_cells(known) == set()


def test_nobody_at_all_is_shown() -> None:
    (known,) = LAND.protect(LAND.share({("101", "female", "65-69"): (0, 0)}))

    assert hidden_cells(known) == set()


def test_a_denominator_of_three_hides_the_row_also_when_the_numerator_is_zero() -> None:
    assert ("101", "female", "65-69") in secret_cells(
        LAND.share({("101", "female", "65-69"): (0, 3)})
    )


def test_nine_events_of_three_persons_are_hidden() -> None:
    assert secret_cells(LAND.rate({("101", "female", "65-69"): (9, 3, 60)})) == {
        ("101", "female", "65-69")
    }


def test_five_events_of_five_persons_are_shown() -> None:
    (known,) = LAND.protect(LAND.rate({("101", "female", "65-69"): (5, 5, 60)}))

    assert hidden_cells(known) == set()


def test_a_rate_may_be_higher_than_its_people() -> None:
    """Everybody with an event is no complement of a rate."""
    (known,) = LAND.protect(LAND.rate({("101", "female", "65-69"): (90, 60, 60)}))

    assert hidden_cells(known) == set()


# --- what must be hidden beside it ------------------------------------------------------------


def test_a_sex_is_not_alone_in_its_sum() -> None:
    (known,) = assert_needs_and_gets_protection(
        LAND, LAND.share({("101", "female", "65-69"): (3, 60)})
    )

    hidden = hidden_cells(known)
    assert hidden & {("101", "male", "65-69"), ("101", "all", "65-69")}


def test_an_age_is_not_alone_in_its_sum() -> None:
    (known,) = LAND.protect(LAND.share({("101", "female", "65-69"): (3, 60)}))

    assert hidden_cells(known) & {("101", "female", "70+"), ("101", "female", "all")}


def test_a_kommune_is_not_alone_in_its_klynge() -> None:
    (known,) = LAND.protect(LAND.share({("101", "female", "65-69"): (3, 60)}))

    assert hidden_cells(known) & {("102", "female", "65-69"), ("north", "female", "65-69")}


def test_what_protects_is_small_and_nothing_is_hidden_in_vain() -> None:
    """One secret number in a box of sexes, ages and two kommuner needs the box's eight corners."""
    (known,) = LAND.protect(LAND.share({("101", "female", "65-69"): (3, 60)}))

    assert hidden_cells(known) == {
        (place, sex, age)
        for place in ("101", "102")
        for sex in ("female", "male")
        for age in ("65-69", "70+")
    }


def test_koebenhavn_in_two_klynger_gives_no_way_round() -> None:
    """rh-byen = 101 + 147 and rh-syd = 101 + 175: with 101 shown, each klynge tells the other."""
    land = World(klynger={"rh-byen": ("101", "147"), "rh-syd": ("101", "175")})
    named = {("147", "female", "65-69"): (3, 60)}

    (known,) = assert_needs_and_gets_protection(land, land.share(named))

    assert hidden_cells(known) & {("101", "female", "65-69"), ("rh-byen", "female", "65-69")}


def test_the_same_kommuner_under_two_names_are_hidden_under_both() -> None:
    land = World(klynger={"klynge": ("101", "102"), "raad": ("101", "102"), "rest": ("103", "104")})
    table = land.share({("101", "female", "65-69"): (3, 60), ("102", "female", "65-69"): (1, 60)})

    (known,) = land.protect(table)

    hidden = hidden_cells(known)
    assert ("klynge", "female", "65-69") in hidden
    assert ("raad", "female", "65-69") in hidden


def test_the_difference_between_two_domains_is_protected() -> None:
    """103 is in north for psychiatry and in south for somatic care: the two norths tell it."""
    land = World(
        klynger={"north": ("101", "102"), "south": ("103", "104")},
        psychiatric={"north": ("101", "102", "103"), "south": ("104",)},
    )
    few = {("103", "female", "65-69"): (0, 3)}
    somatic = land.share(few, code="somatic")
    psychiatric = land.share(few, code="psychiatric", domain="psykiatri")

    protected = assert_needs_and_gets_protection(land, somatic, psychiatric)

    shown = [("north", "female", "65-69") not in hidden_cells(one) for one in protected]
    assert not all(shown)


def test_a_zero_that_tells_of_a_hidden_zero_is_hidden() -> None:
    """Of three women nobody is counted, nor of the sixty others in the klynge."""
    named = {("101", "female", "65-69"): (0, 3), ("102", "female", "65-69"): (0, 60)}

    (known,) = assert_needs_and_gets_protection(LAND, LAND.share(named))

    assert ("north", "female", "65-69") in hidden_cells(known)


def test_a_zero_all_over_the_land_is_hidden_all_the_way_up() -> None:
    named = {(area, "female", "65-69"): (0, 60) for area in LAND.kommuner}
    named["101", "female", "65-69"] = (0, 3)

    (known,) = LAND.protect(LAND.share(named))

    hidden = hidden_cells(known)
    assert {("north", "female", "65-69"), ("DK", "female", "65-69")} <= hidden


def test_full_cells_that_fill_their_sum_are_not_both_in_it() -> None:
    """Two hidden cells where everybody is counted: their sum, shown, would be at its ceiling."""
    named = {("101", "female", "65-69"): (60, 60), ("102", "female", "65-69"): (60, 60)}

    (known,) = assert_needs_and_gets_protection(LAND, LAND.share(named))

    assert ("north", "female", "65-69") in hidden_cells(known)


def test_a_denominator_is_hidden_in_every_table_that_shows_it() -> None:
    few = {("101", "female", "65-69"): (3,)}
    count, share = LAND.residents(few), LAND.share({("101", "female", "65-69"): (0, 3)})

    for known in LAND.protect(count, share):
        assert ("101", "female", "65-69") in hidden_cells(known)


def test_a_population_share_hides_both_ends_of_the_difference() -> None:
    """57 of 60 are over 70: 65-69 are three, and no row may tell it."""
    named = {("101", "female", "65-69"): (3,), ("101", "female", "70+"): (57,)}
    (d,) = LAND.filled(named, (60,))
    share = LAND.table(
        LAND.share(ages=("70+",), denominator_ages="all", events=None).indicator, d, d, d, d, d * 0
    )

    (known,) = LAND.protect(share)

    assert ("101", "female", "70+") in hidden_cells(known)
    protected = assert_needs_and_gets_protection(LAND, share, LAND.residents(named))
    assert ("101", "female", "65-69") in hidden_cells(protected[1])


def test_ages_nested_across_tables_do_not_tell_the_ages_between() -> None:
    """One table counts 65+, another 70+ of the same people: three of 65-69 are the difference."""
    named = {("101", "female", "65-69"): (0, 3)}
    older = World(atoms=((70, None),))
    every = LAND.share(named, code="every", ages=("all",))
    old = older.share(code="old", ages=("all",))

    protected = LAND.protect(every, old)

    told = [("101", "female", "all") not in hidden_cells(one) for one in protected]
    assert not all(told)


def test_tables_that_disagree_on_their_population_are_refused() -> None:
    with pytest.raises(ValueError, match="denominator_key"):
        LAND.protect(LAND.share(), LAND.share(elsewhere=(20, 61), code="other"))


def test_a_standardised_value_that_pins_a_small_count_is_hidden_or_made_harmless() -> None:
    """Sexes and ages of one kommune hidden in a box of four: one step round the box changes the
    standardised rate by far more than its rounding, so the rate would tell all four."""
    land = World(klynger={"north": ("101",)}, atoms=((65, 69), (70, 74)))
    named = {
        ("101", "female", "65-69"): (3, 40),
        ("101", "female", "70-74"): (30, 900),
        ("101", "male", "65-69"): (30, 700),
        ("101", "male", "70-74"): (3, 20),
    }
    places = ("kommune", "klynge", "land")
    table = land.share(named, ages=("all", "65-69", "70-74"), standardised_at=places)
    (known,) = land.protect(table)

    assert known.standardised is not None
    assert known.standardised.counted.all()
    without = replace(known, hidden_standardised=np.zeros(len(known.standardised.place), bool))
    assert slow.recovered(figures_of(without), [without], land.geography)
    assert slow.recovered(figures_of(known), [known], land.geography) == set()


def test_a_standardised_value_goes_with_its_total() -> None:
    land = World(klynger={"north": ("101",)}, atoms=((65, 69), (70, 74)))
    ages = ("65-69", "70-74")
    everybody = {("101", sex, age): (60, 60) for sex in ("female", "male") for age in ages}
    table = land.share(
        everybody, ages=("all", *ages), standardised_at=("kommune", "klynge", "land")
    )

    (known,) = land.protect(table)

    assert known.hidden[known.grid.totals()].all()
    assert known.standardised is not None
    assert known.standardised.counted.all()
    assert known.hidden_standardised is not None
    assert known.hidden_standardised.all()


def test_a_standardised_value_that_is_something_else_stops_everything() -> None:
    land = World(atoms=((65, 69), (70, 74)))
    table = land.share(ages=("all", "65-69", "70-74"), standardised_at=("land",))
    grid = CellGrid(table, land.geography)
    found = standardised(table, grid)
    assert found is not None
    other = replace(found, value=found.value * 1.02)

    with pytest.raises(ValueError, match="weighted sum"):
        standard_facts(table, grid, other, np.ones(len(grid)))


def test_the_answer_does_not_depend_on_how_many_work_at_it() -> None:
    chance = np.random.default_rng(7)
    tables = []
    for code in ("one", "two", "three"):
        d = chance.integers(8, 40, (4, 2, 2))
        n = chance.integers(0, 9, (4, 2, 2))
        own = replace(LAND.share(code=code), denominator_key=code)
        tables.append(
            replace(
                own,
                numerator=n,
                numerator_persons=n,
                denominator=d,
                denominator_persons=d,
                complement_persons=d - n,
            )
        )

    alone, together = LAND.protect(*tables, jobs=1), LAND.protect(*tables, jobs=3)

    for one, other in zip(alone, together, strict=True):
        assert np.array_equal(one.hidden, other.hidden)
