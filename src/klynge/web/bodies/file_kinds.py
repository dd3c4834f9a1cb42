"""Whether a file may be kept: its size, its kind, and that it is what its name says."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import PurePath
from typing import IO, Any

import puremagic
from django.utils.translation import gettext as _

from klynge.web.bodies.reasons import NotAllowed

LARGEST = 100 * 1024 * 1024
HEAD = 8192
TEXT, PICTURE, OFFICE, OPEN, OLD, PDF = "text", "picture", "office", "open", "old", "pdf"
_MS = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
# By ending: how it is looked into, and what it is served as.
KINDS = {
    "pdf": (PDF, "application/pdf"),
    "docx": (OFFICE, f"{_MS}wordprocessingml.document"),
    "xlsx": (OFFICE, f"{_MS}spreadsheetml.sheet"),
    "pptx": (OFFICE, f"{_MS}presentationml.presentation"),
    "odt": (OPEN, f"{_ODF}text"),
    "ods": (OPEN, f"{_ODF}spreadsheet"),
    "odp": (OPEN, f"{_ODF}presentation"),
    "doc": (OLD, "application/msword"),
    "xls": (OLD, "application/vnd.ms-excel"),
    "ppt": (OLD, "application/vnd.ms-powerpoint"),
    "png": (PICTURE, "image/png"),
    "jpg": (PICTURE, "image/jpeg"),
    "jpeg": (PICTURE, "image/jpeg"),
    "txt": (TEXT, "text/plain; charset=utf-8"),
    "csv": (TEXT, "text/csv; charset=utf-8"),
}
_FOLDERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
_BEGINS = {
    PDF: (b"%PDF-",),
    OLD: (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
}


def must_be_usable(file: Any, name: str, size: int) -> str:
    """The content type the file is served as. Raises NotAllowed with everything that is wrong."""
    ending = PurePath(name).suffix.lower().lstrip(".")
    reasons = []
    if size > LARGEST:
        reasons.append(too_large(name, size))
    if size == 0:
        reasons.append(_("Filen {name} er tom.").format(name=name))
    if ending not in KINDS:
        reasons.append(
            _("Filen {name} kan ikke være et bilag. Brug en af disse slags: {kinds}.").format(
                name=name, kinds=", ".join(KINDS)
            )
        )
    elif size and not _is_what_it_says(file, ending):
        reasons.append(_is_something_else(file, name, ending))
    if reasons:
        raise NotAllowed(*reasons)
    return KINDS[ending][1]


def too_large(name: str, size: int) -> str:
    """What to say of a file that is too large."""
    return _(
        "Filen {name} fylder {size} MB. Et bilag fylder højst {most} MB. Del den, eller gem den"
        " som PDF med mindre billeder."
    ).format(name=name, size=-(-size // 2**20), most=LARGEST // 2**20)


def sha256_of(file: Any) -> str:
    """The checksum of a file, read in pieces."""
    digest = hashlib.sha256()
    file.seek(0)
    while piece := file.read(2**20):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def _is_what_it_says(file: IO[bytes], ending: str) -> bool:
    kind = KINDS[ending][0]
    file.seek(0)
    head = file.read(HEAD)
    if kind == TEXT:
        return _is_text(head)
    if kind == OFFICE:
        names = _names_in(file)
        folder = _FOLDERS[ending]
        has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
        return not has_macros and any(name.startswith(folder) for name in names)
    if kind == OPEN:
        return KINDS[ending][1].encode() in head[:200]
    begins = _BEGINS.get(kind) or _BEGINS[ending]
    return any(head.startswith(each) for each in begins)


def _is_text(head: bytes) -> bool:
    """No byte that text never has, and none of the marks that programs and pictures begin with."""
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    binary = (b"MZ", b"%PDF-", b"PK\x03\x04", b"\x7fELF", b"<!DOCTYPE html", b"<html", b"<script")
    return not head.lstrip().startswith(binary)


def _names_in(file: IO[bytes]) -> list[str]:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return []


def _is_something_else(file: IO[bytes], name: str, ending: str) -> str:
    found = _looks_like(file)
    if found:
        return _("Filen {name} hedder .{ending}, men indholdet ser ud til at være {found}.").format(
            name=name, ending=ending, found=found
        )
    return _("Filen {name} hedder .{ending}, men det er ikke det, der er i den.").format(
        name=name, ending=ending
    )


def _looks_like(file: IO[bytes]) -> str:
    """The ending of the kind of file it seems to be; empty when that cannot be told."""
    file.seek(0)
    try:
        found = puremagic.magic_string(file.read(HEAD))
    except (puremagic.PureError, ValueError):
        return ""
    return found[0].extension if found else ""
