"""Citizens in contact with psychiatry who also have a diagnosis of substance use.

Counts:      people with a hospital diagnosis (A or B) of alcohol or drug use disorder in the year.
Out of:      people with a psychiatric hospital stay that went on at some time in the year.
Leaves out:  tobacco (DF17); substance use that only the municipal treatment knows.
Weak points: a substance use disorder is recorded when it matters to the contact, so much is missed;
             a diagnosis made in the somatic hospital counts too.
"""

from datetime import date

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    NOWHERE,
    Indicator,
    codelist,
    diagnoses,
    residents,
    stays,
)
from klynge.engine.indicators.shared import sources
from klynge.engine.indicators.shared.kinds import psychiatric

SUBSTANCES = codelist("misbrug")

indicator = Indicator(
    code="psyk_dobbelt",
    theme="psychiatry",
    domain="psykiatri",
    title={
        "da": "Dobbeltdiagnose: psykiatriens patienter med misbrugsdiagnose (lokal definition)",
        "en": "Double diagnosis: psychiatric patients with a substance use diagnosis (local"
        " definition)",
    },
    numerator={
        "da": "de af dem, der i året har fået en A- eller B-diagnose for misbrug på et sygehus",
        "en": "those of them with an A or B diagnosis of substance use at a hospital in the year",
    },
    denominator={
        "da": "borgere med mindst ét psykiatrisk sygehusophold, der var i gang på et tidspunkt i"
        " året",
        "en": "citizens with at least one psychiatric hospital stay that went on at some time in"
        " the year",
    },
    unit={"da": "pct.", "en": "per cent"},
    people=residents.have(psychiatric, stays.span, IN_THE_PERIOD),
    events=diagnoses.type.is_one_of("A", "B") & diagnoses.code.is_in(SUBSTANCES),
    dated_by=diagnoses.recorded_on,
    window=IN_THE_PERIOD,
    ages=("all", "0-17", "18-44", "45-64", "65-79", "80+"),
    kind="proportion",
    per=100,
    better="neither",
    standardised_at=NOWHERE,
    certainty="K",
    certainty_note={
        "da": "Lokal definition: koderne er misbrug af andet end tobak i ICD-10.",
        "en": "Local definition: the codes are use disorders of anything but tobacco in ICD-10.",
    },
    sources=(sources.OWN,),
    owner="Klynges datagruppe",
    review_by=date(2027, 5, 1),
    leaves_out={
        "da": "Tobak; misbrug, som kun den kommunale behandling kender.",
        "en": "Tobacco; substance use that only the municipal treatment knows.",
    },
    weak_points={
        "da": "Misbrug registreres, når det har betydning for kontakten, så meget overses.",
        "en": "Substance use is recorded when it matters to the contact, so much is missed.",
    },
)
