"""The months and quarters of a year: which cells there are, and what they are sums of.

Below the year only totals are published, of both sexes and all ages: by place, for each month and
each quarter. Only what adds up over months can be: indicators that count events (out of people, or
out of other events). A leaf is one area x one month. The year's own cell is a sum of the same
leaves and is published in the year's table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from klynge.engine.cells import kron

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from klynge.engine.indicators.indicator import Indicator
    from klynge.structure import Geography

    Counts = npt.NDArray[np.int64]

MONTHS = 12
QUARTERS = 4
SPANS = (
    *((month, month + 1) for month in range(MONTHS)),
    *((3 * quarter, 3 * quarter + 3) for quarter in range(QUARTERS)),
    (0, MONTHS),
)
"""Months as [first, last): the months, the quarters, the year."""
BELOW_THE_YEAR = MONTHS + QUARTERS


@dataclass(frozen=True, eq=False)
class MonthCounts:
    """What an indicator counts in one year, month by month, for both sexes and all ages.

    numerator, denominator: (areas, 12), events. The denominator is None when it is the people of
    the year's table.
    numerator_persons, denominator_persons, complement_persons: (areas, 16), the distinct persons
    behind each month and then each quarter (a person may be in several months, but is in one area
    a year). complement: behind the denominator's events that are not in the numerator. The last
    two are None when the denominator is people.
    """

    indicator: Indicator
    year: int
    areas: tuple[str, ...]
    numerator: Counts
    numerator_persons: Counts
    denominator: Counts | None = None
    denominator_persons: Counts | None = None
    complement_persons: Counts | None = None


class MonthGrid:
    """The cells below the year, place by place: 12 months, 4 quarters, and last the year itself.

    kind, place, period: text arrays, one entry a cell. below: whether the cell is below the year.
    matrix: scipy CSR, cells x leaves (areas x months).
    """

    def __init__(
        self, indicator: Indicator, year: int, areas: Sequence[str], geography: Geography
    ) -> None:
        places = geography.places(indicator.domain)
        labels = period_labels(year)
        self.places = tuple((place.kind, place.id) for place in places)
        self.kind = np.repeat(np.array([kind for kind, _id in self.places]), len(labels))
        self.place = np.repeat(np.array([id for _kind, id in self.places]), len(labels))
        self.period = np.tile(np.array(labels), len(places))
        self.below = np.tile(np.arange(len(labels)) < BELOW_THE_YEAR, len(places))
        number = {code: at for at, code in enumerate(areas)}
        self.members = tuple(tuple(number[code] for code in place.kommuner) for place in places)
        self.place_matrix = _place_matrix(self.members, len(areas))
        self.matrix = kron(self.place_matrix, _span_matrix())

    def __len__(self) -> int:
        return len(self.kind)

    def sums(self, leaves: Counts) -> Counts:
        """`leaves` (areas x 12) summed to cells."""
        return np.asarray(self.matrix @ leaves.ravel(), np.int64)

    def persons(self, counted: Counts) -> Counts:
        """Distinct persons (areas x 16) summed over areas to cells; 0 for the year, whose own
        table says it."""
        by_place = self.place_matrix @ counted
        years = np.zeros((len(self.places), 1), np.int64)
        return np.concatenate([by_place, years], axis=1).astype(np.int64).ravel()


def period_labels(year: int) -> tuple[str, ...]:
    """The periods of `SPANS`, as the pack writes them: 2024-01 ... 2024-K1 ... 2024."""
    months = [f"{year}-{month:02d}" for month in range(1, MONTHS + 1)]
    quarters = [f"{year}-K{quarter}" for quarter in range(1, QUARTERS + 1)]
    return (*months, *quarters, str(year))


def _place_matrix(members: Sequence[Sequence[int]], areas: int) -> sparse.csr_matrix:
    rows = np.repeat(np.arange(len(members)), [len(each) for each in members])
    columns = np.array([area for each in members for area in each], int)
    ones = np.ones(len(columns), np.int64)
    return sparse.csr_matrix((ones, (rows, columns)), shape=(len(members), areas))


def _span_matrix() -> sparse.csr_matrix:
    inside = [[first <= month < last for month in range(MONTHS)] for first, last in SPANS]
    return sparse.csr_matrix(np.array(inside, np.int64))
