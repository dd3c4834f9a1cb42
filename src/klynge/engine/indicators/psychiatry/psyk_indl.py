"""Psychiatric admissions per 1,000 citizens.

Counts:      psychiatric stays of 12 hours or more that began in the year.
Out of:      people who lived in the kommune on 1 January.
Leaves out:  people who moved in during the year; stays of less than 12 hours.
Weak points: a stay is psychiatric by its first contact, so one that began in the emergency
             department counts as somatic; a contact that was never closed swallows later ones.
"""

from datetime import date

from klynge.engine.indicators.language import IN_THE_PERIOD, Indicator, residents, stays

indicator = Indicator(
    code="psyk_indl",
    theme="psychiatry",
    domain="psykiatri",
    title={
        "da": "Psykiatriske indlæggelser pr. 1.000 borgere",
        "en": "Psychiatric admissions per 1,000 citizens",
    },
    numerator={
        "da": "psykiatriske sygehusophold på 12 timer og derover, påbegyndt i året",
        "en": "psychiatric hospital stays of 12 hours or more, begun in the year",
    },
    denominator={"da": "borgere 1. januar", "en": "citizens on 1 January"},
    unit={"da": "indlæggelser pr. 1.000 borgere", "en": "admissions per 1,000 citizens"},
    people=residents.all,
    events=(stays.domain == "psykiatri") & stays.admission,
    dated_by=stays.started_at,
    window=IN_THE_PERIOD,
    by_month=True,
    ages=("all", "0-17", "18-44", "45-64", "65-79", "80+"),
    counts="events",
    kind="rate",
    per=1000,
    better="neither",
    certainty="S",
    certainty_note={
        "da": "At et ophold tæller i det år, det begynder, er vores valg: uafsluttede ophold tæller"
        " med og har ingen slutdato.",
        "en": "That a stay counts in the year it begins is our choice: unfinished stays count and"
        " have no end date.",
    },
    sources=(
        "https://www.esundhed.dk/Emner/Patienter-og-sygehuse/"
        "Noegletal-for-sygehusvaesenet-og-praksisomraadet",
    ),
    owner="Klynges datagruppe",
    review_by=date(2027, 11, 1),
    leaves_out={
        "da": "Borgere, der er flyttet til i løbet af året; ophold under 12 timer.",
        "en": "Citizens who moved in during the year; stays of less than 12 hours.",
    },
    weak_points={
        "da": "Et ophold er psykiatrisk efter sin første kontakt, så et ophold, der begynder i den"
        " somatiske akutmodtagelse, tæller som somatisk. En kontakt, der aldrig er afsluttet,"
        " opsluger de senere.",
        "en": "A stay is psychiatric by its first contact, so one that began in the somatic"
        " emergency department counts as somatic. A contact that was never closed swallows"
        " later ones.",
    },
)
