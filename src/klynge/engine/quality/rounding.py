"""Numbers of rows and persons as they may be told outside the secure zone."""

from __future__ import annotations

ROUNDED_TO = 5
FEW = "<5"
ENOUGH = 1_000
"""A share is told of so many persons or rows at least, and in whole per cent: one of them is then
a tenth of the smallest step."""


def rounded(count: int) -> int | str:
    """A count as it may be told: nearest 5, 1-4 as "<5"."""
    if 0 < count < ROUNDED_TO:
        return FEW
    return ROUNDED_TO * ((2 * count + ROUNDED_TO) // (2 * ROUNDED_TO))


def share(part: int, whole: int) -> int | None:
    """Whole per cent; None when there are too few to tell it of."""
    return (200 * part + whole) // (2 * whole) if whole >= ENOUGH else None
