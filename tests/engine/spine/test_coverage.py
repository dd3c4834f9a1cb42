"""What time the extracts cover."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from klynge.engine.registers.check import check
from klynge.engine.spine.coverage import end_of, snapshot_years, whole_years
from tests.engine.counting import spine_of
from tests.engine.people import EXTRACT_END, SCHEMAS, Person, write_registers


def days(number: int, first: date = date(2025, 1, 1)) -> list[tuple[date, int]]:
    return [(first + timedelta(days=at), 100) for at in range(number)]


def test_the_extract_ends_at_midnight_after_its_last_usual_day() -> None:
    assert end_of(days(365)) == datetime(2026, 1, 1)


def test_a_date_typed_wrong_does_not_move_the_end() -> None:
    assert end_of([*days(365), (date(2099, 1, 1), 1)]) == datetime(2026, 1, 1)


def test_the_last_transfers_of_stays_begun_before_the_end_do_not_move_it() -> None:
    assert end_of([*days(365), (date(2026, 1, 1), 4)]) == datetime(2026, 1, 1)


def test_a_small_extract_ends_with_its_last_contact() -> None:
    assert end_of([(date(2024, 3, 1), 1), (date(2024, 5, 1), 1)]) == datetime(2024, 5, 2)


def test_no_contacts_end_before_everything() -> None:
    assert end_of([]) == datetime(1900, 1, 1)


def test_snapshots_tell_the_years() -> None:
    with spine_of(Person(), tables=["residents"]) as database:
        assert snapshot_years(database) == (2023, 2024, 2025)


def test_a_year_is_whole_when_it_has_both_january_and_december() -> None:
    person = Person().with_stay("2023-12-01").with_stay("2024-01-10").with_stay("2024-12-10")

    with spine_of(person, tables=["stays"]) as database:
        assert whole_years(database, "stays", datetime(2025, 1, 1)) == {2024}


def test_a_year_the_contacts_do_not_reach_the_end_of_is_not_whole() -> None:
    person = Person().with_stay("2024-01-10").with_stay("2024-12-10")

    with spine_of(person, tables=["stays"]) as database:
        assert whole_years(database, "stays", datetime(2024, 12, 11)) == frozenset()


def test_claim_weeks_tell_whole_years_too() -> None:
    person = Person().with_gp("2402").with_gp("2451").with_gp("2502")

    with spine_of(person, tables=["gp_weeks"]) as database:
        assert whole_years(database, "gp_weeks", EXTRACT_END) == {2024}


def test_a_snapshot_has_no_whole_years() -> None:
    with spine_of(Person(), tables=["care_home"]) as database:
        assert whole_years(database, "care_home", EXTRACT_END) is None


def test_builders_pass_the_production_check(tmp_path: Path) -> None:
    person = (
        Person(died="2025-06-01")
        .with_stay("2024-03-01")
        .with_diagnosis("DJ44")
        .with_gp("2401")
        .with_medicine("R03BB04", "2024-01-01")
        .in_care_home("2024-01-01")
        .nursed("2024-01-02")
        .with_home_help("202401")
        .with_plan("2024-01-03", offered="2024-01-09")
        .marked("2024-03-02")
        .visited("2024-05-01")
        .migrated("2024-05-02", "out")
        .in_training("202405")
        .in_reablement(2024)
        .with_test("2024-01-05", "48")
        .educated("30", "1970-06-30")
        .in_ruks("KOL", "2020-01-01")
        .in_prevention("2024-01-05", "2024-03-01")
    )

    write_registers(tmp_path, [person])

    assert check(tmp_path, SCHEMAS) == []
