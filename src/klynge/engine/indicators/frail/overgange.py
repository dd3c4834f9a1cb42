"""Hand-overs around acute medical admissions of older people, and what follows them.

Counts:      acute medical admissions with a contact with general practice, or home nursing, in the
             7 days before or after; and acute somatic admissions followed by a move to a care home,
             or by death, within 30 days.
Out of:      such admissions of people aged 65 or over, discharged in the year.
Leaves out:  patients who died during the stay; discharges in the last days of the extract, because
             nobody can see what followed; of the moves, those who lived in a care home already.
Weak points: general practice is known by the week of the claim, so a contact counts when a day of
             that week lies within the 7 days: some outside them count, and claims sent late are
             missed. The 7 and 30 days are our choice where the source does not say.
"""

from datetime import date

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    NOWHERE,
    Indicator,
    care_home,
    deaths,
    gp_weeks,
    home_nursing,
    residents,
    stays,
)
from klynge.engine.indicators.shared import sources
from klynge.engine.indicators.shared.kinds import acute_somatic_admission, medical

discharged = acute_somatic_admission & ~stays.running & ~stays.died
practice = (gp_weeks.specialty == "80") & (gp_weeks.contacts >= 1)

WEEKS = {
    "da": "Almen praksis kendes kun på ugen for afregning: en kontakt tæller, når en dag i ugen"
    " ligger inden for de 7 dage, så nogle uden for dem tæller med, og sent afregnede mangler.",
    "en": "General practice is known by the week of the claim only: a contact counts when a day of"
    " that week lies within the 7 days, so some outside them count, and late claims are missed.",
}
NURSING = {
    "da": "Kommuner indberetter ikke hjemmesygepleje ens, og sygepleje på plejehjem ses sjældent.",
    "en": "Kommuner do not report home nursing alike, and nursing in care homes is seldom seen.",
}


def handover(
    code, outcome, *, da, en, weak_points, better="higher", events=discharged & medical,
    followed_for=7, of_da="akutte medicinske indlæggelser", of_en="acute medical admissions",
    certainty="P", sources=(sources.MEDICAL_WARDS,),
):  # fmt: skip
    """The share of acute admissions of older people with something before or after."""
    return Indicator(
        code=code,
        theme="frail",
        domain="somatik",
        title={
            "da": f"{of_da[0].upper()}{of_da[1:]} {da}, 65 år og derover",
            "en": f"{of_en[0].upper()}{of_en[1:]} {en}, age 65 and over",
        },
        numerator={"da": f"de af dem {da}", "en": f"those of them {en}"},
        denominator={
            "da": f"{of_da} udskrevet i live i året, som kan følges i {followed_for} dage",
            "en": f"{of_en} discharged alive in the year that can be followed for"
            f" {followed_for} days",
        },
        unit={"da": "pct. af indlæggelserne", "en": "per cent of admissions"},
        people=residents.age >= 65,
        events=events,
        dated_by=stays.ended_at,
        window=IN_THE_PERIOD,
        outcome=outcome,
        followed_for=followed_for,
        ages=("all", "65-79", "80+"),
        counts="events",
        out_of="events",
        kind="proportion",
        per=100,
        better=better,
        standardised_at=NOWHERE,
        certainty=certainty,
        certainty_note={
            "da": "Kilden ser på det, men siger ikke, hvor mange dage; listen over medicinske"
            " specialer er vores.",
            "en": "The source looks at it, but does not say how many days; the list of medical"
            " specialities is ours.",
        },
        sources=sources,
        owner="Klynges datagruppe",
        review_by=date(2027, 5, 1),
        leaves_out={
            "da": "Patienter, der døde under opholdet; udskrivninger i udtrækkets sidste"
            f" {followed_for} dage, fordi ingen kan se, hvad der fulgte.",
            "en": "Patients who died during the stay; discharges in the last"
            f" {followed_for} days of the extract, because nobody can see what followed.",
        },
        weak_points=weak_points,
    )


AFTER = {
    "events": discharged,
    "followed_for": 30,
    "of_da": "akutte somatiske indlæggelser",
    "of_en": "acute somatic admissions",
    "better": "neither",
    "certainty": "K",
    "sources": (sources.OWN,),
}
indicators = [
    handover(
        "kontakt_foer_praksis",
        stays.preceded_within(days=7, by=practice),
        da="med kontakt til almen praksis i de 7 dage før",
        en="with a contact with general practice in the 7 days before",
        weak_points=WEEKS,
    ),
    handover(
        "kontakt_foer_sygepleje",
        stays.preceded_within(days=7, by=home_nursing.all),
        da="med hjemmesygepleje i de 7 dage før",
        en="with home nursing in the 7 days before",
        weak_points=NURSING,
        better="neither",
    ),
    handover(
        "kontakt_efter_praksis",
        stays.followed_within(days=7, by=practice),
        da="med kontakt til almen praksis i de 7 dage efter",
        en="with a contact with general practice in the 7 days after",
        weak_points=WEEKS,
    ),
    handover(
        "kontakt_efter_sygepleje",
        stays.followed_within(days=7, by=home_nursing.all),
        da="med hjemmesygepleje i de 7 dage efter",
        en="with home nursing in the 7 days after",
        weak_points=NURSING,
    ),
    handover(
        "plejehjem_efter_akut",
        stays.followed_within(days=30, by=care_home.all) & ~stays.during(care_home.all),
        da="fulgt af flytning til plejehjem inden for 30 dage",
        en="followed by a move to a care home within 30 days",
        weak_points={
            "da": "En flytning, der var besluttet før indlæggelsen, tæller med; midlertidige"
            " pladser ses ikke.",
            "en": "A move decided before the admission counts; temporary places are not seen.",
        },
        **AFTER,
    ),
    handover(
        "doed_efter_akut",
        stays.followed_within(days=30, by=deaths.all),
        da="fulgt af død inden for 30 dage",
        en="followed by death within 30 days",
        weak_points={
            "da": "Alvorligt syge, der udskrives til at dø hjemme, tæller som alle andre.",
            "en": "The gravely ill who are discharged to die at home count like everybody else.",
        },
        **AFTER,
    ),
]
