"""Whether the public title of a closed item tells what it should keep."""

from __future__ import annotations

import re

SAME, TELLS, MAY_TELL = "same", "tells", "may_tell"
# Words that are in every title and tell nothing.
_PLAIN = frozenset({
    "og", "i", "på", "om", "af", "til", "for", "med", "ved", "fra", "den", "det", "de", "en", "et",
    "der", "som", "er", "vedr", "vedrørende", "sag", "sagen", "punkt", "lukket", "beslutning",
    "orientering", "drøftelse", "temadrøftelse",
})  # fmt: skip


def how_telling(title: str, public_title: str) -> str:
    """SAME, TELLS (all of the title stands in it), MAY_TELL (it is a part of the title), or ""."""
    whole, public = _words(title), _words(public_title)
    if not public or not whole:
        return ""
    if whole == public:
        return SAME
    if set(whole) <= set(public):
        return TELLS
    shared = set(whole) & set(public)
    return MAY_TELL if shared and set(public) <= set(whole) else ""


def _words(text: str) -> list[str]:
    found = re.findall(r"\w+", text.casefold())
    return [word for word in found if word not in _PLAIN] or found
