"""Schizophrenia by a local definition: how many have it, how many are new, and their admissions.

Counts:      people with schizophrenia on 1 January; people first found with it in the year; acute
             somatic admissions begun in the year of those who have it.
Out of:      people who lived in the kommune on 1 January; of the admissions, those who have it.
Leaves out:  people never seen at a hospital with the diagnosis.
Weak points: our own reconstruction, not the official RUKS; with few years of history old cases
             count as new the first time they are seen.
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
from klynge.engine.indicators.shared.by_register import by_the_register
from klynge.engine.indicators.shared.kinds import acute_somatic_admission

has_schizophrenia = onsets.of(ruks.SCHIZOPHRENIA)
COMMON = {
    "theme": "psychiatry",
    "domain": "psykiatri",
    "ages": ("all", "0-17", "18-44", "45-64", "65-79", "80+"),
    "certainty": "K",
    "certainty_note": {
        "da": "Lokal definition: vores rekonstruktion, ikke den officielle RUKS-algoritme.",
        "en": "Local definition: our reconstruction, not the official RUKS algorithm.",
    },
    "owner": "Klynges datagruppe",
    "review_by": date(2027, 5, 1),
    "leaves_out": {
        "da": "Borgere, der aldrig er set på et sygehus med diagnosen.",
        "en": "Citizens never seen at a hospital with the diagnosis.",
    },
}
EVERYONE = {"da": "borgere 1. januar", "en": "citizens on 1 January"}
PER_100000 = {"da": "pr. 100.000 borgere", "en": "per 100,000 citizens"}

indicators = [
    Indicator(
        code="ruks_skizo",
        title={
            "da": "Forekomst af skizofreni (lokal definition)",
            "en": "Prevalence of schizophrenia (local definition)",
        },
        numerator={
            "da": "borgere, der 1. januar eller før har fået mindst én A- eller B-diagnose",
            "en": "citizens who by 1 January have had at least one A or B diagnosis",
        },
        denominator=EVERYONE,
        unit=PER_100000,
        people=residents.all,
        events=has_schizophrenia,
        dated_by=onsets.span,
        window=ON_THE_FIRST_DAY,
        kind="proportion",
        per=100000,
        better="neither",
        sources=(sources.RUKS, sources.RUKS_DATA),
        when_supplied=by_the_register("skizofreni", "schizophrenia", new=False),
        weak_points={
            "da": "Jo færre års historik udtrækket har, jo færre er fundet.",
            "en": "The fewer years of history the extract has, the fewer have been found.",
        },
        **COMMON,
    ),
    Indicator(
        code="ruks_inc_skizo",
        title={
            "da": "Nye borgere med skizofreni (lokal definition)",
            "en": "New cases of schizophrenia (local definition)",
        },
        numerator={
            "da": "borgere, der i året for første gang får en A- eller B-diagnose",
            "en": "citizens who get an A or B diagnosis for the first time in the year",
        },
        denominator=EVERYONE,
        unit=PER_100000,
        people=residents.all,
        events=has_schizophrenia,
        dated_by=onsets.began_on,
        window=IN_THE_PERIOD,
        kind="proportion",
        per=100000,
        better="neither",
        sources=(sources.RUKS_DATA,),
        when_supplied=by_the_register("skizofreni", "schizophrenia", new=True),
        weak_points={
            "da": "Med få års historik tælles gamle tilfælde som nye, første gang de ses.",
            "en": "With few years of history old cases count as new the first time they are seen.",
        },
        **COMMON,
    ),
    Indicator(
        code="psyk_somatik",
        title={
            "da": "Akutte somatiske indlæggelser blandt borgere med skizofreni",
            "en": "Acute somatic admissions of citizens with schizophrenia",
        },
        numerator={
            "da": "akutte somatiske indlæggelser (12 timer og derover) påbegyndt i året",
            "en": "acute somatic admissions (12 hours or more) begun in the year",
        },
        denominator={
            "da": "borgere med skizofreni 1. januar efter den lokale definition",
            "en": "citizens with schizophrenia on 1 January by the local definition",
        },
        unit={
            "da": "pr. 1.000 borgere med skizofreni",
            "en": "per 1,000 citizens with schizophrenia",
        },
        people=residents.have(has_schizophrenia, onsets.span, ON_THE_FIRST_DAY),
        events=acute_somatic_admission,
        dated_by=stays.started_at,
        window=IN_THE_PERIOD,
        counts="events",
        kind="rate",
        per=1000,
        better="lower",
        standardised_at=NOWHERE,
        sources=(sources.OWN, sources.RUKS),
        weak_points={
            "da": "Få borgere i den enkelte kommune. Ikke standardiseret.",
            "en": "Few citizens in a single kommune. Not standardised.",
        },
        **COMMON,
    ),
]
