"""What a machine can check of PDF/UA-1 (ISO 14289-1), by the Matterhorn Protocol's checkpoints.

`faults` reads a finished PDF and tells what does not hold, each with its checkpoint. What needs a
person (is the alternative text true, is the reading order the right one) is not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject

STANDARD = {
    *("/Document", "/Part", "/Art", "/Sect", "/Div", "/BlockQuote", "/Caption", "/TOC", "/TOCI"),
    *("/Index", "/NonStruct", "/Private", "/P", "/H", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6"),
    *("/L", "/LI", "/Lbl", "/LBody", "/Table", "/TR", "/TH", "/TD", "/THead", "/TBody", "/TFoot"),
    *("/Span", "/Quote", "/Note", "/Reference", "/BibEntry", "/Code", "/Link", "/Annot", "/Ruby"),
    *("/RB", "/RT", "/RP", "/Warichu", "/WT", "/WP", "/Figure", "/Formula", "/Form"),
}
PAINTS = {b"Tj", b"TJ", b"'", b'"', b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"sh",
          b"Do", b"EI", b"INLINE IMAGE"}  # fmt: skip
INSIDE = {
    "/LI": {"/L"},
    "/LBody": {"/LI"},
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
    "/TOCI": {"/TOC"},
}
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def faults(pdf: bytes) -> list[str]:
    """All that a machine can see is wrong, in the order of the checkpoints."""
    reader = PdfReader(BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    tree = root.get("/StructTreeRoot")
    if tree is None:
        return ["01 no structure tree"]
    elements = list(_walk(tree.get_object(), "/StructTreeRoot"))
    told = [
        *_of_the_whole(reader, root),
        *_kinds(elements, tree.get_object()),
        *_elements(elements),
        *_headings(elements),
        *_links(reader, elements),
        *_fonts(reader),
    ]
    for number, page in enumerate(reader.pages, start=1):
        told += [f"{fault}, page {number}" for fault in _page(reader, page, tree.get_object())]
    return sorted(told)


def _of_the_whole(reader: PdfReader, root: Any) -> Iterator[str]:
    claims = root["/Metadata"].get_object().get_data().decode()
    marked = root.get("/MarkInfo", {})
    if not _yes(marked.get("/Marked")) or _yes(marked.get("/Suspects")):
        yield "01 not marked as tagged"
    if not re.search(r"<pdfuaid:part>1<", claims):
        yield "06 no claim of PDF/UA-1"
    if not re.search(r"<dc:title>.*?<rdf:li[^>]*>[^<]*\S[^<]*<", claims, re.DOTALL):
        yield "06 no title in the metadata"
    if not str((reader.metadata or {}).get("/Title", "")).strip() or "/Info" not in _last(reader):
        yield "06 no title in the information dictionary"
    if not _yes(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")):
        yield "07 the title is not shown"
    if not LANGUAGE.fullmatch(str(root.get("/Lang", ""))):
        yield "11 no language"
    if "/OCProperties" in root:
        yield "20 optional content"
    for attached in root.get("/AF", []):
        file = attached.get_object()
        if not {"/F", "/UF", "/AFRelationship"} <= set(file) or not str(file.get("/Desc", "")):
            yield "21 an attached file without name, relation or description"
    if "/XFA" in root.get("/AcroForm", {}):
        yield "25 a dynamic form"
    if reader.is_encrypted:
        yield "26 locked"


def _yes(value: Any) -> bool:
    return str(value).lower() == "true"


def _last(reader: PdfReader) -> Any:
    """The trailer of the newest part of the file, which older readers read alone."""
    stream: Any = reader.stream
    stream.seek(0)
    content = stream.read()
    at = int(re.findall(rb"startxref\s+(\d+)", content)[-1])
    return re.split(rb"stream|startxref", content[at:], maxsplit=1)[0].decode("latin-1")


def _kinds(elements: list[Any], tree: Any) -> Iterator[str]:
    roles = {str(key): str(value) for key, value in tree.get("/RoleMap", {}).items()}
    for kind in {str(one["/S"]) for one, _within in elements}:
        seen = {kind}
        while kind not in STANDARD:
            kind = roles.get(kind, "")
            if not kind or kind in seen:
                yield f"02 {sorted(seen)} is no standard type"
                break
            seen.add(kind)
    for kind in STANDARD & set(roles):
        yield f"02 {kind} is given another meaning"


def _elements(elements: list[Any]) -> Iterator[str]:
    for one, within in elements:
        kind = str(one["/S"])
        if kind in INSIDE and within not in INSIDE[kind]:
            yield f"09 {kind} inside {within}"
        if kind in ("/Figure", "/Formula") and not str(one.get("/Alt", "")).strip():
            yield f"13 {kind} without words"
        if kind == "/TH" and "/Scope" not in _attributes(one):
            yield "15 a header cell without scope"
        if kind == "/Table":
            yield from _table(one)
        if kind == "/L" and not {"/LI", "/Caption", "/L"} >= {str(k["/S"]) for k in _kids(one)}:
            yield "16 a list with something else than its entries"
        if "/P" not in one:
            yield f"01 {kind} without a parent"


def _table(table: Any) -> Iterator[str]:
    """Rows of unequal width: a cell may reach down into the rows below its own."""
    below: dict[int, int] = {}
    wide = set()
    for row in [one for one, _within in _walk(table, "/Table") if one["/S"] == "/TR"]:
        taken = {column for column, rows in below.items() if rows}
        below = {column: rows - 1 for column, rows in below.items() if rows > 1}
        for cell in _kids(row):
            attributes = _attributes(cell)
            for _each in range(int(attributes.get("/ColSpan", 1))):
                column = next(at for at in range(len(taken) + 1) if at not in taken)
                taken.add(column)
                below[column] = int(attributes.get("/RowSpan", 1)) - 1
        wide.add(len(taken))
    if len(wide) > 1:
        yield f"15 a table with rows of {sorted(wide)} cells"


def _headings(elements: list[Any]) -> Iterator[str]:
    above = 0
    for one, _within in elements:
        kind = str(one["/S"])
        if kind == "/H":
            yield "14 a heading without a level"
        if re.fullmatch("/H[1-6]", kind):
            level = int(kind[2])
            if level > above + 1:
                yield f"14 H{level} after H{above}"
            above = level


def _links(reader: PdfReader, elements: list[Any]) -> Iterator[str]:
    held = {
        kid.get("/Obj").get_object().indirect_reference.idnum
        for one, _within in elements
        if one["/S"] in ("/Link", "/Annot", "/Reference")
        for kid in _entries(one)
        if isinstance(kid, DictionaryObject) and kid.get("/Type") == "/OBJR"
    }
    for page in reader.pages:
        notes = page.get("/Annots") or []
        if notes and page.get("/Tabs") != "/S":
            yield "28 a page whose links have no order"
        for note in notes:
            inner = note.get_object()
            if not str(inner.get("/Contents", "")).strip():
                yield "28 a link without words"
            if "/StructParent" not in inner or inner.indirect_reference.idnum not in held:
                yield "28 a link outside the structure"


def _page(reader: PdfReader, page: Any, tree: Any) -> Iterator[str]:
    """Every mark on the page is told or an artifact, and what is told leads to an element."""
    marks: list[str] = []
    numbers = set()
    contents = page.get_contents()
    drawn = [] if contents is None else ContentStream(contents, reader).operations
    for values, operator in drawn:
        if operator in (b"BDC", b"BMC"):
            marks.append(str(values[0]))
            inner = values[1] if len(values) > 1 else {}
            if isinstance(inner, str):
                inner = page["/Resources"]["/Properties"][inner]
            if "/MCID" in inner:
                numbers.add(int(inner["/MCID"]))
                if "/Artifact" in marks:
                    yield "01 told inside what is not told"
        elif operator == b"EMC":
            marks.pop()
        elif operator in PAINTS and not marks:
            yield f"01 {operator.decode()} is neither told nor an artifact"
    if numbers and "/StructParents" not in page:
        yield "01 the page does not lead to the structure"
    elif numbers:
        parents = _of_number(tree["/ParentTree"].get_object(), int(page["/StructParents"]))
        held = parents.get_object() if parents is not None else []
        if any(at >= len(held) or held[at].get_object() is None for at in numbers):
            yield "01 a mark leads to no element"


def _of_number(node: Any, number: int) -> Any:
    numbers = node.get("/Nums", [])
    for at in range(0, len(numbers), 2):
        if int(numbers[at]) == number:
            return numbers[at + 1]
    for kid in node.get("/Kids", []):
        found = _of_number(kid.get_object(), number)
        if found is not None:
            return found
    return None


def _fonts(reader: PdfReader) -> Iterator[str]:
    seen: set[str] = set()
    for page in reader.pages:
        for resources in _resources(page["/Resources"].get_object()):
            for font in (each.get_object() for each in resources.get("/Font", {}).values()):
                name = str(font["/BaseFont"])
                if name not in seen and font["/Subtype"] != "/Type3":
                    yield from _font(font, name)
                seen.add(name)


def _resources(resources: Any) -> Iterator[Any]:
    yield resources
    for drawn in resources.get("/XObject", {}).values():
        inner = drawn.get_object()
        if inner.get("/Subtype") == "/Form" and "/Resources" in inner:
            yield from _resources(inner["/Resources"].get_object())


def _font(font: Any, name: str) -> Iterator[str]:
    inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    held = inner.get("/FontDescriptor", {})
    if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(held):
        yield f"31 {name} is not in the file"
    if inner.get("/Subtype") == "/CIDFontType2" and "/CIDToGIDMap" not in inner:
        yield f"31 {name} has no map to its signs"
    if "/ToUnicode" not in font:
        yield f"10 {name} does not say which letters it shows"


def _walk(element: Any, within: str) -> Iterator[tuple[Any, str]]:
    for inner in _kids(element):
        yield inner, within
        yield from _walk(inner, str(inner["/S"]))


def _kids(element: Any) -> list[Any]:
    return [one for one in _entries(element) if hasattr(one, "get") and "/S" in one]


def _entries(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    return [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids])]


def _attributes(element: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    given = element.get("/A", [])
    given = given.get_object() if hasattr(given, "get_object") else given
    for one in given if isinstance(given, list) else [given]:
        found |= dict(one.get_object())
    return found
