"""Share of citizens aged 65 and over who live in a care home.

Counts:      people aged 65 or over who lived at the address of a care home on 1 January.
Out of:      people aged 65 or over who lived in the kommune on 1 January.
Leaves out:  people under 65; short stays that did not become an address.
Weak points: an address is not care: some live there as a spouse, and sheltered housing outside the
             list of care homes is not seen.
"""

from datetime import date

from klynge.engine.indicators.language import ON_THE_FIRST_DAY, Indicator, care_home, residents

indicator = Indicator(
    code="plejehjem",
    theme="frail",
    domain="begge",
    title={
        "da": "Plejehjemsbeboere, 65 år og derover",
        "en": "Care home residents, age 65 and over",
    },
    numerator={
        "da": "borgere på 65 år og derover, der boede på et plejehjem 1. januar",
        "en": "citizens aged 65 or over who lived in a care home on 1 January",
    },
    denominator={
        "da": "borgere på 65 år og derover 1. januar",
        "en": "citizens aged 65 or over on 1 January",
    },
    unit={"da": "pct.", "en": "per cent"},
    people=residents.age >= 65,
    events=care_home.all,
    dated_by=care_home.span,
    window=ON_THE_FIRST_DAY,
    ages=("all", "65-79", "80+"),
    kind="proportion",
    per=100,
    better="neither",
    certainty="S",
    certainty_note={
        "da": "Referencedatoen er 1. januar som for folketallet.",
        "en": "The reference date is 1 January, as for the population.",
    },
    sources=(
        "https://www.dst.dk/da/Statistik/nyheder-analyser-publ/nyt/NytHtml?cid=30746",
        "https://github.com/steno-aarhus/darter-project",
    ),
    owner="Klynges datagruppe",
    review_by=date(2027, 11, 1),
    leaves_out={
        "da": "Borgere under 65 år; korte ophold, der ikke blev til en adresse.",
        "en": "Citizens under 65; short stays that did not become an address.",
    },
    weak_points={
        "da": "En adresse er ikke pleje: nogle bor der som ægtefælle, og plejeboliger uden for"
        " listen over plejehjem ses ikke.",
        "en": "An address is not care: some live there as a spouse, and sheltered housing outside"
        " the list of care homes is not seen.",
    },
)
