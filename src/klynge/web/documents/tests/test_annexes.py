"""Annexes go along as attachments, as pages or by name, and each way is honest about itself."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfWriter

from klynge.web.documents import Annex, Heading, PageBreak, Paragraph, pdf
from klynge.web.documents.merging import UnreadableAnnex
from klynge.web.documents.pdf import Annexes
from klynge.web.documents.tests.builders import a_document
from klynge.web.documents.tests.reading import Read

TABLE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def a_pdf(*pages):
    blocks = []
    for text in pages:
        blocks += [Paragraph(text), PageBreak()]
    return pdf.render(a_document(*blocks[:-1], title="Bilagets egen titel"))


def an_annex(title="Bilag 1", name="bilag.pdf", content=None, media_type="application/pdf"):
    return Annex(title, name, content or a_pdf("Bilagets ord"), media_type)


def with_annexes(how, *annexes):
    document = a_document(Heading(1, "Bilag"), *annexes, Heading(1, "Til sidst"))
    return Read(pdf.render(document, annexes=how))


def test_attached_annexes_come_out_as_they_went_in_and_the_file_stays_pdf_ua():
    one, two = an_annex(), an_annex("Bilag 2", "tal.xlsx", b"PK\x03\x04 tal", TABLE)
    read = with_annexes(Annexes.ATTACHED, one, two)

    assert read.attachments == {"bilag.pdf": one.content, "tal.xlsx": two.content}
    assert "<pdfuaid:part>1<" in read.claims
    assert "filen «tal.xlsx»" in read.text


def test_two_annexes_of_one_name_are_both_kept():
    read = with_annexes(Annexes.ATTACHED, an_annex(), an_annex("Bilag 2", "BILAG.pdf", b"%PDF-2"))

    assert set(read.attachments) == {"bilag.pdf", "BILAG (2).pdf"}


@pytest.mark.parametrize("name", ["../../etc/passwd", "/tmp/x.pdf", "..", "", "drawing-1.svg"])
def test_an_annex_name_is_never_a_path(name):
    read = with_annexes(Annexes.ATTACHED, an_annex(name=name))

    [kept] = read.attachments
    assert "/" not in kept
    assert not kept.startswith(".")


def test_pages_follow_the_page_that_names_the_annex():
    read = with_annexes(
        Annexes.AS_PAGES,
        an_annex("Bilag 1", content=a_pdf("første side", "anden side")),
        an_annex("Bilag 2", content=a_pdf("tredje side")),
    )

    pages = [page.extract_text() for page in read.reader.pages]
    told = ["Bilag 1", "første side", "anden side", "Bilag 2", "tredje side", "Til sidst"]
    assert [words for page, words in zip(pages, told, strict=True) if words in page] == told
    assert [(title, page) for _depth, title, page in read.bookmarks] == [
        ("Bilag", 0),
        ("Bilag 1", 0),
        ("Bilag 2", 3),
        ("Til sidst", 5),
    ]


def test_two_annexes_with_one_title_each_get_their_own_pages():
    read = with_annexes(
        Annexes.AS_PAGES,
        an_annex("Bilag", content=a_pdf("den ene")),
        an_annex("Bilag", content=a_pdf("den anden")),
    )

    pages = [page.extract_text() for page in read.reader.pages]
    assert "den ene" in pages[1]
    assert "den anden" in pages[3]


def test_a_file_with_foreign_pages_makes_no_claim_but_keeps_its_own_tags():
    read = with_annexes(Annexes.AS_PAGES, an_annex())

    assert "pdfuaid:part" not in read.claims
    assert "pdfaid:part" not in read.claims
    assert read.order().count("/H2") == 1
    assert "/StructParents" not in read.reader.pages[1]


def test_what_is_no_pdf_is_attached_when_pages_were_asked_for():
    read = with_annexes(
        Annexes.AS_PAGES, an_annex(), an_annex("Bilag 2", "tal.csv", b"a;b", "text/csv")
    )

    assert read.attachments == {"tal.csv": b"a;b"}


def test_listed_annexes_are_named_only():
    read = with_annexes(Annexes.LISTED, an_annex())

    assert read.attachments == {}
    assert "filen «bilag.pdf»" in read.text
    assert "Bilagets ord" not in read.text


def locked():
    writer = PdfWriter(clone_from=BytesIO(a_pdf("hemmeligt")))
    writer.encrypt("kodeord")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


@pytest.mark.parametrize(
    "content", [b"<html>", b"%PDF-1.7\nikke mere", locked()], ids=["html", "cut", "locked"]
)
def test_an_annex_that_cannot_be_read_is_named(content):
    with pytest.raises(UnreadableAnnex) as told:
        with_annexes(Annexes.AS_PAGES, an_annex(content=content))

    assert told.value.annex.name == "bilag.pdf"
