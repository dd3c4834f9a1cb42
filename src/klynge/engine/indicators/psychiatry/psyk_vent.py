"""The wait for psychiatry: seen within 30 days of the referral.

Counts:      referrals to planned psychiatric care whose first contact was at most 30 days after.
Out of:      referrals whose first contact was in the year.
Leaves out:  acute contacts; referrals that led to no contact; contacts without a date of referral.
Weak points: the right is to be assessed, or to have a plan for it, within 30 days; the register
             tells neither, so this is the wait for the first contact. Referrals that were refused,
             and those still waiting, are not seen. Days the patient asked for count as waiting.
"""

from datetime import date

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    NOWHERE,
    Indicator,
    psychiatric_referrals,
    residents,
)
from klynge.engine.indicators.shared import sources

share = Indicator(
    code="psyk_vent",
    theme="psychiatry",
    domain="psykiatri",
    title={
        "da": "Første psykiatriske kontakt inden 30 dage efter henvisning (lokal definition)",
        "en": "First psychiatric contact within 30 days of referral (local definition)",
    },
    numerator={
        "da": "de af dem, hvor den første kontakt lå højst 30 dage efter henvisningen",
        "en": "those of them whose first contact was at most 30 days after the referral",
    },
    denominator={
        "da": "henvisninger til planlagt psykiatri, hvor den første kontakt lå i året",
        "en": "referrals to planned psychiatric care whose first contact was in the year",
    },
    unit={"da": "pct. af henvisningerne", "en": "per cent of referrals"},
    people=residents.all,
    events=psychiatric_referrals.all,
    dated_by=psychiatric_referrals.seen_on,
    window=IN_THE_PERIOD,
    by_month=True,
    outcome=psychiatric_referrals.seen_within_30_days.is_true(),
    ages=("all", "0-17", "18-44", "45-64", "65-79", "80+"),
    counts="events",
    out_of="events",
    kind="proportion",
    per=100,
    better="higher",
    standardised_at=NOWHERE,
    certainty="K",
    certainty_note={
        "da": "Udredningsretten gælder udredning eller en plan for den inden 30 dage; registret"
        " siger ingen af delene. Her måles ventetiden til den første kontakt.",
        "en": "The right is to assessment, or a plan for it, within 30 days; the register tells"
        " neither. Here it is the wait for the first contact.",
    },
    sources=(sources.PSYCHIATRY_CONTACTS,),
    owner="Klynges datagruppe",
    review_by=date(2027, 5, 1),
    leaves_out={
        "da": "Akutte kontakter; henvisninger uden kontakt; kontakter uden henvisningsdato.",
        "en": "Acute contacts; referrals without a contact; contacts without a date of referral.",
    },
    weak_points={
        "da": "Afviste henvisninger og dem, der stadig venter, ses ikke. Dage, som patienten selv"
        " har bedt om, tæller som ventetid.",
        "en": "Refused referrals and those still waiting are not seen. Days that the patient asked"
        " for count as waiting.",
    },
)

days = Indicator(
    code="psyk_ventedage",
    shown=False,
    theme="psychiatry",
    domain="psykiatri",
    title={
        "da": "Dage fra henvisning til første psykiatriske kontakt, lagt sammen",
        "en": "Days from referral to the first psychiatric contact, added up",
    },
    numerator={
        "da": "dage fra henvisningen til den første kontakt, for henvisningerne i psyk_vent",
        "en": "days from the referral to the first contact, of the referrals in psyk_vent",
    },
    denominator={"da": "borgere 1. januar", "en": "citizens on 1 January"},
    unit={"da": "dage pr. 1.000 borgere", "en": "days per 1,000 citizens"},
    people=share.people,
    # Those who waited no day add nothing, and the sum must rest on enough who did.
    events=psychiatric_referrals.days_waited >= 1,
    dated_by=share.dated_by,
    window=IN_THE_PERIOD,
    adds=psychiatric_referrals.days_waited,
    ages=share.ages,
    counts="events",
    kind="rate",
    per=1000,
    better="lower",
    standardised_at=NOWHERE,
    certainty="K",
    certainty_note={
        "da": "Tælles kun for at danne psyk_vent_gns.",
        "en": "Counted only for psyk_vent_gns to be made of it.",
    },
    sources=share.sources,
    owner=share.owner,
    review_by=share.review_by,
    leaves_out=share.leaves_out,
    weak_points=share.weak_points,
)

indicators = [share, days]
