"""Fills a template: words where words stand, blocks where a field stands alone in its paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import jinja2
from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from docxtpl import DocxTemplate
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from klynge.web.documents.blocks import Block, plain
from klynge.web.documents.word import styles
from klynge.web.documents.word.drawing import Drawer
from klynge.web.documents.writing import clean

Blocks = tuple[Block, ...]
Fields = Mapping[str, Any]
"""What a template may ask for: words, blocks, truth values, and lists and groups of these."""

_OPEN, _CLOSE = "⟦klynge-", "⟧"


class Slot:
    """Blocks in the guise of a mark that survives Word's XML, to be drawn when all else is done."""

    def __init__(self, number: int, blocks: Blocks) -> None:
        self.mark = f"{_OPEN}{number}{_CLOSE}"
        self.blocks = blocks

    def __html__(self) -> Markup:
        return Markup(self.mark)  # noqa: S704 - the mark is ours

    def __str__(self) -> str:
        return self.mark

    def __bool__(self) -> bool:
        """So that `{% if punkt.oekonomi %}` asks whether there is anything."""
        return bool(self.blocks)


def fill(
    template: bytes,
    fields: Fields,
    *,
    title: str,
    made_at: datetime,
    language: str = "da",
    author: str = "",
    undefined: type[jinja2.Undefined] = jinja2.StrictUndefined,
) -> bytes:
    """The template filled with the fields. Equal input gives equal bytes.

    Raises jinja2.TemplateError when the template does not work; `checking.check` tells all faults.
    """
    slots: dict[str, Slot] = {}
    page = DocxTemplate(BytesIO(template))
    page.render(_prepared(fields, slots), jinja_env=environment(undefined), autoescape=True)
    docx: Docx = page.docx
    styles.ensure(docx)
    drawer = Drawer(docx, language)
    for paragraph in list(paragraphs(docx)):
        _draw_slots(paragraph, slots, drawer)
    _describe(docx, title=title, author=author, made_at=made_at, language=language)
    made = BytesIO()
    docx.save(made)
    return _same_every_time(made.getvalue())


def environment(undefined: type[jinja2.Undefined]) -> jinja2.Environment:
    """Where templates run: a secretary's template reads the fields it is given and nothing else."""
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=undefined)


def paragraphs(docx: Docx) -> Iterator[WordParagraph]:
    """Every paragraph: of the text, of tables, of headers and footers."""
    yield from _within(docx.element.body, docx)
    for section in docx.sections:
        for part in (section.header, section.footer, section.first_page_header,
                     section.first_page_footer):  # fmt: skip
            if not part.is_linked_to_previous:
                yield from _within(part._element, part)


def _within(element: Any, parent: Any) -> Iterator[WordParagraph]:
    for found in element.iter(qn("w:p")):
        yield WordParagraph(found, parent)


def _prepared(value: Any, slots: dict[str, Slot]) -> Any:
    """Fields for Jinja: clean words, and blocks as slots."""
    if isinstance(value, str):
        return "\n".join(clean(line) for line in value.splitlines())
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, Mapping):
        return {name: _prepared(inner, slots) for name, inner in value.items()}
    if isinstance(value, tuple):
        slot = Slot(len(slots), value)
        slots[slot.mark] = slot
        return slot
    if isinstance(value, list):
        return [_prepared(inner, slots) for inner in value]
    raise TypeError(f"a field cannot hold a {type(value).__name__}")


def _draw_slots(paragraph: WordParagraph, slots: dict[str, Slot], drawer: Drawer) -> None:
    text = paragraph.text
    if _OPEN not in text:
        return
    if (slot := slots.get(text.strip())) is not None:
        drawer.before(paragraph, slot.blocks)
        _remove(paragraph)
        return
    # In the midst of other words there is room for words only.
    for run in paragraph.runs:
        for mark, slot in slots.items():
            if mark in run.text:
                told = " ".join(plain(getattr(block, "text", "")) for block in slot.blocks)
                run.text = run.text.replace(mark, told.strip())


def _remove(paragraph: WordParagraph) -> None:
    element = paragraph._p
    holder = element.getparent()
    is_last_of_cell = holder.tag == qn("w:tc") and element.getnext() is None
    before = element.getprevious()
    if is_last_of_cell and (before is None or before.tag != qn("w:p")):
        paragraph.clear()  # Word wants a paragraph at the end of each cell
    elif element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
        paragraph.clear()  # it carries the section's page
    else:
        holder.remove(element)


def _describe(docx: Docx, *, title: str, author: str, made_at: datetime, language: str) -> None:
    properties = docx.core_properties
    moment = made_at.astimezone(UTC).replace(tzinfo=None)
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.language, properties.comments = language, ""
    properties.created = properties.modified = moment
    properties.revision = 1


def _same_every_time(docx: bytes) -> bytes:
    """The same parts with the same clock: a zip otherwise tells when it was made."""
    made = BytesIO()
    with ZipFile(BytesIO(docx)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            kept = ZipInfo(part.filename, date_time=(1980, 1, 1, 0, 0, 0))
            kept.compress_type = ZIP_DEFLATED
            new.writestr(kept, old.read(part))
    return made.getvalue()
