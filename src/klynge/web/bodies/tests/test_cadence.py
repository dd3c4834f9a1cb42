"""Meetings held against the least number the law asks for."""

from __future__ import annotations

from datetime import date

import pytest

from klynge.web.bodies import cadence
from klynge.web.bodies.cadence import Days
from klynge.web.bodies.standing import body_called

ON = date(2024, 9, 15)
POLITICAL = ("klynge-politisk", "rm-randers")


@pytest.fixture
def told(monkeypatch):
    """Lets a test tell of meetings, and it alone: `told[key] = Days(...)`."""
    monkeypatch.setattr(cadence, "_providers", [])
    known: dict[tuple[str, str], Days] = {}

    def provider(year, on):
        return known

    cadence.register(provider)
    yield known
    cadence.unregister(provider)


def _state(key, on=ON):
    return cadence.of_body(body_called(*key), on)


@pytest.mark.parametrize(
    ("kind", "place", "least", "paragraph"),
    [
        ("klynge-politisk", "rm-randers", 2, "§ 6"),
        ("klynge-faglig", "rm-randers", 4, "§ 13"),
        ("ssu", "1082", 4, "§ 16"),
    ],
)
def test_the_least_number_is_the_laws(told, kind, place, least, paragraph):
    found = _state((kind, place))

    assert found.least == least
    assert paragraph in found.paragraph


def test_without_a_room_that_knows_of_meetings_nothing_is_said_to_be_missing(monkeypatch):
    monkeypatch.setattr(cadence, "_providers", [])

    assert _state(POLITICAL).state == cadence.NOT_KNOWN


@pytest.mark.parametrize(
    ("held", "planned", "state", "missing"),
    [
        ((), (), "short", 2),
        ((date(2024, 3, 1),), (), "short", 1),
        ((date(2024, 3, 1),), (date(2024, 11, 1),), "on-the-way", 0),
        ((date(2024, 3, 1), date(2024, 6, 1)), (), "enough", 0),
        ((date(2024, 3, 1), date(2024, 3, 1)), (), "short", 1),
    ],
)
def test_meetings_are_held_against_it(told, held, planned, state, missing):
    told[POLITICAL] = Days(held, planned)

    found = _state(POLITICAL)

    assert (found.state, found.missing) == (state, missing)


def test_a_year_in_which_the_rule_held_only_in_part_has_no_least_number(told):
    assert _state(POLITICAL, date(2022, 12, 1)).least is None
    assert _state(POLITICAL, date(2022, 12, 1)).state == cadence.NO_RULE


def test_a_body_the_law_asks_no_number_of_has_none(told):
    assert _state(("sundhedsraad", "kronjylland"), date(2027, 6, 1)).state == cadence.NO_RULE


def test_what_several_rooms_tell_is_put_together(told):
    told[POLITICAL] = Days(held=(date(2024, 3, 1),))
    other = {POLITICAL: Days(held=(date(2024, 5, 1),))}

    def second(year, on):
        return other

    cadence.register(second)
    try:
        assert _state(POLITICAL).held == 2
    finally:
        cadence.unregister(second)
