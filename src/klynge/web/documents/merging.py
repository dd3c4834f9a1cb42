"""The pages of annexes inside a document's PDF, each annex after the page that names it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import NameObject, StreamObject

from klynge.web.documents.blocks import Annex

_CLAIMS = re.compile(rb"<(pdfuaid:part|pdfaid:part|pdfaid:conformance)>[^<]*</\1>")
# What an annex's page may bring that would belong to another document's tags or run by itself.
_NOT_BROUGHT = ("/StructParents", "/Tabs", "/AA")


class UnreadableAnnex(Exception):
    """An annex that says it is a PDF but cannot be read as one, or is locked with a password."""

    def __init__(self, annex: Annex) -> None:
        self.annex = annex
        super().__init__(annex.name)


def with_pages(pdf: bytes, annexes: Sequence[Annex]) -> bytes:
    """The document followed, at each annex's own page, by the annex's pages.

    Raises UnreadableAnnex. The result makes no claim of PDF/UA or PDF/A: see `pdf`.
    """
    writer = PdfWriter(clone_from=BytesIO(pdf))
    shift = 0
    for annex, page in zip(annexes, _pages_of(PdfReader(BytesIO(pdf)), annexes), strict=True):
        reader = readable(annex)
        for foreign in reader.pages:
            shift += 1
            _untagged(writer.insert_page(foreign, page + shift))
    _withdraw_claims(writer)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def readable(annex: Annex) -> PdfReader:
    """The annex opened. Raises UnreadableAnnex."""
    try:
        reader = PdfReader(BytesIO(annex.content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableAnnex(annex)
        if not reader.pages:
            raise UnreadableAnnex(annex)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableAnnex(annex) from error
    return reader


def _pages_of(reader: PdfReader, annexes: Sequence[Annex]) -> list[int]:
    """On which page each annex is named: they are the last bookmarks with their titles."""
    marks = [(str(mark.title), reader.get_destination_page_number(mark)) for mark in _flat(reader)]
    found: list[int] = []
    for annex in reversed(annexes):
        while marks:
            title, page = marks.pop()
            if title == annex.title and page is not None:
                found.append(page)
                break
    return found[::-1]


def _flat(reader: PdfReader) -> Iterator[Any]:
    waiting: list[Any] = list(reader.outline)
    while waiting:
        mark = waiting.pop(0)
        if isinstance(mark, list):
            waiting = [*mark, *waiting]
        else:
            yield mark


def _untagged(page: Any) -> None:
    for name in _NOT_BROUGHT:
        page.pop(NameObject(name), None)
    for annotation in page.get("/Annots") or []:
        annotation.get_object().pop(NameObject("/StructParent"), None)


def _withdraw_claims(writer: PdfWriter) -> None:
    metadata = writer.root_object["/Metadata"].get_object()
    told = StreamObject()
    told.set_data(_CLAIMS.sub(b"", metadata.get_data()))
    told.update(
        {NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")}
    )
    writer.root_object[NameObject("/Metadata")] = writer._add_object(told)
