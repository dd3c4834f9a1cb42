"""Figures that are one published figure divided by another.

Counts:      the numerator of one indicator for each in the numerator of another, cell by cell.
Out of:      only what both show: a cell that one of them hides is hidden here.
Leaves out:  standardised values; months and quarters.
Weak points: a mean says nothing of how unevenly the stays are shared out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from klynge.engine.indicators.described import Ratio
from klynge.engine.indicators.shared import sources

RATIOS = (
    Ratio(
        code="sgh_ophold_pr_patient",
        theme="population",
        domain="begge",
        title={"da": "Sygehusophold pr. patient", "en": "Hospital stays per patient"},
        numerator={
            "da": "sygehusophold (fysisk fremmøde), ambulante og indlæggelser, somatik og"
            " psykiatri, der sluttede i året",
            "en": "hospital stays (in person), outpatient and admissions, somatic and psychiatric,"
            " that ended in the year",
        },
        denominator={
            "da": "borgere med mindst ét sygehusophold, der sluttede i året",
            "en": "citizens with at least one hospital stay that ended in the year",
        },
        unit={"da": "ophold pr. patient", "en": "stays per patient"},
        ages=("all", "0-17", "18-44", "45-64", "65-79", "80+"),
        kind="rate",
        per=1,
        better="neither",
        certainty="S",
        certainty_note={
            "da": "Opholdet og brøken er kendt fra kilderne.",
            "en": "The stay and the fraction are in the sources.",
        },
        sources=(sources.KEY_FIGURES,),
        owner="Klynges datagruppe",
        review_by=date(2027, 5, 1),
        leaves_out={
            "da": "Virtuelle kontakter og udekontakter; uafsluttede somatiske kontakter; borgere,"
            " der er født eller flyttet til i løbet af året.",
            "en": "Virtual and outreach contacts; unfinished somatic contacts; citizens who were"
            " born or moved in during the year.",
        },
        weak_points={
            "da": "Et gennemsnit: nogle få patienter har mange ophold. Intet interval, for ophold"
            " hos samme patient er ikke uafhængige af hinanden. Vises kun, hvor både"
            " sgh_ophold_1000 og sgh_patienter vises, og røber derfor intet, de ikke gør.",
            "en": "A mean: a few patients have many stays. No interval, for one patient's stays are"
            " not independent of each other. Shown only where both sgh_ophold_1000 and"
            " sgh_patienter are, so it reveals nothing that they do not.",
        },
        places={"da": "alle", "en": "all"},
        given_by={
            "da": "sgh_ophold_1000 divideret med sgh_patienter, tæller for tæller",
            "en": "sgh_ophold_1000 divided by sgh_patienter, numerator by numerator",
        },
        above="sgh_ophold_1000",
        below="sgh_patienter",
    ),
)


def possible(codes: Collection[str], more: Sequence[Ratio] = ()) -> tuple[Ratio, ...]:
    """The ratios whose both sides are among `codes`, of these and `more`."""
    every = (*RATIOS, *more)
    return tuple(ratio for ratio in every if {ratio.above, ratio.below} <= set(codes))
