"""A document as an accessible PDF: PDF/UA-1 and PDF/A-3a, through Typst.

`render` gives the bytes. How annexes go along is a choice:

    ATTACHED  the file holds them as attachments. The whole file is PDF/UA-1 and PDF/A-3a.
    AS_PAGES  the annexes' own pages follow, each after a page with its title. Foreign pages carry
              no tags of ours, so such a file makes no claim of PDF/UA or PDF/A; its own pages are
              tagged all the same. An annex that is no PDF is attached.
    LISTED    named only.
"""

from __future__ import annotations

import json
import re
from enum import StrEnum
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from klynge.web.documents import laying_out, merging, tagging
from klynge.web.documents.blocks import Document
from klynge.web.documents.charting import FONTS

HERE = Path(__file__).resolve().parent
STANDARDS = ["ua-1", "a-3a"]
_NO_GLYPH = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_TRIES = 4


class Annexes(StrEnum):
    """How the annexes of a document go along in its PDF."""

    ATTACHED = "attached"
    AS_PAGES = "pages"
    LISTED = "listed"


class CannotDraw(Exception):
    """The document could not be drawn. Says why in Typst's words, for the log."""


def render(document: Document, *, annexes: Annexes = Annexes.ATTACHED) -> bytes:
    """The PDF. Equal documents give equal bytes."""
    with TemporaryDirectory(prefix="klynge-pdf-") as folder:
        room = Path(folder)
        laid_out = laying_out.lay_out(document, annexes.value, room)
        made = _compile(json.dumps(laid_out.data, ensure_ascii=False), document, room)
    if any(laid_out.row_heads):
        made = tagging.with_row_heads(made, laid_out.row_heads)
    if laid_out.followers:
        made = merging.with_pages(made, laid_out.followers)
    return made


def _compile(data: str, document: Document, room: Path) -> bytes:
    """Set the page. Signs that no typeface here has are told by their number, never lost."""
    compiler = typst.Compiler(font_paths=fonts(), root=str(room))
    for _try in range(_TRIES):
        try:
            return compiler.compile(
                input=_template(),
                format="pdf",
                sys_inputs={"document": data},
                pdf_standards=STANDARDS,
                timestamp=document.made_at.replace(microsecond=0),
            )
        except typst.TypstError as error:
            strange = {sign for text in _NO_GLYPH.findall(error.diagnostic) for sign in text}
            strange = {sign for sign in strange if ord(sign) > 126}
            if not strange:
                raise CannotDraw(error.diagnostic) from error
            told = {sign: f"[U+{ord(sign):04X}]" for sign in strange}
            data = _told(data, told)
            for drawing in room.glob("drawings/*.svg"):
                drawing.write_text(_told(drawing.read_text("utf-8"), told), "utf-8")
    raise CannotDraw("signs without a glyph remain")


def _told(text: str, instead: dict[str, str]) -> str:
    return text.translate(str.maketrans(instead))


@cache
def fonts() -> typst.Fonts:
    """IBM Plex Sans and Typst's own typefaces; never the machine's."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


@cache
def _template() -> bytes:
    return (HERE / "page.typ").read_bytes()
