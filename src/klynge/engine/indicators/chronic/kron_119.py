"""Citizens with a chronic disease who are in a municipal programme (section 119).

Counts:      people with an offer of prevention under section 119 that went on in the year.
Out of:      people who on 1 January have at least one of the nine chronic diseases.
Leaves out:  programmes in general practice; offers to citizens without one of the nine diseases.
Weak points: the offer is not told to be for the disease; who has a chronic disease is our own
             reconstruction; kommuner register offers in different ways.
"""

from datetime import date

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    ON_THE_FIRST_DAY,
    Indicator,
    onsets,
    prevention,
    residents,
)
from klynge.engine.indicators.shared import ruks, sources

indicator = Indicator(
    code="kron_119",
    theme="chronic",
    domain="begge",
    title={
        "da": "Borgere med kronisk sygdom i kommunalt forløb (§ 119)",
        "en": "Citizens with a chronic disease in a municipal programme (section 119)",
    },
    numerator={
        "da": "de af dem, der i året har et kommunalt forebyggelsestilbud efter SUL § 119",
        "en": "those of them with a municipal offer of prevention (section 119) in the year",
    },
    denominator={
        "da": "borgere, der 1. januar har mindst én af ni kroniske sygdomme efter de lokale"
        " definitioner",
        "en": "citizens who on 1 January have at least one of nine chronic diseases by the local"
        " definitions",
    },
    unit={"da": "pct.", "en": "per cent"},
    people=residents.have(onsets.of(*ruks.RUKS), onsets.span, ON_THE_FIRST_DAY),
    events=prevention.all,
    dated_by=prevention.span,
    window=IN_THE_PERIOD,
    ages=("all", "0-17", "18-44", "45-64", "65-79", "80+"),
    kind="proportion",
    per=100,
    better="neither",
    certainty="K",
    certainty_note={
        "da": "Opgørelsen er kendt fra KL Gateway § 119; hvem der har en kronisk sygdom, er en"
        " lokal definition.",
        "en": "The figure is known from KL Gateway section 119; who has a chronic disease is a"
        " local definition.",
    },
    sources=(sources.PREVENTION_GATEWAY,),
    owner="Klynges datagruppe",
    review_by=date(2027, 5, 1),
    leaves_out={
        "da": "Forløb i almen praksis; tilbud til borgere uden en af de ni sygdomme.",
        "en": "Programmes in general practice; offers to citizens without one of the diseases.",
    },
    weak_points={
        "da": "Det fremgår ikke, om tilbuddet er givet for sygdommen. Kommuner registrerer"
        " forskelligt.",
        "en": "Whether the offer is for the disease is not told. Kommuner register differently.",
    },
)
