"""Finding places."""

from __future__ import annotations

from datetime import date

import pytest

from klynge.web.bodies.search import MOST, find

ON = date(2024, 9, 15)


def ids(text: str, on: date = ON) -> list[str]:
    return [found.place.id for found in find(text, on)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("randers", "rm-randers"),
        ("RANDERS", "rm-randers"),
        ("  randers ", "rm-randers"),
        ("730", "730"),
        ("ærø", "492"),
        ("aeroe", "492"),
        ("aarhus", "751"),
        ("århus", "751"),
        ("midtfyn", "430"),
        ("hvidovre hospital", "rh-syd"),
    ],
)
def test_finds(text, expected):
    assert expected in ids(text)


def test_the_closest_fit_comes_first():
    assert ids("syd")[0] != ids("sundhedsklynge syd")[0] == "rh-syd"


def test_places_that_are_there_come_before_those_that_are_not():
    found = [hit.exists for hit in find("limfjorden", date(2027, 1, 1)) + find("klynge", ON)]

    assert found == sorted(found, reverse=True)


def test_places_of_another_time_are_found_too():
    (hit,) = [h for h in find("kronjylland", ON) if h.place.kind == "sundhedsraad"]

    assert not hit.exists


def test_it_says_which_hospital_fitted():
    (hit,) = [h for h in find("bispebjerg", ON) if h.place.id == "rh-byen"]

    assert hit.because == "Bispebjerg og Frederiksberg Hospital"


@pytest.mark.parametrize("text", ["", "   ", "xyzzy"])
def test_finds_nothing(text):
    assert ids(text) == []


def test_the_list_has_an_end():
    assert len(ids("e")) == MOST
