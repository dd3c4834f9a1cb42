"""Contacts chained to stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from klynge.engine.spine.models import Parameters
from tests.engine.counting import spine_of
from tests.engine.people import EXTRACT_END, Person, moment


def stays_of(
    *people: Person,
    columns: str = "started_at, ended_at",
    max_gap_hours: int = 4,
    admission_min_hours: int = 12,
    extract_end: datetime = EXTRACT_END,
) -> list[tuple[object, ...]]:
    def parameters(end: datetime) -> Parameters:
        return Parameters(end, max_gap_hours, admission_min_hours)

    with spine_of(
        *people, tables=["stays"], extract_end=extract_end, parameters=parameters
    ) as database:
        return database.fetchall(f"SELECT {columns} FROM stays ORDER BY pid, started_at")


@pytest.mark.parametrize(
    ("contacts", "stays", "why"),
    [
        ([("10:00", "12:00"), ("12:00", "14:00")], 1, "one takes over from the other"),
        ([("10:00", "14:00"), ("12:00", "16:00")], 1, "they overlap"),
        ([("10:00", "20:00"), ("12:00", "13:00"), ("23:00", "23:30")], 1, "the second is nested"),
        ([("10:00", "12:00"), ("16:00", "17:00")], 1, "a gap of exactly 4 hours"),
        ([("10:00", "12:00"), ("16:01", "17:00")], 2, "a gap of 4 hours and a minute"),
        ([("10:00", "10:00"), ("10:00", "10:00")], 1, "two at the same moment, of no length"),
    ],
)
def test_contacts_chain(contacts: list[tuple[str, str]], stays: int, why: str) -> None:
    person = Person()
    for start, end in contacts:
        person = person.with_stay(f"2024-03-01 {start}", f"2024-03-01 {end}")

    assert len(stays_of(person)) == stays, why


def test_a_chain_of_short_gaps_is_one_stay_from_first_start_to_latest_end() -> None:
    person = (
        Person()
        .with_stay("2024-03-01 10:00", "2024-03-03 10:00")
        .with_stay("2024-03-02 10:00", "2024-03-02 11:00")
        .with_stay("2024-03-03 13:00", "2024-03-03 15:00")
    )

    assert stays_of(person) == [(moment("2024-03-01 10:00"), moment("2024-03-03 15:00"))]


def test_a_chain_runs_over_midnight_and_new_year() -> None:
    person = (
        Person()
        .with_stay("2023-12-31 20:00", "2023-12-31 23:00")
        .with_stay("2024-01-01 02:00", "2024-01-01 09:00")
    )

    assert stays_of(person) == [(moment("2023-12-31 20:00"), moment("2024-01-01 09:00"))]


def test_contacts_of_two_people_do_not_chain() -> None:
    one, other = (Person().with_stay("2024-03-01 10:00", hours=2) for _ in range(2))

    assert len(stays_of(one, other)) == 2


def test_the_gap_is_a_parameter() -> None:
    person = Person().with_stay("2024-03-01 10:00", hours=1).with_stay("2024-03-01 17:00")

    assert len(stays_of(person, max_gap_hours=6)) == 1


@pytest.mark.parametrize(("minutes", "admission"), [(720, True), (719, False)])
def test_an_admission_is_12_hours_or_more(minutes: int, admission: bool) -> None:
    person = Person().with_stay("2024-03-01 10:00", hours=minutes / 60)

    assert stays_of(person, columns="admission") == [(admission,)]


def test_the_length_of_an_admission_is_a_parameter() -> None:
    person = Person().with_stay("2024-03-01 10:00", hours=6)

    assert stays_of(person, columns="admission", admission_min_hours=6) == [(True,)]


def test_two_short_contacts_make_an_admission_together() -> None:
    person = Person().with_stay("2024-03-01 08:00", hours=4).with_stay("2024-03-01 16:00", hours=4)

    assert stays_of(person, columns="admission, contacts") == [(True, 2)]


def test_ties_in_start_are_broken_by_the_contacts_key() -> None:
    person = (
        Person()
        .with_stay("2024-03-01 10:00", key="b", diagnosis="DJ189", acute=False)
        .with_stay("2024-03-01 10:00", key="a", diagnosis="DJ44", acute=True)
    )

    assert stays_of(person, columns="diagnosis, acute") == [("DJ44", True)]


def test_the_first_contact_without_a_diagnosis_leaves_the_stay_without_one() -> None:
    person = (
        Person()
        .with_stay("2024-03-01 10:00", diagnosis=None, hours=2)
        .with_stay("2024-03-01 13:00", diagnosis="DJ44")
    )

    assert stays_of(person, columns="diagnosis") == [(None,)]


def test_an_unfinished_psychiatric_contact_runs_to_the_end_of_the_extract() -> None:
    person = Person().with_stay("2025-12-01", psychiatric=True, unfinished=True)

    assert stays_of(person, columns="ended_at, running") == [(EXTRACT_END, True)]


def test_an_unfinished_contact_of_somebody_who_died_runs_to_the_end_of_that_day() -> None:
    person = Person(died="2024-05-01").with_stay("2024-03-01", psychiatric=True, unfinished=True)

    assert stays_of(person, columns="ended_at, died") == [(moment("2024-05-02 00:00"), True)]


def test_an_unfinished_contact_swallows_what_comes_later() -> None:
    person = (
        Person().with_stay("2024-03-01", psychiatric=True, unfinished=True).with_stay("2024-09-01")
    )

    assert stays_of(person, columns="contacts") == [(2,)]


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (Person().with_stay("2024-03-01", kind="ALCA03"), "virtual"),
        (Person().with_stay("2024-03-01", kind="ALCA10"), "dead on arrival"),
        (Person().with_stay("2024-03-01", unfinished=True), "unfinished and somatic"),
        (Person().with_stay("2024-03-01", "2024-02-01"), "ended before it began"),
        (Person(died="2024-02-01").with_stay("2024-03-01"), "begun after death"),
        (Person().with_stay("2026-01-01 00:00"), "begun after the extract's end"),
        (Person(homes={}).with_stay("2024-03-01"), "somebody the population does not know"),
    ],
)
def test_what_is_no_part_of_a_stay(person: Person, why: str) -> None:
    assert stays_of(person, Person()) == [], why


def test_who_died_on_the_day_of_discharge_died_there() -> None:
    discharged = Person(died="2024-03-03").with_stay("2024-03-01 12:00", "2024-03-03 08:00")
    died_later = Person(died="2024-03-04").with_stay("2024-03-01 12:00", "2024-03-03 08:00")

    assert stays_of(discharged, died_later, columns="died") == [(True,), (False,)]


def test_a_contact_on_the_day_of_death_counts() -> None:
    person = Person(died="2024-03-01").with_stay("2024-03-01 23:00", hours=1)

    assert len(stays_of(person)) == 1


@pytest.mark.parametrize(
    ("specialty", "domain"),
    [
        ("psykiatri", "psykiatri"),
        ("Børne- og ungdomspsykiatri", "psykiatri"),
        ("intern medicin", "somatik"),
        (None, "somatik"),
    ],
)
def test_the_domain_is_told_by_the_main_specialty(specialty: str | None, domain: str) -> None:
    person = Person().with_stay("2024-03-01")
    (table, row) = person.rows[0]
    person = Person(rows=((table, {**row, "hovedspeciale_ans": specialty}),))

    assert stays_of(person, columns="domain") == [(domain,)]


def test_subcodes_of_ata1_are_acute() -> None:
    person = Person().with_stay("2024-03-01")
    (table, row) = person.rows[0]
    person = Person(rows=((table, {**row, "prioritet": "ATA12"}),))

    assert stays_of(person, columns="acute") == [(True,)]


def test_no_contacts_no_stays() -> None:
    assert stays_of(Person()) == []


def test_stays_of_a_person_never_touch() -> None:
    """Whatever the contacts, two stays of a person lie more than the gap apart."""
    person = Person()
    for hour in (0, 3, 5, 9, 11, 30, 33, 70, 71, 90, 100):
        start = moment("2024-03-01 00:00") + timedelta(hours=hour)
        person = person.with_stay(str(start)[:16], hours=(hour * 7) % 5)

    found = stays_of(person)

    assert all(
        later[0] - earlier[1] > timedelta(hours=4)  # type: ignore[operator]
        for earlier, later in pairwise(found)
    )
