"""Builders of lawful bodies, written from the law's words and not from the rules' data.

Everyone is invented. A test states only what differs.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from klynge import structure
from klynge.structure import Body, Member

KLYNGE = date(2023, 5, 1)
FORBEREDENDE = date(2026, 5, 1)
SUNDHEDSRAAD = date(2027, 5, 1)


def regional(person: str, **more: object) -> Member:
    return replace(Member(person, "region", office="regionsraadsmedlem"), **more)  # type: ignore[arg-type]


def municipal(kommune: str, person: str = "", **more: object) -> Member:
    member = Member(person or f"Borgmester {kommune}", "kommune", kommune, office="borgmester")
    return replace(member, **more)  # type: ignore[arg-type]


def gp(person: str, **more: object) -> Member:
    return replace(Member(person, "plo", office="laege", appointer="plo"), **more)  # type: ignore[arg-type]


def patient(person: str, **more: object) -> Member:
    return replace(Member(person, "patienter"), **more)  # type: ignore[arg-type]


def kommuner(kind: str, place: str, on: date) -> list[str]:
    return [row.kommune for row in structure.members(kind, place, on=on)]


def politisk(klynge: str = "rm-randers", on: date = KLYNGE) -> list[Member]:
    codes = kommuner("klynge", klynge, on)
    chair = municipal(codes[0], role="formand")
    return [
        regional("Regionsformand", office="regionsraadsformand", role="formand"),
        regional("Regionsmedlem"),
        chair,
        *(municipal(code) for code in codes[1:]),
        gp("Læge 1"),
        gp("Læge 2"),
    ]


def faglig(klynge: str = "rm-randers", on: date = KLYNGE) -> list[Member]:
    codes = kommuner("klynge", klynge, on)
    return [
        regional("Hospital", office="direktoer", role="formand"),
        regional("Psykiatri", office="direktoer", area="psykiatri"),
        regional("Regionshus", office="chef"),
        municipal(codes[0], f"Direktør {codes[0]}", office="direktoer", role="formand"),
        *(municipal(code, f"Direktør {code}", office="direktoer") for code in codes[1:]),
        gp("Læge 1"),
        gp("Læge 2"),
        patient("Patient 1"),
        patient("Patient 2"),
    ]


def klyngeformand(klynge: str, on: date = KLYNGE, **more: object) -> Member:
    code = kommuner("klynge", klynge, on)[0]
    post = ("klyngeformand", klynge)
    return municipal(code, f"Formand {klynge}", klynge=klynge, posts=(post,), **more)


def ssu(region: str = "1082", on: date = KLYNGE) -> list[Member]:
    klynger = [each.id for each in structure.places("klynge", on) if each.region == region]
    return [
        regional("Regionsformand", office="regionsraadsformand", role="formand"),
        regional("Regionsmedlem 1"),
        regional("Regionsmedlem 2"),
        klyngeformand(klynger[0], on, role="naestformand"),
        *(klyngeformand(klynge, on) for klynge in klynger[1:]),
        gp("Læge 1"),
        gp("Læge 2"),
    ]


def piu() -> list[Member]:
    seats = {
        "danske-patienter": 3,
        "danske-handicaporganisationer": 3,
        "regionsaeldreraad": 1,
        "aeldre-sagen": 1,
    }
    return [
        patient(f"{organisation} {number}", organisation=organisation)
        for organisation, count in seats.items()
        for number in range(count)
    ]


def raad(place: str = "kronjylland", on: date = SUNDHEDSRAAD) -> list[Member]:
    """A sundhedsråd with the seats of its statute, one regional member more than municipal ones."""
    found = structure.place("sundhedsraad", place).details
    seats = [
        municipal(code, f"Medlem {code}-{number}")
        for code, count in found["municipal_seats"].items()
        for number in range(count)
    ]
    councillors = [regional(f"Regionsmedlem {number}") for number in range(len(seats) + 1)]
    if on >= date(2027, 1, 1):
        councillors[0] = replace(councillors[0], role="formand")
        councillors[1] = replace(councillors[1], role="naestformand")
    if "fixed_observer" in found and on >= date(2027, 1, 1):
        seats.append(municipal("101", "Observatør", role="observatoer"))
    return [*councillors, *seats]


def bodies() -> list[tuple[Body, date, list[Member]]]:
    """Every body whose seats the law is known for, on a day when it is at work, lawfully filled."""
    klynger = [each.id for each in structure.places("klynge")]
    regions = [each.id for each in structure.places("region", KLYNGE)]
    councils = [each.id for each in structure.places("sundhedsraad")]
    return [
        *((Body("klynge-politisk", id), KLYNGE, politisk(id)) for id in klynger),
        *((Body("klynge-faglig", id), KLYNGE, faglig(id)) for id in klynger),
        *((Body("ssu", id), KLYNGE, ssu(id)) for id in regions),
        *((Body("patientinddragelsesudvalg", id), KLYNGE, piu()) for id in regions),
        *(
            (Body("forberedende-sundhedsraad", id), FORBEREDENDE, raad(id, FORBEREDENDE))
            for id in councils
        ),
        *((Body("sundhedsraad", id), SUNDHEDSRAAD, raad(id)) for id in councils),
    ]


def without(members: list[Member], *people: str) -> list[Member]:
    left = [member for member in members if member.person not in people]
    assert len(left) == len(members) - len(people), "no such person to take out"
    return left


def changed(members: list[Member], who: str, /, **more: object) -> list[Member]:
    assert any(member.person == who for member in members), "no such person to change"
    return [
        replace(m, **more) if m.person == who else m  # type: ignore[arg-type]
        for m in members
    ]
