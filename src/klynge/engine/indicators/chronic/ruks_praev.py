"""Prevalence of chronic disease by local definitions: COPD, type 2 diabetes, heart failure.

Counts:      people who met the disease's definition on 1 January or before.
Out of:      people of the ages in question who lived in the kommune on 1 January.
Leaves out:  people treated in general practice only, without medicine that tells the disease.
Weak points: these are our own reconstructions (lokal definition), not the official RUKS; the fewer
             years of history the extract has, the fewer people have been found.

COPD: one A or B diagnosis, or two dispensings of medicine used for COPD alone within 365 days; at
age 30 or over. Type 2 diabetes: one diagnosis, or two dispensings of glucose-lowering medicine
other than insulin; metformin to women under 40 does not count (PCOS), and who has more days with a
type 1 than a type 2 diagnosis and has had insulin is left out. Heart failure: one diagnosis, at age
18 or over.
"""

from datetime import date

from klynge.engine.indicators.language import (
    BY_THE_FIRST_DAY,
    Indicator,
    chronic_disease,
    codelist,
    onsets,
    residents,
)

COPD = chronic_disease("KOL", codelist("kol"), from_age=30, dispensings_within=365)
DIABETES = chronic_disease("T2D", codelist("t2d"))
HEART_FAILURE = chronic_disease("hjertesvigt", codelist("hjertesvigt"), from_age=18)


def prevalence(code, disease, *, da, en, rule_da, rule_en, codes, from_age, bands):
    """The share of people who have had the disease, per 100,000."""
    return Indicator(
        code=code,
        theme="chronic",
        domain="begge",
        title={
            "da": f"Forekomst af {da} (lokal definition)",
            "en": f"Prevalence of {en} (local definition)",
        },
        numerator={
            "da": f"borgere, der senest 1. januar opfylder den lokale definition: {rule_da}",
            "en": f"citizens who by 1 January meet the local definition: {rule_en}",
        },
        denominator={
            "da": f"borgere på {from_age} år og derover 1. januar",
            "en": f"citizens aged {from_age} or over on 1 January",
        },
        unit={"da": "pr. 100.000 borgere", "en": "per 100,000 citizens"},
        people=residents.age >= from_age,
        events=onsets.of(disease),
        dated_by=onsets.began_on,
        window=BY_THE_FIRST_DAY,
        ages=("all", *bands),
        kind="proportion",
        per=100000,
        better="neither",
        certainty="K",
        certainty_note={
            "da": "Lokal definition: vores rekonstruktion, ikke den officielle RUKS-algoritme.",
            "en": "Local definition: our reconstruction, not the official RUKS algorithm.",
        },
        sources=(
            "https://www.esundhed.dk/Dokumentation/DocumentationExtended?id=29",
            "https://github.com/steenhulthin/ruks-data",
        ),
        owner="Klynges datagruppe",
        review_by=date(2027, 5, 1),
        leaves_out={
            "da": f"Borgere, der kun behandles i almen praksis, og som {codes} ikke viser.",
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


indicators = [
    prevalence(
        "ruks_praev_kol",
        COPD,
        da="KOL",
        en="COPD",
        rule_da="mindst én A- eller B-diagnose, eller to udleveringer af KOL-medicin inden for 365"
        " dage, fra 30 år",
        rule_en="at least one A or B diagnosis, or two dispensings of COPD medicine within 365"
        " days, from age 30",
        codes="diagnoser og medicin",
        from_age=30,
        bands=("30-44", "45-64", "65-79", "80+"),
    ),
    prevalence(
        "ruks_praev_t2d",
        DIABETES,
        da="type 2-diabetes",
        en="type 2 diabetes",
        rule_da="mindst én A- eller B-diagnose, eller to udleveringer af blodsukkersænkende medicin"
        " bortset fra insulin; ikke type 1-diabetes",
        rule_en="at least one A or B diagnosis, or two dispensings of glucose-lowering medicine"
        " other than insulin; not type 1 diabetes",
        codes="diagnoser og medicin",
        from_age=18,
        bands=("18-44", "45-64", "65-79", "80+"),
    ),
    prevalence(
        "ruks_praev_hjertesvigt",
        HEART_FAILURE,
        da="hjertesvigt",
        en="heart failure",
        rule_da="mindst én A- eller B-diagnose, fra 18 år",
        rule_en="at least one A or B diagnosis, from age 18",
        codes="diagnoser",
        from_age=18,
        bands=("18-44", "45-64", "65-79", "80+"),
    ),
]
