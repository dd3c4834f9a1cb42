"""Standardised values, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from klynge.engine.cells import CellGrid
from klynge.engine.counts import LeafCounts
from klynge.engine.standardise import (
    Standardised,
    rounded,
    standard_population,
    standardised,
    strata,
)
from klynge.structure import Geography
from tests.engine.counting import indicator

GEOGRAPHY = Geography.of_pack()


def a_table(code: str, events: np.ndarray, people: np.ndarray) -> LeafCounts:
    return LeafCounts(
        indicator=indicator(code),
        period="2024",
        areas=GEOGRAPHY.kommuner,
        atoms=indicator(code).atoms,
        numerator=events,
        numerator_persons=events,
        denominator=people,
        denominator_persons=people,
        complement_persons=people - events,
        denominator_key="residents-1-january",
    )


def even(code: str, number: int) -> np.ndarray:
    return np.full((98, 2, len(indicator(code).atoms)), number, np.int64)


def value_at(found: Standardised, place: str) -> tuple[float, float, float]:
    at = list(found.place).index(place)
    return float(found.value[at]), float(found.lower[at]), float(found.upper[at])


def run(table: LeafCounts) -> Standardised:
    found = standardised(table, CellGrid(table, GEOGRAPHY))
    assert found is not None
    return found


def test_denmark_on_1_january_2025_is_the_standard() -> None:
    assert sum(standard_population().values()) == 5_992_734
    assert standard_population()["female", (85, None)] == 91_465


def test_the_same_rate_in_every_stratum_is_the_standardised_rate() -> None:
    table = a_table("forebyg_65", even("forebyg_65", 10), even("forebyg_65", 100))

    assert value_at(run(table), "DK")[0] == 100.0


def test_a_rate_in_one_stratum_weighs_as_the_standard_does() -> None:
    """Only women of 65-69 have events: 100 of 1,000. The standard holds 168,331 such women of
    1,250,183 people aged 65 and over, so 1,000 * 0.1 * 168,331 / 1,250,183 = 13.4645."""
    events = even("forebyg_65", 0)
    events[GEOGRAPHY.kommuner.index("730"), 0, 0] = 100
    found = run(a_table("forebyg_65", events, even("forebyg_65", 1000)))

    assert sum(n for (_s, (low, _h)), n in standard_population().items() if low >= 65) == 1_250_183
    assert value_at(found, "730")[0] == 13.5


def test_the_interval_is_dobsons() -> None:
    """One stratum: value 13.4645 as above, var = (13.4645 / 100)^2 * 100, Byar for 100 events is
    81.36 to 121.63, so the limits are 13.4645 + 13.4645 / 100 * (81.36 - 100) = 10.95 and 16.38."""
    events = even("forebyg_65", 0)
    events[GEOGRAPHY.kommuner.index("730"), 0, 0] = 100
    found = run(a_table("forebyg_65", events, even("forebyg_65", 1000)))

    assert value_at(found, "730") == (13.5, 11.0, 16.4)


def test_a_band_cut_by_the_ages_takes_its_share_of_years() -> None:
    bands, standard = strata(indicator("genind_67").atoms)

    # 67-69 is three of the five years 65-69: 3 / 5 of 168,331 women.
    assert standard[0] == pytest.approx(0.6 * 168_331)
    assert bands.shape == (2 * 6, 2 * 5)


def test_atoms_cut_by_published_bands_are_one_stratum() -> None:
    atoms = indicator("prim_andel").atoms
    bands, standard = strata(atoms)
    together = bands[:, 3]

    inside = [atoms[at % len(atoms)] for at in np.flatnonzero(together)]
    assert inside == [(15, 17), (18, 19)]
    assert standard[3] == 171_178


def test_the_weights_tell_the_value_from_the_leaves() -> None:
    random = np.random.default_rng(1)
    people = random.integers(1, 400, even("prim_andel", 0).shape)
    events = random.binomial(people, 0.4)
    table = a_table("prim_andel", events, people)

    found = run(table)

    assert found.counted.all()
    assert np.array_equal(rounded(found.weights @ events.ravel()), found.value)


def test_fewer_than_10_events_are_not_counted() -> None:
    events = even("forebyg_65", 0)
    events[GEOGRAPHY.kommuner.index("730"), 0, 0] = 9
    events[GEOGRAPHY.kommuner.index("751"), 0, 0] = 10
    found = run(a_table("forebyg_65", events, even("forebyg_65", 1000)))

    counted = dict(zip(found.place, found.counted, strict=True))
    assert (counted["730"], counted["751"]) == (False, True)
    assert np.isnan(value_at(found, "730")[0])
    assert found.weights[list(found.place).index("730")].nnz == 0


def test_empty_strata_that_weigh_little_are_left_out_and_the_rest_scaled_up() -> None:
    """Men of 85 and over are 55,140 of 1,250,183: 4.4 % of the weight."""
    people = even("forebyg_65", 100)
    people[:, 1, -2:] = 0
    events = people // 10

    assert value_at(run(a_table("forebyg_65", events, people)), "DK")[0] == 100.0


def test_empty_strata_that_weigh_more_than_5_per_cent_are_not_counted() -> None:
    people = even("forebyg_65", 100)
    people[:, 0, -2:] = 0  # women of 85 and over: 7.3 %
    found = run(a_table("forebyg_65", people // 10, people))

    assert not found.counted.any()


def test_population_figures_are_not_standardised() -> None:
    table = a_table("pop_aldersandel", even("pop_aldersandel", 1), even("pop_aldersandel", 1))

    assert standardised(table, CellGrid(table, GEOGRAPHY)) is None


def test_psychiatric_readmissions_are_not_standardised_for_a_kommune() -> None:
    code = "genind_psyk_30"
    found = run(a_table(code, even(code, 10), even(code, 100)))

    assert not found.offered[found.kind == "kommune"].any()
    assert found.counted[found.kind != "kommune"].all()


def test_a_shared_kommune_is_in_both_its_klynger_and_once_in_the_country() -> None:
    events = even("forebyg_65", 0)
    events[GEOGRAPHY.kommuner.index("101")] = 10
    table = a_table("forebyg_65", events, even("forebyg_65", 100))

    found = run(replace(table))

    klynger = GEOGRAPHY.places_of("101", kind="klynge", domain="somatik")
    assert len(klynger) == 2
    assert all(value_at(found, klynge)[0] > 0 for klynge in klynger)
    assert value_at(found, "DK")[0] == pytest.approx(100 / 98, rel=0.005)


@pytest.mark.parametrize(
    ("value", "expected"), [(14.0865, 14.1), (0.123456, 0.123), (98765.0, 98800.0), (0.0, 0.0)]
)
def test_three_significant_digits(value: float, expected: float) -> None:
    assert rounded(np.array([value]))[0] == expected
