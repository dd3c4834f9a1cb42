"""Figures for larger places, computed from the kommuner's."""

from __future__ import annotations

import pytest

from klynge.web.figures import published_file, weighting
from klynge.web.figures.tests.builders import csv_file


def _computed(*rows: str) -> dict[tuple[str, str], weighting.Weighted]:
    read = published_file.read("tal.csv", csv_file(*rows))
    return {(one.place_kind, one.place): one for one in weighting.of_places(read.rows)}


def _every_kommune(value: str = "10") -> list[str]:
    return [f"x;kommune;{code};2025;{value};S" for code in weighting.population()]


def test_agrees_with_the_hand():
    # Aarhusklyngen is Aarhus (751) and Samsø (741).
    aarhus, samso = weighting.population()["751"], weighting.population()["741"]

    found = _computed("x;kommune;751;2025;10;S", "x;kommune;741;2025;40;S")

    by_hand = (aarhus * 10 + samso * 40) / (aarhus + samso)
    assert found["klynge", "rm-aarhus"].value == pytest.approx(by_hand)
    assert 10.1 < by_hand < 10.4  # Samsø is small


def test_equal_values_give_that_value_everywhere():
    found = _computed(*_every_kommune())

    assert {round(one.value, 9) for one in found.values()} == {10}
    kinds = [kind for kind, _place in found]
    assert [kinds.count(kind) for kind in ("klynge", "sundhedsraad", "region", "land")] == [
        22,
        17,
        5,
        1,
    ]


def test_kobenhavn_counts_whole_in_both_its_klynger_and_once_in_the_country():
    rows = [r.replace(";10;", ";110;") if ";101;" in r else r for r in _every_kommune()]
    people = weighting.population()

    found = _computed(*rows)

    byen = (people["101"] * 110 + people["147"] * 10) / (people["101"] + people["147"])
    land = 10 + 100 * people["101"] / sum(people.values())
    assert found["klynge", "rh-byen"].value == pytest.approx(byen)
    assert found["klynge", "rh-syd"].value > 50
    assert found["land", "DK"].value == pytest.approx(land)


def test_rodovre_counts_in_its_somatic_klynge():
    rows = [r.replace(";10;", ";99;") if ";175;" in r else r for r in _every_kommune()]

    found = _computed(*rows)

    assert found["klynge", "rh-midt"].value > 10
    assert found["klynge", "rh-syd"].value == pytest.approx(10)


def test_a_small_kommune_without_a_figure_is_left_out_and_told():
    found = _computed("x;kommune;751;2025;10;S")["klynge", "rm-aarhus"]

    assert (found.members_with_value, found.members) == (1, 2)
    assert 0.98 < found.coverage < 1


def test_nothing_is_computed_where_too_many_people_have_no_figure():
    assert ("klynge", "rm-aarhus") not in _computed("x;kommune;741;2025;10;S")


def test_what_the_source_publishes_itself_is_not_computed():
    found = _computed(*_every_kommune(), "x;klynge;rm-aarhus;2025;77;S", "x;land;DK;2025;66;S")

    assert ("klynge", "rm-aarhus") not in found
    assert ("land", "DK") not in found
    assert ("klynge", "rm-randers") in found


def test_periods_and_sources_are_kept_apart():
    read = published_file.read(
        "tal.csv",
        csv_file("x;kommune;751;2024;1;S", "x;kommune;751;2025;2;S", "x;kommune;751;2025;3;Anden"),
    )

    found = [
        (one.source, one.period, one.value)
        for one in weighting.of_places(read.rows)
        if one.place == "rm-aarhus"
    ]

    assert found == [("S", "2024", 1), ("S", "2025", 2), ("Anden", "2025", 3)]


def test_n_is_added_up_only_where_every_kommune_has_it():
    head = "indicator;place_kind;place;period;value;n;source\n"
    rows = ("x;kommune;751;2025;1;300;S", "x;kommune;741;2025;1;20;S", "y;kommune;751;2025;1;;S")
    read = published_file.read("tal.csv", csv_file(*rows, head=head))

    found = {one.indicator: one.n for one in weighting.of_places(read.rows)}

    assert found == {"x": 320, "y": None}


def test_the_population_is_that_of_statistics_denmark():
    assert len(weighting.population()) == 98
    assert sum(weighting.population().values()) == 6_025_511


def test_psychiatric_figures_follow_the_psychiatric_membership():
    head = "indicator;place_kind;place;period;value;source;theme\n"
    rows = [
        f"x;kommune;{code};2025;{100 if code == '175' else 10};S;psychiatry"
        for code in weighting.population()
    ]
    read = published_file.read("tal.csv", csv_file(*rows, head=head))

    found = {one.place: one.value for one in weighting.of_places(read.rows, read.about)}

    # Rødovre (175) is in rh-syd for psychiatry and in rh-midt for somatic care.
    assert found["rh-midt"] == pytest.approx(10)
    assert found["rh-syd"] > 10
