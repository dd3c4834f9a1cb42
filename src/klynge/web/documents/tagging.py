"""Row headers in the tags of a PDF, which Typst does not write yet.

Typst tags the cells of a table's header row; here the first cell of each further row becomes a TH
with scope Row, and the cells beside it name it among their headers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)


def with_row_heads(pdf: bytes, row_heads: Sequence[bool]) -> bytes:
    """The PDF with row headers in the tables that have them, told in reading order."""
    writer = PdfWriter(BytesIO(pdf), incremental=True)
    root = writer.root_object["/StructTreeRoot"].get_object()
    tables = list(_elements(root, "/Table"))
    if len(tables) != len(row_heads):
        raise ValueError(f"{len(tables)} tables in the tags, {len(row_heads)} in the document")
    ids: list[tuple[bytes, Any]] = []
    for number, (table, has_heads) in enumerate(zip(tables, row_heads, strict=True), start=1):
        if has_heads:
            ids += _mark(table, number)
    _register(root, ids)
    # What is appended must name the document's title and dates anew; pypdf does so only for what
    # has changed, and older readers then know no title.
    writer.add_metadata({"/Trapped": NameObject("/False")})
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def _mark(table: Any, number: int) -> Iterator[tuple[bytes, Any]]:
    for line, row in enumerate(_elements(table, "/TR"), start=1):
        cells = [*_elements(row, "/TH", "/TD")]
        if not cells or cells[0]["/S"] != "/TD":
            continue
        head, id_ = cells[0], f"KlyngeT{number}R{line}".encode()
        head[NameObject("/S")] = NameObject("/TH")
        head[NameObject("/ID")] = ByteStringObject(id_)
        _table_attributes(head)[NameObject("/Scope")] = NameObject("/Row")
        for cell in cells[1:]:
            attributes = _table_attributes(cell)
            headers = ArrayObject(attributes.get("/Headers", ArrayObject()))
            headers.append(ByteStringObject(id_))
            attributes[NameObject("/Headers")] = headers
        yield id_, head.indirect_reference


def _elements(element: Any, *kinds: str) -> Iterator[Any]:
    """The structure elements of some kinds below one, in reading order, not those inside them."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object()
        if not isinstance(inner, DictionaryObject):
            continue
        if inner.get("/S") in kinds:
            yield inner
        else:
            yield from _elements(inner, *kinds)


def _table_attributes(cell: Any) -> Any:
    """The attributes of a cell that belong to tables, made when there are none."""
    attributes = cell.get("/A")
    found = attributes.get_object() if attributes is not None else ArrayObject()
    owned = found if isinstance(found, list) else ArrayObject([found])
    for one in owned:
        if one.get_object().get("/O") == "/Table":
            return one.get_object()
    made = DictionaryObject({NameObject("/O"): NameObject("/Table")})
    owned.append(made)
    cell[NameObject("/A")] = owned
    return made


def _register(root: Any, ids: Sequence[tuple[bytes, Any]]) -> None:
    """Write the new identifiers into the tree of identifiers, sorted as it must be."""
    tree = root.get("/IDTree")
    known = [*_leaves(tree.get_object())] if tree is not None else []
    every = sorted([*known, *ids], key=lambda pair: pair[0])
    names = ArrayObject(part for id_, element in every for part in (ByteStringObject(id_), element))
    first, last = ByteStringObject(every[0][0]), ByteStringObject(every[-1][0])
    leaf = DictionaryObject(
        {NameObject("/Names"): names, NameObject("/Limits"): ArrayObject([first, last])}
    )
    root[NameObject("/IDTree")] = DictionaryObject({NameObject("/Kids"): ArrayObject([leaf])})


def _leaves(node: Any) -> Iterator[tuple[bytes, Any]]:
    names = node.get("/Names", [])
    for at in range(0, len(names), 2):
        yield (
            _bytes(names[at]),
            names.raw_get(at + 1) if hasattr(names, "raw_get") else names[at + 1],
        )
    for kid in node.get("/Kids", []):
        yield from _leaves(kid.get_object())


def _bytes(name: Any) -> bytes:
    return name.original_bytes if isinstance(name, TextStringObject) else bytes(name)
