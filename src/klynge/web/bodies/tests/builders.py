"""Invented bodies for the tests: a klynge's political level, its people and their seats."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import count

from klynge import structure
from klynge.web.bodies import clock, rules
from klynge.web.bodies.models import BodyRecord, Membership, Person

FIRST = date(2022, 9, 13)
_numbers = count(1)


def a_body(kind: str = "klynge-politisk", place: str = "rm-randers") -> BodyRecord:
    return rules.open_body(by=None, kind=kind, place=place)


def a_person(name: str = "") -> Person:
    return rules.add_person(by=None, name=name or f"Prøve Person {next(_numbers)}")


def a_seat(body: BodyRecord | None = None, person: Person | None = None, **more) -> Membership:
    """A seat from the start; a regional councillor's unless something else is said."""
    values = {"party": "region", "office": "regionsraadsmedlem", "valid_from": FIRST} | more
    return rules.appoint(by=None, body=body or a_body(), person=person or a_person(), **values)


def a_lawful_political_level(klynge: str = "rm-randers", first: date = FIRST) -> BodyRecord:
    """Chair and councillor, a mayor of each kommune, two GPs."""
    body = a_body("klynge-politisk", klynge)
    codes = [row.kommune for row in structure.members("klynge", klynge, on=first)]
    chair = {"office": "regionsraadsformand", "role": "formand"}
    a_seat(body, a_person("Rita Regionsformand"), valid_from=first, **chair)
    a_seat(body, a_person("Rolf Regionsmedlem"), valid_from=first)
    for number, code in enumerate(codes):
        a_seat(
            body,
            a_person(f"Borgmester {code}"),
            party="kommune",
            kommune=code,
            office="borgmester",
            role="medlem" if number else "formand",
            valid_from=first,
        )
    for name in ("Lone Læge", "Lars Læge"):
        a_seat(body, a_person(name), party="plo", office="laege", appointer="plo", valid_from=first)
    return body


def on_day(day: date):
    """Record as at noon (UTC) of a day."""
    return clock.at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def names(rows: Iterable[Membership]) -> list[str]:
    return sorted(row.person.name for row in rows)
