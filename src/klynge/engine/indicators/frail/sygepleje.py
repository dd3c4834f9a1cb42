"""Home nursing: who receives it, and who of them also meets general practice and the hospital.

Counts:      people with home nursing in the year; and those of them with a contact with general
             practice claimed in the year, or a hospital stay that ended in it.
Out of:      people aged 65 or over on 1 January; and those with home nursing in the year.
Leaves out:  people under 65.
Weak points: the sources call the quality of the register "not high"; kommuner do not report alike.
"""

from datetime import date

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    NOWHERE,
    Indicator,
    gp_weeks,
    home_nursing,
    residents,
    stays,
)
from klynge.engine.indicators.shared import sources

AGE_65 = residents.age >= 65
COMMON = {
    "theme": "frail",
    "domain": "begge",
    "window": IN_THE_PERIOD,
    "ages": ("all", "65-79", "80+"),
    "kind": "proportion",
    "per": 100,
    "better": "neither",
    "owner": "Klynges datagruppe",
    "review_by": date(2027, 5, 1),
    "leaves_out": {"da": "Borgere under 65 år.", "en": "Citizens under 65."},
    "weak_points": {
        "da": "Kvaliteten af indberetningen af hjemmesygepleje er ikke høj, og kommuner indberetter"
        " ikke ens.",
        "en": "The quality of what is reported on home nursing is not high, and kommuner do not"
        " report alike.",
    },
}


def meets(code, events, dated_by, *, da, en):
    """The share of those with home nursing who also meet somebody else."""
    return Indicator(
        code=code,
        title={
            "da": f"Ældre med hjemmesygepleje, der har {da}",
            "en": f"Older people with home nursing who have {en}",
        },
        numerator={"da": f"de af dem, der i året har {da}", "en": f"those of them who have {en}"},
        denominator={
            "da": "borgere på 65 år og derover med hjemmesygepleje i året",
            "en": "citizens aged 65 or over with home nursing in the year",
        },
        unit={"da": "pct.", "en": "per cent"},
        people=AGE_65 & residents.have(home_nursing.all, home_nursing.nursed_on, IN_THE_PERIOD),
        events=events,
        dated_by=dated_by,
        standardised_at=NOWHERE,
        certainty="P",
        certainty_note={
            "da": "Opgørelsen er kendt fra kilden; året som vindue er vores læsning.",
            "en": "The figure is in the source; the year as window is our reading.",
        },
        sources=(sources.ACROSS_SECTORS,),
        **COMMON,
    )


indicators = [
    Indicator(
        code="sygepleje_mod",
        title={
            "da": "Modtagere af kommunal sygepleje, 65 år og derover",
            "en": "Recipients of home nursing, age 65 and over",
        },
        numerator={
            "da": "borgere på 65 år og derover med mindst én dag med hjemmesygepleje i året",
            "en": "citizens aged 65 or over with at least one day of home nursing in the year",
        },
        denominator={
            "da": "borgere på 65 år og derover 1. januar",
            "en": "citizens aged 65 or over on 1 January",
        },
        unit={"da": "pct.", "en": "per cent"},
        people=AGE_65,
        events=home_nursing.all,
        dated_by=home_nursing.nursed_on,
        certainty="S",
        certainty_note={
            "da": "Personer med indsats eller besøg, som kilden opgør dem.",
            "en": "People with care or a visit, as the source counts them.",
        },
        sources=(sources.HOME_NURSING, sources.ACROSS_SECTORS),
        **COMMON,
    ),
    meets(
        "aeldre_tvaers_praksis",
        (gp_weeks.specialty == "80") & (gp_weeks.contacts >= 1),
        gp_weeks.year,
        da="kontakt til almen praksis",
        en="contact with general practice",
    ),
    meets(
        "aeldre_tvaers_sygehus",
        stays.all,
        stays.ended_at,
        da="et sygehusophold",
        en="a hospital stay",
    ),
]
