"""Rich text as blocks. The HTML is cleaned first, whoever wrote it or cleaned it before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import lxml.html
import nh3

from klynge.web.documents.blocks import (
    Block,
    Break,
    Cell,
    Heading,
    Inline,
    Inlines,
    Link,
    Listed,
    Paragraph,
    Table,
    Text,
    plain,
)

STRONG, EMPHASIS = {"b", "strong"}, {"i", "em", "u"}
HEADINGS = {f"h{level}" for level in range(1, 7)}
LISTS = {"ul", "ol"}
BOXES = {"p", "div", "blockquote", "table", "pre", *HEADINGS, *LISTS}
TAGS = {*BOXES, *STRONG, *EMPHASIS, "a", "br", "li", "span", "caption",
        "thead", "tbody", "tfoot", "tr", "th", "td"}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
MAX_SPAN = 40
_SPACE = re.compile(r"[ \t\r\n\f]+")


def blocks_of(html: str, *, below: int = 1) -> tuple[Block, ...]:
    """The blocks of a piece of HTML; its highest headings become level `below` + 1."""
    root = lxml.html.fragment_fromstring(_cleaned(html), create_parent="div")
    for comment in list(root.iter(lxml.etree.Comment)):
        comment.drop_tree()
    levels = [int(element.tag[1]) for element in root.iter() if element.tag in HEADINGS]
    shift = below + 1 - min(levels, default=1)
    return tuple(_blocks(root, shift))


def _cleaned(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags={"script", "style", "title", "iframe", "object", "svg", "math"},
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _blocks(element: Any, shift: int) -> Iterator[Block]:
    """The blocks in an element; loose text between them becomes paragraphs."""
    loose: list[Inline] = _text(element.text)
    for child in element:
        if child.tag not in BOXES and not any(
            inner.tag in BOXES for inner in child.iterdescendants()
        ):
            loose += _inline(child)
        else:
            yield from _paragraph(loose)
            loose = []
            yield from _box(child, shift)
        loose += _text(child.tail)
    yield from _paragraph(loose)


def _box(element: Any, shift: int) -> Iterator[Block]:
    tag = element.tag
    if tag in HEADINGS:
        text = _trimmed(_inlines(element))
        if plain(text).strip():
            yield Heading(max(1, int(tag[1]) + shift), text)
    elif tag in LISTS:
        yield from _list(element, shift)
    elif tag == "table":
        yield from _table(element)
    elif tag == "pre":
        yield Paragraph(element.text_content().strip())
    else:
        yield from _blocks(element, shift)


def _list(element: Any, shift: int) -> Iterator[Block]:
    entries = tuple(
        entry for child in element if child.tag == "li" and (entry := tuple(_blocks(child, shift)))
    )
    if entries:
        yield Listed(entries, ordered=element.tag == "ol", start=_number(element.get("start"), 1))


def _table(element: Any) -> Iterator[Block]:
    lines = [[cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
    lines = [line for line in lines if line]
    if not lines:
        return
    head = lines[0] if all(cell.tag == "th" for cell in lines[0]) else []
    body = lines[1:] if head else lines
    width = max(sum(_span(cell, "colspan") for cell in line) for line in lines)
    rows = tuple(_row(line) for line in body)
    if len(lines) == 1 or not _is_even(rows, width):
        # A table that does not add up, pasted from somewhere: its words, a paragraph a row.
        for line in lines:
            yield from _paragraph(_joined(_inlines(cell) for cell in line))
        return
    caption = element.findtext("caption") or ""
    heads = bool(head) and all(line[0].tag == "th" for line in body)
    yield Table(_row(head), rows, _SPACE.sub(" ", caption).strip(), row_heads=heads)


def _is_even(rows: tuple[tuple[Cell, ...], ...], width: int) -> bool:
    """Does every row fill the width, with what spans into it from the rows above?"""
    taken = [0] * len(rows)
    for at, row in enumerate(rows):
        for cell in row:
            if at + cell.rows > len(rows):
                return False
            for below in range(at, at + cell.rows):
                taken[below] += cell.columns
    return all(count == width for count in taken)


def _row(line: Iterable[Any]) -> tuple[Cell, ...]:
    return tuple(
        Cell(_trimmed(_inlines(cell)), columns=_span(cell, "colspan"), rows=_span(cell, "rowspan"))
        for cell in line
    )


def _span(cell: Any, name: str) -> int:
    return min(MAX_SPAN, max(1, _number(cell.get(name), 1)))


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() else otherwise


def _joined(texts: Iterable[list[Inline]]) -> list[Inline]:
    found: list[Inline] = []
    for text in texts:
        found += [Text(" "), *text] if found else text
    return found


def _inlines(element: Any, *, strong: bool = False, emphasis: bool = False) -> list[Inline]:
    found = _text(element.text, strong=strong, emphasis=emphasis)
    for child in element:
        found += _inline(child, strong=strong, emphasis=emphasis)
        found += _text(child.tail, strong=strong, emphasis=emphasis)
    return found


def _inline(element: Any, *, strong: bool = False, emphasis: bool = False) -> list[Inline]:
    if element.tag == "br":
        return [Break()]
    if element.tag == "a" and element.get("href"):
        text = _SPACE.sub(" ", element.text_content())
        return [Link(text.strip() or element.get("href"), element.get("href"))]
    inside = _inlines(
        element,
        strong=strong or element.tag in STRONG,
        emphasis=emphasis or element.tag in EMPHASIS,
    )
    # A paragraph inside a cell or a clause: what follows it stands on a new line.
    return [*inside, Break()] if element.tag in BOXES | {"li"} and inside else inside


def _text(text: str | None, *, strong: bool = False, emphasis: bool = False) -> list[Inline]:
    if not text:
        return []
    return [Text(_SPACE.sub(" ", text), strong=strong, emphasis=emphasis)]


def _paragraph(loose: list[Inline]) -> Iterator[Block]:
    text = _trimmed(loose)
    if plain(text).strip():
        yield Paragraph(text)


def _trimmed(inlines: Iterable[Inline]) -> Inlines:
    """Without empty runs, and without space or breaks at either end."""
    found = [run for run in inlines if isinstance(run, Break) or run.text]
    while found and _is_blank(found[0]):
        found.pop(0)
    while found and _is_blank(found[-1]):
        found.pop()
    if found and isinstance(found[0], Text):
        first = found[0]
        found[0] = Text(first.text.lstrip(" "), first.strong, first.emphasis)
    if found and isinstance(found[-1], Text):
        last = found[-1]
        found[-1] = Text(last.text.rstrip(" "), last.strong, last.emphasis)
    return tuple(found)


def _is_blank(run: Inline) -> bool:
    return isinstance(run, Break) or not run.text.strip()
