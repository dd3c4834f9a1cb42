"""Reads a PDF as a screen reader would: its tags, words, bookmarks and claims."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from klynge.web.documents.tests import matterhorn


class Read:
    """A PDF opened for a test."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        self.reader = PdfReader(BytesIO(pdf))
        self.root: Any = self.reader.trailer["/Root"]

    @property
    def text(self) -> str:
        return "\n".join(page.extract_text() for page in self.reader.pages)

    @property
    def claims(self) -> str:
        return str(self.root["/Metadata"].get_object().get_data().decode())

    @property
    def faults(self) -> list[str]:
        """What a machine can see breaks PDF/UA-1."""
        return matterhorn.faults(self.pdf)

    @property
    def bookmarks(self) -> list[tuple[int, str, int]]:
        """Depth, title and page of each bookmark."""
        return list(self._marks(self.reader.outline, 0))

    @property
    def attachments(self) -> dict[str, bytes]:
        return {name: files[0] for name, files in self.reader.attachments.items()}

    @property
    def fonts(self) -> set[str]:
        return {
            str(font.get_object()["/BaseFont"]).partition("+")[2]
            for page in self.reader.pages
            for font in page["/Resources"].get("/Font", {}).values()
        }

    def elements(self, *kinds: str) -> list[Any]:
        """The structure elements of some kinds, in reading order."""
        return [one for one in _walk(self.root["/StructTreeRoot"]) if one["/S"] in kinds]

    def order(self) -> list[str]:
        return [str(one["/S"]) for one in _walk(self.root["/StructTreeRoot"])]

    def _marks(self, marks: Any, depth: int) -> Iterator[tuple[int, str, int]]:
        for mark in marks:
            if isinstance(mark, list):
                yield from self._marks(mark, depth + 1)
            else:
                page = self.reader.get_destination_page_number(mark)
                yield depth, str(mark.title), int(page or 0)


def table_attributes(element: Any) -> dict[str, Any]:
    """What a cell says of itself: Scope, Headers."""
    found: dict[str, Any] = {}
    for one in element.get("/A", []):
        if one.get_object().get("/O") == "/Table":
            found |= dict(one.get_object())
    return found


def _walk(element: Any) -> Iterator[Any]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object()
        if hasattr(inner, "get") and "/S" in inner:
            yield inner
            yield from _walk(inner)
