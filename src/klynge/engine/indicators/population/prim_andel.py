"""Share of citizens in contact with general practice.

Counts:      people with at least one contact with general practice claimed in a week of the year.
Out of:      people who lived in the kommune on 1 January.
Leaves out:  services that are no contact; services to a child claimed on a parent's number; the
             out-of-hours service where it is not claimed as general practice.
Weak points: the register knows the week of the claim, not the day of the visit, so a visit late in
             December may count in the next year; a service that is later reversed still counts.
"""

from datetime import date

from klynge.engine.indicators.language import IN_THE_PERIOD, Indicator, gp_weeks, residents

indicator = Indicator(
    code="prim_andel",
    theme="population",
    domain="begge",
    title={
        "da": "Andel borgere med kontakt til almen praksis",
        "en": "Share of citizens in contact with general practice",
    },
    numerator={
        "da": "borgere med mindst én kontakt til almen praksis (speciale 80) afregnet i en af"
        " årets uger",
        "en": "citizens with at least one contact with general practice (specialty 80) claimed in"
        " a week of the year",
    },
    denominator={"da": "borgere 1. januar", "en": "citizens on 1 January"},
    unit={"da": "pct.", "en": "per cent"},
    people=residents.all,
    events=(gp_weeks.specialty == "80") & (gp_weeks.contacts >= 1),
    dated_by=gp_weeks.year,
    window=IN_THE_PERIOD,
    ages=("all", "0-17", "18-44", "45-64", "65-79", "80+"),
    kind="proportion",
    per=100,
    better="neither",
    certainty="S",
    certainty_note={
        "da": "Afregningsugen er det eneste tidspunkt, registret har.",
        "en": "The week of the claim is the only time the register has.",
    },
    sources=("https://www.dst.dk/da/Statistik/nyheder-analyser-publ/nyt/NytHtml?cid=51066",),
    owner="Klynges datagruppe",
    review_by=date(2027, 11, 1),
    leaves_out={
        "da": "Ydelser, der ikke er en kontakt; ydelser til et barn afregnet på en forælders"
        " nummer.",
        "en": "Services that are no contact; services to a child claimed on a parent's number.",
    },
    weak_points={
        "da": "Registret kender ugen for afregning, ikke dagen for besøget: et besøg sidst i"
        " december kan tælle i det næste år. En ydelse, der senere tilbageføres, tæller med.",
        "en": "The register knows the week of the claim, not the day of the visit: a visit late in"
        " December may count in the next year. A service that is later reversed still counts.",
    },
)
