"""Text for a terminal: lines that fit the width and look the same when piped."""

from __future__ import annotations

import textwrap
from datetime import date

from klynge.structure.model import Text
from klynge.texts import _, language

LABEL = 14
NARROWEST = 40


class Page:
    """Lines that never pass the width; continued lines are indented under their text."""

    def __init__(self, width: int) -> None:
        self._width = max(width, NARROWEST)
        self._lines: list[str] = []

    def line(self, text: str = "", *, indent: int = 0) -> None:
        self._add(text, " " * indent, " " * indent)

    def labelled(self, label: str, text: str, *, indent: int) -> None:
        if text:
            self._add(text, f"{' ' * indent}{label:<{LABEL}}", " " * (indent + LABEL))

    def marked(self, text: str, *, indent: int) -> None:
        """A doubt: begins with "!" so that it is seen without colours."""
        self._add(text, f"{' ' * indent}! ", " " * (indent + 2))

    def text(self) -> str:
        return "\n".join(self._lines)

    def _add(self, text: str, first: str, rest: str) -> None:
        wrapped = textwrap.wrap(
            text,
            self._width,
            initial_indent=first,
            subsequent_indent=rest,
            break_on_hyphens=False,
        )
        self._lines += wrapped or [""]


def day(on: date) -> str:
    """A day as Danes write it: 1.7.2022."""
    return f"{on.day}.{on.month}.{on.year}"


def how_sure(certainty: str) -> str:
    """A certainty in words."""
    words = {
        "certain": _("sikker"),
        "high": _("høj"),
        "medium": _("middel"),
        "low": _("lav"),
        "unknown": _("ukendt"),
    }
    return words[certainty]


def said(text: Text) -> str:
    """A bilingual text in the language spoken now."""
    return text.said_in(language())
