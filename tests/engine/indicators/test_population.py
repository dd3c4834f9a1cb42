"""The three population indicators, by hand."""

from __future__ import annotations

import pytest

from tests.engine.counting import counted, leaves
from tests.engine.people import Person


def test_folketal_counts_who_lived_there_on_1_january() -> None:
    people = [Person(), Person(kommune="751"), Person(born="2023-12-31")]

    assert counted("pop_folketal", *people) == {"730": (2, None), "751": (1, None)}


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (Person(kommune="411"), "Christiansø is no kommune"),
        (Person(kommune="960"), "outside the 98"),
        (Person(homes={2023: "730", 2025: "730"}), "away on that 1 January"),
        (Person(died="2023-12-31", homes={2024: "730"}), "died the day before"),
        (Person(born="2024-01-01"), "born on the day itself, so not in the snapshot before it"),
    ],
)
def test_folketal_leaves_out(person: Person, why: str) -> None:
    assert counted("pop_folketal", person, Person(kommune="751")) == {"751": (1, None)}, why


def test_who_died_on_1_january_was_there_that_morning() -> None:
    person = Person(died="2024-01-01", homes={2023: "730", 2024: "730"})

    assert counted("pop_folketal", person) == {"730": (1, None)}


def test_who_moved_is_counted_where_they_lived_on_each_1_january() -> None:
    moved = Person(homes={2023: "730", 2024: "751", 2025: "101"})

    assert counted("pop_folketal", moved, year=2023) == {"730": (1, None)}
    assert counted("pop_folketal", moved, year=2024) == {"751": (1, None)}


def test_folketal_is_laid_in_the_cell_of_sex_and_age() -> None:
    # 79 on 1 January 2024, 80 a year later.
    man = Person(born="1944-06-01", woman=False)

    table = next(t for t in leaves("pop_folketal", man) if t.period == "2024")

    (area, sex, atom) = table.numerator.nonzero()
    assert (table.areas[area[0]], int(sex[0]), table.atoms[atom[0]]) == ("730", 1, (75, 79))


@pytest.mark.parametrize(
    ("born", "atom"),
    [("1944-01-01", (80, 84)), ("1944-01-02", (75, 79)), ("1933-12-31", (90, None))],
)
def test_age_turns_on_the_birthday(born: str, atom: tuple[int, int | None]) -> None:
    table = next(t for t in leaves("pop_folketal", Person(born=born)) if t.period == "2024")

    assert table.atoms[table.numerator.nonzero()[2][0]] == atom


def test_aldersandel_sets_each_age_against_residents_of_all_ages() -> None:
    people = [Person(born="1950-01-01"), Person(born="1940-01-01"), Person(born="2000-01-01")]

    table = next(t for t in leaves("pop_aldersandel", *people) if t.period == "2024")

    assert table.denominator is not None
    of_80 = [at for at, (low, _high) in enumerate(table.atoms) if low >= 80]
    assert table.numerator[:, :, of_80].sum() == 1
    assert table.denominator.sum() == 3


def test_prim_andel_counts_a_person_once_however_often_they_came() -> None:
    often = Person().with_gp("2401").with_gp("2430").with_gp("2430")

    assert counted("prim_andel", often, Person()) == {"730": (1, 2)}


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (Person().with_gp("2352"), "the last week of the year before"),
        (Person().with_gp("2501"), "the first week of the year after"),
        (Person().with_gp("2410", specialty="501001"), "a dentist"),
        (Person().with_gp("2410", contacts=0), "a service that is no contact"),
        (Person().with_gp("2410", child=1), "a child's visit on the parent's number"),
    ],
)
def test_prim_andel_leaves_out(person: Person, why: str) -> None:
    assert counted("prim_andel", person) == {"730": (0, 1)}, why


def test_prim_andel_takes_the_year_of_the_claim_week_not_of_its_monday() -> None:
    # Week 1 of 2025 begins on Monday 30 December 2024.
    assert counted("prim_andel", Person().with_gp("2501"), year=2025) == {"730": (1, 1)}


def test_prim_andel_knows_week_53_and_the_unmarked_child() -> None:
    years = (2020, 2021)
    person = Person().with_gp("2053", child=None)

    assert counted("prim_andel", person, years=years, year=2020) == {"730": (1, 1)}


def test_prim_andel_leaves_out_who_moved_in_during_the_year() -> None:
    new = Person(homes={2025: "730"}).with_gp("2410")

    assert counted("prim_andel", new, Person()) == {"730": (0, 1)}
