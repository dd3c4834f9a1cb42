"""The other spine tables, and that every model makes what `tables.py` says."""

from __future__ import annotations

from datetime import date

import pytest

from klynge.engine.spine.tables import TABLES, Kind
from tests.engine.counting import spine_of
from tests.engine.people import Person, moment


def rows(sql: str, *people: Person) -> list[tuple[object, ...]]:
    tables = [name for name in TABLES if f" {name} " in f"{sql} "]
    with spine_of(*people, tables=tables) as database:
        return database.fetchall(sql)


@pytest.mark.parametrize("name", TABLES)
def test_a_model_makes_the_columns_it_is_said_to(name: str) -> None:
    table = TABLES[name]
    with spine_of(Person(), tables=[name]) as database:
        made = database.arrow(f"SELECT * FROM {name}").schema

    assert set(made.names) == {column.name for column in table.columns}
    types = {
        Kind.TEXT: "string", Kind.NUMBER: "int32", Kind.DAY: "date32[day]",
        Kind.MOMENT: "timestamp[us]", Kind.YES_NO: "bool",
    }  # fmt: skip
    for column in table.columns:
        assert str(made.field(column.name).type) == types[column.kind], column.name


@pytest.mark.parametrize(
    ("week", "monday"),
    [
        ("2401", "2024-01-01"),
        ("2501", "2024-12-30"),
        ("2053", "2020-12-28"),
        ("2453", "2024-12-30"),
        ("2353", "2023-12-25"),
        ("2107", "2021-02-15"),
    ],
)
def test_a_claim_week_begins_on_its_iso_monday(week: str, monday: str) -> None:
    found = rows("SELECT week_begins_on FROM gp_weeks", Person().with_gp(week))

    assert found == [(date.fromisoformat(monday),)]


def test_a_claim_of_the_nineties_is_of_the_nineties() -> None:
    assert rows("SELECT year FROM gp_weeks", Person().with_gp("9852")) == [(1998,)]


def test_a_diagnosis_is_dated_by_the_start_of_its_contact() -> None:
    found = rows(
        "SELECT recorded_on, code, type FROM diagnoses",
        Person().with_diagnosis("DJ44", "2022-05-01"),
    )

    assert found == [(moment("2022-05-01").date(), "DJ44", "A")]


def test_the_onset_is_the_day_the_rule_is_first_met() -> None:
    from klynge.engine.indicators import ALL

    chronic = [rule for indicator in ALL for rule in indicator.chronic]
    person = (
        Person()
        .with_medicine("R03BB04", "2020-01-01")
        .with_medicine("R03BB04", "2020-06-01")
        .with_diagnosis("DJ44", "2022-01-01")
        .with_diagnosis("DI500", "2021-01-01")
        .with_diagnosis("DI500", "2020-01-01")
    )
    with spine_of(person, tables=["onsets"], chronic=chronic) as database:
        found = database.fetchall("SELECT disease, began_on FROM onsets ORDER BY disease")

    assert found == [("KOL", date(2020, 6, 1)), ("hjertesvigt", date(2020, 1, 1))]


def test_a_person_has_one_number_however_many_snapshots() -> None:
    found = rows("SELECT COUNT(*), COUNT(DISTINCT pid) FROM persons", Person(), Person())

    assert found == [(2, 2)]


def test_a_key_the_population_does_not_know_is_nobody() -> None:
    stranger = Person(homes={}).in_care_home("2023-01-01").with_gp("2401")

    assert rows("SELECT COUNT(*) FROM care_home", stranger, Person()) == [(0,)]
