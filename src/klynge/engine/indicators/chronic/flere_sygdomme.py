"""Citizens with one or more, and with two or more, of the nine chronic diseases.

Counts:      people who on 1 January have at least so many of the nine diseases told in
             `shared/ruks.py`.
Out of:      people who lived in the kommune on 1 January.
Leaves out:  every other disease, and whoever is treated in general practice only.
Weak points: multimorbidity by nine diseases is far less than by all; type 1 and type 2 diabetes,
             and asthma and COPD, can hardly be had together; short history finds too few.
"""

from datetime import date

from klynge.engine.indicators.language import ON_THE_FIRST_DAY, Indicator, onsets, residents
from klynge.engine.indicators.shared import ruks, sources

WORDS = {1: ("mindst én", "at least one"), 2: ("mindst to", "at least two")}


def at_least(code, number):
    """The share of people who have at least so many of the diseases."""
    da, en = WORDS[number]
    return Indicator(
        code=code,
        theme="chronic",
        domain="begge",
        title={
            "da": f"Borgere med {da} af ni kroniske sygdomme (lokal definition)",
            "en": f"Citizens with {en} of nine chronic diseases (local definition)",
        },
        numerator={
            "da": f"borgere, der 1. januar har {da} af ni kroniske sygdomme: KOL, astma, type"
            " 1-diabetes, type 2-diabetes, demens, leddegigt, osteoporose, skizofreni, hjertesvigt",
            "en": f"citizens who on 1 January have {en} of nine chronic diseases: COPD, asthma,"
            " type 1 and type 2 diabetes, dementia, rheumatoid arthritis, osteoporosis,"
            " schizophrenia, heart failure",
        },
        denominator={"da": "borgere 1. januar", "en": "citizens on 1 January"},
        unit={"da": "pct.", "en": "per cent"},
        people=residents.all,
        events=onsets.of(*ruks.RUKS),
        dated_by=onsets.span,
        window=ON_THE_FIRST_DAY,
        at_least=number,
        ages=("all", "0-17", "18-44", "45-64", "65-79", "80+"),
        kind="proportion",
        per=100,
        better="neither",
        certainty="K",
        certainty_note={
            "da": "Lokal definition: sygdommene er vores rekonstruktioner, ikke de officielle"
            " RUKS-algoritmer.",
            "en": "Local definition: the diseases are our reconstructions, not the official RUKS"
            " algorithms.",
        },
        sources=(sources.CHRONIC_ACROSS, sources.RUKS),
        owner="Klynges datagruppe",
        review_by=date(2027, 5, 1),
        leaves_out={
            "da": "Alle andre sygdomme; borgere, der kun behandles i almen praksis.",
            "en": "Every other disease; citizens treated in general practice only.",
        },
        weak_points={
            "da": "Ni sygdomme giver langt færre med flere sygdomme end en fuld liste. Kort"
            " historik finder for få.",
            "en": "Nine diseases give far fewer with several than a full list. A short history"
            " finds too few.",
        },
    )


indicators = [at_least("ruks_kronisk", 1), at_least("ruks_multi", 2)]
