"""Leaf counts: shape, order, what is shared, and what adds up."""

from __future__ import annotations

import numpy as np

from klynge.engine.indicators import ALL
from klynge.engine.indicators.admitting import ages_admitted
from klynge.engine.indicators.populations import denominator_key
from klynge.structure import Geography
from tests.engine.counting import indicator, leaves
from tests.engine.people import Person

PEOPLE = [
    Person().with_stay("2024-03-01").with_stay("2024-03-20").with_gp("2410"),
    Person(born="1990-01-01", woman=False, kommune="101").with_stay("2024-03-01", psychiatric=True),
    Person(born="1940-01-01", kommune="175").in_care_home("2023-01-01"),
]


def test_there_is_a_table_a_year_in_order() -> None:
    assert [table.period for table in leaves("pop_folketal", *PEOPLE)] == ["2023", "2024", "2025"]


def test_every_table_has_98_areas_two_sexes_and_its_own_atoms() -> None:
    for code in ("pop_folketal", "genind_67"):
        table = leaves(code, *PEOPLE)[0]
        assert table.areas == Geography.of_pack().kommuner == tuple(sorted(table.areas))
        assert table.numerator.shape == (98, 2, len(table.atoms))
        assert table.numerator.dtype == np.int64


def test_a_count_has_nothing_below_the_line() -> None:
    table = leaves("pop_folketal", *PEOPLE)[0]

    below = (table.denominator, table.denominator_persons, table.complement_persons)
    assert below == (None, None, None)


def test_women_come_before_men() -> None:
    table = next(t for t in leaves("pop_folketal", *PEOPLE) if t.period == "2024")

    assert table.numerator.sum(axis=(0, 2)).tolist() == [2, 1]


def test_people_behind_add_up_to_the_denominator_where_people_are_counted() -> None:
    for found in ALL:
        if found.out_of != "people" or found.denominator_ages == "all":
            continue
        for table in leaves(found, *PEOPLE):
            assert table.complement_persons is not None
            assert table.denominator is not None
            together = table.numerator_persons + table.complement_persons
            assert np.array_equal(together, table.denominator), found.code


def test_never_more_people_than_events() -> None:
    for code in ("forebyg_65", "genind_67", "psyk_indl"):
        for table in leaves(code, *PEOPLE):
            assert (table.numerator_persons <= table.numerator).all()


def test_residents_of_1_january_are_one_population_under_one_key() -> None:
    keys = {found.code: denominator_key(found) for found in ALL}

    events = {found.code for found in ALL if found.out_of == "events"}
    some = {found.code for found in ALL if ages_admitted(found.people) is None}
    everyone = keys.keys() - events - some
    assert {keys[code] for code in everyone} == {"residents-1-january"}
    assert all(keys[code] not in ("residents-1-january", "") for code in events | some)


def test_whom_one_counts_is_what_another_divides_by() -> None:
    keys = {found.code: leaves(found, Person())[0] for found in map(indicator, PAIRS)}

    for host, guest in (("ruks_praev_kol", "akut_kol"), ("plejehjem", "plejehjem_indl")):
        assert keys[host].numerator_key == keys[guest].denominator_key != ""
    assert keys["akut_kol"].denominator_key != keys["plejehjem_indl"].denominator_key


PAIRS = ("ruks_praev_kol", "akut_kol", "plejehjem", "plejehjem_indl")


def test_the_same_discharges_are_one_population() -> None:
    readmitted, followed = map(indicator, ("genind_psyk_30", "psyk_opfoelg_7"))

    assert denominator_key(readmitted) == denominator_key(followed)


def test_no_rows_at_all_count_to_zero() -> None:
    for table in leaves("genind_67", Person()):
        assert table.numerator.sum() == 0
        assert table.denominator is not None
        assert table.denominator.sum() == 0


def test_a_person_older_than_the_oldest_band_is_in_the_open_end() -> None:
    table = next(t for t in leaves("pop_folketal", Person(born="1915-01-01")) if t.period == "2024")

    assert table.numerator[:, :, -1].sum() == 1
    assert indicator("pop_folketal").atoms[-1] == (90, None)
