"""Laboratory results: long-term blood sugar (HbA1c) of those with diabetes, and of some others.

Levels are our own drawing.
"""

from __future__ import annotations

import numpy as np

from klynge.engine.registers.synth import chronic
from klynge.engine.registers.synth.days import Ints, day_number
from klynge.engine.registers.synth.people import People, Span

_YEARLY = 2.2  # tests a year of those with diabetes
_OTHERS = 0.12  # of adults without it, a year
_LEVEL, _SPREAD = 55.0, 12.0
_NORMAL, _NORMAL_SPREAD = 37.0, 3.5


def results(rng: np.random.Generator, people: People, span: Span) -> tuple[Ints, Ints, Ints]:
    """Person, day and level in mmol/mol, sorted by person and day."""
    begins = np.minimum(people.onset[:, chronic.T1D], people.onset[:, chronic.T2D])
    parts = []
    for year in span.years:
        first, after = day_number(year), day_number(year + 1)
        here = people.residents(first)
        for ill, yearly in ((True, _YEARLY), (False, _OTHERS)):
            has = (begins < after) if ill else (begins >= after) & (people.ages(first) >= 18)
            person = np.repeat(np.arange(len(people)), rng.poisson(yearly * (here & has)))
            day = first + rng.integers(0, after - first, len(person))
            mean, spread = (_LEVEL, _SPREAD) if ill else (_NORMAL, _NORMAL_SPREAD)
            level = np.rint(np.clip(rng.normal(mean, spread, len(person)), 25, 140))
            known = (day < people.dies[person]) & (day < people.leaves[person])
            known &= (day >= begins[person]) if ill else np.ones(len(person), bool)
            parts.append((person[known], day[known], level[known].astype(np.int64)))
    person, day, level = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((level, day, person))
    return person[order], day[order], level[order]
