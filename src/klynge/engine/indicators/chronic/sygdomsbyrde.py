"""The burden of disease among older citizens, by two scores: Charlson and NMI.

Counts:      people aged 65 or over with at least 3 points of Charlson's comorbidity, or at least
             10 of the Nordic Multimorbidity Index (NMI), on 1 January.
Out of:      people aged 65 or over who lived in the kommune on 1 January.
Leaves out:  what happened more than five years before (medicine: 180 days); revoked diagnoses.
Weak points: only hospitals' diagnoses are seen, and for NMI medicine; an extract with less than
             five years behind 1 January tells too little; the limits of 3 and 10 points are ours.
"""

from datetime import date

from klynge.engine.indicators.language import (
    ON_THE_FIRST_DAY,
    Indicator,
    comorbidity,
    residents,
)
from klynge.engine.indicators.shared import sources


def burden(code, score, points, *, name, back, source):
    """The share of older citizens with so many points or more of a score."""
    return Indicator(
        code=code,
        theme="chronic",
        domain="begge",
        title={
            "da": f"Borgere med {name} på {points} eller mere, 65 år og derover",
            "en": f"Citizens with {name} of {points} or more, age 65 and over",
        },
        numerator={
            "da": f"borgere på 65 år og derover med {points} point eller mere i {name} 1. januar,"
            f" af {back['da']}",
            "en": f"citizens aged 65 or over with {points} points or more of {name} on 1 January,"
            f" from {back['en']}",
        },
        denominator={
            "da": "borgere på 65 år og derover 1. januar",
            "en": "citizens aged 65 or over on 1 January",
        },
        unit={"da": "pct.", "en": "per cent"},
        people=residents.age >= 65,
        events=(comorbidity.score == score) & (comorbidity.points >= points),
        dated_by=comorbidity.taken_on,
        window=ON_THE_FIRST_DAY,
        ages=("all", "65-79", "80+"),
        kind="proportion",
        per=100,
        better="neither",
        certainty="K",
        certainty_note={
            "da": f"Koder, point og år bagud er kildens; grænsen på {points} point er vores.",
            "en": f"Codes, points and years back are the source's; the limit of {points} points is"
            " ours.",
        },
        sources=(source,),
        owner="Klynges datagruppe",
        review_by=date(2027, 5, 1),
        leaves_out={
            "da": "Det, der ligger længere tilbage; diagnoser, der senere er afkræftet.",
            "en": "What lies further back; diagnoses that were later revoked.",
        },
        weak_points={
            "da": "Kun sygehusenes diagnoser (og for NMI medicinen) ses. Har udtrækket under fem år"
            " bag sig, bliver tallet for lavt.",
            "en": "Only hospitals' diagnoses (and for NMI medicine) are seen. With less than five"
            " years behind it the figure is too low.",
        },
    )


indicators = [
    burden(
        "charlson_3_65",
        "charlson",
        3,
        name="Charlson",
        back={
            "da": "diagnoser (A og B) de seneste fem år",
            "en": "diagnoses (A and B) of the last five years",
        },
        source=sources.CHARLSON,
    ),
    burden(
        "nmi_10_65",
        "nmi",
        10,
        name="NMI",
        back={
            "da": "diagnoser de seneste 1.825 dage og medicin de seneste 180 dage",
            "en": "diagnoses of the last 1,825 days and medicine of the last 180",
        },
        source=sources.NMI,
    ),
]
