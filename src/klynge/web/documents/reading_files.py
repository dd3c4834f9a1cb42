"""The words inside a file, its names and its metadata, wherever something could be forgotten.

PDF: text, bookmarks, document information, XMP, form fields, comments, names of attachments.
Office files: every XML part (text, comments, tracked changes, headers, properties, hidden sheets).
Plain text: as it is. What cannot be read is told as such; nothing is taken to be clean because it
could not be read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

# A file of some megabytes can unpack to any size. Above this it is told as unreadable.
LARGEST_UNPACKED = 200 * 1024 * 1024
OFFICE = ("officedocument", "opendocument", "epub")


@dataclass(frozen=True)
class Passage:
    """Some words and where in the file they stand ("side 3", "word/comments.xml")."""

    where: str
    text: str


class Unreadable(Exception):
    """The file, or a part of it, could not be read for words."""


def passages(content: bytes, content_type: str) -> list[Passage]:
    """Everything there is to read in a file. Raises Unreadable."""
    try:
        return list(_passages(content, content_type))
    except Unreadable:
        raise
    # Broken files make these libraries raise nearly anything, and all of it means the same here.
    except Exception as error:
        raise Unreadable(type(error).__name__) from None


def _passages(content: bytes, content_type: str) -> Iterator[Passage]:
    if content_type == "application/pdf" or content.startswith(b"%PDF-"):
        yield from _pdf(content)
    elif zipfile.is_zipfile(io.BytesIO(content)):
        yield from _zipped(content)
    elif content_type.startswith("text/") or content_type in ("application/json", "image/svg+xml"):
        yield Passage("", _decoded(content))
    else:
        raise Unreadable(content_type)


def _pdf(content: bytes) -> Iterator[Passage]:
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("encrypted")
    read = 0
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text() or ""
        read += len(text.strip())
        yield Passage(f"side {number}", text)
        yield from _notes(page, number)
    yield Passage("bogmærker", "\n".join(_titles(reader.outline)))
    about = reader.metadata or {}
    yield Passage("dokumentoplysninger", "\n".join(str(value) for value in about.values()))
    if reader.xmp_metadata is not None:
        yield Passage("dokumentoplysninger", _words(reader.xmp_metadata.rdf_root.toxml()))
    yield Passage("formularfelter", "\n".join(_fields(reader)))
    for name, files in reader.attachments.items():
        yield Passage("vedhæftede filer", name)
        for one in files:
            yield from (
                Passage(f"vedhæftet fil, {part.where}", part.text)
                for part in passages(one, "application/octet-stream" if one[:4] else "text/plain")
            )
    if reader.pages and not read:
        raise Unreadable("scanned")


def _notes(page: Any, number: int) -> Iterator[Passage]:
    for note in page.get("/Annots") or ():
        text = note.get_object().get("/Contents")
        if text:
            yield Passage(f"bemærkning på side {number}", str(text))


def _titles(outline: Any) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _titles(entry)
        else:
            yield str(entry.title)


def _fields(reader: PdfReader) -> Iterator[str]:
    try:
        fields = reader.get_fields() or {}
    except PyPdfError:
        return
    for name, field in fields.items():
        yield f"{name} {field.get('/V', '')}"


def _zipped(content: bytes) -> Iterator[Passage]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
            raise Unreadable("too large")
        names = archive.namelist()
        if not any(name in names for name in ("[Content_Types].xml", "mimetype")):
            raise Unreadable("zip")
        for name in names:
            yield Passage("filens dele", name)
            if name.endswith((".xml", ".rels")):
                yield Passage(name, _words(_decoded(archive.read(name))))


def _words(xml: str) -> str:
    """The words of an XML part. Letters of one paragraph may be split over many elements."""
    xml = re.sub(r"</(?:w:p|a:p|text:p|text:h|si|c|row|dc:\w+|rdf:li)>|<w:(?:br|tab)/>", "\n", xml)
    # A spreadsheet drops the zero a number begins with, and with it what it was.
    xml = re.sub(r"<v>(\d{9})</v>", r"<v>0\1</v>", xml)
    attributes = " ".join(re.findall(r'(?:title|descr|name|Target)="([^"]*)"', xml))
    return unescape(re.sub(r"<[^>]*>", "", xml)) + "\n" + unescape(attributes)


def _decoded(content: bytes) -> str:
    for encoding in (
        ("utf-8-sig", "utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",)
    ):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")
