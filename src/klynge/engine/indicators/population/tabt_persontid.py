"""Days that citizens were not here: what person-years are made of.

Counts:      days of the year from the day after a death, and from the day of leaving the country
             until the day of coming back.
Out of:      people who lived in the kommune on 1 January.
Leaves out:  people who were born or moved in during the year; moves within the country, which the
             figures follow.
Weak points: who leaves without telling is seen too late, or not at all.

Rates per 1,000 person-years (`person_time.py`) take these days from those of everyone on 1 January.
"""

from datetime import date

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    NOWHERE,
    Indicator,
    residents,
    time_lost,
)
from klynge.engine.indicators.person_time import LOST_AGES, TIME_LOST
from klynge.engine.indicators.shared import sources

indicator = Indicator(
    code=TIME_LOST,
    theme="population",
    domain="begge",
    title={
        "da": "Tabt persontid: dage efter død eller i udlandet",
        "en": "Person-time lost: days after death or abroad",
    },
    numerator={
        "da": "dage i året efter borgerens død, eller fra udvandring til årets slutning eller"
        " genindvandring",
        "en": "days of the year after the citizen's death, or from leaving the country to the"
        " year's end or the return",
    },
    denominator={"da": "borgere 1. januar", "en": "citizens on 1 January"},
    unit={"da": "dage pr. borger", "en": "days per citizen"},
    people=residents.all,
    events=time_lost.all,
    dated_by=time_lost.year,
    window=IN_THE_PERIOD,
    adds=time_lost.days,
    ages=LOST_AGES,
    counts="events",
    kind="rate",
    per=1,
    better="neither",
    standardised_at=NOWHERE,
    certainty="K",
    certainty_note={
        "da": "Vores egen størrelse: den, der skal til for at regne personår ud af folketallet.",
        "en": "A quantity of our own: what it takes to make person-years of the population.",
    },
    sources=(sources.MIGRATIONS,),
    owner="Klynges datagruppe",
    review_by=date(2027, 11, 1),
    leaves_out={
        "da": "Borgere, der er født eller flyttet til i løbet af året. Flytninger inden for landet"
        " tager ingen dage: tallene følger borgeren.",
        "en": "Citizens who were born or moved in during the year. Moves within the country take no"
        " days: the figures follow the citizen.",
    },
    weak_points={
        "da": "Den, der rejser uden at melde det, ses for sent eller slet ikke. Intet interval: en"
        " sum er ikke en optælling.",
        "en": "Who leaves without telling is seen too late, or not at all. No interval: a sum is"
        " not a count.",
    },
)
