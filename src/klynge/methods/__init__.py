"""The statistics: pure functions of numpy and scipy, public, one page of reference.

Scalars in give floats out; lists and arrays in give arrays out. `confidence` is two-sided, 0.95 by
default. What makes no sense (a negative count, more events than persons, shapes that differ, a gap)
is a ValueError; what is not defined (a rate of nobody) is not-a-number. See
docs/reference/methods.md for formulas, sources and conventions.
"""

from klynge.methods.apportionment import largest_remainder
from klynge.methods.charts import (
    c_chart,
    p_chart,
    p_prime_chart,
    run_chart,
    special_causes,
    u_chart,
    u_prime_chart,
    xmr,
)
from klynge.methods.difference import DifferenceInDifferences, difference_in_differences
from klynge.methods.effects import Effect
from klynge.methods.funnel import funnel_limits
from klynge.methods.inequality import relative_index_of_inequality, slope_index_of_inequality
from klynge.methods.interruption import InterruptedTimeSeries, interrupted_time_series
from klynge.methods.intervals import (
    byar,
    clopper_pearson,
    exact_poisson,
    proportion,
    rate,
    wilson,
)
from klynge.methods.lifetable import life_expectancy
from klynge.methods.results import Chart, FunnelLimits, Interval, Signal, SpecialCauses
from klynge.methods.standardisation import (
    directly_standardised_rate,
    indirectly_standardised_ratio,
)
from klynge.methods.synthetic import SyntheticControl, synthetic_control

__all__ = [
    "Chart",
    "DifferenceInDifferences",
    "Effect",
    "FunnelLimits",
    "InterruptedTimeSeries",
    "Interval",
    "Signal",
    "SpecialCauses",
    "SyntheticControl",
    "byar",
    "c_chart",
    "clopper_pearson",
    "difference_in_differences",
    "directly_standardised_rate",
    "exact_poisson",
    "funnel_limits",
    "indirectly_standardised_ratio",
    "interrupted_time_series",
    "largest_remainder",
    "life_expectancy",
    "p_chart",
    "p_prime_chart",
    "proportion",
    "rate",
    "relative_index_of_inequality",
    "run_chart",
    "slope_index_of_inequality",
    "special_causes",
    "synthetic_control",
    "u_chart",
    "u_prime_chart",
    "wilson",
    "xmr",
]
