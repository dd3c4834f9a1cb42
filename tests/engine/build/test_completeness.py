"""Gaps and jumps by month and kommune are named; summers and small kommuner are not."""

from __future__ import annotations

import pytest

from klynge.engine.quality.completeness import (
    COUNTRY,
    Finding,
    as_json,
    findings,
    questions,
    told,
    warnings,
)
from klynge.engine.spine import subset
from klynge.structure import places
from tests.engine.build.test_quality import quality_of
from tests.engine.people import Person

MONTHS = [year * 100 + month for year in (2023, 2024) for month in range(1, 13)]
HOMES = {"730": 100_000, "101": 600_000, "751": 350_000}
SUMMER = {7: 0.5, 12: 0.7}


def even(per_month: int = 1000) -> dict[str, dict[int, int]]:
    """Three kommuner with an even number a month by size, and fewer in July and December."""
    return {
        kommune: {m: int(per_month * n / 100_000 * SUMMER.get(m % 100, 1)) for m in MONTHS}
        for kommune, n in HOMES.items()
    }


def test_summer_and_christmas_are_no_gaps() -> None:
    assert findings("aehjsp", even(), HOMES) == []


def test_a_sudden_gap_is_named_with_its_months() -> None:
    counts = even()
    counts["730"] |= {202403: 100, 202404: 0}
    assert findings("aehjsp", counts, HOMES) == [Finding("aehjsp", "730", 202403, 202404, "gap")]


def test_a_gap_runs_over_new_year() -> None:
    counts = even()
    del counts["730"][202312], counts["730"][202401]
    assert findings("aehjsp", counts, HOMES) == [Finding("aehjsp", "730", 202312, 202401, "gap")]


def test_a_month_delivered_twice_is_named() -> None:
    counts = even()
    counts["730"][202403] *= 2
    assert findings("aehjsp", counts, HOMES) == [Finding("aehjsp", "730", 202403, 202403, "double")]


def test_a_gap_in_the_whole_country_is_told_once() -> None:
    counts = even()
    for months in counts.values():
        months[202403] //= 5
    assert findings("aehjsp", counts, HOMES) == [Finding("aehjsp", COUNTRY, 202403, 202403, "gap")]


def test_a_register_that_grew_over_the_years_was_not_delivered_twice() -> None:
    early = dict.fromkeys(_months(2016, 2021), 100)
    late = dict.fromkeys(_months(2022, 2024), 1000)
    assert findings("lmdb", {COUNTRY: early | late}, {}) == []


@pytest.mark.parametrize("years", [1, 3])
def test_whole_years_that_are_missing_in_the_whole_country_are_a_gap(years: int) -> None:
    gone = _months(2020, 2019 + years)
    there = {m: 1000 for m in _months(2017, 2024) if m not in gone}
    expected = [Finding("lmdb", COUNTRY, 202001, gone[-1], "gap")]
    assert findings("lmdb", {COUNTRY: there}, {}) == expected


def test_a_month_delivered_twice_in_the_whole_country_is_named() -> None:
    counts = {COUNTRY: dict.fromkeys(MONTHS, 1000) | {202402: 2000}}
    assert findings("lmdb", counts, {}) == [Finding("lmdb", COUNTRY, 202402, 202402, "double")]


def _months(first: int, last: int) -> list[int]:
    return [year * 100 + month for year in range(first, last + 1) for month in range(1, 13)]


def test_last_months_that_fall_off_are_late() -> None:
    counts = {COUNTRY: dict.fromkeys(MONTHS, 1000) | {202411: 700, 202412: 500}}
    assert findings("sssy", counts, {}) == [Finding("sssy", COUNTRY, 202411, 202412, "late")]


def test_a_kommune_that_never_delivers_is_named() -> None:
    counts = even()
    del counts["730"]
    assert findings("aehjsp", counts, HOMES) == [Finding("aehjsp", "730", 202301, 202412, "absent")]


def test_few_events_and_few_months_tell_nothing() -> None:
    small = even(20)
    small["730"][202403] = 0
    assert findings("aefb", small, HOMES) == []
    short = {kommune: dict(list(months.items())[:6]) for kommune, months in even().items()}
    short["730"][202303] = 0
    assert findings("aefb", short, HOMES) == []


def test_a_date_typed_wrong_does_not_make_years_of_gaps() -> None:
    counts = even()
    counts["730"][202912] = 1
    assert findings("aehjsp", counts, HOMES) == []


def test_no_number_is_told() -> None:
    counts = even()
    counts["730"][202403] = 137
    names = {place.id: place.name for place in places("kommune")}
    [one] = as_json(findings("aehjsp", counts, HOMES), names)
    assert one["da"].startswith("aehjsp i Randers 2024-03 har langt færre hændelser end ventet")
    assert "137" not in str(one)


def test_many_findings_are_told_as_so_many_more() -> None:
    many = [Finding("aehjsp", "730", month, month, "gap") for month in MONTHS]
    lines = warnings(as_json(many, {}))
    assert len(lines) == 21
    assert lines[-1]["en"].startswith("4 other gaps")


@pytest.mark.parametrize("name", sorted(questions({"residents", "stays", "gp_weeks"})))
def test_what_is_asked_keeps_to_the_subset_both_engines_read_alike(name: str) -> None:
    asked = questions({"residents", "stays", "gp_weeks"})
    assert subset.slips(subset.parse(asked[name])) == []


def test_the_answers_of_the_spine_are_read() -> None:
    """A register asked by kommune, and one asked by month alone."""
    answers = {
        "months home_nursing": [("730", 202401, 5)],
        "months gp_weeks": [(202401, 5)],
        "residents by kommune": [("730", 10)],
    }
    assert told(answers) == []


def test_a_gap_reaches_the_report() -> None:
    nursed = [f"{m // 100}-{m % 100:02}-05" for m in MONTHS]
    elsewhere = [Person(kommune="101").nursed(*nursed)] * 40
    here = [Person().nursed(*(day for day in nursed if day != "2024-03-05"))] * 40
    found = quality_of(*here, *elsewhere)
    [line] = [each for each in found["completeness"] if each["register"] == "aehjsp"]
    assert (line["kommune"], line["from"], line["to"]) == ("730", "2024-03", "2024-03")
    assert any(line["da"] == warning["da"] for warning in found["warnings"])
