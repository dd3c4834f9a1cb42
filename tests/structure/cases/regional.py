"""Cases of the bodies of a region: SSU, patientinddragelsesudvalg, and those before the klynger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from klynge.structure import Body
from tests.structure.cases.paragraphs import BEK, CHAIR_15, CLEAN, PIU, SEAT_15, SEAT_24, SSU, Case
from tests.structure.lawful import (
    FORBEREDENDE,
    KLYNGE,
    changed,
    klyngeformand,
    patient,
    piu,
    regional,
    ssu,
    without,
)

CASES: dict[str, Case] = {
    # -- SSU: BEK 1248/2022 §§ 15-17
    "ssu: exactly the default": (SSU, KLYNGE, ssu(), CLEAN),
    "ssu: four for the regional council": (
        SSU,
        KLYNGE,
        [*ssu(), regional("Fjerde")],
        [("S01-region", "too_many", SEAT_15)],
    ),
    "ssu: two for the regional council": (
        SSU,
        KLYNGE,
        without(ssu(), "Regionsmedlem 2"),
        [("S01-region", "missing", SEAT_15)],
    ),
    "ssu: the regional council chair is not among the three": (
        SSU,
        KLYNGE,
        changed(ssu(), "Regionsformand", office="regionsraadsmedlem"),
        [("S01-regionsraadsformand", "missing", SEAT_15)],
    ),
    "ssu: a klynge has no seat filled": (
        SSU,
        KLYNGE,
        without(ssu(), "Formand rm-midt"),
        [("S01-klynge", "missing", SEAT_15)],
    ),
    "ssu: two from one klynge": (
        SSU,
        KLYNGE,
        [*ssu(), replace(klyngeformand("rm-midt"), person="Anden")],
        [("S01-klynge", "too_many", SEAT_15)],
    ),
    "ssu: a mayor who does not chair the klynge": (
        SSU,
        KLYNGE,
        changed(ssu(), "Formand rm-midt", posts=()),
        [("S01-klyngeformand", "wrong", SEAT_15)],
    ),
    "ssu: a mayor who chairs another klynge": (
        SSU,
        KLYNGE,
        changed(ssu(), "Formand rm-midt", posts=(("klyngeformand", "rm-aarhus"),)),
        [("S01-klyngeformand", "wrong", SEAT_15)],
    ),
    "ssu: a director in a mayor's seat": (
        SSU,
        KLYNGE,
        changed(ssu(), "Formand rm-midt", office="direktoer"),
        [("S01-embede", "wrong", SEAT_15)],
    ),
    "ssu: one general practitioner": (
        SSU,
        KLYNGE,
        without(ssu(), "Læge 1"),
        [("S01-plo", "missing", SEAT_15)],
    ),
    "ssu: patients have no seat": (
        SSU,
        KLYNGE,
        [*ssu(), patient("Patient 1")],
        [("S01-parter", "wrong", SEAT_15)],
    ),
    "ssu: no chair": (
        SSU,
        KLYNGE,
        changed(ssu(), "Regionsformand", role="medlem"),
        [("S02-formand", "missing", CHAIR_15)],
    ),
    "ssu: another regional member may chair": (
        SSU,
        KLYNGE,
        changed(changed(ssu(), "Regionsformand", role="medlem"), "Regionsmedlem 1", role="formand"),
        CLEAN,
    ),
    "ssu: no vice chair": (
        SSU,
        KLYNGE,
        changed(ssu(), "Formand rm-aarhus", role="medlem"),
        [("S02-naestformand", "missing", CHAIR_15)],
    ),
    "ssu: a mayor chairs": (
        SSU,
        KLYNGE,
        changed(ssu(), "Formand rm-midt", role="formand"),
        [("S02-andre", "wrong", CHAIR_15)],
    ),
    "ssu: a term beyond the election term": (
        SSU,
        KLYNGE,
        changed(ssu(), "Læge 1", valid_to=date(2029, 12, 31)),
        [("S03-periode", "wrong", f"{BEK} § 16")],
    ),
    "ssu: only the chairs are known before the order": (
        SSU,
        date(2022, 8, 1),
        changed(ssu(), "Regionsformand", role="medlem"),
        [("uden-regler", "unknown", "-"), ("S02-formand", "missing", CHAIR_15)],
    ),
    # -- PIU: BEK 1248/2022 §§ 24-28
    "piu: the eight": (PIU, KLYNGE, piu(), CLEAN),
    "piu: two of Danske Patienter": (
        PIU,
        KLYNGE,
        without(piu(), "danske-patienter 2"),
        [("P01-danske-patienter", "missing", SEAT_24)],
    ),
    "piu: four of Danske Handicaporganisationer": (
        PIU,
        KLYNGE,
        [*piu(), patient("Fjerde", organisation="danske-handicaporganisationer")],
        [("P01-danske-handicaporganisationer", "too_many", SEAT_24)],
    ),
    "piu: none of the regional council of older people": (
        PIU,
        KLYNGE,
        without(piu(), "regionsaeldreraad 0"),
        [("P01-regionsaeldreraad", "missing", SEAT_24)],
    ),
    "piu: none of Ældre Sagen": (
        PIU,
        KLYNGE,
        without(piu(), "aeldre-sagen 0"),
        [("P01-aeldre-sagen", "missing", SEAT_24)],
    ),
    "piu: somebody of no organisation": (
        PIU,
        KLYNGE,
        [*piu(), patient("Privat")],
        [("P01-andre", "wrong", SEAT_24)],
    ),
    "piu: a deputy does not count": (
        PIU,
        KLYNGE,
        [*piu(), patient("S", organisation="aeldre-sagen", role="stedfortraeder")],
        CLEAN,
    ),
    "piu: no rule on its seats is known in 2026": (
        PIU,
        FORBEREDENDE,
        piu(),
        [("uden-regler", "unknown", "-")],
    ),
    # -- before the klynger
    "before: no rule is known of a sundhedskoordinationsudvalg": (
        Body("sundhedskoordinationsudvalg", "1082"),
        date(2021, 5, 1),
        [],
        [("uden-regler", "unknown", "-")],
    ),
    "before: no rule is known of a praksisplanudvalg": (
        Body("praksisplanudvalg", "1082"),
        date(2021, 5, 1),
        [],
        [("uden-regler", "unknown", "-")],
    ),
}
