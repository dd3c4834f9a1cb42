"""Citizens treated with psychotropic medicine.

Counts:      people with at least one dispensing of psychotropic medicine in the year.
Out of:      people who lived in the kommune on 1 January.
Leaves out:  medicine given at hospitals.
Weak points: one dispensing is enough; some of the medicine is also used for other things than
             mental disorder (pain, sleep, epilepsy).
"""

from datetime import date

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    Indicator,
    codelist,
    dispensings,
    residents,
)
from klynge.engine.indicators.shared import sources

PSYCHOTROPICS = codelist("psykofarmaka")

indicator = Indicator(
    code="psykofarmaka",
    theme="psychiatry",
    domain="psykiatri",
    title={
        "da": "Borgere i behandling med psykofarmaka",
        "en": "Citizens treated with psychotropic medicine",
    },
    numerator={
        "da": "borgere med mindst én udlevering af psykofarmaka i året",
        "en": "citizens with at least one dispensing of psychotropic medicine in the year",
    },
    denominator={"da": "borgere 1. januar", "en": "citizens on 1 January"},
    unit={"da": "borgere pr. 1.000", "en": "citizens per 1,000"},
    people=residents.all,
    events=dispensings.atc.is_in(PSYCHOTROPICS),
    dated_by=dispensings.dispensed_on,
    window=IN_THE_PERIOD,
    ages=("all", "0-17", "18-44", "45-64", "65-79", "80+"),
    kind="proportion",
    per=1000,
    better="neither",
    certainty="P",
    certainty_note={
        "da": "Medicingrupperne er læst i ministeriets analyse; at én udlevering er nok, er vores"
        " valg.",
        "en": "The groups of medicine are read in the ministry's analysis; that one dispensing is"
        " enough is our choice.",
    },
    sources=(sources.PSYCHOTROPICS,),
    owner="Klynges datagruppe",
    review_by=date(2027, 5, 1),
    leaves_out={"da": "Medicin givet på sygehus.", "en": "Medicine given at hospitals."},
    weak_points={
        "da": "Én udlevering er nok. Noget af medicinen bruges også mod andet end psykisk sygdom.",
        "en": "One dispensing is enough. Some of the medicine is also used for other things than"
        " mental disorder.",
    },
)
