"""Everything a definition is written with.

    from klynge.engine.indicators.language import Indicator, codelist, residents, stays, ...

See docs/how-to/build-a-pack.md for a build, docs/reference/spine.md for the tables and columns, and
any file beside this one for a definition to copy.
"""

from klynge.engine.indicators.codelists import Codelist, codelist
from klynge.engine.indicators.diseases import chronic_disease
from klynge.engine.indicators.indicator import (
    BY_THE_FIRST_DAY,
    EVERYWHERE,
    IN_THE_PERIOD,
    NOWHERE,
    ON_THE_FIRST_DAY,
    Indicator,
    days_before,
)
from klynge.engine.indicators.rows import (
    PERIOD,
    atrial_fibrillation,
    care_home,
    comorbidity,
    contacts,
    deaths,
    diagnoses,
    dispensings,
    gp_weeks,
    home_help,
    home_nursing,
    migrations,
    onsets,
    osdc_diabetes,
    prevention,
    preventive_visits,
    psychiatric_referrals,
    reablement,
    ready_for_discharge,
    rehabilitation_plans,
    residents,
    stays,
    time_lost,
    training,
)

__all__ = [
    "BY_THE_FIRST_DAY",
    "EVERYWHERE",
    "IN_THE_PERIOD",
    "NOWHERE",
    "ON_THE_FIRST_DAY",
    "PERIOD",
    "Codelist",
    "Indicator",
    "atrial_fibrillation",
    "care_home",
    "chronic_disease",
    "codelist",
    "comorbidity",
    "contacts",
    "days_before",
    "deaths",
    "diagnoses",
    "dispensings",
    "gp_weeks",
    "home_help",
    "home_nursing",
    "migrations",
    "onsets",
    "osdc_diabetes",
    "prevention",
    "preventive_visits",
    "psychiatric_referrals",
    "reablement",
    "ready_for_discharge",
    "rehabilitation_plans",
    "residents",
    "stays",
    "time_lost",
    "training",
]
