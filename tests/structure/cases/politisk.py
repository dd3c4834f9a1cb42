"""Cases of the political level of a klynge."""

from __future__ import annotations

from datetime import date

from klynge.structure import Body
from tests.structure.cases.paragraphs import BEK, CHAIR_4, CLEAN, POLITISK, SEAT_3, Case
from tests.structure.lawful import (
    KLYNGE,
    changed,
    gp,
    municipal,
    patient,
    politisk,
    regional,
    without,
)

CASES: dict[str, Case] = {
    # -- klynge, political level: BEK 1248/2022 §§ 3, 4, 8
    "politisk: the least that the law asks": (POLITISK, KLYNGE, politisk(), CLEAN),
    "politisk: more regional councillors than two is lawful": (
        POLITISK,
        KLYNGE,
        [*politisk(), regional("Tredje"), regional("Fjerde")],
        CLEAN,
    ),
    "politisk: only one regional councillor": (
        POLITISK,
        KLYNGE,
        without(politisk(), "Regionsmedlem"),
        [("K04-region", "missing", f"{BEK} § 3, stk. 1")],
    ),
    "politisk: no regional chair": (
        POLITISK,
        KLYNGE,
        [*without(politisk(), "Regionsformand"), regional("Anden")],
        [
            ("K04-regionsraadsformand", "missing", SEAT_3),
            ("K06-region", "missing", CHAIR_4),
        ],
    ),
    "politisk: an official in a councillor's seat": (
        POLITISK,
        KLYNGE,
        changed(politisk(), "Regionsmedlem", office="direktoer"),
        [("K04-region-embede", "wrong", SEAT_3)],
    ),
    "politisk: a mayor is missing": (
        POLITISK,
        KLYNGE,
        without(politisk(), "Borgmester 710"),
        [("K04-borgmester", "missing", SEAT_3)],
    ),
    "politisk: a vacant seat is nobody": (
        POLITISK,
        KLYNGE,
        changed(politisk(), "Borgmester 710", person=""),
        [("K04-borgmester", "missing", SEAT_3)],
    ),
    "politisk: two for one municipality": (
        POLITISK,
        KLYNGE,
        [*politisk(), municipal("710", "Anden", office="raadmand")],
        [("K04-borgmester", "too_many", SEAT_3)],
    ),
    "politisk: a municipality of another klynge": (
        POLITISK,
        KLYNGE,
        [*politisk(), municipal("461")],
        [("K04-kommune", "wrong", SEAT_3)],
    ),
    "politisk: one general practitioner": (
        POLITISK,
        KLYNGE,
        without(politisk(), "Læge 2"),
        [("K04-plo", "missing", SEAT_3)],
    ),
    "politisk: three general practitioners": (
        POLITISK,
        KLYNGE,
        [*politisk(), gp("Læge 3")],
        [("K04-plo", "too_many", SEAT_3)],
    ),
    "politisk: a practitioner appointed by the region": (
        POLITISK,
        KLYNGE,
        changed(politisk(), "Læge 2", appointer="regionsraadet"),
        [("K04-plo-udpeger", "wrong", f"{BEK} §§ 3, stk. 1, 10, stk. 1, og 15, stk. 3")],
    ),
    "politisk: an unknown appointer is no finding": (
        POLITISK,
        KLYNGE,
        changed(politisk(), "Læge 2", appointer=""),
        CLEAN,
    ),
    "politisk: patients have no seat at the political level": (
        POLITISK,
        KLYNGE,
        [*politisk(), patient("Patient 1")],
        [("K04-parter", "wrong", SEAT_3)],
    ),
    "politisk: a patient as an assistant is lawful": (
        POLITISK,
        KLYNGE,
        [*politisk(), patient("Patient 1", role="bisidder")],
        CLEAN,
    ),
    "politisk: a fagborgmester instead of the mayor": (
        POLITISK,
        KLYNGE,
        changed(politisk(), "Borgmester 710", office="fagborgmester"),
        CLEAN,
    ),
    "politisk: a director instead of the mayor": (
        POLITISK,
        KLYNGE,
        changed(politisk(), "Borgmester 710", office="direktoer"),
        [("K05", "wrong", f"{BEK} § 3, stk. 1-2")],
    ),
    "politisk: the regional chair does not chair": (
        POLITISK,
        KLYNGE,
        changed(politisk(), "Regionsformand", role="medlem"),
        [("K06-region", "missing", CHAIR_4)],
    ),
    "politisk: no mayor chairs": (
        POLITISK,
        KLYNGE,
        changed(politisk(), "Borgmester 706", role="medlem"),
        [("K06-kommune", "missing", CHAIR_4)],
    ),
    "politisk: two mayors chair": (
        POLITISK,
        KLYNGE,
        changed(politisk(), "Borgmester 710", role="formand"),
        [("K06-kommune", "too_many", CHAIR_4)],
    ),
    "politisk: a practitioner chairs": (
        POLITISK,
        KLYNGE,
        changed(politisk(), "Læge 1", role="formand"),
        [("K06-andre", "wrong", CHAIR_4)],
    ),
    "politisk: an ordinary councillor chairs beside the born chair": (
        POLITISK,
        KLYNGE,
        changed(politisk(), "Regionsmedlem", role="formand"),
        [("K06-andre", "wrong", CHAIR_4)],
    ),
    "politisk: a term beyond the election term": (
        POLITISK,
        KLYNGE,
        changed(politisk(), "Læge 1", valid_to=date(2026, 6, 30)),
        [("K09", "wrong", f"{BEK} § 8")],
    ),
    "politisk: a term within the election term": (
        POLITISK,
        KLYNGE,
        changed(politisk(), "Læge 1", valid_to=date(2025, 12, 31)),
        CLEAN,
    ),
    "politisk: the order's numbers do not hold before 8 September 2022": (
        POLITISK,
        date(2022, 9, 7),
        without(politisk(), "Regionsmedlem", "Læge 1", "Læge 2"),
        CLEAN,
    ),
    "politisk: the order's numbers hold from 8 September 2022": (
        POLITISK,
        date(2022, 9, 8),
        without(politisk(), "Regionsmedlem"),
        [("K04-region", "missing", f"{BEK} § 3, stk. 1")],
    ),
    "politisk: the act's mayors hold from the first day": (
        POLITISK,
        date(2022, 7, 1),
        without(politisk(), "Borgmester 710"),
        [("K04-borgmester", "missing", SEAT_3)],
    ),
    "politisk: the last day": (
        POLITISK,
        date(2025, 12, 31),
        without(politisk(), "Borgmester 710"),
        [("K04-borgmester", "missing", SEAT_3)],
    ),
    "politisk: somebody who left does not count": (
        POLITISK,
        KLYNGE,
        changed(politisk(), "Læge 1", valid_to=date(2023, 4, 30)),
        [("K04-plo", "missing", SEAT_3)],
    ),
    "politisk: somebody counts on the last day": (
        POLITISK,
        KLYNGE,
        changed(politisk(), "Læge 1", valid_to=KLYNGE),
        CLEAN,
    ),
    "politisk: somebody who has not come yet does not count": (
        POLITISK,
        KLYNGE,
        changed(politisk(), "Læge 1", valid_from=date(2023, 5, 2)),
        [("K04-plo", "missing", SEAT_3)],
    ),
    "politisk: a deputy does not fill the seat": (
        POLITISK,
        KLYNGE,
        changed(politisk(), "Borgmester 710", role="stedfortraeder"),
        [("K04-borgmester", "missing", SEAT_3)],
    ),
    "politisk: København has its mayor in Byen": (
        Body("klynge-politisk", "rh-byen"),
        KLYNGE,
        without(politisk("rh-byen"), "Borgmester 147"),
        [("K04-borgmester", "missing", SEAT_3)],
    ),
    "politisk: København has its mayor in Syd too": (
        Body("klynge-politisk", "rh-syd"),
        KLYNGE,
        without(changed(politisk("rh-syd"), "Borgmester 153", role="formand"), "Borgmester 101"),
        [("K04-borgmester", "missing", SEAT_3)],
    ),
    "politisk: Rødovre must sit in Midt": (
        Body("klynge-politisk", "rh-midt"),
        KLYNGE,
        without(politisk("rh-midt"), "Borgmester 175"),
        [("K04-borgmester", "missing", SEAT_3)],
    ),
    "politisk: Rødovre may sit in Syd for psychiatry": (
        Body("klynge-politisk", "rh-syd"),
        KLYNGE,
        [*politisk("rh-syd"), municipal("175")],
        CLEAN,
    ),
    "politisk: Rødovre need not sit in Syd": (
        Body("klynge-politisk", "rh-syd"),
        KLYNGE,
        politisk("rh-syd"),
        CLEAN,
    ),
    "politisk: Rødovre has one seat in Syd": (
        Body("klynge-politisk", "rh-syd"),
        KLYNGE,
        [*politisk("rh-syd"), municipal("175"), municipal("175", "Anden", office="raadmand")],
        [("K04-borgmester", "too_many", SEAT_3)],
    ),
}
