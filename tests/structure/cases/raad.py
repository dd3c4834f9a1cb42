"""Cases of sundhedsråd, preparatory and final, and the patient- og pårørendeudvalg."""

from __future__ import annotations

from datetime import date

from klynge.structure import Body
from tests.structure.cases.paragraphs import (
    CHAIR_14E,
    CLEAN,
    FORBEREDENDE_RAAD,
    RAAD,
    SEAT_14D,
    Case,
)
from tests.structure.lawful import (
    FORBEREDENDE,
    SUNDHEDSRAAD,
    changed,
    gp,
    municipal,
    raad,
    regional,
    without,
)

CASES: dict[str, Case] = {
    # -- preparatory sundhedsråd: overgangsloven §§ 32 and 78
    "forberedende: its seats": (
        FORBEREDENDE_RAAD,
        FORBEREDENDE,
        raad("kronjylland", FORBEREDENDE),
        CLEAN,
    ),
    "forberedende: a municipal seat is vacant": (
        FORBEREDENDE_RAAD,
        FORBEREDENDE,
        without(raad("kronjylland", FORBEREDENDE), "Medlem 710-0"),
        [
            (
                "F01-kommune",
                "missing",
                "Overgangsloven §§ 32 og 78, jf. regionsloven § 14 d",
            )
        ],
    ),
    "forberedende: a term that begins too early": (
        FORBEREDENDE_RAAD,
        FORBEREDENDE,
        changed(raad("kronjylland", FORBEREDENDE), "Medlem 710-0", valid_from=date(2025, 12, 1)),
        [("F01", "wrong", "Overgangsloven §§ 32 og 78; BEK nr. 1208/2025")],
    ),
    "forberedende: a term that goes on into the final council is lawful": (
        FORBEREDENDE_RAAD,
        FORBEREDENDE,
        changed(raad("kronjylland", FORBEREDENDE), "Medlem 710-0", valid_to=date(2029, 12, 31)),
        CLEAN,
    ),
    # -- sundhedsråd: regionsloven §§ 14 d-14 m
    "sundhedsråd: its seats": (RAAD, SUNDHEDSRAAD, raad(), CLEAN),
    "sundhedsråd: Randers has two seats": (
        RAAD,
        SUNDHEDSRAAD,
        without(raad(), "Medlem 730-1"),
        [("R01-kommune", "missing", SEAT_14D)],
    ),
    "sundhedsråd: Aarhus has three seats": (
        Body("sundhedsraad", "aarhus"),
        SUNDHEDSRAAD,
        [*raad("aarhus"), municipal("751", "Fjerde")],
        [("R01-kommune", "too_many", SEAT_14D)],
    ),
    "sundhedsråd: one regional member too few": (
        RAAD,
        SUNDHEDSRAAD,
        without(raad(), "Regionsmedlem 5"),
        [("R01-region", "missing", SEAT_14D)],
    ),
    "sundhedsråd: the tenth regional member of Limfjorden is one too many": (
        Body("sundhedsraad", "limfjorden"),
        SUNDHEDSRAAD,
        [*raad("limfjorden"), regional("Tiende")],
        [("R01-region", "too_many", SEAT_14D)],
    ),
    "sundhedsråd: a municipality of another council": (
        RAAD,
        SUNDHEDSRAAD,
        [*raad(), municipal("751")],
        [("R01-anden-kommune", "wrong", SEAT_14D)],
    ),
    "sundhedsråd: another council's member may observe": (
        RAAD,
        SUNDHEDSRAAD,
        [*raad(), municipal("751", role="observatoer")],
        CLEAN,
    ),
    "sundhedsråd: practitioners have no seat": (
        RAAD,
        SUNDHEDSRAAD,
        [*raad(), gp("Læge 1")],
        [("R01-parter", "wrong", SEAT_14D)],
    ),
    "sundhedsråd: an official in a councillor's seat": (
        RAAD,
        SUNDHEDSRAAD,
        changed(raad(), "Regionsmedlem 5", office="chef"),
        [("R01-region-embede", "wrong", SEAT_14D)],
    ),
    "sundhedsråd: a municipal member by the committee chair": (
        RAAD,
        SUNDHEDSRAAD,
        changed(raad(), "Medlem 710-0", office="udvalgsformand"),
        CLEAN,
    ),
    "sundhedsråd: a municipal member who holds no such office": (
        RAAD,
        SUNDHEDSRAAD,
        changed(raad(), "Medlem 710-0", office="anden"),
        [("R02", "wrong", "Regionsloven §§ 14 h-14 k")],
    ),
    "sundhedsråd: no chair": (
        RAAD,
        SUNDHEDSRAAD,
        changed(raad(), "Regionsmedlem 0", role="medlem"),
        [("R03-formand", "missing", CHAIR_14E)],
    ),
    "sundhedsråd: no vice chair": (
        RAAD,
        SUNDHEDSRAAD,
        changed(raad(), "Regionsmedlem 1", role="medlem"),
        [("R03-naestformand", "missing", CHAIR_14E)],
    ),
    "sundhedsråd: a mayor is vice chair": (
        RAAD,
        SUNDHEDSRAAD,
        changed(raad(), "Medlem 710-0", role="naestformand"),
        [("R03-andre", "wrong", CHAIR_14E)],
    ),
    "sundhedsråd: the regional council chair chairs": (
        RAAD,
        SUNDHEDSRAAD,
        changed(raad(), "Regionsmedlem 0", office="regionsraadsformand"),
        [("R03-regionsraadsformand", "wrong", CHAIR_14E)],
    ),
    "sundhedsråd: the regional council chair may be a member": (
        RAAD,
        SUNDHEDSRAAD,
        changed(raad(), "Regionsmedlem 5", office="regionsraadsformand"),
        CLEAN,
    ),
    "sundhedsråd: one person chairs two councils": (
        RAAD,
        SUNDHEDSRAAD,
        changed(raad(), "Regionsmedlem 0", posts=(("sundhedsraadsformand", "aarhus"),)),
        [("R03-flere", "wrong", CHAIR_14E)],
    ),
    "sundhedsråd: the chair's post is this council's": (
        RAAD,
        SUNDHEDSRAAD,
        changed(raad(), "Regionsmedlem 0", posts=(("sundhedsraadsformand", "kronjylland"),)),
        CLEAN,
    ),
    "sundhedsråd: the chair chairs a committee of its own municipality": (
        RAAD,
        SUNDHEDSRAAD,
        changed(raad(), "Regionsmedlem 0", posts=(("udvalgsformand", "710"),)),
        [("R03-udvalgsformand", "wrong", f"{CHAIR_14E}, stk. 5")],
    ),
    "sundhedsråd: the chair may chair a committee elsewhere": (
        RAAD,
        SUNDHEDSRAAD,
        changed(raad(), "Regionsmedlem 0", posts=(("udvalgsformand", "751"),)),
        CLEAN,
    ),
    "sundhedsråd: København observes in Amager og Vestegnen": (
        Body("sundhedsraad", "amager-vestegnen"),
        SUNDHEDSRAAD,
        without(raad("amager-vestegnen"), "Observatør"),
        [
            (
                "R05-fast",
                "missing",
                "BEK nr. 1208/2025 §§ 22-23, jf. regionsloven § 14 m, stk. 3",
            )
        ],
    ),
    "sundhedsråd: a term beyond the first term": (
        RAAD,
        SUNDHEDSRAAD,
        changed(raad(), "Medlem 710-0", valid_to=date(2030, 6, 30)),
        [("R01-periode", "wrong", "Overgangsloven § 62, stk. 5; regionsloven § 14 d")],
    ),
    "sundhedsråd: nobody at all": (
        Body("sundhedsraad", "vendsyssel"),
        SUNDHEDSRAAD,
        [],
        [
            *[("R01-kommune", "missing", SEAT_14D)] * 4,
            ("R01-region", "missing", SEAT_14D),
            ("R03-formand", "missing", CHAIR_14E),
            ("R03-naestformand", "missing", CHAIR_14E),
        ],
    ),
    "patient- og pårørendeudvalg: no rule on its seats is known": (
        Body("patient-og-paaroerendeudvalg", "kronjylland"),
        SUNDHEDSRAAD,
        [],
        [("uden-regler", "unknown", "-")],
    ),
}
