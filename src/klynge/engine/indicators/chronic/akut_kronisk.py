"""Acute admissions of citizens with COPD and with type 2 diabetes.

Counts:      acute somatic admissions that began in the year.
Out of:      people who on 1 January have the disease by the local definition.
Leaves out:  stays of less than 12 hours; people who got the disease during the year.
Weak points: admissions for any reason count, not only for the disease (the national goals read so);
             who has the disease is our own reconstruction, and a change in it changes both sides.
"""

from datetime import date

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    NOWHERE,
    ON_THE_FIRST_DAY,
    Indicator,
    onsets,
    residents,
    stays,
)
from klynge.engine.indicators.shared import ruks, sources
from klynge.engine.indicators.shared.kinds import acute_somatic_admission


def acute_admissions(code, disease, *, da, en, from_age, bands):
    """Acute somatic admissions per 1,000 citizens with the disease."""
    return Indicator(
        code=code,
        theme="chronic",
        domain="begge",
        title={
            "da": f"Akutte indlæggelser blandt borgere med {da}",
            "en": f"Acute admissions of citizens with {en}",
        },
        numerator={
            "da": "akutte somatiske indlæggelser (12 timer og derover) påbegyndt i året",
            "en": "acute somatic admissions (12 hours or more) begun in the year",
        },
        denominator={
            "da": f"borgere med {da} 1. januar efter den lokale definition",
            "en": f"citizens with {en} on 1 January by the local definition",
        },
        unit={"da": f"pr. 1.000 borgere med {da}", "en": f"per 1,000 citizens with {en}"},
        people=(residents.age >= from_age)
        & residents.have(onsets.of(disease), onsets.span, ON_THE_FIRST_DAY),
        events=acute_somatic_admission,
        dated_by=stays.started_at,
        window=IN_THE_PERIOD,
        ages=("all", *bands),
        counts="events",
        kind="rate",
        per=1000,
        better="lower",
        standardised_at=NOWHERE,
        certainty="K",
        certainty_note={
            "da": "At alle akutte somatiske indlæggelser tæller, er læst i de nationale mål; hvem"
            " der har sygdommen, er en lokal definition.",
            "en": "That every acute somatic admission counts is read in the national goals; who"
            " has the disease is a local definition.",
        },
        sources=(sources.HEALTH_AGREEMENTS, sources.NATIONAL_GOALS),
        owner="Klynges datagruppe",
        review_by=date(2027, 5, 1),
        leaves_out={
            "da": "Ophold under 12 timer; borgere, der får sygdommen i løbet af året.",
            "en": "Stays of less than 12 hours; citizens who get the disease during the year.",
        },
        weak_points={
            "da": "Indlæggelser af enhver årsag tæller. En ændring i, hvem der findes med"
            " sygdommen, ændrer tallet. Ikke standardiseret.",
            "en": "Admissions for any reason count. A change in who is found to have the disease"
            " changes the figure. Not standardised.",
        },
    )


indicators = [
    acute_admissions(
        "akut_kol",
        ruks.COPD,
        da="KOL",
        en="COPD",
        from_age=30,
        bands=("30-44", "45-64", "65-79", "80+"),
    ),
    acute_admissions(
        "akut_t2d",
        ruks.TYPE_2_DIABETES,
        da="type 2-diabetes",
        en="type 2 diabetes",
        from_age=18,
        bands=("18-44", "45-64", "65-79", "80+"),
    ),
]
