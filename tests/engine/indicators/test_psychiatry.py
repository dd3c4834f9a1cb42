"""The three psychiatric indicators, by hand."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.engine.counting import counted
from tests.engine.people import Person


def psychiatric(on: str, until: str = "", **more: object) -> Person:
    return Person().with_stay(on, until, psychiatric=True, diagnosis="DF329", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("person", "years", "why"),
    [
        (psychiatric("2024-03-01", hours=1), {2024}, "an hour"),
        (psychiatric("2023-12-30", "2024-01-02 12:00"), {2023, 2024}, "over new year"),
        (psychiatric("2023-12-30", "2024-01-01 00:00"), {2023}, "ended at midnight"),
        (psychiatric("2024-01-01 00:00", "2024-01-01 00:00"), {2024}, "began and ended then"),
        (psychiatric("2023-05-01", "2025-02-01 12:00"), {2023, 2024, 2025}, "long"),
        (psychiatric("2024-05-01", unfinished=True), {2024, 2025}, "unfinished"),
        (psychiatric("2024-03-01", kind="ALCA03"), set(), "virtual"),
        (Person().with_stay("2024-03-01"), set(), "somatic"),
    ],
)
def test_patienter_are_those_with_a_stay_going_on_in_the_year(
    person: Person, years: set[int], why: str
) -> None:
    found = {
        year for year in (2023, 2024, 2025)
        if counted("psyk_patienter", person, year=year) == {"730": (1, 1)}
    }  # fmt: skip

    assert found == years, why


def test_patienter_counts_a_person_once() -> None:
    often = psychiatric("2024-03-01").with_stay("2024-05-01", psychiatric=True)

    assert counted("psyk_patienter", often) == {"730": (1, 1)}


def test_children_and_adolescents_psychiatry_is_psychiatry() -> None:
    child = Person(born="2010-01-01").with_stay(
        "2024-03-01", specialty="børne- og ungdomspsykiatri"
    )

    assert counted("psyk_patienter", child) == {"730": (1, 1)}


def test_a_stay_is_psychiatric_by_its_first_contact() -> None:
    somatic_first = (
        Person()
        .with_stay("2024-03-01 10:00", hours=2)
        .with_stay("2024-03-01 13:00", psychiatric=True)
    )
    psychiatric_first = (
        Person(kommune="751")
        .with_stay("2024-03-01 10:00", hours=2, psychiatric=True)
        .with_stay("2024-03-01 13:00")
    )

    assert counted("psyk_patienter", somatic_first, psychiatric_first) == {
        "730": (0, 1),
        "751": (1, 1),
    }


@pytest.mark.parametrize(
    ("person", "expected", "why"),
    [
        (psychiatric("2024-03-01", "2024-03-02 00:00"), 1, "exactly 12 hours"),
        (psychiatric("2024-03-01", "2024-03-01 23:59"), 0, "a minute less"),
        (psychiatric("2023-12-31", "2024-02-01 12:00"), 0, "began the year before"),
        (psychiatric("2024-05-01", unfinished=True), 1, "unfinished"),
        (Person().with_stay("2024-03-01"), 0, "somatic"),
        (
            psychiatric("2024-03-01").with_stay("2024-06-01", psychiatric=True),
            2,
            "twice",
        ),
    ],
)
def test_indl(person: Person, expected: int, why: str) -> None:
    assert counted("psyk_indl", person) == {"730": (expected, 1)}, why


def test_genind_psyk_counts_admissions_followed_by_an_acute_psychiatric_one() -> None:
    back = psychiatric("2024-03-01").with_stay("2024-03-20", psychiatric=True)

    assert counted("genind_psyk_30", back) == {"730": (1, 2)}


@pytest.mark.parametrize(
    ("second", "expected", "why"),
    [
        ({"psychiatric": True, "acute": False}, (0, 2), "planned"),
        ({"psychiatric": False}, (0, 1), "somatic"),
        ({"psychiatric": True, "hours": 11}, (0, 1), "under 12 hours"),
        ({"psychiatric": True, "diagnosis": "DC349"}, (1, 2), "no diagnosis is left out"),
        (
            {"psychiatric": True, "unfinished": True},
            (1, 1),
            "unfinished: it follows, none follows it",
        ),
    ],
)
def test_genind_psyk_readmission(
    second: dict[str, object], expected: tuple[int, int], why: str
) -> None:
    person = psychiatric("2024-03-01").with_stay("2024-03-10", **second)  # type: ignore[arg-type]

    assert counted("genind_psyk_30", person) == {"730": expected}, why


def test_genind_psyk_leaves_out_who_died_and_what_cannot_be_followed() -> None:
    died = Person(died="2024-03-03").with_stay("2024-03-01", psychiatric=True)
    too_late = psychiatric("2024-03-20")
    followed = psychiatric("2024-02-01")

    found = counted("genind_psyk_30", died, too_late, followed, extract_end=datetime(2024, 4, 15))

    assert found == {"730": (0, 1)}
