"""The paragraph styles and list numbering a filled template needs, added where it lacks them.

A template that has been through Word holds only the styles somebody used there. What it has is
kept as it is: the look is the secretary's.
"""

from __future__ import annotations

from typing import Any

from docx import Document as open_docx
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart
from docx.shared import Pt, RGBColor

SMALL, TERM, LISTED, TABLE = "Klynge kilde", "Klynge oplysning", "Klynge liste", "Klynge tabel"
LINK = "Hyperlink"
FACE = "Arial"
OWN, QUIET = RGBColor(0x0A, 0x5C, 0x69), RGBColor(0x55, 0x55, 0x55)
_BULLETS = "•–•–•–•–•"
_SIZES = {1: 15, 2: 12.5, 3: 11, 4: 10.5, 5: 10.5, 6: 10.5}


def blank(language: str) -> Docx:
    """An empty document with our look, in a language."""
    docx = open_docx()
    styles = docx.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = FACE, Pt(10.5)
    normal.paragraph_format.space_after = Pt(7)
    normal.paragraph_format.line_spacing = 1.15
    for name, size in [("Title", 21), *((f"Heading {at}", size) for at, size in _SIZES.items())]:
        _face(styles[name], size)
    _no_line_below(styles["Title"])
    _face(styles["Subtitle"], 12, bold=False)
    _face(styles["Caption"], 9.5)
    _language(styles.element, language)
    ensure(docx)
    return docx


def ensure(docx: Docx) -> None:
    """Add the styles that are missing."""
    for name in ("Title", "Subtitle", "Caption", *(f"Heading {level}" for level in _SIZES)):
        _paragraph_style(docx, name)
    small = _paragraph_style(docx, SMALL, Pt(9))
    if small is not None:
        small.font.color.rgb = QUIET
    term = _paragraph_style(docx, TERM)
    if term is not None:
        term.paragraph_format.space_after = Pt(2)
    entry = _paragraph_style(docx, LISTED)
    if entry is not None:
        entry.paragraph_format.space_after = Pt(3)
    if LINK not in docx.styles:
        link = docx.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER)
        link.font.color.rgb, link.font.underline = OWN, True
    if TABLE not in docx.styles:
        docx.styles.element.append(parse_xml(_TABLE_STYLE))


def new_list(docx: Docx, *, ordered: bool, start: int) -> int:
    """A list of its own, so that its numbers begin where they should; gives its number."""
    numbering = _numbering(docx)
    taken = [int(one.get(qn("w:abstractNumId"))) for one in numbering.findall(qn("w:abstractNum"))]
    abstract = _abstract(max(taken, default=0) + 1, ordered=ordered, start=start)
    first = numbering.find(qn("w:num"))
    if first is None:
        numbering.append(abstract)
    else:
        first.addprevious(abstract)
    taken = [int(one.get(qn("w:numId"))) for one in numbering.findall(qn("w:num"))]
    number = max(taken, default=0) + 1
    use = OxmlElement("w:num")
    use.set(qn("w:numId"), str(number))
    refers = OxmlElement("w:abstractNumId")
    refers.set(qn("w:val"), abstract.get(qn("w:abstractNumId")))
    use.append(refers)
    numbering.append(use)
    return number


def _paragraph_style(docx: Docx, name: str, size: Any = None) -> Any:
    """The style when it had to be made; None when it was there."""
    if name in docx.styles:
        return None
    made = docx.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = docx.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    if size is not None:
        made.font.size = size
    if name.startswith("Heading "):
        level = int(name.removeprefix("Heading "))
        made.font.bold, made.font.size = True, Pt(_SIZES[level])
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(level - 1))
        made.element.get_or_add_pPr().append(outline)
    return made


def _face(style: Any, size: float, *, bold: bool = True) -> None:
    style.font.name, style.font.size = FACE, Pt(size)
    style.font.bold, style.font.italic = bold, False
    style.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _no_line_below(style: Any) -> None:
    borders = style.element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        style.element.pPr.remove(borders)


def _language(styles: Any, language: str) -> None:
    tag = {"da": "da-DK", "en": "en-GB"}.get(language, "da-DK")
    for lang in styles.iter(qn("w:lang")):
        lang.set(qn("w:val"), tag)


def _numbering(docx: Docx) -> Any:
    for relation in docx.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return relation.target_part.element
    part = NumberingPart(
        PackURI("/word/numbering.xml"),
        CONTENT_TYPE.WML_NUMBERING,
        parse_xml(f"<w:numbering {nsdecls('w')}/>"),
        docx.part.package,
    )
    docx.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return part.element


def _abstract(number: int, *, ordered: bool, start: int) -> Any:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start if level == 0 else 1}"/>'
        f'<w:numFmt w:val="{"decimal" if ordered else "bullet"}"/>'
        f'<w:lvlText w:val="{f"%{level + 1}." if ordered else _BULLETS[level]}"/>'
        f'<w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{360 * (level + 1)}" w:hanging="360"/></w:pPr>'
        "</w:lvl>"
        for level in range(9)
    )
    return parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
    )


_TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="KlyngeTabel">
  <w:name w:val="{TABLE}"/>
  <w:pPr><w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/></w:pPr>
  <w:rPr><w:sz w:val="19"/></w:rPr>
  <w:tblPr>
    <w:tblBorders>
      <w:bottom w:val="single" w:sz="4" w:color="BFBFBF"/>
      <w:insideH w:val="single" w:sz="4" w:color="BFBFBF"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/></w:rPr>
    <w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:color="1A1A1A"/></w:tcBorders></w:tcPr>
  </w:tblStylePr>
  <w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr>
</w:style>
"""
