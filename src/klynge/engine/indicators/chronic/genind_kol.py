"""Acute readmissions within 30 days of citizens with COPD.

Counts:      somatic admissions of citizens with COPD discharged in the year and followed by an
             acute somatic admission within 30 days of 24 hours.
Out of:      somatic admissions of the same citizens discharged in the year.
Leaves out:  what `genind_67` leaves out; citizens who got COPD during the year.
Weak points: the admission need not be for COPD; who has COPD is our own reconstruction.
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
from klynge.engine.indicators.shared.kinds import discharged_somatic, readmitted_within_30_days

indicator = Indicator(
    code="genind_kol",
    theme="chronic",
    domain="begge",
    title={
        "da": "Akutte genindlæggelser inden for 30 dage blandt borgere med KOL",
        "en": "Acute readmissions within 30 days of citizens with COPD",
    },
    numerator={
        "da": "somatiske indlæggelser udskrevet i året og fulgt af en akut somatisk indlæggelse"
        " inden for 30 dage",
        "en": "somatic admissions discharged in the year and followed by an acute somatic admission"
        " within 30 days",
    },
    denominator={
        "da": "somatiske indlæggelser udskrevet i året for borgere med KOL 1. januar, som kan"
        " følges i 30 dage",
        "en": "somatic admissions discharged in the year of citizens with COPD on 1 January that"
        " can be followed for 30 days",
    },
    unit={"da": "pct. af indlæggelserne", "en": "per cent of admissions"},
    people=(residents.age >= 30)
    & residents.have(onsets.of(ruks.COPD), onsets.span, ON_THE_FIRST_DAY),
    events=discharged_somatic,
    dated_by=stays.ended_at,
    window=IN_THE_PERIOD,
    outcome=readmitted_within_30_days,
    ages=("all", "30-64", "65-79", "80+"),
    counts="events",
    out_of="events",
    kind="proportion",
    per=100,
    better="lower",
    standardised_at=NOWHERE,
    certainty="K",
    certainty_note={
        "da": "Dansk register for KOL opgør genindlæggelse inden for 30 dage; her er det enhver"
        " somatisk indlæggelse, og hvem der har KOL, er en lokal definition.",
        "en": "The Danish COPD register reports readmission within 30 days; here it is any somatic"
        " admission, and who has COPD is a local definition.",
    },
    sources=(sources.COPD_READMISSION, sources.READMISSIONS),
    owner="Klynges datagruppe",
    review_by=date(2027, 5, 1),
    leaves_out={
        "da": "Det, som genind_67 udelader; borgere, der får KOL i løbet af året.",
        "en": "What genind_67 leaves out; citizens who get COPD during the year.",
    },
    weak_points={
        "da": "Indlæggelsen behøver ikke være for KOL. Ikke standardiseret.",
        "en": "The admission need not be for COPD. Not standardised.",
    },
)
