"""Medicine of older people: dose-packed, many at once, and antipsychotics in dementia.

Counts:      people with medicine packed in doses in the year; people with five or more different
             substances in the 180 days before 1 January; people with dementia who had an
             antipsychotic in the year.
Out of:      people who lived in the kommune on 1 January: all; aged 65 or over; with dementia.
Leaves out:  medicine given at hospitals and bought without a prescription.
Weak points: dispensed is not taken; a substance bought once counts as one in use; who has dementia
             is our own reconstruction.
"""

from datetime import date

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    NOWHERE,
    ON_THE_FIRST_DAY,
    Indicator,
    codelist,
    days_before,
    dispensings,
    onsets,
    residents,
)
from klynge.engine.indicators.shared import ruks, sources

ANTIPSYCHOTICS = codelist("antipsykotika")
COMMON = {
    "theme": "frail",
    "domain": "begge",
    "dated_by": dispensings.dispensed_on,
    "kind": "proportion",
    "per": 100,
    "unit": {"da": "pct.", "en": "per cent"},
    "owner": "Klynges datagruppe",
    "review_by": date(2027, 5, 1),
    "leaves_out": {
        "da": "Medicin givet på sygehus eller købt i håndkøb.",
        "en": "Medicine given at hospitals or bought without a prescription.",
    },
}

indicators = [
    Indicator(
        code="dosispak",
        title={"da": "Borgere på dosispakket medicin", "en": "Citizens with dose-packed medicine"},
        numerator={
            "da": "borgere med mindst én udlevering af dosispakket medicin i året",
            "en": "citizens with at least one dispensing of dose-packed medicine in the year",
        },
        denominator={"da": "borgere 1. januar", "en": "citizens on 1 January"},
        people=residents.all,
        events=dispensings.dose_packed.is_true(),
        window=IN_THE_PERIOD,
        ages=("all", "0-64", "65-74", "75+"),
        better="neither",
        certainty="S",
        certainty_note={
            "da": "Personer med dosisdispensering ud af indbyggere 1. januar, som kilden gør.",
            "en": "People with dose dispensing out of inhabitants on 1 January, as in the source.",
        },
        sources=(sources.DOSE_PACKED,),
        weak_points={
            "da": "Apotekernes registrering af dosispakning kan mangle.",
            "en": "Pharmacies may not register that medicine is dose-packed.",
        },
        **COMMON,
    ),
    Indicator(
        code="polyfarmaci",
        title={
            "da": "Fem eller flere lægemidler, 65 år og derover (lokal definition)",
            "en": "Five or more medicines, age 65 and over (local definition)",
        },
        numerator={
            "da": "borgere på 65 år og derover med udlevering af mindst fem forskellige lægemidler"
            " (ATC, 5. niveau) i de 180 dage før 1. januar",
            "en": "citizens aged 65 or over with dispensings of at least five different substances"
            " (ATC level 5) in the 180 days before 1 January",
        },
        denominator={
            "da": "borgere på 65 år og derover 1. januar",
            "en": "citizens aged 65 or over on 1 January",
        },
        people=residents.age >= 65,
        events=~dispensings.substance.is_missing(),
        window=days_before(180),
        at_least=5,
        different=dispensings.substance,
        ages=("all", "65-74", "75+"),
        better="lower",
        certainty="K",
        certainty_note={
            "da": "Lokal definition: grænsen på fem og de 180 dage er vores valg.",
            "en": "Local definition: the limit of five and the 180 days are our choice.",
        },
        sources=(sources.OWN,),
        weak_points={
            "da": "Udleveret er ikke taget, og et lægemiddel købt én gang tæller som i brug. At få"
            " mange lægemidler kan være rigtigt.",
            "en": "Dispensed is not taken, and a substance bought once counts as in use. To have"
            " many may be right.",
        },
        **COMMON,
    ),
    Indicator(
        code="antipsyk_demens",
        title={
            "da": "Antipsykotika blandt borgere med demens (lokal definition)",
            "en": "Antipsychotics among citizens with dementia (local definition)",
        },
        numerator={
            "da": "de af dem, der i året fik udleveret et antipsykotikum mindst én gang",
            "en": "those of them who had an antipsychotic dispensed at least once in the year",
        },
        denominator={
            "da": "borgere på 40 år og derover med demens 1. januar efter den lokale definition",
            "en": "citizens aged 40 or over with dementia on 1 January by the local definition",
        },
        people=(residents.age >= 40)
        & residents.have(onsets.of(ruks.DEMENTIA), onsets.span, ON_THE_FIRST_DAY),
        events=dispensings.atc.is_in(ANTIPSYCHOTICS),
        window=IN_THE_PERIOD,
        ages=("all", "40-64", "65-79", "80+"),
        better="lower",
        standardised_at=NOWHERE,
        certainty="K",
        certainty_note={
            "da": "Lokal definition: både hvem der har demens, og at én udlevering er nok.",
            "en": "Local definition: both who has dementia and that one dispensing is enough.",
        },
        sources=(sources.OWN, sources.RUKS),
        weak_points={
            "da": "Nogle har en psykisk sygdom ved siden af demensen. Medicin givet på plejehjem"
            " fra fælles lager ses ikke.",
            "en": "Some have a mental disorder beside the dementia. Medicine given from a care"
            " home's common stock is not seen.",
        },
        **COMMON,
    ),
]
