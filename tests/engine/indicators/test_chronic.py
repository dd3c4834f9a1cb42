"""Prevalence of chronic disease by the local definitions, by hand."""

from __future__ import annotations

import pytest

from klynge.engine.indicators import ALL
from tests.engine.counting import counted
from tests.engine.people import Person

HAS, HAS_NOT = {"730": (1, 1)}, {"730": (0, 1)}


@pytest.mark.parametrize(
    ("person", "expected", "why"),
    [
        (Person().with_diagnosis("DJ441"), HAS, "one main diagnosis"),
        (Person().with_diagnosis("DJ449", type="B"), HAS, "one secondary diagnosis"),
        (Person().with_diagnosis("DJ44", type="H"), HAS_NOT, "a reason for referral"),
        (Person().with_diagnosis("DJ44", revoked=True), HAS_NOT, "later revoked"),
        (Person().with_diagnosis("DJ45"), HAS_NOT, "asthma"),
        (Person().with_diagnosis("DJ44", on="2024-01-01"), HAS, "on the day itself"),
        (Person().with_diagnosis("DJ44", on="2024-01-02"), HAS_NOT, "the day after"),
        (Person(born="1993-06-01").with_diagnosis("DJ44", "2023-05-31"), HAS_NOT, "29 then"),
        (Person(born="1993-06-01").with_diagnosis("DJ44", "2023-06-01"), HAS, "30 that day"),
    ],
)
def test_copd_by_diagnosis(person: Person, expected: object, why: str) -> None:
    assert counted("ruks_praev_kol", person) == expected, why


@pytest.mark.parametrize(
    ("atc", "days", "expected", "why"),
    [
        ("R03BB04", ("2022-01-01", "2023-01-01"), HAS, "365 days apart"),
        ("R03BB04", ("2022-01-01", "2023-01-02"), HAS_NOT, "366 days apart"),
        ("R03AL09", ("2022-01-01", "2022-01-01"), HAS_NOT, "two packs on one day"),
        ("R03AC02", ("2022-01-01", "2022-03-01"), HAS_NOT, "medicine for asthma too"),
        ("R03BB04", ("2022-01-01",), HAS_NOT, "once"),
        ("R03BB04", ("2023-12-01", "2024-01-02"), HAS_NOT, "the second after 1 January"),
        ("R03BB04", ("2019-01-01", "2021-01-01", "2021-03-01"), HAS, "the last two"),
    ],
)
def test_copd_by_medicine(atc: str, days: tuple[str, ...], expected: object, why: str) -> None:
    person = Person()
    for day in days:
        person = person.with_medicine(atc, day)

    assert counted("ruks_praev_kol", person) == expected, why


def test_copd_by_two_different_medicines() -> None:
    person = Person().with_medicine("R03BB04", "2022-01-01").with_medicine("R03AL03", "2022-02-01")

    assert counted("ruks_praev_kol", person) == HAS


def test_copd_a_diagnosis_and_one_dispensing_is_enough_by_the_diagnosis_alone() -> None:
    person = Person().with_medicine("R03BB04", "2022-01-01").with_diagnosis("DJ44", "2025-01-01")

    assert counted("ruks_praev_kol", person, year=2024) == HAS_NOT
    assert counted("ruks_praev_kol", person, year=2025) == HAS


def _with(atc: str, *days: str, person: Person | None = None) -> Person:
    found = person or Person()
    for day in days:
        found = found.with_medicine(atc, day)
    return found


YOUNG_WOMAN = Person(born="1990-01-01")
YOUNG_MAN = Person(born="1990-01-01", woman=False)


@pytest.mark.parametrize(
    ("person", "expected", "why"),
    [
        (Person().with_diagnosis("DE119"), HAS, "one diagnosis"),
        (_with("A10BA02", "2010-01-01", "2022-01-01"), HAS, "two dispensings, years apart"),
        (_with("A10BJ06", "2022-01-01"), HAS_NOT, "one dispensing"),
        (_with("A10AB01", "2021-01-01", "2022-01-01"), HAS_NOT, "insulin alone"),
        (_with("A10BA02", "2021-01-01", "2022-01-01", person=YOUNG_WOMAN), HAS_NOT, "PCOS"),
        (_with("A10BA02", "2021-01-01", "2022-01-01", person=YOUNG_MAN), HAS, "a man"),
        (_with("A10BB01", "2021-01-01", "2022-01-01", person=YOUNG_WOMAN), HAS, "no metformin"),
        (Person().with_diagnosis("DE109"), HAS_NOT, "type 1"),
    ],
)
def test_type_2_diabetes(person: Person, expected: object, why: str) -> None:
    assert counted("ruks_praev_t2d", person) == expected, why


def test_metformin_counts_for_a_woman_from_the_day_she_is_40() -> None:
    woman = Person(born="1982-05-01")

    before = _with("A10BA02", "2022-04-29", "2022-04-30", person=woman)
    after = _with("A10BA02", "2022-05-01", "2022-05-02", person=woman)

    assert counted("ruks_praev_t2d", before) == HAS_NOT
    assert counted("ruks_praev_t2d", after) == HAS


@pytest.mark.parametrize(
    ("type_1_days", "type_2_days", "insulin", "expected"),
    [(2, 1, True, HAS_NOT), (2, 1, False, HAS), (1, 1, True, HAS), (1, 2, True, HAS)],
)
def test_type_2_is_left_out_when_type_1_outweighs_it_and_there_is_insulin(
    type_1_days: int, type_2_days: int, insulin: bool, expected: object
) -> None:
    person = Person()
    for at in range(type_1_days):
        person = person.with_diagnosis("DE109", f"2022-01-0{at + 1}")
    for at in range(type_2_days):
        person = person.with_diagnosis("DE119", f"2022-02-0{at + 1}")
    if insulin:
        person = person.with_medicine("A10AB01", "2022-03-01")

    assert counted("ruks_praev_t2d", person) == expected


@pytest.mark.parametrize(
    ("person", "expected", "why"),
    [
        (Person().with_diagnosis("DI509"), HAS, "heart failure"),
        (Person().with_diagnosis("DI420"), HAS, "cardiomyopathy"),
        (Person().with_diagnosis("DI110"), HAS, "hypertensive with failure"),
        (Person().with_diagnosis("DI119"), HAS_NOT, "hypertensive without failure"),
        (Person(born="2005-06-01").with_diagnosis("DI500", "2023-05-31"), HAS_NOT, "17 then"),
    ],
)
def test_heart_failure(person: Person, expected: object, why: str) -> None:
    assert counted("ruks_praev_hjertesvigt", person) == expected, why


def test_the_local_definitions_are_marked_as_such() -> None:
    local = [found for found in ALL if found.code.startswith("ruks_")]

    assert {found.certainty for found in local} == {"K"}
    assert all("lokal definition" in found.title["da"] for found in local)
