"""Makes a template to begin with, for a secretary to fetch, edit in Word and hand in again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from docx.shared import Cm, Pt

from klynge.web.documents.word import styles
from klynge.web.documents.word.drawing import page_numbers


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a template: its text, with fields in it, and its style."""

    text: str
    style: str = "Normal"


def make_template(
    lines: Iterable[Line], *, title: str, header: str = "", footer: str = "", language: str = "da"
) -> bytes:
    """A template with our look, which Word opens and `filling.fill` fills."""
    docx = styles.blank(language)
    section = docx.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.7), Cm(2.5)
    for line in lines:
        docx.add_paragraph(line.text, style=line.style)
    top = section.header.paragraphs[0]
    top.add_run(header).font.size = Pt(8.5)
    bottom = section.footer.paragraphs[0]
    bottom.add_run(f"{footer}\t\t" if footer else "\t\t")
    page_numbers(bottom, language)
    for run in bottom.runs:
        run.font.size = Pt(8.5)
    docx.core_properties.title = title
    docx.core_properties.comments = ""
    docx.core_properties.author = ""
    made = BytesIO()
    docx.save(made)
    return made.getvalue()
