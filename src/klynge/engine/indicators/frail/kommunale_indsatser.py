"""Preventive home visits, reablement and training given by the kommune.

Counts:      people with a preventive home visit, with reablement (section 83 a), or with training
             (section 86) in the year.
Out of:      people aged 75 or over, or 65 or over, who lived in the kommune on 1 January.
Leaves out:  younger people; visits that were offered and not received.
Weak points: kommuner do not report alike; the layout of the register of visits is our own, and
             reablement is known by the year alone.
"""

from datetime import date

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    Indicator,
    preventive_visits,
    reablement,
    residents,
    training,
)
from klynge.engine.indicators.shared import sources


def given(code, events, dated_by, *, da, en, from_age, bands, certainty="S"):
    """The share of older citizens who receive something from the kommune."""
    return Indicator(
        code=code,
        theme="frail",
        domain="begge",
        title={
            "da": f"Borgere med {da}, {from_age} år og derover",
            "en": f"Citizens with {en}, age {from_age} and over",
        },
        numerator={
            "da": f"borgere på {from_age} år og derover med {da} i året",
            "en": f"citizens aged {from_age} or over with {en} in the year",
        },
        denominator={
            "da": f"borgere på {from_age} år og derover 1. januar",
            "en": f"citizens aged {from_age} or over on 1 January",
        },
        unit={"da": "pct.", "en": "per cent"},
        people=residents.age >= from_age,
        events=events,
        dated_by=dated_by,
        window=IN_THE_PERIOD,
        ages=("all", *bands),
        kind="proportion",
        per=100,
        better="neither",
        certainty=certainty,
        certainty_note={
            "da": "Opgørelsen er kendt fra Danmarks Statistik; året som vindue er vores læsning.",
            "en": "The figure is Statistics Denmark's; the year as window is our reading.",
        },
        sources=(sources.OLDER_PEOPLE,),
        owner="Klynges datagruppe",
        review_by=date(2027, 5, 1),
        leaves_out={
            "da": f"Borgere under {from_age} år; det, der er tilbudt, men ikke modtaget.",
            "en": f"Citizens under {from_age}; what was offered and not received.",
        },
        weak_points={
            "da": "Kommuner indberetter ikke ens.",
            "en": "Kommuner do not report alike.",
        },
    )


indicators = [
    given(
        "forebyg_besoeg",
        preventive_visits.all,
        preventive_visits.visited_on,
        da="forebyggende hjemmebesøg",
        en="a preventive home visit",
        from_age=75,
        bands=("75-79", "80+"),
        certainty="P",
    ),
    given(
        "rehab_83a",
        reablement.all,
        reablement.year,
        da="rehabiliteringsforløb (§ 83 a)",
        en="reablement (section 83 a)",
        from_age=65,
        bands=("65-79", "80+"),
    ),
    given(
        "traening_86",
        training.all,
        training.month_begins_on,
        da="genoptræning eller vedligeholdelsestræning (§ 86)",
        en="training (section 86)",
        from_age=65,
        bands=("65-79", "80+"),
    ),
]
