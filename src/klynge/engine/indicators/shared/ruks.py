"""Nine chronic diseases by local definitions: our reconstructions, not the official algorithms.

Each is told from A and B diagnoses at hospitals and from dispensed medicine; the codes are in the
codelists beside this file. `RUKS` holds them all.
"""

from klynge.engine.indicators.codelists import codelist
from klynge.engine.indicators.diseases import chronic_disease

COPD = chronic_disease("KOL", codelist("kol"), from_age=30, dispensings_within=365)

# Medicine tells asthma from school age only; ten years without anything, and it is over.
ASTHMA = chronic_disease(
    "astma",
    codelist("astma"),
    dispensings_from_age=6,
    dispensings_within=365,
    unless=COPD,
    gone_after=3650,
)
TYPE_1_DIABETES = chronic_disease(
    "T1D", codelist("t1d"), diagnoses=None, dispensings=None, majority=True
)
TYPE_2_DIABETES = chronic_disease("T2D", codelist("t2d"))
DEMENTIA = chronic_disease("demens", codelist("demens"), from_age=40)
RHEUMATOID_ARTHRITIS = chronic_disease(
    "leddegigt",
    codelist("leddegigt"),
    from_age=18,
    diagnoses=2,
    diagnoses_apart=30,
    main_only=True,
    dispensings=None,
)
OSTEOPOROSIS = chronic_disease("osteoporose", codelist("osteoporose"), from_age=40, dispensings=1)
SCHIZOPHRENIA = chronic_disease("skizofreni", codelist("skizofreni"), dispensings=None)
HEART_FAILURE = chronic_disease(
    "hjertesvigt", codelist("hjertesvigt"), from_age=18, dispensings=None
)

RUKS = (
    COPD,
    ASTHMA,
    TYPE_1_DIABETES,
    TYPE_2_DIABETES,
    DEMENTIA,
    RHEUMATOID_ARTHRITIS,
    OSTEOPOROSIS,
    SCHIZOPHRENIA,
    HEART_FAILURE,
)
