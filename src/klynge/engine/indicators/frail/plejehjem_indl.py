"""Acute admissions of care home residents.

Counts:      acute somatic admissions that began in the year while the person lived in a care home.
Out of:      people aged 65 or over who lived in a care home on 1 January.
Leaves out:  people who moved in during the year; admissions after they moved out.
Weak points: residents who die early in the year count as a whole resident, so the figure is lower
             than one per resident-year; an address is not care.
"""

from datetime import date

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    NOWHERE,
    ON_THE_FIRST_DAY,
    Indicator,
    care_home,
    residents,
    stays,
)
from klynge.engine.indicators.shared import sources
from klynge.engine.indicators.shared.kinds import acute_somatic_admission

indicator = Indicator(
    code="plejehjem_indl",
    theme="frail",
    domain="begge",
    title={
        "da": "Akutte indlæggelser blandt plejehjemsbeboere, 65 år og derover",
        "en": "Acute admissions of care home residents, age 65 and over",
    },
    numerator={
        "da": "akutte somatiske indlæggelser påbegyndt i året, mens borgeren boede på plejehjem",
        "en": "acute somatic admissions begun in the year while the citizen lived in a care home",
    },
    denominator={
        "da": "borgere på 65 år og derover, der boede på et plejehjem 1. januar",
        "en": "citizens aged 65 or over who lived in a care home on 1 January",
    },
    unit={"da": "pr. 1.000 beboere", "en": "per 1,000 residents"},
    people=(residents.age >= 65) & residents.have(care_home.all, care_home.span, ON_THE_FIRST_DAY),
    events=acute_somatic_admission & stays.during(care_home.all),
    dated_by=stays.started_at,
    window=IN_THE_PERIOD,
    ages=("all", "65-79", "80+"),
    counts="events",
    kind="rate",
    per=1000,
    better="lower",
    standardised_at=NOWHERE,
    certainty="P",
    certainty_note={
        "da": "Kilden regner pr. beboerår; her er nævneren dem, der boede der 1. januar.",
        "en": "The source counts per resident-year; here it is out of those there on 1 January.",
    },
    sources=(sources.CARE_HOME_ADMISSIONS,),
    owner="Klynges datagruppe",
    review_by=date(2027, 5, 1),
    leaves_out={
        "da": "Borgere, der flytter ind i løbet af året.",
        "en": "Citizens who move in during the year.",
    },
    weak_points={
        "da": "Beboere, der dør tidligt på året, tæller som en hel beboer, så tallet er lavere end"
        " pr. beboerår. En adresse er ikke pleje.",
        "en": "Residents who die early in the year count as a whole resident, so the figure is"
        " lower than one per resident-year. An address is not care.",
    },
)
