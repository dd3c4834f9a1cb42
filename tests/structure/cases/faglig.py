"""Cases of the professional level of a klynge."""

from __future__ import annotations

from datetime import date

from klynge.structure import Member
from tests.structure.cases.paragraphs import BEK, CHAIR_11, CLEAN, FAGLIG, SEAT_10, Case
from tests.structure.lawful import KLYNGE, changed, faglig, municipal, patient, regional, without

CASES: dict[str, Case] = {
    # -- klynge, professional level: BEK 1248/2022 §§ 10, 11, 14, 30
    "faglig: exactly the default": (FAGLIG, KLYNGE, faglig(), CLEAN),
    "faglig: two for the region": (
        FAGLIG,
        KLYNGE,
        without(faglig(), "Regionshus"),
        [("K14-region", "missing", SEAT_10)],
    ),
    "faglig: four for the region": (
        FAGLIG,
        KLYNGE,
        [*faglig(), regional("Fjerde", office="chef")],
        [("K14-region", "too_many", SEAT_10)],
    ),
    "faglig: no psychiatry": (
        FAGLIG,
        KLYNGE,
        changed(faglig(), "Psykiatri", area="somatik"),
        [("K14-psykiatri", "missing", SEAT_10)],
    ),
    "faglig: psychiatry of a municipality is not the region's": (
        FAGLIG,
        KLYNGE,
        changed(changed(faglig(), "Psykiatri", area="somatik"), "Direktør 710", area="psykiatri"),
        [("K14-psykiatri", "missing", SEAT_10)],
    ),
    "faglig: a municipality is missing": (
        FAGLIG,
        KLYNGE,
        without(faglig(), "Direktør 710"),
        [("K14-kommune", "missing", SEAT_10)],
    ),
    "faglig: three for one municipality": (
        FAGLIG,
        KLYNGE,
        [*faglig(), municipal("730", "B", office="chef"), municipal("730", "C", office="chef")],
        [("K14-kommune", "too_many", SEAT_10)],
    ),
    "faglig: a municipality of another klynge": (
        FAGLIG,
        KLYNGE,
        [*faglig(), municipal("751", office="direktoer")],
        [("K14-anden-kommune", "wrong", SEAT_10)],
    ),
    "faglig: no general practitioners": (
        FAGLIG,
        KLYNGE,
        without(faglig(), "Læge 1", "Læge 2"),
        [("K14-plo", "missing", SEAT_10)],
    ),
    "faglig: a patient seat is vacant": (
        FAGLIG,
        KLYNGE,
        changed(faglig(), "Patient 2", person=""),
        [("K14-patienter", "missing", f"{SEAT_10}, og § 30, stk. 4")],
    ),
    "faglig: three patients": (
        FAGLIG,
        KLYNGE,
        [*faglig(), patient("Patient 3")],
        [("K14-patienter", "too_many", f"{SEAT_10}, og § 30, stk. 4")],
    ),
    "faglig: a party without a seat": (
        FAGLIG,
        KLYNGE,
        [*faglig(), Member("Forsker", "anden")],
        [("K14-parter", "wrong", SEAT_10)],
    ),
    "faglig: the secretariat does not fill seats": (
        FAGLIG,
        KLYNGE,
        [*faglig(), municipal("730", "Sekretær", role="sekretariat")],
        CLEAN,
    ),
    "faglig: no chair from the region": (
        FAGLIG,
        KLYNGE,
        changed(faglig(), "Hospital", role="medlem"),
        [("K15-region", "missing", CHAIR_11)],
    ),
    "faglig: no chair from the municipalities": (
        FAGLIG,
        KLYNGE,
        changed(faglig(), "Direktør 706", role="medlem"),
        [("K15-kommune", "missing", CHAIR_11)],
    ),
    "faglig: two chairs from the region": (
        FAGLIG,
        KLYNGE,
        changed(faglig(), "Psykiatri", role="formand"),
        [("K15-region", "too_many", CHAIR_11)],
    ),
    "faglig: a patient chairs": (
        FAGLIG,
        KLYNGE,
        changed(faglig(), "Patient 1", role="formand"),
        [("K15-andre", "wrong", CHAIR_11)],
    ),
    "faglig: a term beyond the election term": (
        FAGLIG,
        KLYNGE,
        changed(faglig(), "Patient 1", valid_to=date(2026, 12, 31)),
        [("K17", "wrong", f"{BEK} § 14")],
    ),
    "faglig: no rule is known before the order": (
        FAGLIG,
        date(2022, 8, 1),
        faglig(),
        [("uden-regler", "unknown", "-")],
    ),
}
