"""Days in hospital after being ready for discharge, somatic admissions.

Counts:      days from the marker of being ready for discharge (AWA1) until it was taken back (AWX1)
             or the admission ended, for somatic admissions discharged in the year.
Out of:      people aged 18 or over who lived in the kommune on 1 January.
Leaves out:  unfinished admissions; markers that lie outside an admission.
Weak points: how days are to be counted is not in the sources (here: by the calendar, the day of
             discharge not counted); every day counts in the year of the discharge; hospitals use
             the marker differently.
"""

from datetime import date

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    NOWHERE,
    Indicator,
    ready_for_discharge,
    residents,
)
from klynge.engine.indicators.shared import sources

indicator = Indicator(
    code="faerdigbeh_som",
    theme="frail",
    domain="somatik",
    title={
        "da": "Færdigbehandlingsdage, somatiske indlæggelser",
        "en": "Days after being ready for discharge, somatic admissions",
    },
    numerator={
        "da": "dage fra færdigbehandlet-markør til udskrivning ved somatiske indlæggelser"
        " udskrevet i året",
        "en": "days from being marked ready to discharge of somatic admissions discharged"
        " in the year",
    },
    denominator={
        "da": "borgere på 18 år og derover 1. januar",
        "en": "citizens aged 18 or over on 1 January",
    },
    unit={"da": "dage pr. 1.000 borgere", "en": "days per 1,000 citizens"},
    people=residents.age >= 18,
    events=(ready_for_discharge.domain == "somatik") & (ready_for_discharge.days >= 1),
    dated_by=ready_for_discharge.discharged_on,
    window=IN_THE_PERIOD,
    adds=ready_for_discharge.days,
    ages=("all", "18-64", "65-79", "80+"),
    counts="events",
    kind="rate",
    per=1000,
    better="lower",
    standardised_at=NOWHERE,
    certainty="P",
    certainty_note={
        "da": "Markørerne er kendt fra vejledningen til LPR3; måden at tælle dage på er vores.",
        "en": "The markers are in the guide to LPR3; the way of counting days is ours.",
    },
    sources=(sources.HEALTH_AGREEMENTS,),
    owner="Klynges datagruppe",
    review_by=date(2027, 5, 1),
    leaves_out={
        "da": "Uafsluttede indlæggelser; markører uden for en indlæggelse.",
        "en": "Unfinished admissions; markers outside an admission.",
    },
    weak_points={
        "da": "Alle dage tæller i udskrivningsåret. Sygehuse bruger markøren forskelligt. Intet"
        " interval: en sum er ikke en optælling.",
        "en": "Every day counts in the year of discharge. Hospitals use the marker differently. No"
        " interval: a sum is not a count.",
    },
)
