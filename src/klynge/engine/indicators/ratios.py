"""Figures that are one published figure divided by another.

Counts:      the numerator of one indicator for each in the numerator of another, cell by cell.
Out of:      only what both show: a cell that one of them hides is hidden here.
Leaves out:  standardised values; months and quarters.
Weak points: a mean says nothing of how unevenly the stays are shared out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from klynge.engine.indicators.described import Mean, Ratio
from klynge.engine.indicators.shared import sources

_STAYS = (
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

_MEAN = {
    "kind": "rate",
    "per": 1,
    "better": "lower",
    "owner": "Klynges datagruppe",
    "review_by": date(2027, 5, 1),
    "unit": {"da": "dage i gennemsnit", "en": "days on average"},
    "places": {"da": "alle", "en": "all"},
}

_WAITS = (
    Mean(
        code="genop_vent_gns",
        theme="frail",
        domain="somatik",
        title={
            "da": "Ventetid til almen genoptræning, gennemsnit",
            "en": "Wait for general rehabilitation, mean",
        },
        numerator={
            "da": "dage fra udskrivning til kommunens første tilbud, lagt sammen",
            "en": "days from discharge to the first offer, added up",
        },
        denominator={
            "da": "almene genoptræningsplaner med et tilbud, som i genop_vent",
            "en": "general rehabilitation plans with an offer, as in genop_vent",
        },
        ages=("all", "0-17", "18-64", "65-79", "80+"),
        certainty="P",
        certainty_note={
            "da": "At den tilbudte dag tæller, er kendt fra kilden; hvilke planer den officielle"
            " opgørelse udelader, er det ikke.",
            "en": "That the offered day counts is in the source; which plans the official figure"
            " leaves out is not.",
        },
        sources=(sources.REHABILITATION_GATEWAY, sources.HEALTH_AGREEMENTS),
        leaves_out={
            "da": "Planer, som genop_vent udelader.",
            "en": "Plans that genop_vent leaves out.",
        },
        weak_points={
            "da": "Få lange ventetider trækker et gennemsnit op; se det sammen med genop_vent. Et"
            " tilbud før udskrivningen er 0 dage. Intet interval. Vises kun, hvor genop_vent"
            " vises.",
            "en": "A few long waits pull a mean up; see it beside genop_vent. An offer before the"
            " discharge is 0 days. No interval. Shown only where genop_vent is.",
        },
        given_by={
            "da": "genop_ventedage divideret med nævneren i genop_vent",
            "en": "genop_ventedage divided by the denominator of genop_vent",
        },
        above="genop_ventedage",
        below="genop_vent",
        **_MEAN,
    ),
    Mean(
        code="psyk_vent_gns",
        theme="psychiatry",
        domain="psykiatri",
        title={
            "da": "Ventetid fra henvisning til første psykiatriske kontakt, gennemsnit (lokal"
            " definition)",
            "en": "Wait from referral to the first psychiatric contact, mean (local definition)",
        },
        numerator={
            "da": "dage fra henvisningen til den første kontakt, lagt sammen",
            "en": "days from the referral to the first contact, added up",
        },
        denominator={
            "da": "henvisninger til planlagt psykiatri, som i psyk_vent",
            "en": "referrals to planned psychiatric care, as in psyk_vent",
        },
        ages=("all", "0-17", "18-44", "45-64", "65-79", "80+"),
        certainty="K",
        certainty_note={
            "da": "Ventetiden til den første kontakt, som i psyk_vent; ikke til udredning.",
            "en": "The wait for the first contact, as in psyk_vent; not for assessment.",
        },
        sources=(sources.PSYCHIATRY_CONTACTS,),
        leaves_out={
            "da": "Henvisninger, som psyk_vent udelader.",
            "en": "Referrals that psyk_vent leaves out.",
        },
        weak_points={
            "da": "Få lange ventetider trækker et gennemsnit op; se det sammen med psyk_vent. De,"
            " der stadig venter, ses ikke. Intet interval. Vises kun, hvor psyk_vent vises.",
            "en": "A few long waits pull a mean up; see it beside psyk_vent. Those still waiting"
            " are not seen. No interval. Shown only where psyk_vent is.",
        },
        given_by={
            "da": "psyk_ventedage divideret med nævneren i psyk_vent",
            "en": "psyk_ventedage divided by the denominator of psyk_vent",
        },
        above="psyk_ventedage",
        below="psyk_vent",
        **_MEAN,
    ),
)

RATIOS: tuple[Ratio, ...] = (*_STAYS, *_WAITS)


def possible(codes: Collection[str], more: Sequence[Ratio] = ()) -> tuple[Ratio, ...]:
    """The ratios whose both sides are among `codes`, of these and `more`."""
    every = (*RATIOS, *more)
    return tuple(ratio for ratio in every if {ratio.above, ratio.below} <= set(codes))
