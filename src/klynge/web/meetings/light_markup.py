"""Text with a little form written in a plain field: for those who work without script.

    **fed**  _kursiv_  ### overskrift  - punkt  1. punkt  [navn](https://...)  > citat

A tag that the field has no sign for (a table from Word) stands there as it is and is kept.
"""

from __future__ import annotations

import re
from html import unescape

from klynge.web.meetings.html import TAGS, clean

_TAG = rf"</?(?:{'|'.join(sorted(TAGS))})(?:\s[^<>]*)?/?>"
_NOT_A_TAG = re.compile(rf"<(?!{_TAG[1:]})", re.I)
_AMPERSAND = re.compile(r"&(?!#?\w+;)")
_INLINE = (
    (re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)"), r"<em>\1</em>"),
    (re.compile(r"\[([^\]]+)\]\((https?://[^\s)]+|mailto:[^\s)]+)\)"), r'<a href="\2">\1</a>'),
)
_LINE = re.compile(r"(?P<sign>- |\* |\d{1,3}[.)] |#{3,4} |> )(?P<text>.*)")
_BLOCK = re.compile(r"<(p|h3|h4|ul|ol|blockquote|table)\b[^>]*>(.*?)</\1>", re.S | re.I)
_ITEM = re.compile(r"<li\b[^>]*>(.*?)</li>", re.S | re.I)


def to_html(text: str) -> str:
    """The text as sanitised HTML."""
    text = _AMPERSAND.sub("&amp;", _NOT_A_TAG.sub("&lt;", text.replace("\r\n", "\n")))
    parts = [_part(part) for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    return clean("".join(parts)) if parts else ""


def from_html(html: str) -> str:
    """The text as it is written in the field; `to_html` gives the same HTML again."""
    parts, at = [], 0
    for found in _BLOCK.finditer(html):
        parts += [html[at : found.start()], _written(found[1].lower(), found[2], found[0])]
        at = found.end()
    parts.append(html[at:])
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _part(part: str) -> str:
    """One paragraph, or the list, heading or quotation that its lines are."""
    if re.match(r"\s*<(?:table|ul|ol|blockquote|h3|h4|p)\b", part, re.I):
        return part
    made: list[str] = []
    kind = ""
    for line in part.split("\n"):
        found = _LINE.match(line.strip())
        sign = found["sign"] if found else ""
        is_now = "ul" if sign in ("- ", "* ") else "ol" if sign[:1].isdigit() else ""
        if kind and is_now != kind:
            made.append(f"</{kind}>")
        if is_now and is_now != kind:
            made.append(f"<{is_now}>")
        made.append(_line(found, sign, is_now, line, first=not made or made[-1].startswith("</")))
        kind = is_now
    if kind:
        made.append(f"</{kind}>")
    return _join(made)


def _line(found: re.Match[str] | None, sign: str, kind: str, line: str, *, first: bool) -> str:
    text = _inline(found["text"] if found else line.strip())
    if kind:
        return f"<li>{text}</li>"
    if sign.startswith("#"):
        return f"<h{len(sign) - 1}>{text}</h{len(sign) - 1}>"
    if sign == "> ":
        return f"<blockquote>{text}</blockquote>"
    return text if first else f"<br>{text}"


def _join(made: list[str]) -> str:
    """Lines of running text that follow each other are one paragraph."""
    out, running = [], ""
    for piece in made:
        if re.match(r"</?(?:ul|ol|li|h3|h4|blockquote)\b", piece):
            out += [f"<p>{running}</p>"] if running else []
            out.append(piece)
            running = ""
        else:
            running += piece.removeprefix("<br>") if not running else piece
    return "".join([*out, f"<p>{running}</p>" if running else ""])


def _inline(text: str) -> str:
    for sign, tag in _INLINE:
        text = sign.sub(tag, text)
    return text


def _written(tag: str, inside: str, whole: str) -> str:
    if tag == "table":
        return whole
    if tag in ("ul", "ol"):
        if re.search(r"<(?:ul|ol|table|p)\b", inside, re.I):
            return whole
        items = [_signs(item[1]) for item in _ITEM.finditer(inside)]
        marks = [f"{n}. " if tag == "ol" else "- " for n in range(1, len(items) + 1)]
        return "\n".join(mark + item for mark, item in zip(marks, items, strict=True))
    if tag == "blockquote":
        return whole if re.search(r"<(?:p|ul|ol)\b", inside) else f"> {_signs(inside)}"
    prefix = {"h3": "### ", "h4": "#### "}.get(tag, "")
    return prefix + _signs(inside)


def _signs(inside: str) -> str:
    inside = re.sub(r"\s*<br\s*/?>\s*", "\n", inside)
    inside = re.sub(r"</?strong>", "**", inside)
    inside = re.sub(r"</?em>", "_", inside)
    inside = re.sub(r'<a href="([^"]+)"[^>]*>(.*?)</a>', r"[\2](\1)", inside)
    # What looks like a tag to us but was written as text stays written as text.
    inside = re.sub(r"&lt;(?=/?[a-z])", "\0", inside)
    return unescape(inside).replace("\0", "&lt;").strip()
