"""WHAT MAY LEAVE THE SECURE ZONE.

    +--------------------------------------------------------------------------------+
    |  This file is owned by data protection (see CODEOWNERS). It may not be changed |
    |  without their review. There is no option, setting, flag, environment variable |
    |  or assert that switches any of it off, and none may be added.                 |
    +--------------------------------------------------------------------------------+

Explained for people in docs/explanation/what-may-leave.md; decided in
docs/decisions/0003-how-cells-are-hidden.md. The threshold is that of Danmarks Statistik for
results taken home by researchers ("no cell under 5 persons", derived differences included).
"""

from __future__ import annotations

import numpy as np

MINIMUM_PERSONS = 5
"""A published number rests on none, or on at least this many persons."""

LEAST_DOUBT = 1
"""With everything published in hand, at least this many other whole numbers must remain possible
for a hidden one, besides the true one."""

DOUBT_OF_FEW = 3
"""So many where the rules keep the number itself secret (1-4 persons): with the true one they are
four, as many as 1-4 are. So what an outsider can work out is no narrower than what the empty cell
itself tells."""


def least_doubt(secret: np.ndarray, room: np.ndarray) -> np.ndarray:
    """How many other whole numbers must remain possible for each hidden number.

    secret: whether the rules keep the number itself secret. room: how far from its least the number
    could be if nothing at all were published; nothing that is hidden can make more possible.
    """
    few = np.clip(np.floor(room + 1e-6), LEAST_DOUBT, max(DOUBT_OF_FEW, LEAST_DOUBT))
    doubt: np.ndarray = np.where(secret, few, LEAST_DOUBT).astype(int)
    return doubt


ROUND_TO = 5
"""In a rounded edition every count is told as the nearest multiple of this. Odd, so that no count
lies between two; and `MINIMUM_PERSONS`, so that no count that is shown becomes 0."""


def rounded(counts: np.ndarray) -> np.ndarray:
    """Counts as a rounded edition tells them."""
    nearest: np.ndarray = ROUND_TO * np.floor(counts / ROUND_TO + 0.5)
    return nearest


def too_few(persons: np.ndarray) -> np.ndarray:
    """Where a count rests on 1-4 persons."""
    return (persons >= 1) & (persons < MINIMUM_PERSONS)


def numerator_is_secret(
    persons: np.ndarray, others: np.ndarray | None, *, population: bool
) -> np.ndarray:
    """Cells whose numerator may not be told, nor be possible to work out.

    persons: the persons behind the numerator, one number a cell.
    others: the persons in the denominator who are not in the numerator; None where the numerator
        is not a part of the denominator (counts, and rates of events).
    population: the numerator itself is nothing but a count of residents by age and sex.

    - 1-4 persons: hidden. Those few could be recognised.
    - 0 persons: shown. That nobody there had the event is a fact about no one, it is what the
      reader most needs to know of a small place, and hiding it would take many true figures with
      it. What a zero lets others work out is handled as any other published figure.
    - 1-4 others: hidden. "All but two have been to the doctor" points at the two.
    - 0 others while the numerator is above 0: hidden, because it says of each person there that
      he or she is in the numerator. Not for population counts: that all residents of a place are
      over 65 is seen from their ages alone.
    """
    secret = too_few(persons)
    if others is not None:
        secret = secret | too_few(others)
        if not population:
            secret = secret | ((others == 0) & (persons > 0))
    return secret


def denominator_is_secret(persons: np.ndarray) -> np.ndarray:
    """Cells whose denominator may not be told, nor be possible to work out, and whose whole row
    is therefore hidden: 1-4 persons. An empty denominator (0) is shown, and the value is null."""
    return too_few(persons)
