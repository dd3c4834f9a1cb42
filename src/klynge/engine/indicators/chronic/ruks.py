"""Prevalence and incidence of eight chronic diseases by local definitions.

Counts:      prevalence: people who have the disease on 1 January; incidence: people who meet its
             definition for the first time in the year.
Out of:      people of the ages in question who lived in the kommune on 1 January.
Leaves out:  people treated in general practice only, without medicine that tells the disease; of
             the incidence, those who moved in or were born during the year.
Weak points: these are our own reconstructions (lokal definition), not the official RUKS; the fewer
             years of history the extract has, the fewer have been found, and the more of those
             found are told as new.

When the register RUKS is delivered (kronikere), it tells who has the disease instead, and the words
of `shared/by_register.py` take the place of those about the local definition.

The rules are in `shared/ruks.py`, the codes in the codelists beside it. Schizophrenia, the ninth,
stands with psychiatry.
"""

from dataclasses import dataclass
from datetime import date

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    ON_THE_FIRST_DAY,
    Indicator,
    onsets,
    residents,
)
from klynge.engine.indicators.shared import ruks, sources
from klynge.engine.indicators.shared.by_register import by_the_register
from klynge.engine.spine.chronic import ChronicRule


@dataclass(frozen=True)
class Told:
    """A disease in words: its rule, from which age it is told, and in which bands."""

    name: str
    disease: ChronicRule
    da: str
    en: str
    rule_da: str
    rule_en: str
    from_age: int
    bands: tuple[str, ...]


CERTAINTY = {
    "da": "Lokal definition: vores rekonstruktion, ikke den officielle RUKS-algoritme.",
    "en": "Local definition: our reconstruction, not the official RUKS algorithm.",
}


def prevalence(told):
    """The share of people who have the disease, per 100,000."""
    return Indicator(
        code=f"ruks_praev_{told.name}",
        theme="chronic",
        domain="begge",
        title={
            "da": f"Forekomst af {told.da} (lokal definition)",
            "en": f"Prevalence of {told.en} (local definition)",
        },
        numerator={
            "da": f"borgere, der 1. januar opfylder den lokale definition: {told.rule_da}",
            "en": f"citizens who on 1 January meet the local definition: {told.rule_en}",
        },
        denominator=_everyone(told.from_age),
        unit={"da": "pr. 100.000 borgere", "en": "per 100,000 citizens"},
        people=_people(told.from_age),
        events=onsets.of(told.disease),
        dated_by=onsets.span,
        window=ON_THE_FIRST_DAY,
        ages=("all", *told.bands),
        kind="proportion",
        per=100000,
        better="neither",
        certainty="K",
        certainty_note=CERTAINTY,
        sources=(sources.RUKS, sources.RUKS_DATA),
        owner="Klynges datagruppe",
        review_by=date(2027, 5, 1),
        when_supplied=by_the_register(told.da, told.en, new=False),
        leaves_out={
            "da": "Borgere, der kun behandles i almen praksis, og som diagnoser og medicin ikke"
            " viser.",
            "en": "Citizens treated in general practice only, whom diagnoses and medicine do not"
            " show.",
        },
        weak_points={
            "da": "Jo færre års historik udtrækket har, jo færre er fundet. En registreret fejl"
            " følger borgeren resten af livet.",
            "en": "The fewer years of history the extract has, the fewer have been found. An error"
            " once recorded follows the citizen for life.",
        },
    )


def incidence(told):
    """New cases in the year, per 100,000 citizens of the ages in question."""
    return Indicator(
        code=f"ruks_inc_{told.name}",
        theme="chronic",
        domain="begge",
        title={
            "da": f"Nye borgere med {told.da} (lokal definition)",
            "en": f"New cases of {told.en} (local definition)",
        },
        numerator={
            "da": "borgere, der i året for første gang opfylder den lokale definition:"
            f" {told.rule_da}",
            "en": f"citizens who meet the local definition for the first time in the year:"
            f" {told.rule_en}",
        },
        denominator=_everyone(told.from_age),
        unit={"da": "pr. 100.000 borgere", "en": "per 100,000 citizens"},
        people=_people(told.from_age),
        events=onsets.of(told.disease),
        dated_by=onsets.began_on,
        window=IN_THE_PERIOD,
        ages=("all", *told.bands),
        kind="proportion",
        per=100000,
        better="neither",
        certainty="K",
        certainty_note=CERTAINTY,
        sources=(sources.RUKS_DATA,),
        owner="Klynges datagruppe",
        review_by=date(2027, 5, 1),
        when_supplied=by_the_register(told.da, told.en, new=True),
        leaves_out={
            "da": "Borgere, der fik sygdommen, før de fyldte til aldersgrænsen 1. januar, eller som"
            " ikke boede i kommunen den dag.",
            "en": "Citizens who got the disease before they were old enough on 1 January, or did"
            " not live in the kommune that day.",
        },
        weak_points={
            "da": "Med få års historik tælles gamle tilfælde som nye, første gang de ses. Nævneren"
            " er alle borgere, også dem, der allerede har sygdommen.",
            "en": "With few years of history old cases count as new the first time they are seen."
            " The denominator is all citizens, also those who have the disease already.",
        },
    )


def _people(from_age):
    return residents.age >= from_age if from_age else residents.all


def _everyone(from_age):
    if not from_age:
        return {"da": "borgere 1. januar", "en": "citizens on 1 January"}
    return {
        "da": f"borgere på {from_age} år og derover 1. januar",
        "en": f"citizens aged {from_age} or over on 1 January",
    }


ONE_DIAGNOSIS_DA, ONE_DIAGNOSIS_EN = (
    "mindst én A- eller B-diagnose",
    "at least one A or B diagnosis",
)
ALL_AGES = ("0-17", "18-44", "45-64", "65-79", "80+")
ADULTS = ("18-44", "45-64", "65-79", "80+")
FROM_40 = ("40-64", "65-79", "80+")
diseases = [
    Told(
        name="kol",
        disease=ruks.COPD,
        da="KOL",
        en="COPD",
        rule_da=f"{ONE_DIAGNOSIS_DA}, eller to udleveringer af KOL-medicin inden for 365 dage, fra"
        " 30 år",
        rule_en=f"{ONE_DIAGNOSIS_EN}, or two dispensings of COPD medicine within 365 days, from"
        " age 30",
        from_age=30,
        bands=("30-44", "45-64", "65-79", "80+"),
    ),
    Told(
        name="astma",
        disease=ruks.ASTHMA,
        da="astma",
        en="asthma",
        rule_da=f"{ONE_DIAGNOSIS_DA}, eller fra 6 år to udleveringer af astmamedicin inden for 365"
        " dage; ikke KOL, og noget inden for de sidste 10 år",
        rule_en=f"{ONE_DIAGNOSIS_EN}, or from age 6 two dispensings of asthma medicine within 365"
        " days; not COPD, and something in the last 10 years",
        from_age=0,
        bands=ALL_AGES,
    ),
    Told(
        name="t1d",
        disease=ruks.TYPE_1_DIABETES,
        da="type 1-diabetes",
        en="type 1 diabetes",
        rule_da="en diagnose og en udlevering af insulin, og flere dage med type 1- end med type"
        " 2-diagnose",
        rule_en="a diagnosis and a dispensing of insulin, and more days with a type 1 than a type 2"
        " diagnosis",
        from_age=0,
        bands=ALL_AGES,
    ),
    Told(
        name="t2d",
        disease=ruks.TYPE_2_DIABETES,
        da="type 2-diabetes",
        en="type 2 diabetes",
        rule_da=f"{ONE_DIAGNOSIS_DA}, eller to udleveringer af blodsukkersænkende medicin bortset"
        " fra insulin (metformin til kvinder under 40 år tæller ikke); ikke type 1-diabetes",
        rule_en=f"{ONE_DIAGNOSIS_EN}, or two dispensings of glucose-lowering medicine other than"
        " insulin (metformin to women under 40 does not count); not type 1 diabetes",
        from_age=18,
        bands=ADULTS,
    ),
    Told(
        name="demens",
        disease=ruks.DEMENTIA,
        da="demens",
        en="dementia",
        rule_da=f"{ONE_DIAGNOSIS_DA}, eller to udleveringer af demensmedicin, fra 40 år",
        rule_en=f"{ONE_DIAGNOSIS_EN}, or two dispensings of dementia medicine, from age 40",
        from_age=40,
        bands=FROM_40,
    ),
    Told(
        name="leddegigt",
        disease=ruks.RHEUMATOID_ARTHRITIS,
        da="leddegigt",
        en="rheumatoid arthritis",
        rule_da="to A-diagnoser med mindst 30 dage imellem, eller én og en udlevering af"
        " gigtdæmpende medicin (DMARD), fra 18 år",
        rule_en="two A diagnoses at least 30 days apart, or one and a dispensing of a"
        " disease-modifying drug (DMARD), from age 18",
        from_age=18,
        bands=ADULTS,
    ),
    Told(
        name="osteoporose",
        disease=ruks.OSTEOPOROSIS,
        da="osteoporose",
        en="osteoporosis",
        rule_da=f"{ONE_DIAGNOSIS_DA}, eller én udlevering af medicin mod osteoporose, fra 40 år",
        rule_en=f"{ONE_DIAGNOSIS_EN}, or one dispensing of medicine for osteoporosis, from age 40",
        from_age=40,
        bands=FROM_40,
    ),
    Told(
        name="hjertesvigt",
        disease=ruks.HEART_FAILURE,
        da="hjertesvigt",
        en="heart failure",
        rule_da=f"{ONE_DIAGNOSIS_DA}, fra 18 år",
        rule_en=f"{ONE_DIAGNOSIS_EN}, from age 18",
        from_age=18,
        bands=ADULTS,
    ),
]
indicators = [make(disease) for make in (prevalence, incidence) for disease in diseases]
