"""Follow-up after psychiatric discharge, within 7 and within 30 days.

Counts:      psychiatric admissions discharged in the year that were followed by an outpatient
             psychiatric stay, or by a contact with general practice.
Out of:      psychiatric admissions discharged in the year.
Leaves out:  patients who died; virtual and outreach contacts; discharges in the last 30 days of
             the extract, because nobody can see what followed.
Weak points: general practice is known by the week of the claim, so a contact counts when a day of
             that week lies within the days; municipal social psychiatry is not seen.
"""

from datetime import date

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    NOWHERE,
    Indicator,
    gp_weeks,
    residents,
    stays,
)
from klynge.engine.indicators.shared import sources
from klynge.engine.indicators.shared.kinds import discharged_psychiatric, psychiatric

outpatient = psychiatric & ~stays.admission
practice = (gp_weeks.specialty == "80") & (gp_weeks.contacts >= 1)


def followed_up(days):
    """The share of psychiatric discharges that were followed up within so many days."""
    return Indicator(
        code=f"psyk_opfoelg_{days}",
        theme="psychiatry",
        domain="psykiatri",
        title={
            "da": f"Opfølgning inden for {days} dage efter psykiatrisk udskrivning",
            "en": f"Follow-up within {days} days of psychiatric discharge",
        },
        numerator={
            "da": f"de af dem, der inden for {days} dage blev fulgt af et ambulant psykiatrisk"
            " ophold eller en kontakt til almen praksis",
            "en": f"those of them followed within {days} days by an outpatient psychiatric stay or"
            " a contact with general practice",
        },
        denominator={
            "da": "psykiatriske indlæggelser udskrevet i året, som kan følges i 30 dage",
            "en": "psychiatric admissions discharged in the year that can be followed for 30 days",
        },
        unit={"da": "pct. af udskrivningerne", "en": "per cent of discharges"},
        people=residents.all,
        events=discharged_psychiatric,
        dated_by=stays.ended_at,
        window=IN_THE_PERIOD,
        outcome=stays.followed_within(days=days, by=outpatient)
        | stays.followed_within(days=days, by=practice),
        followed_for=30,
        ages=("all", "0-17", "18-44", "45-64", "65-79", "80+"),
        counts="events",
        out_of="events",
        kind="proportion",
        per=100,
        better="higher",
        standardised_at=NOWHERE,
        certainty="P",
        certainty_note={
            "da": "Kilden ser på almen praksis og psykiatriske besøg efter udskrivning; dagene er"
            " vores valg.",
            "en": "The source looks at general practice and psychiatric visits after discharge; the"
            " days are our choice.",
        },
        sources=(sources.PSYCHIATRY_READMISSIONS,),
        owner="Klynges datagruppe",
        review_by=date(2027, 5, 1),
        leaves_out={
            "da": "Patienter, der døde; virtuelle kontakter og udekontakter; udskrivninger i"
            " udtrækkets sidste 30 dage.",
            "en": "Patients who died; virtual and outreach contacts; discharges in the last 30 days"
            " of the extract.",
        },
        weak_points={
            "da": "Almen praksis kendes kun på ugen for afregning: en kontakt tæller, når en dag i"
            " ugen ligger inden for dagene. Kommunal socialpsykiatri ses ikke.",
            "en": "General practice is known by the week of the claim only: a contact counts when a"
            " day of that week lies within the days. Municipal social psychiatry is not seen.",
        },
    )


indicators = [followed_up(7), followed_up(30)]
