"""Every row accounted for, and no small number told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from klynge.engine.counts import periods
from klynge.engine.indicators import ALL
from klynge.engine.quality.report import report
from klynge.engine.quality.rounding import rounded
from klynge.engine.spine import coverage, models
from tests.engine.counting import spine_of
from tests.engine.people import EXTRACT_END, YEARS, Person


def quality_of(
    *people: Person, years: tuple[int, ...] = YEARS, extract_end: datetime = EXTRACT_END
) -> dict[str, Any]:
    tables = sorted({table for indicator in ALL for table in indicator.tables})
    chronic = [rule for indicator in ALL for rule in indicator.chronic]
    with spine_of(*people, tables=tables, chronic=chronic, extract_end=extract_end) as database:
        database.register("periods", periods(years))
        return report(
            database,
            ALL,
            years=years,
            models=models.needed_for(tables),
            parameters=models.Parameters(extract_end),
            left_out={},
        )


def reasons(account: dict[str, Any]) -> dict[str, Any]:
    return {line["reason"]: line["rows"] for line in account["fell_out"]}


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, 0), (1, "<5"), (4, "<5"), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (1002, 1000)],
)
def test_counts_are_told_to_the_nearest_5(count: int, told: int | str) -> None:
    assert rounded(count) == told


def test_every_register_that_is_read_row_by_row_is_accounted_for() -> None:
    tables = {table for indicator in ALL for table in indicator.tables}
    read = {m.name for m in models.needed_for(tables) if m.name.endswith("_rows")}
    people = [Person().in_prevention("2024-01-09") for _each in range(10)]
    found = quality_of(*people)["tables"]

    assert len(found) == len(read)
    assert found["forebyggelsestilbud"]["used"] == 10


def test_every_contact_is_used_or_has_one_reason() -> None:
    kinds = [
        Person().with_stay("2024-03-01"),
        Person().with_stay("2024-03-01", kind="ALCA03"),
        Person().with_stay("2024-03-01", unfinished=True),
        Person(homes={}).with_stay("2024-03-01"),
        Person(died="2024-01-01").with_stay("2024-03-01"),
        Person().with_stay("2026-03-01"),
        Person().with_stay("2024-03-01", "2024-02-01"),
    ]
    found = quality_of(*[kind for kind in kinds for _each in range(10)])["tables"]["kontakter"]

    assert (found["rows"], found["used"]) == (70, 10)
    assert reasons(found) == {
        "no_residence": 10, "not_physical": 10, "impossible_times": 10, "after_extract_end": 10,
        "after_death": 10, "unfinished": 10,
    }  # fmt: skip


def test_few_rows_are_told_as_fewer_than_5() -> None:
    found = quality_of(Person().with_stay("2024-03-01", kind="ALCA03"))["tables"]["kontakter"]

    assert reasons(found) == {"not_physical": "<5"}


def test_residents_fall_out_by_kommune_and_year() -> None:
    people = [Person(kommune="411") for _each in range(10)] + [Person() for _each in range(5)]
    found = quality_of(*people, years=(2023, 2024))["tables"]["bef"]

    # 15 people in three snapshots; those of 2025 are outside the years unless unplaced already.
    assert (found["rows"], found["used"]) == (45, 10)
    assert reasons(found) == {"outside_years": 5, "unknown_kommune": 30}


def test_stays_of_people_without_residence_that_1_january_are_accounted_for() -> None:
    moved_in = Person(homes={2025: "730"}).with_stay("2024-03-01")
    there = Person().with_stay("2024-03-01").with_stay("2020-03-01")
    people = [person for person in (moved_in, there) for _each in range(10)]
    found = quality_of(*people)["events"]["stays"]

    assert (found["rows"], found["used"]) == (30, 10)
    assert reasons(found) == {"outside_years": 10, "no_residence_on_1_january": 10}


def test_diagnoses_revoked_and_without_a_contact_fall_out() -> None:
    revoked = Person().with_diagnosis("DJ44", revoked=True)
    person = Person().with_diagnosis("DJ44")
    ((_t, row), *_rest) = [entry for entry in person.rows if entry[0] == "diagnoser"]
    orphan = Person(rows=(("diagnoser", {**row, "dw_ek_kontakt": "nowhere"}),))
    found = quality_of(*[p for p in (revoked, orphan) for _each in range(10)])

    assert reasons(found["tables"]["diagnoser"]) == {"no_contact": 10, "revoked": 10}


def test_claims_for_children_fall_out() -> None:
    found = quality_of(*[Person().with_gp("2410", child=1) for _each in range(10)])

    assert reasons(found["tables"]["sssy"]) == {"child_on_parents_number": 10}


def test_admissions_that_cannot_be_followed_are_told_by_period() -> None:
    late = [Person().with_stay("2025-12-20") for _each in range(10)]
    found = quality_of(*late)["no_full_follow_up"]

    assert {"indicator": "genind_67", "period": "2025", "days": 30, "events": 10} in found
    assert {line["period"] for line in found} == {"2025"}


def test_poor_linkage_is_a_warning() -> None:
    strangers = [Person(homes={}).with_gp("2410") for _each in range(10)]
    known = [Person().with_gp("2410") for _each in range(90)]
    found = quality_of(*strangers, *known)

    (line,) = [line for line in found["linkage"] if line["register"] == "sssy"]
    assert line["per_cent"] == 90.0
    assert any("90,0 pct." in warning["da"] for warning in found["warnings"])


def test_forgotten_contacts_are_a_warning() -> None:
    forgotten = [
        Person().with_stay("2023-03-01", psychiatric=True, unfinished=True) for _each in range(10)
    ]
    found = quality_of(*forgotten)["warnings"]

    assert any("10 psykiatriske kontakter" in warning["da"] for warning in found)


def test_a_short_history_is_a_warning_where_chronic_disease_is_counted() -> None:
    found = quality_of(Person().with_diagnosis("DJ44", "2020-01-01"))["warnings"]

    assert any("3 år tilbage" in warning["da"] for warning in found)


def test_the_report_says_where_the_extract_ends_and_what_a_stay_is() -> None:
    found = quality_of(Person())

    assert found["extract_end"] == "2025-12-31"
    assert (found["max_gap_hours"], found["admission_min_hours"]) == (4, 12)


def test_without_hospital_contacts_no_end_of_them_is_told() -> None:
    assert "extract_end" in quality_of(Person())
    assert "extract_end" not in quality_of(Person(), extract_end=coverage.NO_CONTACTS)


def test_people_who_come_and_go_within_the_year_are_told() -> None:
    kinds = {
        "stayed": Person(),
        "moved": Person(homes={2023: "730", 2024: "101"}),
        "died": Person(died="2023-05-01"),
        "gone": Person(homes={2023: "730"}),
        "born": Person(born="2023-06-01"),
        "came": Person(homes={2024: "730"}),
    }
    found = quality_of(*[kind for kind in kinds.values() for _each in range(10)])["movers"]

    assert found[0] == {"year": 2023, **dict.fromkeys(kinds, 10)}
    # The last 1 January of the extract has none after it.
    assert [each["year"] for each in found] == [2023, 2024]
