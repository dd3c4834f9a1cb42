"""Contacts with general practice per citizen.

Counts:      contacts with general practice claimed in a week of the year.
Out of:      people who lived in the kommune on 1 January.
Leaves out:  services that are no contact (laboratory and add-on services); services to a child
             claimed on a parent's number.
Weak points: the register knows the week of the claim, not the day of the visit; telephone and
             written consultations count as much as visits.
"""

from datetime import date

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    NOWHERE,
    Indicator,
    gp_weeks,
    residents,
)
from klynge.engine.indicators.shared import sources

indicator = Indicator(
    code="prim_kontakter",
    theme="population",
    domain="begge",
    title={
        "da": "Kontakter til almen praksis pr. borger",
        "en": "Contacts with general practice per citizen",
    },
    numerator={
        "da": "kontakter til almen praksis (speciale 80) afregnet i en af årets uger",
        "en": "contacts with general practice (specialty 80) claimed in a week of the year",
    },
    denominator={"da": "borgere 1. januar", "en": "citizens on 1 January"},
    unit={"da": "kontakter pr. borger", "en": "contacts per citizen"},
    people=residents.all,
    events=(gp_weeks.specialty == "80") & (gp_weeks.contacts >= 1),
    dated_by=gp_weeks.year,
    window=IN_THE_PERIOD,
    adds=gp_weeks.contacts,
    ages=("all", "0-17", "18-44", "45-64", "65-79", "80+"),
    counts="events",
    kind="rate",
    per=1,
    better="neither",
    standardised_at=NOWHERE,
    certainty="S",
    certainty_note={
        "da": "At speciale 80 er almen praksis, er vores læsning.",
        "en": "That specialty 80 is general practice is our reading.",
    },
    sources=(sources.KEY_FIGURES, sources.GP_CONTACTS),
    owner="Klynges datagruppe",
    review_by=date(2027, 11, 1),
    leaves_out={
        "da": "Ydelser, der ikke er en kontakt; ydelser til et barn afregnet på en forælders"
        " nummer.",
        "en": "Services that are no contact; services to a child claimed on a parent's number.",
    },
    weak_points={
        "da": "Registret kender ugen for afregning, ikke dagen for besøget. Telefon og"
        " e-konsultation tæller som besøg. Intet interval: en sum er ikke en optælling.",
        "en": "The register knows the week of the claim, not the day of the visit. Telephone and"
        " e-mail consultations count as visits. No interval: a sum is not a count.",
    },
)
