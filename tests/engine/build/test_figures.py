"""Rows of figures: places, intervals, what is hidden, and the definitions beside them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from klynge.datapack import FIGURE_SCHEMA
from klynge.datapack.document_rules import indicator_faults
from klynge.engine.cells import CellGrid
from klynge.engine.figures import definition_entry, rows
from klynge.engine.indicators import ALL
from klynge.engine.standardise import standardised
from klynge.structure import Geography
from tests.engine.counting import leaves
from tests.engine.people import Person

GEOGRAPHY = Geography.of_pack()
Found = dict[tuple[str, str, str, str], dict[str, Any]]


def figures_of(
    code: str, *people: Person, hide: tuple[str, str, str, str] | None = None, year: str = "2024"
) -> Found:
    """Rows of a year by (place, sex, age, measure)."""
    table = next(t for t in leaves(code, *people) if t.period == year)
    grid = CellGrid(table, GEOGRAPHY)
    hidden = np.zeros(len(grid), bool)
    values = standardised(table, grid)
    hidden_standardised = None if values is None else np.zeros(len(values.place), bool)
    if hide and hide[3] != "standardised":
        hidden |= (grid.place == hide[0]) & (grid.sex == hide[1]) & (grid.age == hide[2])
    elif hide and values is not None:
        hidden_standardised = values.place == hide[0]
    found = rows(table, grid, hidden, values, hidden_standardised)
    assert found.schema == FIGURE_SCHEMA
    return {(r["place"], r["sex"], r["age"], r["measure"]): r for r in found.to_pylist()}


def test_roedovre_is_in_rh_syd_for_psychiatry_and_in_rh_midt_for_somatic_care() -> None:
    person = Person(kommune="175").with_stay("2024-03-01").with_stay("2024-06-01", psychiatric=True)

    somatic = figures_of("forebyg_65", person)
    psychiatric = figures_of("psyk_patienter", person)

    assert somatic["rh-midt", "all", "all", "crude"]["numerator"] == 1
    assert somatic["rh-syd", "all", "all", "crude"]["numerator"] == 0
    assert psychiatric["rh-syd", "all", "all", "crude"]["numerator"] == 1
    assert psychiatric["rh-midt", "all", "all", "crude"]["numerator"] == 0


def test_koebenhavn_counts_in_both_its_klynger_and_once_in_region_and_land() -> None:
    person = Person(kommune="101").with_stay("2024-03-01")
    found = figures_of("forebyg_65", person, Person(kommune="147"))

    counted = {place: found[place, "all", "all", "crude"] for place in ("rh-byen", "rh-syd")}
    assert [row["numerator"] for row in counted.values()] == [1, 1]
    for place in ("1084", "DK"):
        row = found[place, "all", "all", "crude"]
        assert (row["numerator"], row["denominator"]) == (1, 2)


def test_the_country_is_the_sum_of_its_kommuner() -> None:
    people = [Person(kommune=code) for code in ("101", "101", "730", "400", "175")]
    found = figures_of("pop_folketal", *people)

    kommuner = sum(found[code, "all", "all", "count"]["numerator"] for code in GEOGRAPHY.kommuner)
    assert found["DK", "all", "all", "count"]["numerator"] == kommuner == 5


def test_a_count_is_its_value_and_has_no_interval() -> None:
    row = figures_of("pop_folketal", Person())["730", "female", "65-79", "count"]

    assert (row["numerator"], row["value"]) == (1, 1.0)
    assert (row["denominator"], row["lower"], row["upper"]) == (None, None, None)


def test_a_share_has_wilsons_interval_per_cent() -> None:
    """1 of 2: Wilson's 95 % interval is 9.45 to 90.55 per cent."""
    row = figures_of("prim_andel", Person().with_gp("2410"), Person())["730", "all", "all", "crude"]

    assert row["value"] == 50.0
    assert row["lower"] == pytest.approx(9.45, abs=0.01)
    assert row["upper"] == pytest.approx(90.55, abs=0.01)


def test_a_rate_under_10_events_has_the_exact_interval_per_1000() -> None:
    """1 event: the exact Poisson limits are 0.0253 and 5.572; among 2 people, per 1,000."""
    person = Person().with_stay("2024-03-01")
    row = figures_of("forebyg_65", person, Person())["730", "all", "all", "crude"]

    assert row["value"] == 500.0
    assert row["lower"] == pytest.approx(12.66, abs=0.01)
    assert row["upper"] == pytest.approx(2785.8, abs=0.1)


def test_nobody_to_count_is_shown_without_a_value() -> None:
    row = figures_of("prim_andel", Person())["751", "all", "all", "crude"]

    assert (row["status"], row["numerator"], row["denominator"]) == ("shown", 0, 0)
    assert (row["value"], row["lower"], row["upper"]) == (None, None, None)


def test_a_hidden_cell_carries_no_number() -> None:
    row = figures_of("prim_andel", Person(), hide=("730", "all", "all", "crude"))[
        "730", "all", "all", "crude"
    ]

    assert row["status"] == "hidden"
    assert [row[name] for name in ("numerator", "denominator", "value", "lower", "upper")] == [
        None
    ] * 5


def test_too_few_events_for_a_standardised_value_are_not_counted() -> None:
    row = figures_of("prim_andel", Person())["730", "all", "all", "standardised"]

    assert (row["status"], row["numerator"]) == ("not_counted", None)


def test_hidden_goes_before_not_counted_since_that_tells_something_of_the_number() -> None:
    found = figures_of("prim_andel", Person(), hide=("730", "all", "all", "standardised"))

    assert found["730", "all", "all", "standardised"]["status"] == "hidden"


def test_what_is_never_standardised_is_not_counted_even_when_hidden() -> None:
    found = figures_of("genind_psyk_30", Person(), hide=("730", "all", "all", "standardised"))

    assert found["730", "all", "all", "standardised"]["status"] == "not_counted"


def test_aldersandel_has_a_row_for_65_and_one_for_80_and_none_for_all() -> None:
    people = [Person(born="1950-01-01"), Person(born="1940-01-01"), Person(born="2000-01-01")]
    found = figures_of("pop_aldersandel", *people)

    both = {age: found["730", "all", age, "crude"] for age in ("65+", "80+")}
    assert [(row["numerator"], row["denominator"]) for row in both.values()] == [(2, 3), (1, 3)]
    assert {age for (_place, _sex, age, _measure) in found} == {"65+", "80+"}


@pytest.mark.parametrize("indicator", ALL, ids=lambda indicator: indicator.code)
def test_a_definition_is_told_as_the_pack_wants_it(indicator: Any) -> None:
    assert indicator_faults([definition_entry(indicator)]) == []


def test_a_definition_tells_the_codes_it_uses() -> None:
    entries = {indicator.code: definition_entry(indicator) for indicator in ALL}

    assert "DJ44*" in entries["forebyg_65"]["codelists"][0]["codes"]
    assert entries["ruks_praev_kol"]["codelists"][0]["name"] == "KOL"
    assert len(entries["genind_67"]["codelists"]) == 2


def test_what_speaks_against_a_disease_is_not_told_as_part_of_it() -> None:
    (found,) = [entry for entry in map(definition_entry, ALL) if entry["code"] == "ruks_praev_t2d"]

    told = {codes["name"]: codes["codes"] for codes in found["codelists"]}
    assert told["T2D"] == ["DE11*", "A10B*", "A10BA02*"]
    assert told["T2D: taler imod"] == ["DE10*", "A10A*"]


def test_timing_tells_snapshots_from_years() -> None:
    timing = {indicator.code: definition_entry(indicator)["timing"] for indicator in ALL}

    snapshots = {code for code, when in timing.items() if when == "snapshot"}
    assert {"pop_folketal", "plejehjem", "hjemmehjaelp_mod", "polyfarmaci"} <= snapshots
    assert {code for code in snapshots if code.startswith("ruks_inc")} == set()
    assert {code for code in timing if code.startswith("ruks_praev")} <= snapshots
