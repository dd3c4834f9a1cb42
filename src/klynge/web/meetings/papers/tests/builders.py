"""Meetings whose papers the tests make."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from klynge.web.documents import Paragraph, pdf
from klynge.web.documents.tests.builders import SVG, a_document
from klynge.web.meetings import rules as meetings
from klynge.web.meetings.models import Annex, FrozenFigure, Item, Meeting
from klynge.web.meetings.papers import reading
from klynge.web.meetings.papers.composing import Wanted
from klynge.web.meetings.papers.parts import Part
from klynge.web.meetings.tests.builders import MARKER, WHEN, a_closed_item

CELLS = {
    "unit": "pr. 1.000",
    "columns": ["Periode", "Randersklyngen", "Danmark"],
    "rows": [["2023", "12,3", "11,0"], ["2024", "12,9", "11,2"]],
    "newest": {"text": "12,9", "interval": "95 %: 11,8–14,0"},
    "certainty_text": "Definitionen er udledt.",
    "cautions": [],
}


def a_figure(item: Item, **more: Any) -> FrozenFigure:
    """A frozen figure with a chart and two years."""
    values = {
        "indicator": "akut",
        "place_kind": "klynge",
        "place": "rm-randers",
        "title": "Akutte ophold, Randersklyngen",
        "cells": CELLS,
        "svg": SVG,
        "alt": "Akutte ophold stiger fra 12,3 til 12,9 pr. 1.000.",
        "source": "Opdigtet pakke, lavet 1. september 2024",
        "pack": "prøve",
        "frozen_at": WHEN,
    }
    return FrozenFigure.objects.create(item=item, **values | more)


def a_pdf_file(text: str = "Bilagets ord") -> bytes:
    return pdf.render(a_document(Paragraph(text), title="Bilag"))


def an_annex(item: Item, name: str = "Notat", closed: bool = False, content: bytes = b"") -> Annex:
    """A PDF annex; a closed item's are closed with it."""
    file = SimpleUploadedFile(f"{name}.pdf", content or a_pdf_file(name))
    return meetings.add_annex(by=None, item=item, file=file, name=name, closed=closed)


def with_secrets(meeting: Meeting) -> Meeting:
    """MARKER in all that is closed: an item with annex and figure; a closed part and annex."""
    closed = a_closed_item(meeting)
    an_annex(closed, f"{MARKER} i bilaget")
    a_figure(closed, title=f"{MARKER} i figuren", alt=f"{MARKER} i ord", source=f"{MARKER} kilde")
    item = meeting.items.exclude(pk=closed.pk).first()
    assert item is not None
    item.blocks.create(kind="andet", caption=f"{MARKER} i overskrift", html=f"<p>{MARKER}</p>",
                       closed=True)  # fmt: skip
    an_annex(item, f"{MARKER} ved et åbent punkt", closed=True)
    return meeting


def wanted(*parts: Part) -> Wanted:
    return Wanted(frozenset(parts or Part), {})


def paper_for(meeting: Meeting, user: Any = reading.STRANGER) -> reading.MeetingPaper:
    paper = reading.read(Meeting.objects.get(pk=meeting.pk), user)
    assert paper is not None
    return paper


def all_words_of(content: bytes) -> str:
    """Everything a file says, in whatever form it is: text, bookmarks, tags, metadata, names."""
    if content.startswith(b"%PDF"):
        return _of_pdf(content)
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as package:
            inside = [all_words_of(package.read(name)) for name in package.namelist()]
            return "\n".join([*package.namelist(), *inside])
    return content.decode(errors="replace")


def _of_pdf(content: bytes) -> str:
    reader = PdfReader(BytesIO(content))
    found = [page.extract_text() for page in reader.pages]
    found.append(repr(reader.metadata))
    for attached in reader.attachments.items():
        found += [attached[0], *(all_words_of(one) for one in attached[1])]
    for number in range(1, len(reader.xref.get(0, {})) + len(reader.xref_objStm) + 2):
        found.append(_object(reader, number))
    return "\n".join(found)


def _object(reader: PdfReader, number: int) -> str:
    from pypdf.generic import IndirectObject, StreamObject

    value = reader.get_object(IndirectObject(number, 0, reader))
    if value is None:
        return ""
    data = value.get_data() if isinstance(value, StreamObject) else b""
    return repr(value) + data.decode("latin-1")
