"""A document with everything in it keeps every point of PDF/UA-1 that a machine can check."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from klynge.web.documents import (
    Annex,
    Boxed,
    Cell,
    Chart,
    Contents,
    Definitions,
    Heading,
    Link,
    Listed,
    Note,
    Paragraph,
    Table,
    Text,
    pdf,
)
from klynge.web.documents.tests.builders import SVG, a_document
from klynge.web.documents.tests.matterhorn import faults

WIDE = Table(
    ("Periode", "Værdi", "I alt"),
    (("2023", Cell("12,3", right=True), "1"), (Cell("Ikke opgjort", columns=3),)),
    caption="Tal for klyngen",
    row_heads=True,
)


@pytest.fixture(scope="module")
def whole() -> bytes:
    document = a_document(
        Contents(),
        Heading(1, "Punkt 1 😀"),
        Paragraph((Text("Læs "), Link("her", "https://example.org/"), Text(".", strong=True))),
        Heading(2, "Tal"),
        WIDE,
        Table(("A", "B"), (("1", "2"),)),
        Chart(SVG, "Indbyggertallet stiger.", "Indbyggere", WIDE),
        Definitions((("Sted", "Randers"),)),
        Listed(((Paragraph("at drøfte"), Listed(((Paragraph("inderst"),),))),), ordered=True),
        Boxed(Heading(1, "Beslutning"), (Paragraph("Godkendt. " * 250),)),
        Note("Kilde: opdigtet"),
        Annex("Bilag 1", "notat.csv", b"a;b", "text/csv"),
        title="Dagsorden",
        header="Randersklyngen",
        footer="Dagsorden",
        author="Sekretariatet",
    )
    return pdf.render(document)


def test_everything_at_once_has_no_fault(whole):
    assert faults(whole) == []


def _changed(whole: bytes, change) -> list[str]:
    writer = PdfWriter(clone_from=BytesIO(whole))
    change(writer)
    made = BytesIO()
    writer.write(made)
    return faults(made.getvalue())


def _each(writer: PdfWriter, *kinds: str):
    for one in writer._objects:
        if isinstance(one, DictionaryObject) and one.get("/S") in kinds:
            yield one


def _without(kind: str, key: str):
    def change(writer):
        for one in _each(writer, kind):
            one.pop(NameObject(key), None)

    return change


def _of_root(key: str, value=None):
    def change(writer):
        writer.root_object.pop(NameObject(key))
        if value is not None:
            writer.root_object[NameObject(key)] = value

    return change


def _renamed(kind: str, to: str):
    def change(writer):
        for one in list(_each(writer, kind)):
            one[NameObject("/S")] = NameObject(to)

    return change


def _untold(writer):
    page = writer.pages[0]
    drawn = StreamObject()
    drawn.set_data(page.get_contents().get_data() + b"\n0 0 9 9 re f\n")
    page[NameObject("/Contents")] = writer._add_object(drawn)


def _links(key: str):
    def change(writer):
        for page in writer.pages:
            for note in page.get("/Annots") or []:
                note.get_object().pop(NameObject(key), None)

    return change


def _no_order(writer):
    for page in writer.pages:
        page.pop(NameObject("/Tabs"), None)


def _no_title(writer):
    writer.metadata = None


def _no_claim(writer):
    writer.root_object["/Metadata"].get_object().set_data(b"<x/>")


def _not_embedded(writer):
    for one in writer._objects:
        for key in ("/FontFile", "/FontFile2", "/FontFile3", "/ToUnicode"):
            if isinstance(one, DictionaryObject):
                one.pop(NameObject(key), None)


def _no_parents(writer):
    writer.root_object["/StructTreeRoot"][NameObject("/ParentTree")] = DictionaryObject(
        {NameObject("/Nums"): ArrayObject()}
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_of_root("/StructTreeRoot"), "01 no structure tree"),
        (_of_root("/MarkInfo"), "01 not marked as tagged"),
        (_untold, "01 f is neither told nor an artifact, page 1"),
        (_no_parents, "01 a mark leads to no element, page 1"),
        (_renamed("/P", "/Afsnit"), "02 ['/Afsnit'] is no standard type"),
        (_no_title, "06 no title in the information"),
        (_of_root("/ViewerPreferences"), "07 the title is not shown"),
        (_of_root("/Lang", TextStringObject("dansk")), "11 no language"),
        (_renamed("/L", "/Div"), "09 /LI inside /Div"),
        (_without("/Figure", "/Alt"), "13 /Figure without words"),
        (_renamed("/H1", "/H4"), "14 H4 after H0"),
        (_without("/TH", "/A"), "15 a header cell without scope"),
        (_without("/TH", "/A"), "15 a table with rows of"),
        (_renamed("/LI", "/P"), "16 a list with something else"),
        (_no_claim, "06 no claim of PDF/UA-1"),
        (_links("/Contents"), "28 a link without words"),
        (_links("/StructParent"), "28 a link outside the structure"),
        (_no_order, "28 a page whose links have no order"),
        (_not_embedded, "31 "),
        (_not_embedded, "10 "),
    ],
)
def test_a_fault_is_found(whole, change, told):
    assert any(fault.startswith(told) for fault in _changed(whole, change)), told
