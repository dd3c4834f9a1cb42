"""Acute stays for a broken hip, age 65 and over.

Counts:      acute somatic stays that began in the year with a hip fracture (DS720-DS722) as main
             diagnosis of a contact in it.
Out of:      people aged 65 or over who lived in the kommune on 1 January.
Leaves out:  later surgery and complications, which are coded otherwise.
Weak points: a transfer to another hospital after more than four hours becomes a second stay.
"""

from datetime import date

from klynge.engine.indicators.language import IN_THE_PERIOD, Indicator, codelist, residents, stays
from klynge.engine.indicators.shared import sources
from klynge.engine.indicators.shared.kinds import somatic

HIP_FRACTURE = codelist("hoftebrud")

indicator = Indicator(
    code="fald_hofte",
    theme="frail",
    domain="somatik",
    title={
        "da": "Akutte sygehusophold med hoftebrud, 65 år og derover (lokal definition)",
        "en": "Acute hospital stays for a broken hip, age 65 and over (local definition)",
    },
    numerator={
        "da": "akutte somatiske sygehusophold påbegyndt i året med hoftebrud som aktionsdiagnose på"
        " en af opholdets kontakter",
        "en": "acute somatic hospital stays begun in the year with a broken hip as the main"
        " diagnosis of one of the stay's contacts",
    },
    denominator={
        "da": "borgere på 65 år og derover 1. januar",
        "en": "citizens aged 65 or over on 1 January",
    },
    unit={"da": "ophold pr. 1.000 borgere", "en": "stays per 1,000 citizens"},
    people=residents.age >= 65,
    events=somatic & stays.acute & stays.any_diagnosis_in(HIP_FRACTURE),
    dated_by=stays.started_at,
    window=IN_THE_PERIOD,
    ages=("all", "65-79", "80+"),
    counts="events",
    kind="rate",
    per=1000,
    better="lower",
    certainty="K",
    certainty_note={
        "da": "Lokal definition: koderne er hoftenære brud i SKS.",
        "en": "Local definition: the codes are those of hip fractures in SKS.",
    },
    sources=(sources.OWN,),
    owner="Klynges datagruppe",
    review_by=date(2027, 5, 1),
    leaves_out={
        "da": "Senere operationer og komplikationer, der kodes anderledes.",
        "en": "Later surgery and complications, which are coded otherwise.",
    },
    weak_points={
        "da": "En overflytning efter mere end fire timer bliver et nyt ophold.",
        "en": "A transfer after more than four hours becomes a new stay.",
    },
)
