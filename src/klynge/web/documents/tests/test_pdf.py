"""PDFs are tagged PDF/UA-1, and what users write stays words."""

from __future__ import annotations

import pytest

from klynge.web.documents import (
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
    Picture,
    Table,
    Text,
    pdf,
)
from klynge.web.documents.tests.builders import SVG, a_document
from klynge.web.documents.tests.reading import Read, table_attributes
from klynge.web.documents.words import words

FIGURES = Table(
    ("Periode", "Værdi"),
    (("2023", Cell("12,3", right=True)), ("2024", Cell("13,1", right=True))),
    caption="Tal for klyngen",
    row_heads=True,
)


def drawn(*blocks, **more):
    return Read(pdf.render(a_document(*blocks, **more)))


def test_says_it_is_pdf_ua_and_pdf_a_with_title_language_and_tags():
    read = drawn(Heading(1, "Punkt"), title="Referat af møde", author="Sekretariatet")

    assert "<pdfuaid:part>1<" in read.claims
    assert "<pdfaid:part>3<" in read.claims
    assert "<pdfaid:conformance>A<" in read.claims
    assert read.root["/MarkInfo"]["/Marked"]
    assert read.root["/Lang"] == "da-DK"
    assert read.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.reader.metadata.title == "Referat af møde"
    assert read.reader.metadata.author == "Sekretariatet"


def test_headings_are_tagged_and_are_bookmarks():
    read = drawn(Heading(1, "Første"), Heading(2, "Under"), Heading(1, "Andet"))

    assert read.order() == ["/Document", "/Title", "/H1", "/H2", "/H1"]
    assert read.bookmarks == [(0, "Første", 0), (1, "Under", 0), (0, "Andet", 0)]


def test_a_heading_never_skips_a_level():
    read = drawn(Heading(3, "Dybt"), Heading(6, "Dybere"), Heading(1, "Op"))

    assert [kind for kind in read.order() if kind.startswith("/H")] == ["/H1", "/H2", "/H1"]


def test_a_table_has_headers_for_columns_and_rows():
    read = drawn(FIGURES)

    heads = [table_attributes(one)["/Scope"] for one in read.elements("/TH")]
    assert heads == ["/Column", "/Column", "/Row", "/Row"]
    assert read.elements("/Caption")
    names = {one.get("/ID") for one in read.elements("/TH")}
    for cell in read.elements("/TD"):
        headers = table_attributes(cell)["/Headers"]
        assert len(headers) == 2
        assert set(headers) <= names


def test_only_the_tables_that_have_row_headers_get_them():
    plain = Table(("A", "B"), (("1", "2"),))
    read = drawn(plain, FIGURES, plain)

    heads = [table_attributes(one)["/Scope"] for one in read.elements("/TH")]
    assert heads == ["/Column"] * 4 + ["/Row"] * 2 + ["/Column"] * 2


def test_a_chart_says_what_it_shows_and_can_show_its_numbers():
    read = drawn(Chart(SVG, "Indbyggertallet stiger.", "Indbyggere", FIGURES))

    [figure] = read.elements("/Figure")
    assert figure["/Alt"] == "Indbyggertallet stiger."
    assert len(read.elements("/Table")) == 1
    assert "12,3" in read.text


def test_a_chart_without_words_is_refused():
    with pytest.raises(ValueError, match="what it shows"):
        drawn(Chart(SVG, " "))


def test_lists_definitions_boxes_and_notes_are_drawn_in_order():
    read = drawn(
        Definitions((("Sted", "Randers"),)),
        Listed(((Paragraph("at drøfte"), Listed(((Paragraph("inderst"),),))),), ordered=True),
        Boxed(Heading(1, "Beslutning"), (Paragraph("Godkendt."),)),
        Note("Kilde: opdigtet"),
    )

    told = ["Sted", "at drøfte", "inderst", "Beslutning", "Godkendt.", "Kilde: opdigtet"]
    places = [read.text.index(words) for words in told]
    assert places == sorted(places)
    assert read.order().count("/L") == 3


def test_the_table_of_contents_is_tagged_and_links_with_words():
    read = drawn(Contents(), Heading(1, "Godkendelse af dagsorden"))

    assert "/TOCI" in read.order()
    [note] = [note.get_object() for note in read.reader.pages[0]["/Annots"]]
    assert "Godkendelse af dagsorden" in note["/Contents"]


def test_every_page_has_its_number_in_header_and_footer_not_in_the_reading_order():
    read = drawn(Paragraph("Ord. " * 3000), header="Randersklyngen", footer="Referat")

    pages = [page.extract_text() for page in read.reader.pages]
    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert f"Side {number} af {len(pages)}" in text
        assert text.startswith("Randersklyngen")
    assert read.order() == ["/Document", "/Title", "/P"]


HOSTILE = [
    '#read("/etc/passwd")',
    '#eval("1+1") #import "@preview/x:1.0.0": *',
    "$x^2$ *fed* _kursiv_ `kode` <mærke> @henvisning",
    "\\ \\u{1F600} // ikke en kommentar /* heller ikke */",
    "= Ikke en overskrift",
    "]) #panic() [",
    "\"citat\" 'enkelt' ~ -- --- ...",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_user_writes_stays_words_wherever_it_is_written(text):
    read = drawn(
        Heading(1, text),
        Paragraph((Text(text, strong=True),)),
        Listed(((Paragraph(text),),)),
        Definitions(((text, text),)),
        Table((text, "B"), ((text, text),), caption=text, row_heads=True),
        Chart(SVG, text, text),
        title=text,
        subtitle=text,
        header=text,
        footer=text,
        author=text,
        subject=text,
        keywords=(text,),
    )

    words = " ".join(text.split())
    shown = " ".join(read.text.split())
    assert shown.count(words) >= 8
    assert "root:" not in shown
    assert read.reader.metadata.title == text
    assert read.bookmarks[0][1] == text


def test_a_sign_no_typeface_has_is_told_by_its_number():
    read = drawn(Paragraph("Godt gået 😀 你"), Heading(1, "😀"))

    assert "Godt gået [U+1F600] [U+4F60]" in read.text
    assert "<pdfuaid:part>1<" in read.claims


def test_a_sign_no_typeface_has_is_told_in_a_chart_too():
    read = drawn(Chart(SVG.replace("Indbyggere", "Godt 😀 \uf0b7"), "Alt"))

    assert "Godt [U+1F600] •" in read.text


def test_invisible_and_direction_turning_signs_are_left_out():
    read = drawn(Paragraph("pris\u202e001\u202c kr\x00.\u200d \uf0b7 punkt"))

    assert "pris001 kr. • punkt" in read.text


def test_a_word_wider_than_the_line_stays_on_the_page():
    read = drawn(Paragraph("x" * 400), Paragraph("https://example.org/" + "sti/" * 60))

    wide = 0.0

    def measure(text, _cm, matrix, _font, _size):
        nonlocal wide
        wide = max(wide, matrix[4])

    for page in read.reader.pages:
        page.extract_text(visitor_text=measure)
    assert "".join(read.text.split()).count("x" * 400) == 1
    assert wide < 595


def test_a_link_leads_out_only_by_known_ways():
    read = drawn(
        Paragraph((Link("hjem", "https://example.org/"), Link("ond", "javascript:alert(1)")))
    )

    notes = [note.get_object() for page in read.reader.pages for note in page.get("/Annots", [])]
    assert [note["/A"]["/URI"] for note in notes] == ["https://example.org/"]
    assert "ond" in read.text


def test_a_picture_is_drawn_with_its_words():
    import vl_convert

    picture = Picture(bytes(vl_convert.svg_to_png(SVG)), "Et kort over klyngen")
    [figure] = drawn(picture).elements("/Figure")

    assert figure["/Alt"] == "Et kort over klyngen"


def test_no_typeface_of_the_machine_is_used():
    known = {"IBM Plex Sans", "Libertinus Serif", "DejaVu Sans Mono"}
    families = set(pdf.fonts().families())

    assert known <= families
    assert all(font.path is None or str(pdf.FONTS) in font.path for font in pdf.fonts().fonts())
    assert any(name.startswith("IBMPlexSans") for name in drawn(Paragraph("Tekst")).fonts)


def test_danish_words_are_broken_by_danish_rules():
    read = drawn(Paragraph("sundhedssamarbejdsudvalgsformandskabet " * 40))

    assert "sund\u00ad\nhedssamarbejds" in read.text


def test_english_documents_speak_english():
    read = drawn(Contents(), Heading(1, "Item"), language="en")

    assert read.root["/Lang"] == "en-GB"
    assert words("en")["contents"] in read.text


def test_equal_documents_give_equal_bytes():
    one = a_document(Heading(1, "A"), FIGURES, Chart(SVG, "Alt"))

    assert pdf.render(one) == pdf.render(one)


def test_a_document_needs_a_title():
    with pytest.raises(ValueError, match="title"):
        a_document(title="  ")
