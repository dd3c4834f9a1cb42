"""The three indicators of frail older people, by hand."""

from __future__ import annotations

import pytest

from tests.engine.counting import counted, leaves
from tests.engine.people import Person, moment


def test_forebyg_counts_stays_but_each_person_once_below_the_line() -> None:
    often = Person().with_stay("2024-02-01").with_stay("2024-09-01")

    assert counted("forebyg_65", often, Person()) == {"730": (2, 2)}
    assert counted("forebyg_65", often, Person(), persons=True) == {"730": (1, 2)}


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (Person().with_stay("2024-03-01", acute=False), "planned"),
        (Person().with_stay("2024-03-01", psychiatric=True), "psychiatric"),
        (Person().with_stay("2024-03-01", diagnosis="DI219"), "a heart attack is not on the list"),
        (Person().with_stay("2024-03-01", diagnosis=None), "without a main diagnosis"),
        (Person().with_stay("2024-03-01", kind="ALCA03"), "a virtual contact"),
        (Person().with_stay("2024-03-01", unfinished=True), "unfinished and somatic"),
        (Person().with_stay("2023-12-31 23:59"), "the day before the year, though it went on"),
        (Person().with_stay("2025-01-01 00:00"), "the day after the year"),
    ],
)
def test_forebyg_leaves_out(person: Person, why: str) -> None:
    assert counted("forebyg_65", person) == {"730": (0, 1)}, why


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (Person().with_stay("2024-01-01 00:00", hours=1), "the first minute, of any length"),
        (Person().with_stay("2024-12-31 23:59"), "the last minute"),
        (Person().with_stay("2024-03-01", diagnosis="DK590"), "a code of its own"),
        (Person().with_stay("2024-03-01", diagnosis="DE869A"), "a code under one on the list"),
    ],
)
def test_forebyg_counts(person: Person, why: str) -> None:
    assert counted("forebyg_65", person) == {"730": (1, 1)}, why


def test_forebyg_goes_by_the_first_contact_of_a_chain() -> None:
    acute_first = (
        Person()
        .with_stay("2024-03-01 10:00", hours=2)
        .with_stay("2024-03-01 13:00", acute=False, diagnosis="DI219")
    )
    symptom_first = (
        Person(kommune="751")
        .with_stay("2024-03-01 10:00", hours=2, diagnosis="DR060")
        .with_stay("2024-03-01 13:00", diagnosis="DJ189")
    )

    assert counted("forebyg_65", acute_first, symptom_first) == {"730": (1, 1), "751": (0, 1)}


def test_forebyg_is_about_who_was_65_on_1_january() -> None:
    turned_65_that_day = Person(born="1959-01-01").with_stay("2024-03-01")
    a_day_younger = Person(born="1959-01-02", kommune="751").with_stay("2024-03-01")

    assert counted("forebyg_65", turned_65_that_day, a_day_younger) == {"730": (1, 1)}


def test_genind_counts_first_admissions_that_were_followed_by_an_acute_one() -> None:
    back = Person().with_stay("2024-03-01", hours=48).with_stay("2024-03-20", hours=48)

    # Two admissions; the first was followed, the second was not.
    assert counted("genind_67", back) == {"730": (1, 2)}
    assert counted("genind_67", back, persons=True) == {"730": (1, 1)}


def test_genind_counts_each_admission_that_was_followed() -> None:
    often = Person().with_stay("2024-03-01").with_stay("2024-03-10").with_stay("2024-03-20")

    assert counted("genind_67", often) == {"730": (2, 3)}


@pytest.mark.parametrize(
    ("next_start", "expected"),
    [
        ("2024-04-02 12:00", (1, 2)),
        ("2024-04-02 12:01", (0, 2)),
        ("2024-03-03 16:00", (0, 1)),
        ("2024-03-03 16:01", (1, 2)),
    ],
    ids=["exactly 30 days", "a minute more", "4 hours: one stay", "4 h 1 min: the next"],
)
def test_genind_edges_of_the_30_days(next_start: str, expected: tuple[int, int]) -> None:
    person = Person().with_stay("2024-03-01 12:00", "2024-03-03 12:00").with_stay(next_start)

    assert counted("genind_67", person) == {"730": expected}


@pytest.mark.parametrize(
    ("second", "why"),
    [
        ({"acute": False}, "planned"),
        ({"hours": 11}, "under 12 hours"),
        ({"psychiatric": True}, "psychiatric"),
        ({"diagnosis": "DS720"}, "an injury"),
        ({"diagnosis": "DC349"}, "cancer"),
        ({"diagnosis": "DT599"}, "poisoning"),
        ({"diagnosis": "DZ763"}, "a companion"),
        ({"diagnosis": "DF320"}, "a psychiatric diagnosis"),
    ],
)
def test_genind_readmission_does_not_count(second: dict[str, object], why: str) -> None:
    person = Person().with_stay("2024-03-01").with_stay("2024-03-10", **second)  # type: ignore[arg-type]

    assert counted("genind_67", person)["730"][0] == 0, why


def test_genind_readmission_for_what_is_near_the_excluded_codes_counts() -> None:
    person = Person().with_stay("2024-03-01").with_stay("2024-03-10", diagnosis="DT50")

    assert counted("genind_67", person) == {"730": (1, 2)}


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (Person().with_stay("2024-03-01", hours=11), "under 12 hours"),
        (Person().with_stay("2024-03-01", diagnosis="DF03"), "a psychiatric diagnosis"),
        (Person().with_stay("2024-03-01", diagnosis="DD09"), "carcinoma in situ"),
        (Person().with_stay("2024-03-01", psychiatric=True), "psychiatric"),
        (Person(died="2024-03-03").with_stay("2024-03-01"), "died the day it ended"),
        (Person().with_stay("2024-12-30", hours=48), "discharged in the year after"),
        (Person(born="1957-01-02").with_stay("2024-03-01"), "66 on 1 January"),
    ],
)
def test_genind_first_admission_does_not_count(person: Person, why: str) -> None:
    assert counted("genind_67", person, Person().with_stay("2024-02-01"))["730"][1] == 1, why


def test_genind_counts_planned_first_admissions_and_those_begun_the_year_before() -> None:
    planned = Person().with_stay("2024-03-01", acute=False)
    over_new_year = Person().with_stay("2023-12-30", hours=72)

    assert counted("genind_67", planned, over_new_year) == {"730": (0, 2)}


def test_genind_leaves_out_what_the_extract_cannot_follow_for_30_days() -> None:
    # 30 days before 1 January 2026 00:00 is 2 December 2025 00:00.
    just = Person().with_stay("2025-11-30 00:00", "2025-12-02 00:00")
    too_late = Person(kommune="751").with_stay("2025-11-30 00:00", "2025-12-02 00:01")

    assert counted("genind_67", just, too_late, year=2025) == {"730": (0, 1)}


def test_genind_follows_into_the_next_year() -> None:
    person = Person().with_stay("2024-12-20").with_stay("2025-01-05")

    assert counted("genind_67", person, year=2024) == {"730": (1, 1)}


def test_genind_complement_is_who_had_an_admission_that_was_not_followed() -> None:
    both = Person().with_stay("2024-03-01").with_stay("2024-03-20")
    only_last = Person(born="1940-01-01").with_stay("2024-05-01")

    table = next(t for t in leaves("genind_67", both, only_last) if t.period == "2024")

    assert table.complement_persons is not None
    assert table.complement_persons.sum() == 2


def test_genind_who_always_came_back_is_not_in_the_complement() -> None:
    # They died during the second admission, which therefore is no first one.
    person = Person(died="2024-03-12").with_stay("2024-03-01").with_stay("2024-03-10")

    table = next(t for t in leaves("genind_67", person) if t.period == "2024")

    assert table.denominator is not None
    assert table.complement_persons is not None
    assert (table.denominator.sum(), table.complement_persons.sum()) == (1, 0)


@pytest.mark.parametrize(
    ("person", "lives_there", "why"),
    [
        (Person().in_care_home("2023-01-01"), 1, "still there"),
        (Person().in_care_home("2024-01-01"), 1, "moved in on the day"),
        (Person().in_care_home("2024-01-02"), 0, "moved in the day after"),
        (Person().in_care_home("2023-01-01", "2024-01-01"), 0, "moved out on the day"),
        (Person().in_care_home("2023-01-01", "2024-01-02"), 1, "moved out the day after"),
        (
            Person().in_care_home("2023-01-01", "2023-06-01").in_care_home("2023-05-01"),
            1,
            "two homes, one person",
        ),
        (Person(), 0, "never"),
    ],
)
def test_plejehjem(person: Person, lives_there: int, why: str) -> None:
    assert counted("plejehjem", person) == {"730": (lives_there, 1)}, why


def test_plejehjem_is_about_65_and_over() -> None:
    young = Person(born="1990-01-01").in_care_home("2023-01-01")

    assert counted("plejehjem", young, Person()) == {"730": (0, 1)}


def test_moment_without_a_time_is_noon() -> None:
    assert moment("2024-03-01").hour == 12
