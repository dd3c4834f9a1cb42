"""What citizens with a chronic disease use: general practice, hospital, home nursing.

Counts:      contacts with general practice claimed in the year; hospital stays that ended in it;
             days of home nursing in it.
Out of:      people who on 1 January have at least one of the nine chronic diseases.
Leaves out:  contacts that have nothing to do with the disease cannot be told, and count.
Weak points: who has a chronic disease is our own reconstruction; a sum over people who use much
             and people who use nothing says little of either.
"""

from datetime import date

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    NOWHERE,
    ON_THE_FIRST_DAY,
    Indicator,
    gp_weeks,
    home_nursing,
    onsets,
    residents,
    stays,
)
from klynge.engine.indicators.shared import ruks, sources


def use(code, events, dated_by, *, da, en, unit_da, unit_en, weak_da, weak_en, adds=None):
    """So many of something for each citizen with a chronic disease."""
    return Indicator(
        code=code,
        theme="chronic",
        domain="begge",
        title={
            "da": f"{da[0].upper()}{da[1:]} blandt borgere med kronisk sygdom",
            "en": f"{en[0].upper()}{en[1:]} of citizens with a chronic disease",
        },
        numerator={"da": f"{da} i året", "en": f"{en} in the year"},
        denominator={
            "da": "borgere, der 1. januar har mindst én af ni kroniske sygdomme efter de lokale"
            " definitioner",
            "en": "citizens who on 1 January have at least one of nine chronic diseases by the"
            " local definitions",
        },
        unit={"da": unit_da, "en": unit_en},
        people=residents.have(onsets.of(*ruks.RUKS), onsets.span, ON_THE_FIRST_DAY),
        events=events,
        dated_by=dated_by,
        window=IN_THE_PERIOD,
        adds=adds,
        ages=("all", "0-17", "18-44", "45-64", "65-79", "80+"),
        counts="events",
        kind="rate",
        per=1,
        better="neither",
        standardised_at=NOWHERE,
        certainty="K",
        certainty_note={
            "da": "Opgørelsen findes i 'Sundhedsdata på tværs'; hvem der har en kronisk sygdom, er"
            " en lokal definition.",
            "en": "The figure exists in 'Sundhedsdata på tværs'; who has a chronic disease is a"
            " local definition.",
        },
        sources=(sources.CHRONIC_ACROSS,),
        owner="Klynges datagruppe",
        review_by=date(2027, 5, 1),
        leaves_out={
            "da": "Borgere, der får sygdommen i løbet af året.",
            "en": "Citizens who get the disease during the year.",
        },
        weak_points={"da": weak_da, "en": weak_en},
    )


indicators = [
    use(
        "kron_forbrug_praksis",
        (gp_weeks.specialty == "80") & (gp_weeks.contacts >= 1),
        gp_weeks.year,
        da="kontakter til almen praksis",
        en="contacts with general practice",
        unit_da="kontakter pr. borger",
        unit_en="contacts per citizen",
        weak_da="Registret kender ugen for afregning, ikke dagen. Alle kontakter tæller, også dem"
        " uden forbindelse til sygdommen. Intet interval: en sum er ikke en optælling.",
        weak_en="The register knows the week of the claim, not the day. Every contact counts, also"
        " those unconnected with the disease. No interval: a sum is not a count.",
        adds=gp_weeks.contacts,
    ),
    use(
        "kron_forbrug_sygehus",
        stays.all,
        stays.ended_at,
        da="sygehusophold",
        en="hospital stays",
        unit_da="ophold pr. borger",
        unit_en="stays per citizen",
        weak_da="Ophold af enhver længde og årsag tæller, både ambulante og indlæggelser.",
        weak_en="Stays of any length and for any reason count, outpatient and admissions alike.",
    ),
    use(
        "kron_forbrug_sygepleje",
        home_nursing.all,
        home_nursing.nursed_on,
        da="dage med hjemmesygepleje",
        en="days of home nursing",
        unit_da="dage pr. borger",
        unit_en="days per citizen",
        weak_da="Kommuner indberetter ikke hjemmesygepleje ens.",
        weak_en="Kommuner do not report home nursing alike.",
    ),
]
