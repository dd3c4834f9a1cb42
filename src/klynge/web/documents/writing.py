"""What text may hold before it is set: no invisible characters, no word wider than the line."""

from __future__ import annotations

import re
import unicodedata

# Word's Symbol and Wingdings bullets and ticks, pasted as private characters.
_FROM_WORD = {0xF0B7: "•", 0xF0A7: "•", 0xF0D8: "•", 0xF02D: "–", 0xF0FC: "✓", 0xF0E0: "→"}
_SOFT_HYPHEN, _ZERO_WIDTH_SPACE = "\u00ad", "\u200b"
_LONG_WORD = re.compile(r"\S{46,}")
_AFTER = re.compile(r"([/.?&=_,;:@)\]-]+)")
_PIECE = 20


def clean(text: str) -> str:
    """Without control, private and direction-turning characters, which no page can show."""
    return "".join(_kept(character) for character in unicodedata.normalize("NFC", text))


def breakable(text: str) -> str:
    """With places to break in words so long that they would run off the page."""
    return _LONG_WORD.sub(lambda word: _with_breaks(word.group()), text)


def _kept(character: str) -> str:
    if (stands_for := _FROM_WORD.get(ord(character))) is not None:
        return stands_for
    if character in "\n\t":
        return " "
    if character == _SOFT_HYPHEN:
        return character
    # Cc control, Cf invisible (joiners, turns of direction), Co private, Cs and Cn no character.
    return "" if unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs", "Cn"} else character


def _with_breaks(word: str) -> str:
    parts = _AFTER.sub(rf"\1{_ZERO_WIDTH_SPACE}", word).split(_ZERO_WIDTH_SPACE)
    pieces = [part[at : at + _PIECE] for part in parts for at in range(0, len(part), _PIECE)]
    return _ZERO_WIDTH_SPACE.join(pieces)
