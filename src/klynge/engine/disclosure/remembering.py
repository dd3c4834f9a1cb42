"""What an attacker who has kept earlier editions knows of one table beside its rows.

He reads the finished rows of both. Which of the old numbers still hold he may be told
(`Background.standing`): he is then the strongest attacker there is, who is never misled. When he is
not, he takes every old number to hold that he does not see changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from klynge.engine.disclosure.columns import row_hashes
from klynge.engine.disclosure.earlier import as_published
from klynge.engine.disclosure.layers import counts_residents, without_known_zeros
from klynge.engine.disclosure.published import UNKNOWN, Finding, Published, Standing

if TYPE_CHECKING:
    from klynge.engine.disclosure.earlier import Edition


@dataclass(frozen=True, eq=False)
class Before:
    """One earlier edition of a table, by its own cells over the new table's leaves.

    standing, denominators (cells): shown rows, and shown denominators, that he takes to hold.
    hidden (cells): rows it hid, that must stay so. kept_hidden: of these, those told nowhere.
    """

    published: Published
    standing: np.ndarray
    denominators: np.ndarray
    hidden: np.ndarray
    kept_hidden: np.ndarray


def remembered(table: Published, editions: Sequence[Edition]) -> list[Before]:
    """What each edition tells of a table. Raises `earlier.NotComparable`."""
    read = [as_published(table.about, edition) for edition in editions]
    older = [one for one in read if one is not None]
    if not older:
        return []
    now = _by_look(table, ~table.hidden)
    found = []
    standing = table.about.standing or (lambda before: _unseen(before, table, now))
    binding = [standing(one) for one in older]
    told = set(now)
    for one, binds in zip(older, binding, strict=True):
        told |= set(_by_look(one, binds.rows))
    for one, binds in zip(older, binding, strict=True):
        looks = _looks(one)
        kept = [hidden and looks[at] not in told for at, hidden in enumerate(binds.hidden)]
        mute = np.array(kept, bool)
        found.append(Before(one, binds.rows, binds.denominators, binds.hidden, mute))
    return found


def told_before(table: Published) -> np.ndarray:
    """The cells of a table whose number an earlier edition tells, and it still holds."""
    told: set[bytes] = set()
    for one in table.before:
        told |= set(_by_look(one.published, one.standing))
    if not told:
        return np.zeros(len(table.grid), bool)
    return np.array([look in told for look in _looks(table)], bool)


def shown_again(table: Published) -> list[Finding]:
    """The rows that are shown though an earlier edition hid them and none has told them."""
    if not table.before:
        return []
    hidden = {
        look for one in table.before for look in _by_look(one.published, one.published.hidden)
    }
    looks, known = _looks(table), told_before(table)
    nothing = (table.denominator == 0) | _within_known_zeros(table)
    if counts_residents(table.about):
        nothing = nothing | (table.numerator == 0)
    wrong = [
        cell for cell in np.flatnonzero(~table.hidden & ~known & ~nothing) if looks[cell] in hidden
    ]
    return [table.finding(int(cell), "hidden in an earlier edition") for cell in wrong]


def _within_known_zeros(table: Published) -> np.ndarray:
    """The cells that are all within sums that an edition shows to be 0, and they still are."""
    people = np.ones(table.grid.numerator_matrix.shape[1])
    for one in table.before:
        zeros = np.flatnonzero(one.standing & (one.published.numerator == 0))
        people = without_known_zeros(people, one.published.grid.numerator_matrix[zeros])
    within: np.ndarray = table.grid.numerator_matrix @ people == 0
    return within


def _unseen(before: Published, table: Published, now: dict[bytes, int]) -> Standing:
    """Everything the edition shows, but what is seen to have changed."""
    looks = _looks(before)
    rows = ~before.hidden
    for cell in np.flatnonzero(rows):
        at = now.get(looks[cell])
        if at is not None:
            same = table.numerator[at] == before.numerator[cell]
            rows[cell] = same and table.denominator[at] == before.denominator[cell]
    return Standing(rows, rows & (before.denominator != UNKNOWN), before.hidden)


def _by_look(table: Published, wanted: np.ndarray) -> dict[bytes, int]:
    looks = _looks(table)
    return {looks[cell]: int(cell) for cell in np.flatnonzero(wanted)}


def _looks(table: Published) -> list[bytes]:
    """What tells the people of each cell from those of others, whatever the place is called."""
    return [look.tobytes() for look in row_hashes(table.grid.numerator_matrix.astype(float))]
