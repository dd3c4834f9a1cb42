"""What somebody's education was on a day: the highest completed so far."""

from __future__ import annotations

import random
from datetime import date

import pytest

from tests.engine.counting import spine_of
from tests.engine.people import Person

LOW, MIDDLE, HIGH = "10", "30", "70"


def spans(*people: Person) -> list[list[tuple[str, str, str]]]:
    """For each person level, first day, and first day with a higher one ("" when there is none)."""
    with spine_of(*people, tables=["education"]) as database:
        found = database.fetchall(
            "SELECT p.pnr, e.level, e.held_from, e.held_until FROM persons AS p"
            " LEFT JOIN education AS e ON e.pid = p.pid ORDER BY 1, 3",
            doing="education",
        )
    told: dict[str, list[tuple[str, str, str]]] = {}
    for pnr, level, since, until in found:
        mine = told.setdefault(pnr, [])
        if level is not None:
            mine.append((level, str(since), str(until or "")))
    return [told[pnr] for pnr in sorted(told)]


def test_a_higher_one_takes_over_on_its_day() -> None:
    person = Person().educated(LOW, "1966-06-20").educated(MIDDLE, "1971-01-31")

    assert spans(person) == [[("low", "1966-06-20", "1971-01-31"), ("middle", "1971-01-31", "")]]


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (Person().educated(HIGH, "1975-01-31").educated(MIDDLE, "1980-06-20"), "a lower one later"),
        (Person().educated(HIGH, "1975-01-31").educated(HIGH, "1980-06-20"), "the same again"),
        (Person().educated(MIDDLE, "1975-01-31").educated(HIGH, "1975-01-31"), "two a day"),
        (Person().educated(HIGH, "1975-01-31").educated("90", "1980-06-20"), "a code of no level"),
        (Person().educated(HIGH, "1975-01-31").educated(LOW, "1940-01-01"), "before the birth"),
        (Person().educated(None, "1975-01-31", code="70"), "a code that is the main group"),
        (Person().educated("70", "1975-01-31", code="5021"), "the main group goes first"),
    ],
)
def test_the_highest_counts(person: Person, why: str) -> None:
    assert spans(person) == [[("high", "1975-01-31", "")]], why


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (Person(), "no row"),
        (Person().educated("90", "1975-01-31"), "not told"),
        (Person().educated(None, "1975-01-31", code="5021"), "a code without its main group"),
        (Person().educated("7O", "1975-01-31"), "a slip of the pen"),
        (Person().educated(None, "1975-01-31"), "nothing at all"),
    ],
)
def test_unknown_is_no_row(person: Person, why: str) -> None:
    assert spans(person) == [[]], why


def test_without_a_day_it_was_always_held() -> None:
    person = Person().educated(LOW).educated(HIGH, "1976-06-30")

    assert spans(person) == [[("low", "1900-01-01", "1976-06-30"), ("high", "1976-06-30", "")]]


def test_the_level_of_every_day_is_that_of_a_plain_look_through_the_rows() -> None:
    chance = random.Random(11)
    groups = [LOW, "15", "20", MIDDLE, "35", "40", HIGH, "80", "90", None, "99"]
    days = ["", "1949-12-31", "1966-06-20", "1971-01-31", "1971-02-01", "2024-01-01", "2024-01-02"]
    lives = []
    for _person in range(300):
        rows = [(chance.choice(groups), chance.choice(days)) for _row in range(chance.randrange(5))]
        person = Person()
        for group, on in rows:
            person = person.educated(group, on)
        lives.append((person, rows))
    found = spans(*(person for person, _rows in lives))

    for told, (_person, rows) in zip(found, lives, strict=True):
        for day in ("1960-01-01", "1971-01-31", "2023-12-31", "2024-01-01", "2025-01-01"):
            held = [level for level, since, until in told if since <= day < (until or "9999")]
            assert held == _plainly(rows, day)


def _plainly(rows: list[tuple[str | None, str]], day: str) -> list[str]:
    """Person is born on 1 June 1950."""
    best = ""
    for group, on in rows:
        if on and (on < "1950-06-01" or date.fromisoformat(on) > date.fromisoformat(day)):
            continue
        if group in ("40", "50", "60", "70", "80"):
            best = "high"
        elif group in ("20", "30", "35") and best != "high":
            best = "middle"
        elif group in ("10", "15") and not best:
            best = "low"
    return [best] if best else []
