"""Home help: who is granted it, and how much.

Counts:      people granted home help in January; and the minutes a week they are granted.
Out of:      people aged 65 or over on 1 January; and those who are granted home help.
Leaves out:  people under 65; care in care homes; help that is delivered without being granted.
Weak points: granted is not delivered; kommuner grant in different ways (packages, frames); the
             unit (minutes a week) is probable.
"""

from datetime import date

from klynge.engine.indicators.language import (
    NOWHERE,
    ON_THE_FIRST_DAY,
    Indicator,
    home_help,
    residents,
)
from klynge.engine.indicators.shared import sources

COMMON = {
    "theme": "frail",
    "domain": "begge",
    "events": home_help.all,
    "dated_by": home_help.month_begins_on,
    "window": ON_THE_FIRST_DAY,
    "ages": ("all", "65-79", "80+"),
    "better": "neither",
    "certainty": "P",
    "certainty_note": {
        "da": "Visiteret hjemmehjælp er kendt fra kilderne; at januar måned står for året, er vores"
        " valg.",
        "en": "Granted home help is in the sources; that January stands for the year is our"
        " choice.",
    },
    "sources": (sources.OLDER_PEOPLE, sources.HOME_HELP),
    "owner": "Klynges datagruppe",
    "review_by": date(2027, 5, 1),
    "leaves_out": {
        "da": "Borgere under 65 år; plejehjem; hjælp, der leveres uden at være visiteret.",
        "en": "Citizens under 65; care homes; help delivered without being granted.",
    },
}

indicators = [
    Indicator(
        code="hjemmehjaelp_mod",
        title={
            "da": "Modtagere af hjemmehjælp, 65 år og derover",
            "en": "Recipients of home help, age 65 and over",
        },
        numerator={
            "da": "borgere på 65 år og derover, der er visiteret til hjemmehjælp i januar",
            "en": "citizens aged 65 or over who are granted home help in January",
        },
        denominator={
            "da": "borgere på 65 år og derover 1. januar",
            "en": "citizens aged 65 or over on 1 January",
        },
        unit={"da": "pct.", "en": "per cent"},
        people=residents.age >= 65,
        kind="proportion",
        per=100,
        weak_points={
            "da": "Visiteret er ikke leveret, og kommuner visiterer forskelligt.",
            "en": "Granted is not delivered, and kommuner grant in different ways.",
        },
        **COMMON,
    ),
    Indicator(
        code="hjemmehjaelp_timer",
        title={
            "da": "Visiteret hjemmehjælp pr. modtager, 65 år og derover",
            "en": "Home help granted per recipient, age 65 and over",
        },
        numerator={
            "da": "visiterede minutter om ugen i januar, personlig pleje og praktisk hjælp",
            "en": "minutes a week granted in January, personal care and practical help",
        },
        denominator={
            "da": "borgere på 65 år og derover, der i januar er visiteret til hjemmehjælp i et"
            " kendt antal minutter",
            "en": "citizens aged 65 or over who are granted a known number of minutes of home help"
            " in January",
        },
        unit={"da": "minutter om ugen pr. modtager", "en": "minutes a week per recipient"},
        people=(residents.age >= 65)
        & residents.have(
            ~home_help.minutes.is_missing(), home_help.month_begins_on, ON_THE_FIRST_DAY
        ),
        counts="events",
        adds=home_help.minutes,
        kind="rate",
        per=1,
        standardised_at=NOWHERE,
        weak_points={
            "da": "Minutter, ikke timer, fordi tallet er en sum af hele minutter. Få modtagere med"
            " meget hjælp trækker gennemsnittet op. Intet interval: en sum er ikke en optælling.",
            "en": "Minutes, not hours, because it is a sum of whole minutes. A few with much help"
            " raise the mean. No interval: a sum is not a count.",
        },
        **COMMON,
    ),
]
