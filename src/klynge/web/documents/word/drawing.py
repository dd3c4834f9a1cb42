"""Blocks as Word's own paragraphs, lists, tables and pictures, in front of a paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Emu
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from klynge.web.documents.blocks import (
    Annex,
    Block,
    Boxed,
    Break,
    Cell,
    Chart,
    Contents,
    Definitions,
    Heading,
    Inlines,
    Link,
    Listed,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Table,
    every,
    plain,
    runs,
)
from klynge.web.documents.charting import as_png
from klynge.web.documents.laying_out import DEEPEST, SAFE_ADDRESS
from klynge.web.documents.word import styles
from klynge.web.documents.words import words
from klynge.web.documents.writing import clean

LINE = Cm(16)
SHARPNESS = 2.0


class Drawer:
    """Draws blocks into one Word document."""

    def __init__(self, docx: Docx, language: str) -> None:
        self.docx = docx
        self.words = words(language)
        self._boxed = False
        self._level = DEEPEST

    def before(self, anchor: WordParagraph, blocks: Iterable[Block]) -> None:
        """Draw the blocks in front of a paragraph, wherever that stands."""
        blocks = tuple(blocks)
        for block in blocks:
            self._block(anchor, block, blocks)

    def _block(self, anchor: WordParagraph, block: Block, beside: tuple[Block, ...]) -> None:
        match block:
            case Heading():
                self._heading(anchor, block.level, block.text)
            case Paragraph():
                self._paragraph(anchor, block.text)
            case Note():
                self._paragraph(anchor, block.text, styles.SMALL)
            case Listed():
                self._list(anchor, block, 0)
            case Definitions():
                self._definitions(anchor, block)
            case Table():
                self._table(anchor, block)
            case Chart():
                self._picture(anchor, as_png(block.svg, SHARPNESS), block.alt, block.caption)
                if block.data is not None:
                    self._table(anchor, block.data)
            case Picture():
                self._picture(anchor, block.content, block.alt, block.caption)
            case Boxed():
                self._boxed = True
                self.before(anchor, (block.heading, *block.blocks))
                self._boxed = False
            case Contents():
                self._contents(anchor, block, beside)
            case PageBreak():
                self._paragraph(anchor, "").add_run().add_break(WD_BREAK.PAGE)
            case Annex():
                self._heading(anchor, block.level, block.title)
                self._paragraph(anchor, self.words["elsewhere"].format(name=block.name))

    def _heading(self, anchor: WordParagraph, level: int, text: str | Inlines) -> None:
        """A heading never skips a level; the first stands below what the template has above it."""
        self._level = max(1, min(level, self._level + 1, DEEPEST))
        self._paragraph(anchor, text, f"Heading {self._level}")

    def _paragraph(
        self, anchor: WordParagraph, text: str | Inlines, style: str | None = None
    ) -> WordParagraph:
        made = anchor.insert_paragraph_before()
        if style is not None:
            made.style = self.docx.styles[style]
        self._write(made, text)
        if self._boxed:
            _box(made)
        return made

    def _write(
        self, paragraph: WordParagraph, text: str | Inlines, *, strong: bool = False
    ) -> None:
        for run in runs(text):
            if isinstance(run, Break):
                paragraph.add_run().add_break()
            elif isinstance(run, Link) and run.address.startswith(SAFE_ADDRESS):
                self._link(paragraph, run)
            else:
                written = paragraph.add_run(clean(run.text))
                written.bold = True if strong or getattr(run, "strong", False) else None
                written.italic = True if getattr(run, "emphasis", False) else None

    def _link(self, paragraph: WordParagraph, link: Link) -> None:
        written = paragraph.add_run(clean(link.text))
        written.style = self.docx.styles[styles.LINK]
        hyperlink = OxmlElement("w:hyperlink")
        to = paragraph.part.relate_to(
            clean(link.address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True
        )
        hyperlink.set(qn("r:id"), to)
        paragraph._p.append(hyperlink)
        hyperlink.append(written._r)

    def _list(self, anchor: WordParagraph, listed: Listed, level: int) -> None:
        number = styles.new_list(self.docx, ordered=listed.ordered, start=listed.start)
        for entry in listed.entries:
            for at, block in enumerate(entry):
                if isinstance(block, Listed):
                    self._list(anchor, block, level + 1)
                elif isinstance(block, Paragraph):
                    made = self._paragraph(anchor, block.text, styles.LISTED)
                    _in_list(made, number if at == 0 else None, level)
                else:
                    self._block(anchor, block, ())

    def _definitions(self, anchor: WordParagraph, definitions: Definitions) -> None:
        for term, told in definitions.pairs:
            made = self._paragraph(anchor, "", styles.TERM)
            self._write(made, term, strong=True)
            self._write(made, ": ")
            self._write(made, told)

    def _table(self, anchor: WordParagraph, table: Table) -> None:
        if table.caption:
            _keep_with_next(self._paragraph(anchor, table.caption, "Caption"))
        lines = [line for line in (table.head, *table.rows) if line]
        width = sum(cell.columns if isinstance(cell, Cell) else 1 for cell in lines[0])
        made = self.docx.add_table(rows=len(lines), cols=width)
        anchor._p.addprevious(made._tbl)
        made.style = self.docx.styles[styles.TABLE]
        _describe(made, table)
        _widths(made, table.widths or (1.0,) * width)
        self._cells(made, lines)
        if table.head:
            _repeat(made.rows[0])
        self._paragraph(anchor, "", styles.TERM)

    def _cells(self, made: WordTable, lines: list[tuple[str | Inlines | Cell, ...]]) -> None:
        taken: set[tuple[int, int]] = set()
        for row, line in enumerate(lines):
            column = 0
            for given in line:
                cell = given if isinstance(given, Cell) else Cell(given)
                while (row, column) in taken:
                    column += 1
                last = made.cell(row + cell.rows - 1, column + cell.columns - 1)
                target = made.cell(row, column)
                if cell.rows > 1 or cell.columns > 1:
                    target = target.merge(last)
                    taken |= {
                        (row + down, column + right)
                        for down in range(cell.rows)
                        for right in range(cell.columns)
                    }
                paragraph = target.paragraphs[0]
                self._write(paragraph, cell.text)
                if cell.right:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                column += cell.columns

    def _picture(self, anchor: WordParagraph, content: bytes, alt: str, caption: str) -> None:
        if caption:
            _keep_with_next(self._paragraph(anchor, caption, "Caption"))
        shape = self._paragraph(anchor, "").add_run().add_picture(BytesIO(content))
        if shape.width > LINE:
            shape.height, shape.width = Emu(shape.height * LINE // shape.width), LINE
        properties = shape._inline.docPr
        properties.set("descr", clean(alt))
        properties.set("name", clean(caption or alt)[:80])

    def _contents(
        self, anchor: WordParagraph, contents: Contents, beside: tuple[Block, ...]
    ) -> None:
        """Word's own table of contents: the titles now, the page numbers when Word renews it."""
        self._paragraph(anchor, self.words["contents"], "Heading 1")
        titles = [
            (block.level, plain(block.text))
            for block in every(beside)
            if isinstance(block, Heading) and block.level <= contents.depth
        ]
        opened = self._paragraph(anchor, "", styles.TERM)
        _field_part(opened, "begin")
        _field_code(opened, f'TOC \\o "1-{contents.depth}" \\h \\z \\u')
        _field_part(opened, "separate")
        last = opened
        for at, (level, title) in enumerate(titles):
            last = opened if at == 0 else self._paragraph(anchor, "", styles.TERM)
            last.paragraph_format.left_indent = Cm(0.6 * (level - 1))
            last.add_run(clean(title))
        _field_part(last, "end")


def page_numbers(paragraph: WordParagraph, language: str) -> None:
    """«Side 1 af 3», as fields Word keeps right."""
    before, between = words(language)["page"].split("{page}")
    middle, after = between.split("{pages}")
    paragraph.add_run(before)
    _field(paragraph, "PAGE")
    paragraph.add_run(middle)
    _field(paragraph, "NUMPAGES")
    if after:
        paragraph.add_run(after)


def _field(paragraph: WordParagraph, code: str) -> None:
    _field_part(paragraph, "begin")
    _field_code(paragraph, code)
    _field_part(paragraph, "separate")
    paragraph.add_run("1")
    _field_part(paragraph, "end")


def _field_part(paragraph: WordParagraph, kind: str) -> None:
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(part)


def _field_code(paragraph: WordParagraph, code: str) -> None:
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    paragraph.add_run()._r.append(instruction)


def _box(paragraph: WordParagraph) -> None:
    """The decision's tint and line to the left."""
    properties = paragraph._p.get_or_add_pPr()
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="6"'
        ' w:color="0A5C69"/></w:pBdr>'
    )
    shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="EEF5F6"/>')
    properties.insert_element_before(border, *_AFTER_BORDER)
    properties.insert_element_before(shade, *_AFTER_BORDER[1:])


_AFTER_BORDER = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
    "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc",
    "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId",
    "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip


def _in_list(paragraph: WordParagraph, number: int | None, level: int) -> None:
    level = min(level, 8)
    if number is None:
        paragraph.paragraph_format.left_indent = Emu(228600 * (level + 1))
        return
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number


def _keep_with_next(paragraph: WordParagraph) -> None:
    paragraph.paragraph_format.keep_with_next = True


def _describe(made: WordTable, table: Table) -> None:
    properties = made._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
    look = parse_xml(
        f'<w:tblLook {nsdecls("w")} w:val="0000" w:firstRow="{int(bool(table.head))}" w:lastRow="0"'
        f' w:firstColumn="{int(table.row_heads)}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )
    properties.append(look)
    if table.caption:
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), clean(table.caption))
        properties.append(caption)


def _widths(made: WordTable, shares: tuple[float, ...]) -> None:
    whole = sum(shares)
    for column, share in zip(made.columns, shares, strict=True):
        width = Emu(int(LINE * share / whole))
        column.width = width
        for cell in column.cells:
            cell.width = width


def _repeat(row: Any) -> None:
    """A header row: repeated on each page, and told as header to who listens."""
    mark = OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(mark)
