"""What a document is made of. Plain data: nothing here knows how it is drawn.

A text may be given as a str or as a tuple of inlines; `runs` makes the second of the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text in one hand."""

    text: str
    strong: bool = False
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to an address (http, https or mailto)."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Break:
    """A new line inside a paragraph."""


Inline = Text | Link | Break
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, and a bookmark. Level 1 is the highest below the document's title."""

    level: int
    text: str | Inlines


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str | Inlines


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: a source, a certainty, who has seen what."""

    text: str | Inlines


@dataclass(frozen=True, slots=True)
class Listed:
    """A list; each entry is one or more blocks, so that lists nest."""

    entries: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Definitions:
    """Terms with what they are: the head of a meeting, the metadata of a case."""

    pairs: tuple[tuple[str | Inlines, str | Inlines], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table that spans several columns or rows, or is set to the right."""

    text: str | Inlines
    columns: int = 1
    rows: int = 1
    right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `head` are the column headers; with `row_heads` each row's first cell heads it.

    widths: shares of the line, one a column; empty: as wide as the content asks for.
    """

    head: tuple[str | Inlines | Cell, ...]
    rows: tuple[tuple[str | Inlines | Cell, ...], ...]
    caption: str = ""
    row_heads: bool = False
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing as SVG with what it says in words, and its numbers when they are to be shown."""

    svg: str
    alt: str
    caption: str = ""
    data: Table | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG with what it shows in words."""

    content: bytes
    alt: str
    caption: str = ""

    @property
    def suffix(self) -> str:
        return "png" if self.content.startswith(b"\x89PNG") else "jpg"


@dataclass(frozen=True, slots=True)
class Boxed:
    """What must be found at a glance: a decision. `heading` stands inside the box."""

    heading: Heading
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents that links to the headings."""

    depth: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Annex:
    """A file that belongs to the document. How it goes along is chosen when the PDF is made.

    title: what a reader calls it ("Bilag 3.1 Tal for klyngen"). name: the file's name.
    """

    title: str
    name: str
    content: bytes
    media_type: str
    level: int = 2

    @property
    def is_pdf(self) -> bool:
        return self.media_type == "application/pdf"


Block = (
    Heading
    | Paragraph
    | Note
    | Listed
    | Definitions
    | Table
    | Chart
    | Picture
    | Boxed
    | Contents
    | PageBreak
    | Annex
)


@dataclass(frozen=True)
class Document:
    """A whole document. `made_at` is its date, and makes two drawings of it equal byte for byte."""

    title: str
    blocks: tuple[Block, ...]
    made_at: datetime
    language: str = "da"
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    header: str = ""
    footer: str = ""
    subtitle: str = field(default="")

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("a document needs a title")


def runs(text: str | Inlines) -> Inlines:
    """A text as inlines; the lines of a str become breaks."""
    if not isinstance(text, str):
        return text
    found: list[Inline] = []
    for line in text.splitlines():
        if found:
            found.append(Break())
        found.append(Text(line))
    return tuple(found)


def plain(text: str | Inlines) -> str:
    """A text without its markup."""
    return "".join("\n" if isinstance(run, Break) else run.text for run in runs(text))


def every(blocks: Iterable[Block]) -> Iterator[Block]:
    """Each block in reading order, those inside others too."""
    for block in blocks:
        yield block
        if isinstance(block, Listed):
            for entry in block.entries:
                yield from every(entry)
        elif isinstance(block, Boxed):
            yield from every((block.heading, *block.blocks))
        elif isinstance(block, Chart) and block.data is not None:
            yield block.data
