"""What an address or a form asks for, when anything at all may have been written there."""

from __future__ import annotations

DIGITS = 18  # as many as the database's whole numbers always hold


def key(written: str | None) -> int | None:
    """A row's key or version; None for what can be none ("²" is a digit to str.isdigit)."""
    text = (written or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS):
        return None
    return int(text)
