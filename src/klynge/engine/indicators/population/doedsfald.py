"""Deaths per 1,000 citizens.

Counts:      people who died in the year.
Out of:      people who lived in the kommune on 1 January.
Leaves out:  people who were born or moved in during the year.
Weak points: the crude value follows the age of the population: compare the standardised one. People
             who emigrate and die abroad are seldom in the register.

Life expectancy needs the same deaths, but a figure of its own kind, which a pack cannot hold yet.
"""

from datetime import date

from klynge.engine.indicators.language import IN_THE_PERIOD, Indicator, deaths, residents
from klynge.engine.indicators.shared import sources

indicator = Indicator(
    code="doedsfald_1000",
    theme="population",
    domain="begge",
    title={"da": "Dødsfald pr. 1.000 borgere", "en": "Deaths per 1,000 citizens"},
    numerator={"da": "borgere, der døde i året", "en": "citizens who died in the year"},
    denominator={"da": "borgere 1. januar", "en": "citizens on 1 January"},
    unit={"da": "dødsfald pr. 1.000 borgere", "en": "deaths per 1,000 citizens"},
    people=residents.all,
    events=deaths.all,
    dated_by=deaths.died_on,
    window=IN_THE_PERIOD,
    ages=("all", "0-44", "45-64", "65-79", "80+"),
    kind="proportion",
    per_person_years=True,
    per=1000,
    better="lower",
    certainty="P",
    certainty_note={
        "da": "En almindelig opgørelse; at den regnes af dem, der boede i kommunen 1. januar, er"
        " vores valg.",
        "en": "A common figure; that it is out of those who lived in the kommune on 1 January is"
        " our choice.",
    },
    sources=(sources.KEY_FIGURES,),
    owner="Klynges datagruppe",
    review_by=date(2027, 11, 1),
    leaves_out={
        "da": "Borgere, der er født eller flyttet til i løbet af året.",
        "en": "Citizens who were born or moved in during the year.",
    },
    weak_points={
        "da": "Den rå værdi følger befolkningens alder; sammenlign den standardiserede.",
        "en": "The crude value follows the age of the population; compare the standardised one.",
    },
)
