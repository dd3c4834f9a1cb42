"""Putting two people's changes of one text together, when they do not touch.

The text is compared line by line with the one both began from. A stretch that only one of them
changed is taken from that one; a stretch that both changed alike is taken once; a stretch that both
changed differently is a clash, and then nothing is put together: somebody must choose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher


def merge(base: str, theirs: str, mine: str) -> str | None:
    """Both changes in one text; None when they touch the same place."""
    if theirs == mine or base == mine:
        return theirs
    if base == theirs:
        return mine
    found = _merged(base.split("\n"), theirs.split("\n"), mine.split("\n"))
    return None if found is None else "\n".join(found)


def merge_value(base: str, theirs: str, mine: str) -> str | None:
    """As `merge`, for a value that is either one thing or another."""
    if theirs == mine or base == mine:
        return theirs
    return mine if base == theirs else None


def both(theirs: str, mine: str) -> str:
    """The two texts in one, with what they have in common once: a proposal to somebody who chooses.

    Every line of each is in it.
    """
    one, other = theirs.split("\n"), mine.split("\n")
    found: list[str] = []
    for how, i1, i2, j1, j2 in _matcher(one, other).get_opcodes():
        found += one[i1:i2]
        if how != "equal":
            found += other[j1:j2]
    return "\n".join(found)


def _merged(base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> list[str] | None:
    found: list[str] = []
    at_base = at_theirs = at_mine = 0
    for first, length, in_theirs, in_mine in _common(base, theirs, mine):
        before = base[at_base:first]
        changed = theirs[at_theirs:in_theirs], mine[at_mine:in_mine]
        if changed[0] == changed[1] or changed[1] == before:
            found += changed[0]
        elif changed[0] == before:
            found += changed[1]
        else:
            return None
        found += base[first : first + length]
        at_base, at_theirs, at_mine = first + length, in_theirs + length, in_mine + length
    return found


def _common(
    base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]
) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of `base` that both kept, in order: (where, how long, in theirs, in mine).

    The last one is empty and stands at the end of all three.
    """
    one = _matcher(base, theirs).get_matching_blocks()
    other = _matcher(base, mine).get_matching_blocks()
    i = j = 0
    while i < len(one) and j < len(other):
        first = max(one[i].a, other[j].a)
        last = min(one[i].a + one[i].size, other[j].a + other[j].size)
        if first < last:
            yield (
                first,
                last - first,
                one[i].b + first - one[i].a,
                other[j].b + first - other[j].a,
            )
        if one[i].a + one[i].size < other[j].a + other[j].size:
            i += 1
        else:
            j += 1
    yield len(base), 0, len(theirs), len(mine)


def _matcher(one: Sequence[str], other: Sequence[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, one, other, autojunk=False)
