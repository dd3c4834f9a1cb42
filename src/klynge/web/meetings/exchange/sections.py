"""Finds the parts of an item in another system's HTML: by its headings and by its marked spans.

Agenda systems put several parts into one field, told apart only by a heading ("<h3>Beslutning i
X den 03-02-2026</h3>") or by a span's class (SBSYS). What comes out is sanitised.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from klynge.web.meetings import html as markup

DECISION = "beslutning"
RECOMMENDATION = "indstilling"
# Class of a span, and what it means. What is marked unknown stays where it stands.
_SPANS = {
    "indstilling": "Indstilling",
    "beslutningstema": "Beslutningstema",
    "resume": "Sagsresume",
}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_VOID = ("br", "hr", "img", "col", "wbr", "input", "meta", "link")
_DECIDED = re.compile(r"^\s*beslutning(?:en)?(?:\s*$|\s*:|\s+(?:i|fra|truffet)\b)", re.I)
_RECOMMENDED = re.compile(
    r"^\s*(?:\w+(?:en|et)\s+)?(?:indstilling|indstiller|det indstilles)", re.I
)


@dataclass(frozen=True)
class Section:
    """A part of an item. kind: DECISION, RECOMMENDATION or ""."""

    caption: str
    kind: str
    html: str


def sections(caption: str, html: str) -> list[Section]:
    """The parts of one field. Empty ones are left out."""
    reader = _Reader(caption)
    reader.feed(html)
    reader.close()
    found = []
    for name, text in reader.parts():
        cleaned = markup.clean(text)
        if not markup.is_empty(cleaned):
            found.append(Section(name, kind_of(name), cleaned))
    return found


def kind_of(caption: str) -> str:
    """What a heading announces."""
    if _DECIDED.match(caption):
        return DECISION
    return RECOMMENDATION if _RECOMMENDED.match(caption) else ""


class _Reader(HTMLParser):
    """Copies what it reads, and begins a new part at a heading that announces one."""

    def __init__(self, caption: str) -> None:
        super().__init__(convert_charrefs=True)
        self._names = [caption]
        self._texts: list[list[str]] = [[]]
        self._heading: list[str] | None = None
        self._raw = ""
        # For each open span: the caption to go back to, or None when it changed nothing.
        self._spans: list[str | None] = []

    def parts(self) -> list[tuple[str, str]]:
        return [(name, "".join(text)) for name, text in zip(self._names, self._texts, strict=True)]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in _HEADINGS:
            self._heading = []
            return
        if tag == "span":
            words = (dict(attributes).get("class") or "").lower().split()
            marked = next((_SPANS[word] for word in words if word in _SPANS), None)
            self._spans.append(self._names[-1] if marked else None)
            if marked:
                self._begin(marked)
            return
        self._write(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._end_heading(tag)
        elif tag == "span":
            before = self._spans.pop() if self._spans else None
            if before is not None:
                self._begin(before)
        elif tag not in _VOID:
            self._write(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._heading is not None:
            self._heading.append(data)
        else:
            self._write(escape(data, quote=False))

    def _end_heading(self, tag: str) -> None:
        words = " ".join("".join(self._heading or []).split())
        self._heading = None
        if kind_of(words) and words != self._names[-1]:
            self._begin(words)
        elif words and words.casefold() != self._names[-1].casefold():
            self._write(f"<{tag}>{escape(words, quote=False)}</{tag}>")

    def _begin(self, name: str) -> None:
        self._names.append(name)
        self._texts.append([])

    def _write(self, text: str) -> None:
        self._texts[-1].append(text)
