"""Numbers that can never be anyone's: made-up CPR numbers and contact keys.

A real CPR number begins with a day of birth, 01 to 31. Ours begin with that day plus 60
(61 to 91), as old administrative numbers did, so none can belong to a living or dead person,
nor be mistaken for one. Month, year and century digit follow the date of birth, and the last
digit is odd for men and even for women, as the CPR office describes.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_BEFORE_2000 = 2000  # serials with a 7th digit 0-3, for one sex
_FROM_2000 = 3000  # serials with a 7th digit 4-9, for one sex


def pnr_digits(
    born: NDArray[np.int64], sex: NDArray[np.int8], lane: int = 0, lanes: int = 1
) -> NDArray[np.uint8]:
    """Ten ASCII digits a person (n x 10), all different.

    lane, lanes: which of several groups of people these are; no number is in two of them.
    """
    day_of = born.astype("datetime64[D]")
    month_of = day_of.astype("datetime64[M]")
    year = month_of.astype("datetime64[Y]").astype(np.int64) + 1970
    month = month_of.astype(np.int64) % 12 + 1
    day = (day_of - month_of.astype("datetime64[D]")).astype(np.int64) + 1
    rank = _rank_within(born * 2 + sex) * lanes + lane
    room = np.where(year < 2000, _BEFORE_2000, _FROM_2000)
    if (rank >= room).any():
        raise ValueError("too many persons of one sex born on one day for ten-digit numbers")
    # A stride coprime with both rooms spreads the serials, so they do not look like a queue.
    serial = 2 * ((rank * 733 + born % 997) % room) + np.where(sex == 0, 1, 0)
    serial += np.where(year < 2000, 0, 4000)
    number = (((day + 60) * 100 + month) * 100 + year % 100) * 10_000 + serial
    return digits(number, 10)


def digits(number: NDArray[np.int64], width: int) -> NDArray[np.uint8]:
    """Whole numbers as ASCII digits with leading zeros (n x width)."""
    out = np.empty((len(number), width), dtype=np.uint8)
    rest = number.astype(np.int64)
    for place in range(width - 1, -1, -1):
        rest, digit = np.divmod(rest, 10)
        out[:, place] = digit + 48
    return out


def text_of(characters: NDArray[np.uint8]) -> pa.StringArray:
    """ASCII characters (n x width) as an Arrow text column."""
    n, width = characters.shape
    offsets = np.arange(0, (n + 1) * width, width, dtype=np.int32)
    data = np.ascontiguousarray(characters)
    return pa.StringArray.from_buffers(n, pa.py_buffer(offsets), pa.py_buffer(data))


def _rank_within(key: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, 2 ... for rows that share a key, in row order."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    begins = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    lengths = np.diff(np.append(begins, len(ordered)))
    rank = np.empty(len(key), dtype=np.int64)
    rank[order] = np.arange(len(key)) - np.repeat(begins, lengths)
    return rank
