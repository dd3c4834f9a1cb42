"""Acute hospital stays that good local care can often prevent, age 65 and over.

Counts:      acute somatic stays, of any length, that began in the year with a main diagnosis on the
             codelist. Acute and main diagnosis are those of the first contact: why the person came.
Out of:      people aged 65 or over who lived in the kommune on 1 January.
Leaves out:  planned stays; people who moved in during the year; what arose or was found during the
             stay (a pressure sore in hospital).
Weak points: the emergency department often codes a symptom first, so stays are missed; a change in
             how hospitals code will look like a change in care; the codes are our reconstruction.
"""

from datetime import date

from klynge.engine.indicators.language import IN_THE_PERIOD, Indicator, codelist, residents, stays

PREVENTABLE = codelist("forebyggelige")

indicator = Indicator(
    code="forebyg_65",
    theme="frail",
    domain="somatik",
    title={
        "da": "Forebyggelige akutte sygehusophold, 65 år og derover",
        "en": "Preventable acute hospital stays, age 65 and over",
    },
    numerator={
        "da": "akutte somatiske sygehusophold påbegyndt i året med en aktionsdiagnose på"
        " kodelisten, begge efter opholdets første kontakt",
        "en": "acute somatic hospital stays begun in the year with a main diagnosis on the"
        " codelist, both by the stay's first contact",
    },
    denominator={
        "da": "borgere på 65 år og derover 1. januar",
        "en": "citizens aged 65 or over on 1 January",
    },
    unit={
        "da": "ophold pr. 1.000 borgere på 65 år og derover",
        "en": "stays per 1,000 citizens aged 65 or over",
    },
    people=residents.age >= 65,
    events=(stays.domain == "somatik") & stays.acute & stays.diagnosis.is_in(PREVENTABLE),
    dated_by=stays.started_at,
    window=IN_THE_PERIOD,
    by_month=True,
    ages=("all", "65-79", "80+"),
    counts="events",
    kind="rate",
    per=1000,
    better="lower",
    certainty="P",
    certainty_note={
        "da": "Indikatoren, kategoriernes navne og niveauet er kendt fra kilderne; koderne er vores"
        " rekonstruktion efter SKS-teksterne.",
        "en": "The indicator, the names of its categories and its level are in the sources; the"
        " codes are our reconstruction from the SKS texts.",
    },
    sources=(
        "https://www.esundhed.dk/Emner/Patienter-og-sygehuse/Sundhedsaftaler",
        "https://danskindustri.dk/arkiv/analyser/2024/6/mange-indlaggelser-kunne-vare-undgaet",
    ),
    owner="Klynges datagruppe",
    review_by=date(2027, 5, 1),
    leaves_out={
        "da": "Planlagte ophold; borgere, der er flyttet til i løbet af året; det, der opstår eller"
        " findes under opholdet.",
        "en": "Planned stays; citizens who moved in during the year; what arose or was found during"
        " the stay.",
    },
    weak_points={
        "da": "Akutmodtagelsen koder ofte først et symptom, så ophold overses. En ændring i"
        " sygehusenes kodning vil ligne en ændring i plejen.",
        "en": "The emergency department often codes a symptom first, so stays are missed. A change"
        " in how hospitals code will look like a change in care.",
    },
)
