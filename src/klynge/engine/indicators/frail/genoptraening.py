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

waiting = (
    general
    & ~rehabilitation_plans.offered_on.is_missing()
    & rehabilitation_plans.held_back.is_missing()
)
LEAVES_OUT = {
    "da": "Planer uden tilbud; specialiseret genoptræning; planer, der er udskudt, sendt"
    " til en anden kommune eller gået til frit valg, når det er oplyst.",
    "en": "Plans without an offer; specialised rehabilitation; plans put off, sent to"
    " another kommune or turned to free choice, where that is told.",
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
        events=waiting,
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
        leaves_out=LEAVES_OUT,
        weak_points={
            "da": "Hvor udtrækket ikke oplyser årsager, tæller udskudte planer som de andre.",
            "en": "Where the extract tells no reasons, plans put off count like the others.",
        },
        **COMMON,
    ),
    Indicator(
        code="genop_ventedage",
        shown=False,
        title={
            "da": "Dage til første tilbud om almen genoptræning, lagt sammen",
            "en": "Days to the first offer of general rehabilitation, added up",
        },
        numerator={
            "da": "dage fra udskrivning til kommunens første tilbud, for planerne i genop_vent",
            "en": "days from discharge to the first offer, of the plans in genop_vent",
        },
        denominator={"da": "borgere 1. januar", "en": "citizens on 1 January"},
        unit={"da": "dage pr. 1.000 borgere", "en": "days per 1,000 citizens"},
        # Those who waited no day add nothing, and the sum must rest on enough who did.
        events=waiting & (rehabilitation_plans.days_waited >= 1),
        dated_by=rehabilitation_plans.waits_from,
        adds=rehabilitation_plans.days_waited,
        kind="rate",
        per=1000,
        better="lower",
        standardised_at=NOWHERE,
        certainty="P",
        certainty_note={
            "da": "Tælles kun for at danne genop_vent_gns.",
            "en": "Counted only for genop_vent_gns to be made of it.",
        },
        sources=(sources.REHABILITATION_GATEWAY, sources.HEALTH_AGREEMENTS),
        leaves_out=LEAVES_OUT,
        weak_points={
            "da": "Et tilbud, der lå før udskrivningen, er 0 dage.",
            "en": "An offer made before the discharge is 0 days.",
        },
        **COMMON,
    ),
]
