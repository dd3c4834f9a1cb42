"""Population by sex and age.

Counts:      people who lived in the kommune on 1 January.
Out of:      nothing; it is a count.
Leaves out:  people without residence in one of the 98 kommuner, Christiansø among them.
Weak points: a snapshot; who moved in or out during the year is not seen.
"""

from datetime import date

from klynge.engine.indicators.language import NOWHERE, Indicator, residents

indicator = Indicator(
    code="pop_folketal",
    theme="population",
    domain="begge",
    title={"da": "Folketal efter køn og alder", "en": "Population by sex and age"},
    numerator={
        "da": "personer med bopæl i kommunen 1. januar",
        "en": "people who lived in the kommune on 1 January",
    },
    denominator=None,
    unit={"da": "personer", "en": "people"},
    people=residents.all,
    ages=("all", "0-17", "18-44", "45-64", "65-79", "80+"),
    kind="count",
    out_of=None,
    per=1,
    better="neither",
    standardised_at=NOWHERE,
    certainty="P",
    certainty_note={
        "da": "Kilden nævner folketal efter køn og alder; referencedatoen er vores valg.",
        "en": "The source names population by sex and age; the reference date is our choice.",
    },
    sources=(
        "https://www.kl.dk/kommunale-opgaver/sundhed-og-aeldre/det-naere-sundhedsvaesen/"
        "sundhedsklynger/haandbog-inspirationskatalog-og-datapakker/",
    ),
    owner="Klynges datagruppe",
    review_by=date(2027, 11, 1),
    leaves_out={
        "da": "Personer uden bopæl i en af de 98 kommuner, også på Christiansø.",
        "en": "People without residence in one of the 98 kommuner, Christiansø among them.",
    },
    weak_points={
        "da": "Et øjebliksbillede: flytninger i løbet af året ses ikke.",
        "en": "A snapshot: who moved during the year is not seen.",
    },
)
