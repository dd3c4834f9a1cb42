"""Age bands, and the atoms that no published band cuts.

A band is written "all", "0-17" or "80+", both ends included. An atom is (low, high), high None for
the open end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

Atom = tuple[int, int | None]

FIVE_YEAR_EDGES = tuple(range(0, 91, 5))
"""Where the five-year bands 0-4 ... 85-89, 90+ begin."""

OLDEST = 1000
"""Stands for the open end when ages are compared; older than anybody."""


def span(band: str) -> Atom:
    """The ages of a band that is not "all". ValueError when it is not written as one."""
    found = re.fullmatch(r"(\d{1,3})(?:-(\d{1,3})|\+)", band)
    if not found:
        raise ValueError(band)
    low, high = int(found[1]), int(found[2]) if found[2] else None
    if high is not None and high < low:
        raise ValueError(band)
    return low, high


def spans(bands: Sequence[str]) -> tuple[Atom, ...]:
    """The ages of every band but "all"."""
    return tuple(span(band) for band in bands if band != "all")


def whole(bands: Sequence[str]) -> Atom:
    """From the youngest to the oldest age of the bands; everyone when there is only "all"."""
    found = spans(bands)
    if not found:
        return 0, None
    top = max(end(atom) for atom in found)
    return min(low for low, _high in found), None if top >= OLDEST else top


def end(atom: Atom) -> int:
    """The highest age, OLDEST for the open end."""
    return OLDEST if atom[1] is None else atom[1]


def has_holes(bands: Sequence[str]) -> bool:
    """Whether an age between the youngest and the oldest is in none of the bands."""
    low, _high = whole(bands)
    reached = low - 1
    for first, last in sorted(spans(bands), key=lambda atom: atom[0]):
        if first > reached + 1:
            return True
        reached = max(reached, end((first, last)))
    return False


def atoms(bands: Sequence[str], *, everyone: bool = False) -> tuple[Atom, ...]:
    """Five-year bands cut at the edges of `bands` and limited to them, or to all ages."""
    low, high = (0, None) if everyone else whole(bands)
    edges = {low, *FIVE_YEAR_EDGES}
    for first, last in spans(bands):
        edges |= {first} if last is None else {first, last + 1}
    starts = sorted(edge for edge in edges if low <= edge <= (OLDEST if high is None else high))
    ends = [start - 1 for start in starts[1:]]
    return tuple(zip(starts, [*ends, high], strict=True))
