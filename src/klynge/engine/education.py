"""By education: which levels there are, at which ages they are told, and what is counted by them.

Education is told at an indicator's own age bands from 30 on, when nearly all have completed what
they will; the young would be counted by what they have not finished yet. Both sexes and all those
ages are told together. Who has no level in the register is counted as unknown, which is never
published and protected with the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from klynge.engine.indicators.ages import spans
from klynge.engine.registers import catalogue, files

if TYPE_CHECKING:
    from klynge.engine.indicators.ages import Atom
    from klynge.engine.indicators.indicator import Indicator

Counts = npt.NDArray[np.int64]

TABLE = "education"
"""The spine table."""

REGISTER = "udda"
FROM_AGE = 30
PUBLISHED = ("low", "middle", "high")
LEVELS = (*PUBLISHED, "unknown")
"""In this order wherever numbers stand by level."""


@dataclass(frozen=True, eq=False)
class EducationCounts:
    """One indicator in one period by education, at the ages it is told by it.

    atoms: their ages, as the indicator's table has them.
    numerator, numerator_persons, complement_persons: (areas, levels); as in `counts.LeafCounts`.
    denominator, denominator_persons: (areas, levels, atoms).
    """

    indicator: Indicator
    period: str
    areas: tuple[str, ...]
    atoms: tuple[Atom, ...]
    numerator: Counts
    numerator_persons: Counts
    complement_persons: Counts
    denominator: Counts
    denominator_persons: Counts
    denominator_key: str


def is_delivered(registers: Path) -> bool:
    """Whether the folder has the register of education."""
    return files.is_delivered(registers, catalogue.table(REGISTER))


def told_of(indicator: Indicator) -> bool:
    """Whether an indicator is told by education: a share or a rate of something that is counted,
    at ages of its own from FROM_AGE on, and out of the people of those ages."""
    return (
        indicator.kind in ("rate", "proportion")
        and indicator.out_of in ("people", "events")
        and indicator.adds is None
        and indicator.denominator_ages == "same"
        and bool(atoms_of(indicator))
    )


def atoms_of(indicator: Indicator) -> tuple[Atom, ...]:
    """The ages an indicator is told at by education: all of its own age bands that begin at
    FROM_AGE or later. No band is cut, so the years' table has the same people in its rows."""
    first = min((low for low, _high in spans(indicator.ages) if low >= FROM_AGE), default=None)
    return tuple(atom for atom in indicator.atoms if first is not None and atom[0] >= first)


def age_label(atoms: Sequence[Atom], every: Sequence[Atom]) -> str:
    """The ages as the pack writes them: "30+", or "all" where they are all of the indicator's."""
    if len(atoms) == len(every):
        return "all"
    low, high = atoms[0][0], atoms[-1][1]
    return f"{low}+" if high is None else f"{low}-{high}"
