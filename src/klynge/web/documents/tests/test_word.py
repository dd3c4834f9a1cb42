"""DOCX: templates a secretary edits are filled, checked before use, and can be listened to."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from klynge.web.documents import (
    Boxed,
    Cell,
    Chart,
    Contents,
    Heading,
    Link,
    Listed,
    Note,
    PageBreak,
    Paragraph,
    Table,
    word,
)
from klynge.web.documents.tests.builders import MADE_AT, SVG
from klynge.web.documents.word import Line, TemplateFaults

FIELDS = {
    "titel": "Referat",
    "organ": "Randersklyngen",
    "punkter": [{"navn": "Økonomi", "tekst": (Paragraph("Et afsnit."),), "oekonomi": ()}],
    "indhold": (Paragraph("Hej"),),
}


def a_template(*lines, **more):
    return word.make_template([Line(line) for line in lines], title="Skabelon", **more)


def filled(template, **fields):
    made = word.fill(template, {**FIELDS, **fields}, title="Referat", made_at=MADE_AT)
    return docx.Document(BytesIO(made))


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs]


def test_words_and_blocks_come_where_the_template_has_them():
    document = filled(
        a_template("{{ titel }}", "{%p for punkt in punkter %}", "{{ punkt.navn }}",
                   "{{ punkt.tekst }}", "{%p endfor %}", header="{{ organ }}"),
    )  # fmt: skip

    assert texts(document) == ["Referat", "Økonomi", "Et afsnit."]
    assert document.sections[0].header.paragraphs[0].text == "Randersklyngen"


def test_an_empty_field_leaves_no_trace_and_can_be_asked_about():
    template = a_template(
        "før", "{{ punkter[0].oekonomi }}", "{%p if punkter[0].oekonomi %}", "Økonomi",
        "{%p endif %}", "efter",
    )  # fmt: skip

    assert texts(filled(template)) == ["før", "efter"]


def test_what_a_user_writes_is_words_and_never_code_or_markup():
    hostile = "{{ 7 * 7 }} {% for x in y %} <w:br/> & </w:t>"
    document = filled(
        a_template("{{ titel }}", "{{ indhold }}"), titel=hostile, indhold=(Paragraph(hostile),)
    )

    assert texts(document) == [hostile, hostile]


def test_blocks_are_words_own_headings_lists_tables_and_pictures():
    table = Table(
        ("År", "Tal"),
        (("2023", Cell("1", right=True)), (Cell("i alt 1", columns=2),)),
        "Tal",
        row_heads=True,
    )
    document = filled(
        a_template("{{ indhold }}"),
        indhold=(
            Contents(), Heading(1, "Et"), Heading(4, "Dybt"),
            Listed(((Paragraph("a"), Listed(((Paragraph("inde"),),))),), ordered=True, start=4),
            table, Chart(SVG, "Tallet stiger.", "Figur", None), Note("Kilde"), PageBreak(),
            Boxed(Heading(2, "Beslutning"), (Paragraph("Godkendt"),)),
            Paragraph((Link("hjem", "https://example.org/"), Link("ond", "javascript:1"))),
        ),
    )  # fmt: skip

    names = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert names["Dybt"] == "Heading 2"
    assert names["Beslutning"] == "Heading 2"
    assert [
        p.text for p in document.paragraphs if p._p.find(f".//{qn('w:numPr')}") is not None
    ] == [
        "a",
        "inde",
    ]
    [made] = document.tables
    assert made.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert made._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstColumn")) == "1"
    [picture] = document.inline_shapes
    assert picture._inline.docPr.get("descr") == "Tallet stiger."
    out = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
    assert out == ["https://example.org/"]


def test_each_list_begins_with_its_own_number():
    one = Listed(((Paragraph("a"),), (Paragraph("b"),)), ordered=True)
    document = filled(a_template("{{ indhold }}"), indhold=(one, Paragraph("mellem"), one))

    numbers = [paragraph._p.pPr.numPr.numId.val for paragraph in document.paragraphs
               if paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None]  # fmt: skip
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_the_file_has_title_and_language():
    document = filled(a_template("{{ titel }}"))

    assert document.core_properties.title == "Referat"
    assert document.core_properties.language == "da"
    langs = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert langs == {"da-DK"}


def test_a_template_that_lost_its_styles_and_lists_in_word_still_works():
    bare = BytesIO()
    with ZipFile(BytesIO(a_template("{{ indhold }}"))) as old, ZipFile(bare, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("document.xml.rels"):
                parts = content.split(b"<Relationship ")
                content = b"<Relationship ".join(p for p in parts if b"numbering.xml" not in p)
            if name == "word/styles.xml":
                root = docx.oxml.parse_xml(content)
                for style in list(root.iter(qn("w:style"))):
                    if style.get(qn("w:default")) != "1":
                        root.remove(style)
                content = docx.oxml.xmlchemy.serialize_for_reading(root).encode()
            if name != "word/numbering.xml":
                new.writestr(name, content)
    listed = Listed(((Paragraph("a"),),))
    blocks = (Heading(1, "Et"), listed, Table(("A",), (("1",),), "Tal"), Note("n"))
    document = filled(bare.getvalue(), indhold=blocks)

    assert texts(document)[:2] == ["Et", "a"]


def test_equal_input_gives_equal_bytes():
    template = a_template("{{ titel }}", "{{ indhold }}")

    one, two = (word.fill(template, FIELDS, title="T", made_at=MADE_AT) for _ in range(2))
    assert one == two


def faults(template):
    with pytest.raises(TemplateFaults) as told:
        word.check(template, FIELDS)
    return [(fault.kind, fault.about, fault.meant) for fault in told.value.faults]


def test_a_template_that_works_is_accepted():
    assert word.check(a_template("{{ titel }}"), FIELDS).startswith(b"PK")


def test_every_unknown_field_is_told_at_once_with_what_was_meant():
    template = a_template("{{ tittel }}", "{{ punkter[0].navnn }}", "{{ helt_andet }}")

    assert faults(template) == [
        ("unknown", "helt_andet", ""),
        ("unknown", "navnn", "navn"),
        ("unknown", "tittel", "titel"),
    ]


def test_code_that_does_not_close_is_told():
    [(kind, _about, _meant)] = faults(a_template("{% for punkt in punkter %}"))

    assert kind == "syntax"


@pytest.mark.parametrize(
    "code",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ punkter.append(1) }}",
    ],
)
def test_a_template_reads_its_fields_and_nothing_else(code):
    assert faults(a_template(code))


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"hej", "not_docx"), (b"PK\x03\x04", "not_docx"), (b"x" * 5_000_001, "too_big")],
)
def test_what_is_no_docx_is_refused(content, kind):
    assert faults(content)[0][0] == kind


def changed(template, add=(), rels=b""):
    made = BytesIO()
    with ZipFile(BytesIO(template)) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("document.xml.rels"):
                content = content.replace(b"</Relationships>", rels + b"</Relationships>")
            new.writestr(name, content)
        for name in add:
            new.writestr(name, b"x")
    return made.getvalue()


def test_macros_and_links_to_other_files_are_refused():
    outside = (
        b'<Relationship Id="rId99" Type="http://x/attachedTemplate" Target="http://x/a.dotm"'
        b' TargetMode="External"/>'
    )
    template = changed(a_template("{{ titel }}"), add=["word/vbaProject.bin"], rels=outside)

    assert [kind for kind, _about, _meant in faults(template)] == ["macro", "outside"]


def test_a_template_without_a_field_is_refused():
    assert faults(a_template("Kun tekst")) == [("empty", "", "")]
