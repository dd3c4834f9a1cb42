"""Diabetes by the open OSDC algorithm: how many live with type 1 and type 2, and how many are new.

Counts:      people with diabetes on 1 January, or whose diabetes began in the year: on the second
             event of any kind. Events are HbA1c of 48 mmol/mol (6.5 %) or more, glucose-lowering
             medicine, a hospital diagnosis, and the podiatrist's services for diabetes.
Out of:      people who lived in the kommune on 1 January.
Leaves out:  HbA1c and medicine from 40 weeks before to 12 weeks after a birth or abortion;
             metformin to women under 40 or for polycystic ovaries; medicine that is used for
             other diseases too (GLP-1 analogues, dapagliflozin, empagliflozin).
Weak points: an extract that begins late finds the second event late, so old disease looks new;
             the podiatrist is known by the week of the claim; the type looks at the whole extract.
"""

from datetime import date

from klynge.engine.indicators.language import (
    BY_THE_FIRST_DAY,
    IN_THE_PERIOD,
    Indicator,
    osdc_diabetes,
    residents,
)
from klynge.engine.indicators.shared import sources


def diabetes(number, *, new):
    """Prevalence or incidence of one type of diabetes, per 100,000."""
    da = "nye tilfælde i året" if new else "forekomst 1. januar"
    en = "new in the year" if new else "on 1 January"
    return Indicator(
        code=f"osdc_{'inc' if new else 'praev'}_t{number}d",
        theme="chronic",
        domain="begge",
        title={
            "da": f"Type {number}-diabetes efter OSDC, {da}",
            "en": f"Type {number} diabetes by OSDC, {en}",
        },
        numerator={
            "da": f"borgere med type {number}-diabetes efter OSDC, {da}",
            "en": f"citizens with type {number} diabetes by OSDC, {en}",
        },
        denominator={"da": "borgere 1. januar", "en": "citizens on 1 January"},
        unit={"da": "pr. 100.000", "en": "per 100,000"},
        people=residents.all,
        events=osdc_diabetes.type == f"T{number}D",
        dated_by=osdc_diabetes.stable_from if new else osdc_diabetes.began_on,
        window=IN_THE_PERIOD if new else BY_THE_FIRST_DAY,
        ages=("all", "0-17", "18-44", "45-64", "65-79", "80+"),
        kind="proportion",
        per=100000,
        better="neither",
        certainty="P",
        certainty_note={
            "da": "Efter den åbne algoritme OSDC. Vores læsning er, at en hændelse er én slags på"
            " én dag, hvilke afdelinger der er endokrinologiske og medicinske, og at mængden af"
            " medicin alene er registrets volumen (DDD).",
            "en": "By the open algorithm OSDC. Our reading is that an event is one kind on one day,"
            " which wards are endocrinological and medical, and that the amount of medicine is the"
            " register's volume (DDD) alone.",
        },
        sources=(sources.OSDC,),
        owner="Klynges datagruppe",
        review_by=date(2027, 5, 1),
        leaves_out={
            "da": "Blodsukker og medicin fra 40 uger før til 12 uger efter en fødsel eller abort;"
            " metformin til kvinder under 40 eller for PCOS; medicin, der også bruges til andet"
            " (GLP-1, dapagliflozin, empagliflozin).",
            "en": "HbA1c and medicine from 40 weeks before to 12 weeks after a birth or abortion;"
            " metformin to women under 40 or for PCOS; medicine used for other diseases too"
            " (GLP-1, dapagliflozin, empagliflozin).",
        },
        weak_points={
            "da": "Begynder udtrækket sent, findes den anden hændelse sent, og gammel sygdom ser ny"
            " ud. Fodterapi kendes kun på ugen for afregning. Typen ser på hele udtrækket.",
            "en": "When the extract begins late, the second event is found late and old disease"
            " looks new. The podiatrist is known by the week of the claim only. The type looks at"
            " the whole extract.",
        },
    )


indicators = [diabetes(number, new=new) for number in (1, 2) for new in (False, True)]
