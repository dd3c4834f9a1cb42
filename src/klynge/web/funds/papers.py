"""A document of this room as PDF to be read, and as DOCX to be worked on."""

from __future__ import annotations

from klynge.web.documents import Document, pdf, word

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LINES = (
    word.Line("{{ titel }}", "Title"),
    word.Line("{{ undertitel }}", "Subtitle"),
    word.Line("{{ indhold }}"),
)


def as_pdf(document: Document) -> bytes:
    """The paper as an accessible PDF."""
    return pdf.render(document)


def as_docx(document: Document) -> bytes:
    """The paper as DOCX, to be edited."""
    template = word.make_template(
        LINES, title=document.title, header=document.header, language=document.language
    )
    fields = {
        "titel": document.title,
        "undertitel": document.subtitle,
        "indhold": document.blocks,
    }
    return word.fill(
        template,
        fields,
        title=document.title,
        made_at=document.made_at,
        author=document.author,
        language=document.language,
    )
