"""General rehabilitation: how many plans, and how soon the first offer comes.

Counts:      general rehabilitation plans (section 140) made in the year; and of those with an
             offer, the ones offered within 7 days of discharge.
Out of:      people who lived in the kommune on 1 January; and general plans with an offer.
Leaves out:  specialised rehabilitation and rehabilitation as such; of those with an offer, plans
             that were held back for a told reason (put off, another kommune, free choice).
Weak points: the offered day counts, also when the citizen could not come; deliveries that do not
             tell reasons count plans that were put off.
"""

from datetime import date

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    NOWHERE,
    Indicator,
    rehabilitation_plans,
    residents,
)
from klynge.engine.indicators.shared import sources

general = rehabilitation_plans.kind.is_one_of("AWG2", "AWG2A", "AWG2B")
COMMON = {
    "theme": "frail",
    "domain": "somatik",
    "people": residents.all,
    "window": IN_THE_PERIOD,
    "ages": ("all", "0-17", "18-64", "65-79", "80+"),
    "counts": "events",
    "owner": "Klynges datagruppe",
    "review_by": date(2027, 5, 1),
}

indicators = [
    Indicator(
        code="genop_planer",
        title={
            "da": "Genoptræningsplaner til almen genoptræning",
            "en": "Plans for general rehabilitation",
        },
        numerator={
            "da": "genoptræningsplaner til almen genoptræning (SUL § 140) lavet i året",
            "en": "plans for general rehabilitation (section 140) made in the year",
        },
        denominator={"da": "borgere 1. januar", "en": "citizens on 1 January"},
        unit={"da": "planer pr. 1.000 borgere", "en": "plans per 1,000 citizens"},
        events=general,
        dated_by=rehabilitation_plans.made_on,
        kind="rate",
        per=1000,
        better="neither",
        certainty="S",
        certainty_note={
            "da": "Planer til almen genoptræning, som kilden tæller dem.",
            "en": "Plans for general rehabilitation, as the source counts them.",
        },
        sources=(sources.REHABILITATION, sources.HEALTH_AGREEMENTS),
        leaves_out={
            "da": "Specialiseret genoptræning og rehabilitering.",
            "en": "Specialised rehabilitation.",
        },
        weak_points={
            "da": "Sygehusenes praksis for at skrive planer er forskellig.",
            "en": "Hospitals differ in how readily they write plans.",
        },
        **COMMON,
    ),
    Indicator(
        code="genop_vent",
        title={
            "da": "Almen genoptræning tilbudt inden for 7 dage",
            "en": "General rehabilitation offered within 7 days",
        },
        numerator={
            "da": "de af dem, hvor kommunens første tilbud lå højst 7 dage efter udskrivning",
            "en": "those of them whose first offer was at most 7 days after discharge",
        },
        denominator={
            "da": "almene genoptræningsplaner med et tilbud, for borgere udskrevet i året",
            "en": "general rehabilitation plans with an offer, of citizens discharged in the year",
        },
        unit={"da": "pct. af planerne", "en": "per cent of plans"},
        events=general
        & ~rehabilitation_plans.offered_on.is_missing()
        & rehabilitation_plans.held_back.is_missing(),
        dated_by=rehabilitation_plans.waits_from,
        outcome=rehabilitation_plans.offered_within_7_days.is_true(),
        out_of="events",
        kind="proportion",
        per=100,
        better="higher",
        standardised_at=NOWHERE,
        certainty="S",
        certainty_note={
            "da": "At den tilbudte dag tæller, er kendt fra kilden; hvilke planer den officielle"
            " opgørelse udelader, er det ikke.",
            "en": "That the offered day counts is in the source; which plans the official figure"
            " leaves out is not.",
        },
        sources=(sources.REHABILITATION_GATEWAY, sources.HEALTH_AGREEMENTS),
        leaves_out={
            "da": "Planer uden tilbud; specialiseret genoptræning; planer, der er udskudt, sendt"
            " til en anden kommune eller gået til frit valg, når det er oplyst.",
            "en": "Plans without an offer; specialised rehabilitation; plans put off, sent to"
            " another kommune or turned to free choice, where that is told.",
        },
        weak_points={
            "da": "Hvor udtrækket ikke oplyser årsager, tæller udskudte planer som de andre.",
            "en": "Where the extract tells no reasons, plans put off count like the others.",
        },
        **COMMON,
    ),
]
