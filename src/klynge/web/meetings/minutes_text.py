"""What people type in the minutes, and the HTML it is kept as; and back again.

Typed: paragraphs with an empty line between, lines that begin with "- " are a list. Kept: `p`,
`br`, `ul` and `li`, nothing else, so nothing of what was typed can run in a page. What was brought
in from elsewhere with other tags is read as its text.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

_LIST = re.compile(r"^[-*•]\s+")
_PARTS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote"}


def to_html(text: str) -> str:
    """The HTML of what was typed; empty for nothing."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip())
    return "".join(_part(part.split("\n")) for part in parts if part.strip())


def to_text(html: str) -> str:
    """What would be typed to get that HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = [line.strip() for line in "".join(reader.found).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _part(lines: list[str]) -> str:
    """One part: its lines in paragraphs, and what is listed in lists, in the order they stand."""
    found, paragraph, listed = [], [], []

    def end() -> None:
        if paragraph:
            found.append(f"<p>{'<br>'.join(paragraph)}</p>")
        if listed:
            found.append(f"<ul>{''.join(f'<li>{each}</li>' for each in listed)}</ul>")
        paragraph.clear()
        listed.clear()

    for line in (each.strip() for each in lines):
        is_listed = bool(_LIST.match(line))
        if (is_listed and paragraph) or (listed and not is_listed):
            end()
        kept = escape(_LIST.sub("", line) if is_listed else line, quote=False)
        (listed if is_listed else paragraph).append(kept)
    end()
    return "".join(found)


class _Reader(HTMLParser):
    """Gathers the text of HTML with line breaks where they would be typed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        if tag == "br":
            self.found.append("\n")
        elif tag == "li":
            self.found.append("\n- ")
        elif tag == "tr":
            self.found.append("\n")
        elif tag in _PARTS:
            self.found.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _PARTS:
            self.found.append("\n\n")

    def handle_data(self, data: str) -> None:
        # Line breaks in the source of HTML are spaces.
        self.found.append(re.sub(r"\s+", " ", data))
