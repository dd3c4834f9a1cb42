"""Moves into and out of the country, and the time that residents were not here."""

from __future__ import annotations

from datetime import date

import pytest

from tests.engine.counting import spine_of
from tests.engine.people import Person

HOME = Person()


def moves(person: Person) -> list[tuple[str, str]]:
    with spine_of(person, tables=["migrations"]) as database:
        found = database.fetchall("SELECT moved_on, direction FROM migrations ORDER BY 1")
    return [(str(day), direction) for day, direction in found]


def lost(person: Person) -> dict[int, int]:
    with spine_of(person, tables=["time_lost"]) as database:
        return dict(database.fetchall("SELECT year, days FROM time_lost"))


def fates(*people: Person) -> list[str]:
    with spine_of(*people, tables=["migrations"]) as database:
        return [fate for (fate,) in database.fetchall("SELECT fate FROM migration_rows ORDER BY 1")]


def test_a_move_keeps_its_day_and_direction() -> None:
    away = HOME.migrated("2024-03-01", "out").migrated("2025-03-01", "in")

    assert moves(away) == [("2024-03-01", "out"), ("2025-03-01", "in")]


def test_out_and_in_on_one_day_is_no_move() -> None:
    assert moves(HOME.migrated("2024-03-01", "out").migrated("2024-03-01", "in")) == []


def test_every_move_has_a_fate() -> None:
    stranger = Person(homes={}).migrated("2024-03-01", "in")
    early = HOME.migrated("1950-05-31", "in")
    late = Person(died="2024-03-01").migrated("2024-03-02", "out")

    assert fates(stranger, early, late, HOME.migrated("2024-03-01", "out")) == [
        "after_death", "impossible_times", "no_residence", "used",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("person", "days"),
    [
        (HOME, {}),
        (HOME.migrated("2024-07-01", "out"), {2024: 184}),
        (HOME.migrated("2023-12-31", "out"), {2023: 1}),
        (HOME.migrated("2024-01-01", "out"), {2024: 366}),
        (
            HOME.migrated("2024-12-31", "out").migrated("2025-01-02", "in"),
            {2024: 1},
        ),
        (
            HOME.migrated("2024-02-01", "out").migrated("2024-02-11", "in")
            .migrated("2024-12-27", "out"),
            {2024: 15},
        ),
        (Person(died="2025-12-30"), {2025: 1}),
        (Person(died="2024-02-29"), {2024: 306}),
        (Person(died="2024-06-30").migrated("2024-07-01", "in"), {2024: 184}),
        (Person(homes={2025: "730"}).migrated("2024-03-01", "out"), {}),
    ],
)  # fmt: skip
def test_the_days_not_here_come_out_as_worked_by_hand(person: Person, days: dict[int, int]) -> None:
    """A year is told alone: who is in the snapshot of 1 January is here until the next move."""
    assert lost(person) == days


def test_the_days_of_a_year_are_never_more_than_it_has() -> None:
    away = Person(died="2024-01-01").migrated("2024-01-01", "out").migrated("2024-12-31", "in")

    assert lost(away) == {2024: 366}
    assert (date(2025, 1, 1) - date(2024, 1, 1)).days == 366
