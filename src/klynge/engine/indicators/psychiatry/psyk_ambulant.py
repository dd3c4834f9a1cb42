"""Outpatient psychiatric stays, and short acute psychiatric admissions.

Counts:      psychiatric hospital stays of less than 12 hours begun in the year; and acute
             psychiatric admissions begun in the year that lasted less than 24 hours.
Out of:      people who lived in the kommune on 1 January; and acute psychiatric admissions.
Leaves out:  virtual and outreach contacts, which are a large part of outpatient psychiatry;
             psychiatrists in private practice; unfinished admissions.
Weak points: a stay is psychiatric by its first contact; several visits a day within four hours of
             each other are one stay; the limit of 24 hours is our choice.
"""

from datetime import date

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    NOWHERE,
    Indicator,
    residents,
    stays,
)
from klynge.engine.indicators.shared import sources
from klynge.engine.indicators.shared.kinds import psychiatric, psychiatric_admission

COMMON = {
    "theme": "psychiatry",
    "domain": "psykiatri",
    "dated_by": stays.started_at,
    "window": IN_THE_PERIOD,
    "people": residents.all,
    "ages": ("all", "0-17", "18-44", "45-64", "65-79", "80+"),
    "counts": "events",
    "owner": "Klynges datagruppe",
    "review_by": date(2027, 5, 1),
}

indicators = [
    Indicator(
        code="psyk_amb_1000",
        title={
            "da": "Ambulante psykiatriske ophold pr. 1.000 borgere",
            "en": "Outpatient psychiatric stays per 1,000 citizens",
        },
        numerator={
            "da": "psykiatriske sygehusophold (fysisk fremmøde) på under 12 timer påbegyndt i året",
            "en": "psychiatric hospital stays (in person) of less than 12 hours begun in the year",
        },
        denominator={"da": "borgere 1. januar", "en": "citizens on 1 January"},
        unit={"da": "ophold pr. 1.000 borgere", "en": "stays per 1,000 citizens"},
        events=psychiatric & ~stays.admission,
        kind="rate",
        per=1000,
        better="neither",
        certainty="S",
        certainty_note={
            "da": "Ambulante ophold er i kilden dem under 12 timer.",
            "en": "Outpatient stays are in the source those of less than 12 hours.",
        },
        sources=(sources.KEY_FIGURES,),
        leaves_out={
            "da": "Virtuelle kontakter og udekontakter, som er en stor del af den ambulante"
            " psykiatri; speciallæger i psykiatri.",
            "en": "Virtual and outreach contacts, a large part of outpatient psychiatry;"
            " psychiatrists in private practice.",
        },
        weak_points={
            "da": "Besøg inden for fire timer af hinanden er ét ophold.",
            "en": "Visits within four hours of each other are one stay.",
        },
        **COMMON,
    ),
    Indicator(
        code="korttid_psyk",
        title={
            "da": "Akutte psykiatriske korttidsindlæggelser (lokal definition)",
            "en": "Short acute psychiatric admissions (local definition)",
        },
        numerator={
            "da": "de af dem, der varede under 24 timer",
            "en": "those of them that lasted less than 24 hours",
        },
        denominator={
            "da": "akutte psykiatriske indlæggelser påbegyndt i året og afsluttet",
            "en": "acute psychiatric admissions begun in the year and finished",
        },
        unit={"da": "pct. af indlæggelserne", "en": "per cent of admissions"},
        events=psychiatric_admission & stays.acute & ~stays.running,
        outcome=stays.under_24_hours.is_true(),
        out_of="events",
        kind="proportion",
        per=100,
        better="neither",
        standardised_at=NOWHERE,
        certainty="K",
        certainty_note={
            "da": "Kilden siger, at indikatoren er under ændring; de 24 timer er vores.",
            "en": "The source says the indicator is being redefined; the 24 hours are ours.",
        },
        sources=(sources.HEALTH_AGREEMENTS,),
        leaves_out={"da": "Uafsluttede indlæggelser.", "en": "Unfinished admissions."},
        weak_points={
            "da": "Ophold under 12 timer er ikke indlæggelser og ses ikke her.",
            "en": "Stays of less than 12 hours are no admissions and not seen here.",
        },
        **COMMON,
    ),
]
