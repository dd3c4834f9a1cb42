"""Acute psychiatric readmissions within 30 days, age 18 and over.

Counts:      psychiatric admissions (12 hours or more) discharged in the year that were followed by
             an acute psychiatric admission within 30 days of 24 hours.
Out of:      psychiatric admissions of the same people discharged in the year.
Leaves out:  children and young people, whose few admissions would leave most kommuner without a
             standardised value; patients who died; unfinished admissions; discharges in the last
             30 days of the extract, because nobody can see what followed.
Weak points: few admissions in a kommune, so no standardised value there (the source gives none);
             planned readmissions as part of a course of treatment do not count.
"""

from datetime import date

from klynge.engine.indicators.language import IN_THE_PERIOD, Indicator, residents, stays
from klynge.engine.indicators.shared.kinds import discharged_psychiatric, psychiatric_admission

indicator = Indicator(
    code="genind_psyk_30",
    theme="psychiatry",
    domain="psykiatri",
    title={
        "da": "Akutte psykiatriske genindlæggelser inden for 30 dage, 18 år og derover",
        "en": "Acute psychiatric readmissions within 30 days, age 18 and over",
    },
    numerator={
        "da": "psykiatriske indlæggelser udskrevet i året og fulgt af en akut psykiatrisk"
        " indlæggelse inden for 30 dage",
        "en": "psychiatric admissions discharged in the year and followed by an acute psychiatric"
        " admission within 30 days",
    },
    denominator={
        "da": "psykiatriske indlæggelser udskrevet i året, som kan følges i 30 dage",
        "en": "psychiatric admissions discharged in the year that can be followed for 30 days",
    },
    unit={"da": "pct. af indlæggelserne", "en": "per cent of admissions"},
    people=residents.age >= 18,
    events=discharged_psychiatric,
    dated_by=stays.ended_at,
    window=IN_THE_PERIOD,
    by_month=True,
    outcome=stays.followed_within(days=30, by=psychiatric_admission & stays.acute),
    ages=("all", "18-44", "45-64", "65-79", "80+"),
    counts="events",
    out_of="events",
    kind="proportion",
    per=100,
    better="lower",
    standardised_at=("klynge", "sundhedsraad", "region", "land"),
    certainty="P",
    certainty_note={
        "da": "Opholdet og de 30 dage er kendt fra kilderne; sætningen om tælleren var afkortet.",
        "en": "The stay and the 30 days are in the sources; the sentence on the numerator was cut"
        " off.",
    },
    sources=(
        "https://www.esundhed.dk/Emner/Patienter-og-sygehuse/"
        "Genindlaeggelser-i-somatik-og-psykiatri",
        "https://www.esundhed.dk/Emner/Patienter-og-sygehuse/Sundhedsaftaler",
    ),
    owner="Klynges datagruppe",
    review_by=date(2027, 5, 1),
    leaves_out={
        "da": "Patienter under 18 år; patienter, der døde; uafsluttede indlæggelser;"
        " udskrivninger i udtrækkets sidste 30 dage, fordi ingen kan se, hvad der fulgte.",
        "en": "Patients under 18; patients who died; unfinished admissions; discharges in the"
        " last 30 days of the extract, because nobody can see what followed.",
    },
    weak_points={
        "da": "Få indlæggelser i den enkelte kommune, derfor ingen standardiseret værdi dér (det"
        " har kilden heller ikke). Planlagte genindlæggelser i et forløb tæller ikke.",
        "en": "Few admissions in a single kommune, hence no standardised value there (nor has the"
        " source). Planned readmissions in a course of treatment do not count.",
    },
)
