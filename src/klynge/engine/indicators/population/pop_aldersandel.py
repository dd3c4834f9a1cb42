"""Share of older citizens.

Counts:      people of that age who lived in the kommune on 1 January.
Out of:      all people who lived there on 1 January, whatever their age.
Leaves out:  people without residence in one of the 98 kommuner.
Weak points: a snapshot; who moved in or out during the year is not seen.
"""

from datetime import date

from klynge.engine.indicators.language import NOWHERE, Indicator, residents

indicator = Indicator(
    code="pop_aldersandel",
    theme="population",
    domain="begge",
    title={
        "da": "Andel ældre borgere",
        "en": "Share of older citizens",
    },
    numerator={"da": "borgere i aldersgruppen", "en": "citizens of that age"},
    denominator={"da": "alle borgere", "en": "all citizens"},
    unit={"da": "pct.", "en": "per cent"},
    people=residents.all,
    ages=("65+", "80+"),
    denominator_ages="all",
    kind="proportion",
    per=100,
    better="neither",
    standardised_at=NOWHERE,
    certainty="P",
    certainty_note={
        "da": "Kilden nævner aldersgrupperne; referencedatoen er vores valg.",
        "en": "The source names the ages; the reference date is our choice.",
    },
    sources=(
        "https://www.kl.dk/kommunale-opgaver/sundhed-og-aeldre/det-naere-sundhedsvaesen/"
        "sundhedsklynger/haandbog-inspirationskatalog-og-datapakker/",
    ),
    owner="Klynges datagruppe",
    review_by=date(2027, 11, 1),
    leaves_out={
        "da": "Personer uden bopæl i en af de 98 kommuner.",
        "en": "People without residence in one of the 98 kommuner.",
    },
    weak_points={
        "da": "Et øjebliksbillede: flytninger i løbet af året ses ikke.",
        "en": "A snapshot: who moved during the year is not seen.",
    },
)
