"""A document as the plain data `page.typ` reads, with its pictures and annexes as files beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from klynge.web.documents.blocks import (
    Annex,
    Block,
    Boxed,
    Break,
    Cell,
    Chart,
    Contents,
    Definitions,
    Document,
    Heading,
    Inlines,
    Link,
    Listed,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Table,
    runs,
)
from klynge.web.documents.words import words
from klynge.web.documents.writing import breakable, clean

SAFE_ADDRESS = ("http://", "https://", "mailto:")
DEEPEST = 6


@dataclass
class LaidOut:
    """What Typst is given, and what is to be done to its PDF afterwards.

    row_heads: for each table in reading order, whether the first cell of a row heads it.
    followers: the annexes whose pages follow, in the order of their pages.
    """

    data: dict[str, Any]
    row_heads: list[bool] = field(default_factory=list)
    followers: list[Annex] = field(default_factory=list)


def lay_out(document: Document, annexes: str, room: Path) -> LaidOut:
    """The data of a document; pictures and attached annexes are written in the folder `room`."""
    laying = _Laying(document.language, annexes, room)
    blocks = list(laying.blocks(document.blocks))
    data = {
        "title": clean(document.title),
        "subtitle": clean(document.subtitle),
        "authors": [clean(document.author)] if document.author else [],
        "subject": clean(document.subject),
        "keywords": [clean(keyword) for keyword in document.keywords],
        "language": document.language,
        "header": clean(document.header),
        "footer": clean(document.footer),
        "words": words(document.language),
        "blocks": blocks,
    }
    return LaidOut(data, laying.row_heads, laying.followers)


class _Laying:
    """One walk through a document's blocks."""

    def __init__(self, language: str, annexes: str, room: Path) -> None:
        self.words = words(language)
        self.annexes = annexes
        self.room = room
        self.row_heads: list[bool] = []
        self.followers: list[Annex] = []
        self._level = 0
        self._last = ""
        self._files = 0
        self._names: set[str] = set()

    def blocks(self, blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
        for block in blocks:
            for laid in self._block(block):
                if self._last == "followed" and laid["kind"] != "pagebreak":
                    yield {"kind": "pagebreak"}
                self._last = laid["kind"]
                if laid["kind"] != "followed":
                    yield laid

    def _block(self, block: Block) -> Iterator[dict[str, Any]]:
        match block:
            case Heading():
                yield self._heading(block)
            case Paragraph():
                yield {"kind": "paragraph", "text": inlines(block.text)}
            case Note():
                yield {"kind": "note", "text": inlines(block.text)}
            case Listed():
                entries = [list(self.blocks(entry)) for entry in block.entries]
                yield {
                    "kind": "list",
                    "ordered": block.ordered,
                    "start": block.start,
                    "entries": entries,
                }
            case Definitions():
                pairs = [[inlines(term), inlines(told)] for term, told in block.pairs]
                if pairs:
                    yield {"kind": "definitions", "pairs": pairs}
            case Table():
                yield self._table(block)
            case Chart():
                yield self._drawing(clean(block.svg).encode(), "svg", block.alt, block.caption)
                if block.data is not None:
                    yield self._table(block.data)
            case Picture():
                yield self._drawing(block.content, block.suffix, block.alt, block.caption)
            case Boxed():
                inside = [self._heading(block.heading), *self.blocks(block.blocks)]
                yield {"kind": "boxed", "blocks": inside}
            case Contents():
                yield {"kind": "contents", "depth": block.depth}
            case PageBreak():
                yield {"kind": "pagebreak"}
            case Annex():
                yield from self._annex(block)

    def _heading(self, heading: Heading) -> dict[str, Any]:
        """A heading never skips a level: PDF/UA asks for it, and so does whoever listens."""
        self._level = max(1, min(heading.level, self._level + 1, DEEPEST))
        return {"kind": "heading", "level": self._level, "text": inlines(heading.text)}

    def _table(self, table: Table) -> dict[str, Any]:
        self.row_heads.append(table.row_heads)
        first = table.head or table.rows[0]
        head = [_cell(cell) for cell in table.head]
        rows = [[_cell(cell) for cell in row] for row in table.rows]
        if rows and len(rows[0]) == len(head):
            # Above numbers set to the right stands a header set to the right.
            for over, under in zip(head, rows[0], strict=True):
                over["right"] = over["right"] or under["right"]
        return {
            "kind": "table",
            "caption": clean(table.caption),
            "columns": sum(cell.columns if isinstance(cell, Cell) else 1 for cell in first),
            "widths": list(table.widths),
            "row_heads": table.row_heads,
            "head": head,
            "rows": rows,
        }

    def _drawing(self, content: bytes, suffix: str, alt: str, caption: str) -> dict[str, Any]:
        if not alt.strip():
            raise ValueError("a drawing needs a text that says what it shows")
        return {
            "kind": "drawing",
            "file": self._file(content, suffix),
            "alt": clean(alt),
            "caption": clean(caption),
        }

    def _annex(self, annex: Annex) -> Iterator[dict[str, Any]]:
        as_pages = self.annexes == "pages" and annex.is_pdf
        if as_pages:
            if self._last not in ("heading", "pagebreak"):
                yield {"kind": "pagebreak"}
            self.followers.append(annex)
        yield self._heading(Heading(annex.level, annex.title))
        told = {"attached": "attached", "listed": "elsewhere"}.get(
            self.annexes, "follows" if as_pages else "unreadable"
        )
        name = self._free_name(annex.name)
        yield {"kind": "paragraph", "text": inlines(self.words[told].format(name=name))}
        if told in ("attached", "unreadable"):
            (self.room / name).write_bytes(annex.content)
            yield {
                "kind": "attach",
                "file": name,
                "media_type": annex.media_type,
                "description": clean(annex.title),
            }
        if as_pages:
            yield {"kind": "followed"}

    def _file(self, content: bytes, suffix: str) -> str:
        self._files += 1
        # In a folder of their own, where no annex's name can reach.
        file = self.room / "drawings" / f"{self._files}.{suffix}"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
        return f"drawings/{file.name}"

    def _free_name(self, name: str) -> str:
        """A name no other file of the document has, without anything a path could mean."""
        kept = clean(name).replace("/", "-").replace("\\", "-").lstrip(".").strip() or "bilag"
        kept = "bilag" if kept == "drawings" else kept
        stem, dot, suffix = kept.rpartition(".")
        stem, suffix = (stem, dot + suffix) if dot else (kept, "")
        stem = stem.encode()[:160].decode(errors="ignore")
        free, number = f"{stem}{suffix}", 1
        while free.lower() in self._names:
            number += 1
            free = f"{stem} ({number}){suffix}"
        self._names.add(free.lower())
        return free


def inlines(text: str | Inlines) -> list[dict[str, Any]]:
    """Runs of text as data: cleaned, with long words breakable, and only safe links as links."""
    found: list[dict[str, Any]] = []
    for run in runs(text):
        if isinstance(run, Break):
            found.append({"kind": "break"})
        elif isinstance(run, Link) and run.address.startswith(SAFE_ADDRESS):
            shown = breakable(clean(run.text)) or run.address
            found.append({"kind": "link", "address": clean(run.address), "text": shown})
        else:
            found.append(
                {
                    "kind": "text",
                    "text": breakable(clean(run.text)),
                    "strong": getattr(run, "strong", False),
                    "emphasis": getattr(run, "emphasis", False),
                }
            )
    return found


def _cell(cell: str | Inlines | Cell) -> dict[str, Any]:
    spanning = cell if isinstance(cell, Cell) else Cell(cell)
    return {
        "text": inlines(spanning.text),
        "columns": spanning.columns,
        "rows": spanning.rows,
        "right": spanning.right,
    }
