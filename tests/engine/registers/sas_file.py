"""Writes small SAS7BDAT files for tests: 32 bits, little-endian, rows on pages of data.

No free library writes the format, so the bytes are laid out here as its published descriptions say
(Shotwell, "SAS7BDAT Database Binary Format"; the layouts read by ReadStat). One page holds what the
columns are; the rows follow on pages of their own.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

MAGIC = bytes.fromhex("000000000000000000000000c2ea8160b31411cfbd92080009c7318c181f1011")
HEADER, PAGE, PAGE_HEAD = 1024, 8192, 24
UTF_8, WINDOWS_1252 = 20, 62
_CODECS = {UTF_8: "utf-8", WINDOWS_1252: "cp1252"}
MISSING = b"\0\0\0\0\0\xfe\xff\xff"
"""A missing number (`.`): a NaN of SAS's own."""

Value = str | float | date | datetime | time | None


@dataclass(frozen=True)
class Column:
    """width: bytes of text; 0 for a number. format: a SAS format such as DATE. label: its label."""

    name: str
    width: int = 0
    format: str = ""
    label: str = ""

    @property
    def bytes(self) -> int:
        return self.width or 8


def write(
    path: Path, columns: Sequence[Column], rows: Sequence[Sequence[Value]], encoding: int = UTF_8
) -> Path:
    """Write a SAS7BDAT file of these rows."""
    codec = _CODECS[encoding]
    length = sum(column.bytes for column in columns)
    packed = [_row(columns, row, codec) for row in rows]
    per_page = (PAGE - PAGE_HEAD) // length
    pages = [_meta_page(columns, len(rows), length, codec)]
    for first in range(0, len(packed), per_page):
        some = packed[first : first + per_page]
        pages.append(_page(0x0100, len(some), 0, b"".join(some)))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_header(len(pages), encoding) + b"".join(pages))
    return path


def _header(pages: int, encoding: int) -> bytes:
    start = MAGIC + b"\x22\0\0\x22\0\x01\0" + b"1" + bytes(30) + bytes([encoding]) + bytes(13)
    start += b"SAS FILE" + b"TEST".ljust(64) + b"DATA    "
    start += struct.pack("<dd16xIII8x", 0.0, 0.0, HEADER, PAGE, pages)
    start += b"9.0401M6" + b"Linux".ljust(16) + b"4.0".ljust(16)
    return start.ljust(HEADER, b"\0")


def _meta_page(columns: Sequence[Column], rows: int, length: int, codec: str) -> bytes:
    text, refs = _texts(columns, codec)
    subheaders = [
        _row_size(len(columns), rows, length),
        struct.pack("<III", 0xF6F6F6F6, len(columns), 0),
        _sized(0xFFFFFFFD, text),
        _sized(0xFFFFFFFF, b"".join(struct.pack("<HHHxx", *name) for name, _f, _l in refs), 8),
        _sized(0xFFFFFFFC, _attributes(columns), 8),
        *(_format(form, label) for _name, form, label in refs),
    ]
    pointers, body, at = b"", b"", PAGE
    for each in subheaders:
        at -= len(each)
        pointers += struct.pack("<IIBBxx", at, len(each), 0, 0)
        body = each + body
    head = struct.pack("<16xHHHxx", 0, len(subheaders), len(subheaders)) + pointers
    return head.ljust(PAGE - len(body), b"\0") + body


def _page(kind: int, blocks: int, subheaders: int, body: bytes) -> bytes:
    return (struct.pack("<16xHHHxx", kind, blocks, subheaders) + body).ljust(PAGE, b"\0")


def _row_size(columns: int, rows: int, length: int) -> bytes:
    made = bytearray(480)
    struct.pack_into("<I", made, 0, 0xF7F7F7F7)
    struct.pack_into("<II", made, 20, length, rows)
    struct.pack_into("<II", made, 36, columns, 0)
    struct.pack_into("<I", made, 52, PAGE)
    return bytes(made)


def _sized(signature: int, body: bytes, tail: int = 0) -> bytes:
    """A subheader that tells how much of it follows its first twelve bytes."""
    whole = 12 + len(body) + tail
    whole += -whole % 4
    return struct.pack("<IH6x", signature, whole - 12).ljust(12) + body.ljust(whole - 12, b"\0")


Ref = tuple[int, int, int]


def _texts(columns: Sequence[Column], codec: str) -> tuple[bytes, list[tuple[Ref, Ref, Ref]]]:
    """All names, formats and labels in a row, and where each stands (counted from byte 4)."""
    text = bytearray(16)

    def put(word: str) -> Ref:
        encoded = word.encode(codec)
        ref = (0, 8 + len(text), len(encoded)) if encoded else (0, 0, 0)
        text.extend(encoded.ljust(len(encoded) + -len(encoded) % 4, b"\0"))
        return ref

    refs = [(put(c.name), put(c.format), put(c.label)) for c in columns]
    return bytes(text), refs


def _attributes(columns: Sequence[Column]) -> bytes:
    made, at = b"", 0
    for column in columns:
        made += struct.pack("<IIHBx", at, column.bytes, 4, 2 if column.width else 1)
        at += column.bytes
    return made


def _format(form: Ref, label: Ref) -> bytes:
    made = bytearray(52)
    struct.pack_into("<I", made, 0, 0xFFFFFBFE)
    struct.pack_into("<HHH", made, 34, *form)
    struct.pack_into("<HHH", made, 40, *label)
    return bytes(made)


def _row(columns: Sequence[Column], row: Sequence[Value], codec: str) -> bytes:
    return b"".join(_value(c, value, codec) for c, value in zip(columns, row, strict=True))


def _value(column: Column, value: Value, codec: str) -> bytes:
    if column.width:
        encoded = str(value or "").encode(codec)
        assert len(encoded) <= column.width, column.name
        return encoded.ljust(column.width)
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return MISSING
    return struct.pack("<d", number(value))


def number(value: Value) -> float:
    """A number as SAS keeps it: days or seconds since 1960, seconds since midnight."""
    if isinstance(value, datetime):
        return (value - datetime(1960, 1, 1)).total_seconds()
    if isinstance(value, date):
        return float((value - date(1960, 1, 1)).days)
    if isinstance(value, time):
        return value.hour * 3600.0 + value.minute * 60 + value.second
    assert isinstance(value, int | float)
    return float(value)
