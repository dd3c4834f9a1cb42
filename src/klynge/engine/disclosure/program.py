"""The rows of the integer program of `choose`, made all at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

_LONG = 6


class Demands:
    """Rows "at least so much of these is hidden"; those already met are left out.

    hidden: what must be hidden. never: what may not be; what must be hidden is never among it.
    """

    def __init__(self, hidden: np.ndarray, never: np.ndarray) -> None:
        self.hidden = hidden
        self.able = ~never | hidden
        self.free = ~never & ~hidden
        self.helpers = 0
        self._rows = 0
        self._parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        self._least: list[np.ndarray] = []

    def one_of(self, facts: Sequence[int], if_hidden: int | None) -> None:
        """Hide one of `facts`; only if the quantity `if_hidden` is hidden, when one is given."""
        able = np.array([at for at in facts if self.able[at]], int)
        if self.hidden[able].any():
            return
        row = np.zeros(len(able) + 1, int)
        if if_hidden is None or self.hidden[if_hidden]:
            self._add(row[1:], able, np.ones(len(able)), np.ones(1))
        elif self.able[if_hidden]:
            values = np.append(np.ones(len(able)), -1.0)
            self._add(row, np.append(able, if_hidden), values, np.zeros(1))

    def never_alone(self, relations: sparse.csr_matrix) -> None:
        """Of the members of each relation none or at least two are hidden."""
        row = np.repeat(np.arange(relations.shape[0]), np.diff(relations.indptr))
        inside = self.able[relations.indices]
        row, column = row[inside], relations.indices[inside]
        members = np.bincount(row, minlength=relations.shape[0])
        hidden = np.bincount(row, self.hidden[column], minlength=relations.shape[0])
        one, none = (hidden == 1)[row], (hidden == 0)[row]
        self._beside(row[one], column[one])
        short = members[row] <= _LONG
        self._in_short(row[none & short], column[none & short])
        self._in_long(row[none & ~short], column[none & ~short])

    def together(
        self,
        relations: sparse.csr_matrix,
        totals: np.ndarray,
        sizes: np.ndarray,
        least: np.ndarray,
    ) -> None:
        """The hidden parts of each relation are at least `least` together, or its total is hidden.

        totals: one a relation. sizes: of every column; above `least` it does not matter how far.

        Where that cannot be, nothing is asked.
        """
        row = np.repeat(np.arange(relations.shape[0]), np.diff(relations.indptr))
        column = relations.indices
        value = np.minimum(sizes[column], least[row])
        value = np.where(column == totals[row], least[row], value) * self.able[column]
        hidden = self.hidden[column]
        have = np.bincount(row, value * hidden, minlength=relations.shape[0])
        could = np.bincount(row, value, minlength=relations.shape[0])
        asked = (have < least) & (could >= least)
        names = np.cumsum(asked) - 1
        kept = asked[row] & ~hidden & (value > 0)
        self._add(names[row[kept]], column[kept], value[kept], (least - have)[asked])

    def matrix(self) -> tuple[sparse.csr_matrix, np.ndarray]:
        """The rows (over quantities and extras, then helpers), and the least of each."""
        row, column, value = (
            np.concatenate([part[at] for part in self._parts]) if self._parts else np.empty(0, kind)
            for at, kind in enumerate((int, int, float))
        )
        least = np.concatenate([np.empty(0), *self._least])
        # Helpers are numbered below nothing until it is known how many columns there are.
        width = len(self.hidden)
        column = np.where(column < 0, width - 1 - column, column)
        shape = (len(least), width + self.helpers)
        return sparse.csr_matrix((value, (row, column)), shape=shape), least

    def _beside(self, row: np.ndarray, column: np.ndarray) -> None:
        """One is hidden: at least one more."""
        names, number = np.unique(row, return_inverse=True)
        free = ~self.hidden[column]
        self._add(number[free], column[free], np.ones(int(free.sum())), np.ones(len(names)))

    def _in_short(self, row: np.ndarray, column: np.ndarray) -> None:
        """For each member a row: it is hidden only if another is."""
        starts = np.searchsorted(row, row)
        many = np.searchsorted(row, row, side="right") - starts
        number = np.repeat(np.arange(len(row)), many)
        within = np.arange(len(number)) - np.repeat(np.cumsum(many) - many, many)
        other = column[np.repeat(starts, many) + within]
        value = np.where(other == np.repeat(column, many), -1.0, 1.0)
        self._add(number, other, value, np.zeros(len(row)))

    def _in_long(self, row: np.ndarray, column: np.ndarray) -> None:
        """A helper that is at least the largest member says the same with far fewer numbers."""
        names, number = np.unique(row, return_inverse=True)
        helper = -1 - self.helpers - np.arange(len(names))
        self.helpers += len(names)
        each, ones = np.arange(len(row)), np.ones(len(row))
        self._add(
            np.concatenate([each, each]),
            np.concatenate([helper[number], column]),
            np.concatenate([ones, -ones]),
            np.zeros(len(row)),
        )
        self._add(
            np.concatenate([number, np.arange(len(names))]),
            np.concatenate([column, helper]),
            np.concatenate([ones, np.full(len(names), -2.0)]),
            np.zeros(len(names)),
        )

    def _add(
        self, row: np.ndarray, column: np.ndarray, value: np.ndarray, least: np.ndarray
    ) -> None:
        self._parts.append((row + self._rows, column, value))
        self._least.append(least)
        self._rows += len(least)
