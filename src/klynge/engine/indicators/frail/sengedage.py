"""Bed-days on medical wards, age 65 and over.

Counts:      midnights in hospital at contacts with a medical ward that ended in the year.
Out of:      people aged 65 or over who lived in the kommune on 1 January.
Leaves out:  contacts of the emergency department; unfinished contacts.
Weak points: contacts at two wards that overlap count twice; every day of a contact counts in the
             year it ended; which specialities are medical is our list.
"""

from datetime import date

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    NOWHERE,
    Indicator,
    contacts,
    residents,
)
from klynge.engine.indicators.shared import sources
from klynge.engine.indicators.shared.kinds import on_a_medical_ward

indicator = Indicator(
    code="med_sengedage_65",
    theme="frail",
    domain="somatik",
    title={
        "da": "Sengedage på medicinske afdelinger, 65 år og derover",
        "en": "Bed-days on medical wards, age 65 and over",
    },
    numerator={
        "da": "døgn i seng på medicinske afdelinger ved kontakter, der sluttede i året",
        "en": "nights at medical wards of contacts that ended in the year",
    },
    denominator={
        "da": "borgere på 65 år og derover 1. januar",
        "en": "citizens aged 65 or over on 1 January",
    },
    unit={"da": "sengedage pr. 1.000 borgere", "en": "bed-days per 1,000 citizens"},
    people=residents.age >= 65,
    events=on_a_medical_ward & ~contacts.running & (contacts.nights >= 1),
    dated_by=contacts.ended_at,
    window=IN_THE_PERIOD,
    adds=contacts.nights,
    ages=("all", "65-79", "80+"),
    counts="events",
    kind="rate",
    per=1000,
    better="neither",
    standardised_at=NOWHERE,
    certainty="P",
    certainty_note={
        "da": "Opgørelsen er kendt fra kilden; listen over medicinske specialer og måden at tælle"
        " døgn på er vores.",
        "en": "The figure is in the source; the list of medical specialities and the way of"
        " counting nights are ours.",
    },
    sources=(sources.MEDICAL_WARDS,),
    owner="Klynges datagruppe",
    review_by=date(2027, 5, 1),
    leaves_out={
        "da": "Akutmodtagelsens kontakter; uafsluttede kontakter.",
        "en": "Contacts of the emergency department; unfinished contacts.",
    },
    weak_points={
        "da": "Overlappende kontakter tæller dobbelt, og alle døgn tæller i det år, kontakten"
        " sluttede. Intet interval: en sum er ikke en optælling.",
        "en": "Contacts that overlap count twice, and all nights count in the year the contact"
        " ended. No interval: a sum is not a count.",
    },
)
