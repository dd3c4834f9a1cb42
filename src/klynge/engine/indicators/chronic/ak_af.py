"""Anticoagulation in new atrial fibrillation with a raised risk of stroke.

Counts:      people who got medicine against clots (vitamin K antagonist or a direct anticoagulant)
             from 120 days before to 30 days after their first diagnosis of atrial fibrillation.
Out of:      people aged 18 or over with a first diagnosis in the year and 2 points or more of
             CHA2DS2-VASc that day.
Leaves out:  people who died within 30 days; diagnoses in the last 30 days of the extract.
Weak points: first means first in the extract, so a short history makes old disease look new; a
             diagnosis at general practice alone is not seen; heparin given at hospitals is not
             seen; which codes tell the signs of the score is our choice.
"""

from datetime import date

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    NOWHERE,
    Indicator,
    atrial_fibrillation,
    residents,
)
from klynge.engine.indicators.shared import sources

at_risk = (
    (atrial_fibrillation.score >= 2)
    & ~atrial_fibrillation.died_within_30_days
    & atrial_fibrillation.followed_30_days
)

indicator = Indicator(
    code="ak_af",
    theme="chronic",
    domain="somatik",
    title={
        "da": "Blodfortyndende behandling ved nyopdaget atrieflimren",
        "en": "Anticoagulation in newly diagnosed atrial fibrillation",
    },
    numerator={
        "da": "de af dem, der fik blodfortyndende medicin (AK) fra 120 dage før til 30 dage efter"
        " diagnosen",
        "en": "those of them who got anticoagulant medicine from 120 days before to 30 days after"
        " the diagnosis",
    },
    denominator={
        "da": "borgere på 18 år og derover med første diagnose for atrieflimren i året og"
        " CHA2DS2-VASc på mindst 2",
        "en": "citizens aged 18 or over with a first diagnosis of atrial fibrillation in the year"
        " and CHA2DS2-VASc of at least 2",
    },
    unit={"da": "pct.", "en": "per cent"},
    people=residents.age >= 18,
    events=at_risk,
    dated_by=atrial_fibrillation.diagnosed_on,
    window=IN_THE_PERIOD,
    outcome=atrial_fibrillation.anticoagulated.is_true(),
    ages=("all", "18-64", "65-74", "75+"),
    counts="events",
    out_of="events",
    kind="proportion",
    per=100,
    better="higher",
    standardised_at=NOWHERE,
    certainty="P",
    certainty_note={
        "da": "Vinduet, grænsen på 2 point og det, der udelades, er fra databasens (AFDK)"
        " årsrapporter; hvilke koder der giver point, er vores valg.",
        "en": "The window, the limit of 2 points and what is left out are from the annual reports"
        " of the clinical database (AFDK); which codes give points is our choice.",
    },
    sources=(sources.ATRIAL_FIBRILLATION,),
    owner="Klynges datagruppe",
    review_by=date(2027, 5, 1),
    leaves_out={
        "da": "Borgere, der døde inden 30 dage; diagnoser i udtrækkets sidste 30 dage.",
        "en": "Citizens who died within 30 days; diagnoses in the last 30 days of the extract.",
    },
    weak_points={
        "da": "Første diagnose er den første i udtrækket: med kort historik ser gammel sygdom ny"
        " ud. Diagnoser alene fra almen praksis og heparin givet på sygehus ses ikke.",
        "en": "The first diagnosis is the first in the extract: with a short history old disease"
        " looks new. Diagnoses in general practice alone and heparin given at hospitals are not"
        " seen.",
    },
)
