"""Charlson, NMI and new atrial fibrillation, slowly; the codes as the sources have them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tests.engine.reference.slow import Counted, Life, age_on, among, share

# fmt: off
CHARLSON = {
    "myocardial.infarction": (1, (
        "DI21", "DI22",
    )),
    "heart.failure": (1, (
        "DI099", "DI110", "DI130", "DI132", "DI255", "DI425", "DI426", "DI427", "DI429",
        "DI428A", "DP290", "DI43", "DI50", "DE105", "DE115", "DE125", "DE135", "DE145",
    )),
    "peripheral.vascular.disease": (1, (
        "DI70", "DI71", "DI72", "DI731", "DI738", "DI739", "DI77", "DI790", "DI792",
        "DK551", "DK558", "DK559", "DZ958", "DZ959",
    )),
    "cerebrovascular.disease": (1, (
        "DI60", "DI61", "DI62", "DI63", "DI64", "DI65", "DI66", "DI67", "DI68", "DI69",
        "DG45", "DG46", "DH340",
    )),
    "dementia": (1, (
        "DF00", "DF01", "DF02", "DF03", "DG30", "DF051", "DG311",
    )),
    "chronic.pulmonary.disease": (1, (
        "DJ40", "DJ41", "DJ42", "DJ43", "DJ44", "DJ45", "DJ46", "DJ47", "DJ60", "DJ61",
        "DJ62", "DJ63", "DJ64", "DJ65", "DJ66", "DJ67", "DJ684", "DI278", "DI279",
        "DJ84", "DJ701", "DJ703", "DJ920", "DJ953", "DJ961", "DJ982", "DJ983",
    )),
    "rheumatic.disease": (1, (
        "DM05", "DM06", "DM08", "DM09", "DM30", "DM31", "DM32", "DM33", "DM34", "DM35",
        "DM36", "DD86",
    )),
    "peptic.ulcer.disease": (1, (
        "DK25", "DK26", "DK27", "DK28", "DK221",
    )),
    "mild.liver.disease": (1, (
        "DB18", "DK700", "DK701", "DK702", "DK709", "DK703", "DK713", "DK714", "DK715",
        "DK717", "DK73", "DK74", "DK760", "DK762", "DK763", "DK764", "DK769", "DZ944",
    )),
    "severe.liver.disease": (3, (
        "DB150", "DB160", "DB162", "DB190", "DI850", "DI859", "DI864", "DI982", "DK704",
        "DK711", "DK721", "DK729", "DK765", "DK766", "DK767",
    )),
    "diabetes.without.complications": (1, (
        "DE100", "DE101", "DE108", "DE109", "DE110", "DE111", "DE119", "DE120", "DE121",
        "DE129", "DE130", "DE131", "DE139", "DE140", "DE141", "DE149",
    )),
    "diabetes.with.complications": (2, (
        "DE102", "DE103", "DE104", "DE105", "DE106", "DE107", "DE112", "DE113", "DE114",
        "DE115", "DE116", "DE117", "DE118", "DE122", "DE123", "DE124", "DE125", "DE126",
        "DE127", "DE128", "DE132", "DE133", "DE134", "DE135", "DE136", "DE137", "DE138",
        "DE142", "DE143", "DE144", "DE145", "DE146", "DE147", "DE148",
    )),
    "hemiplegia.paraplegia": (2, (
        "DG830", "DG831", "DG832", "DG833", "DG834", "DG81", "DG82", "DG041", "DG114",
        "DG801", "DG802", "DG839",
    )),
    "renal.disease": (2, (
        "DN032", "DN033", "DN034", "DN035", "DN036", "DN037", "DN052", "DN053", "DN054",
        "DN055", "DN056", "DN057", "DZ490", "DZ491", "DZ492", "DN18", "DN19", "DI120",
        "DI131", "DI132", "DN250", "DZ940", "DZ992", "DN26",
    )),
    "any.malignancy": (2, (
        "DC0", "DC1", "DC2", "DC3", "DC40", "DC41", "DC42", "DC43", "DC44", "DC45",
        "DC46", "DC47", "DC48", "DC49", "DC5", "DC6", "DC70", "DC71", "DC72", "DC73",
        "DC74", "DC75", "DC76", "DC86", "DC97",
    )),
    "metastatic.solid.tumor": (6, (
        "DC77", "DC78", "DC79", "DC80",
    )),
    "AIDS.HIV": (6, (
        "DB20", "DB21", "DB22", "DB23", "DB24",
    )),
    "leukemia": (2, (
        "DC91", "DC92", "DC93", "DC94", "DC95",
    )),
    "lymphoma": (2, (
        "DC81", "DC82", "DC83", "DC84", "DC85", "DC88", "DC90", "DC96",
    )),
}
NMI_DIAGNOSES = (
    (10, r"^DB18"),
    (19, r"^DC34"),
    (4, r"^DC50"),
    (5, r"^DC61"),
    (8, r"^DC67"),
    (8, r"^DC7[01]|^DC75[1-3]|^DD32|^DD33[0-2]|^DD35[2-4]|^DD42|^DD43[0-2]|^DD44[3-5]"),
    (22, r"^DC7[6-9]|^DC80"),
    (8, r"^DC9[1-5]"),
    (5, r"^DD5[0-9]|^DD6[0-4]"),
    (2, r"^DE11"),
    (6, r"^DE86"),
    (9, r"^DF0[0-3]|^DG30"),
    (12, r"^DF10"),
    (4, r"^DF17"),
    (7, r"^DG2[0-2]"),
    (7, r"^DG35"),
    (5, r"^DG4[0-1]"),
    (2, r"^DI0[56]|^DI3[45]"),
    (4, r"^DI110|^DI13[02]|^DI42[06789]|^DI50"),
    (4, r"^DI6[0-9]"),
    (5, r"^DI7[0347]"),
    (4, r"^DI7[12]"),
    (4, r"^DJ1[2-8]"),
    (4, r"^DJ4[12347]|^DJ96[19]"),
    (7, r"^DJ84"),
    (5, r"^DK0[234568]"),
    (13, r"^DK7[024]|^DK76[67]"),
    (11, r"^DL89"),
    (7, r"^DN1[89]"),
)
NMI_MEDICINES = (
    (8, r"^A06A"),
    (5, r"^A07DA"),
    (4, r"^A10A"),
    (2, r"^B01AC"),
    (5, r"^B03A"),
    (4, r"^C01AA"),
    (5, r"^C03C|^C03EB"),
    (3, r"^C03DA"),
    (-2, r"^C09[CD]"),
    (-3, r"^C10AA"),
    (2, r"^H02AB"),
    (1, r"^J01C"),
    (2, r"^N02A"),
    (2, r"^N02BE"),
    (1, r"^N05BA|^N05C[DF]"),
    (7, r"^N05A[A-L]|^N05AX"),
    (3, r"^N06A"),
    (11, r"^N06D"),
    (7, r"^N07BC"),
    (3, r"^R03AC0[2-5]"),
    (5, r"^R03BB0[4-7]"),
)
# fmt: on


def charlson(life: Life, day: date) -> int:
    """Signs from five years of 365.25 days before up to and with the day; the worse of a pair."""
    seen = {code for when, code, _type in life.diagnosed if 0 <= (day - when).days <= 5 * 365.25}
    groups = {
        name for name, (_, codes) in CHARLSON.items() if any(c.startswith(codes) for c in seen)
    }
    for worse, better in (
        ("severe.liver.disease", "mild.liver.disease"),
        ("diabetes.with.complications", "diabetes.without.complications"),
        ("metastatic.solid.tumor", "any.malignancy"),
    ):
        if worse in groups:
            groups.discard(better)
    return sum(CHARLSON[name][0] for name in groups)


def nmi(life: Life, day: date) -> int:
    """Diagnoses of the 1,825 days and medicine of the 180 days before the day, which is not one."""
    codes = [code for when, code, _type in life.diagnosed if 1 <= (day - when).days <= 1825]
    medicine = [
        row["atc"] for row in life.medicine if row["atc"] and 1 <= (day - row["eksd"]).days <= 180
    ]
    return sum(
        points
        for patterns, seen in ((NMI_DIAGNOSES, codes), (NMI_MEDICINES, medicine))
        for points, pattern in patterns
        if any(re.match(pattern, code) for code in seen)
    )


def stroke_risk(life: Life, day: date) -> int:
    """CHA2DS2-VASc on a day."""

    def diagnosed(*codes: str) -> bool:
        return any(when <= day and code.startswith(codes) for when, code, _type in life.diagnosed)

    treated = any(
        (row["atc"] or "").startswith("A10") and 0 <= (day - row["eksd"]).days <= 365
        for row in life.medicine
    )
    age = age_on(life.born, day)
    return (
        diagnosed("DI50", "DI110", "DI130", "DI132", "DI42")
        + diagnosed("DI10", "DI11", "DI12", "DI13", "DI15")
        + (2 if age >= 75 else 1 if age >= 65 else 0)
        + (treated or diagnosed("DE10", "DE11", "DE12", "DE13", "DE14"))
        + 2 * diagnosed("DI63", "DI64", "DG45", "DI74")
        + diagnosed("DI21", "DI22", "DI70", "DI739")
        + life.is_woman
    )


def _anticoagulated(life: Life, year: int, _age: int) -> Counted:
    first = min((day for day, code, _t in life.diagnosed if code.startswith("DI48")), default=None)
    if first is None or first.year != year or stroke_risk(life, first) < 2:
        return among([])
    if life.died is not None and (life.died - first).days < 30:
        return among([])
    if first + timedelta(days=30) >= life.extract_end.date():
        return among([])
    got = any(
        (row["atc"] or "").startswith(("B01AA", "B01AE07", "B01AF"))
        and -120 <= (row["eksd"] - first).days <= 30
        for row in life.medicine
    )
    return among([got])


COUNTING = {
    "charlson_3_65": lambda life, year, _age: share(charlson(life, date(year, 1, 1)) >= 3),
    "nmi_10_65": lambda life, year, _age: share(nmi(life, date(year, 1, 1)) >= 10),
    "ak_af": _anticoagulated,
}
