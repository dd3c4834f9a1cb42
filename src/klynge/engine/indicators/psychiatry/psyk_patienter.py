"""Citizens in contact with hospital psychiatry.

Counts:      people with at least one psychiatric hospital stay, of any length, that went on at some
             time in the year.
Out of:      people who lived in the kommune on 1 January.
Leaves out:  psychiatrists in private practice; virtual and outreach contacts (not physical).
Weak points: a stay is psychiatric by its first contact, so one that began in the emergency
             department counts as somatic; contacts that were never closed run to the extract's end.
"""

from datetime import date

from klynge.engine.indicators.language import IN_THE_PERIOD, Indicator, residents, stays
from klynge.engine.indicators.shared.kinds import psychiatric

indicator = Indicator(
    code="psyk_patienter",
    theme="psychiatry",
    domain="psykiatri",
    title={
        "da": "Borgere med kontakt til psykiatrien",
        "en": "Citizens in contact with psychiatry",
    },
    numerator={
        "da": "borgere med mindst ét psykiatrisk sygehusophold (fysisk fremmøde), der var i gang på"
        " et tidspunkt i året",
        "en": "citizens with at least one psychiatric hospital stay (in person) that went on at"
        " some time in the year",
    },
    denominator={"da": "borgere 1. januar", "en": "citizens on 1 January"},
    unit={"da": "borgere pr. 1.000", "en": "citizens per 1,000"},
    people=residents.all,
    events=psychiatric,
    dated_by=stays.span,
    window=IN_THE_PERIOD,
    ages=("all", "0-17", "18-44", "45-64", "65-79", "80+"),
    kind="proportion",
    per=1000,
    better="neither",
    certainty="S",
    certainty_note={
        "da": "At et ophold tæller i hvert år, det varer, er vores valg: kilden siger ikke, om det"
        " er start eller slut, og den tager uafsluttede psykiatriske kontakter med.",
        "en": "That a stay counts in each year it lasts is our choice: the source does not say"
        " whether start or end decides, and it includes unfinished psychiatric contacts.",
    },
    sources=(
        "https://www.regioner.dk/services/faktuelt/2022/"
        "flere-danskere-er-i-kontakt-med-den-regionale-psykiatri",
        "https://www.esundhed.dk/Emner/Patienter-og-sygehuse/"
        "Noegletal-for-sygehusvaesenet-og-praksisomraadet",
    ),
    owner="Klynges datagruppe",
    review_by=date(2027, 11, 1),
    leaves_out={
        "da": "Speciallæger i psykiatri; virtuelle kontakter og udekontakter.",
        "en": "Psychiatrists in private practice; virtual and outreach contacts.",
    },
    weak_points={
        "da": "Et ophold er psykiatrisk efter sin første kontakt, så et ophold, der begynder i den"
        " somatiske akutmodtagelse, tæller som somatisk. Kontakter, der aldrig er afsluttet, løber"
        " til udtrækkets slutning.",
        "en": "A stay is psychiatric by its first contact, so one that began in the somatic"
        " emergency department counts as somatic. Contacts that were never closed run to the"
        " extract's end.",
    },
)
