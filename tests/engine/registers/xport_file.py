"""Writes small SAS transport files (XPORT, version 5) for tests, as SAS tells of them in TS-140."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

from tests.engine.registers.sas_file import Column, Value, number

_ROW = 80


def write(path: Path, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> Path:
    """Write an XPORT file of these rows; text is in ASCII."""
    stamp = b"01JAN24:00:00:00"
    names = b"".join(_name(columns, at) for at in range(len(columns)))
    body = b"".join(
        _value(column, value) for row in rows for column, value in zip(columns, row, strict=True)
    )
    parts = [
        _header("LIBRARY", "0" * 30),
        (b"SAS     SAS     SASLIB  9.4     Linux   " + bytes(24).replace(b"\0", b" ") + stamp),
        stamp,
        _header("MEMBER ", "000000000000000001600000000140"),
        _header("DSCRPTR", "0" * 30),
        b"SAS     TEST    SASDATA 9.4     Linux   " + b" " * 24 + stamp,
        stamp,
        _header("NAMESTR", f"000000{len(columns):04}00000000000000000000"),
        names,
        _header("OBS    ", "0" * 30),
        body,
    ]
    path.write_bytes(b"".join(_padded(part) for part in parts))
    return path


def _header(kind: str, tail: str) -> bytes:
    return f"HEADER RECORD*******{kind} HEADER RECORD!!!!!!!{tail}  ".encode()


def _padded(part: bytes) -> bytes:
    return part + b" " * (-len(part) % _ROW)


def _name(columns: Sequence[Column], at: int) -> bytes:
    column = columns[at]
    before = sum(other.bytes for other in columns[:at])
    return struct.pack(
        ">hhhh8s40s8shhh2x8shhi52x",
        2 if column.width else 1,
        0,
        column.bytes,
        at + 1,
        column.name.encode().ljust(8),
        column.label.encode().ljust(40),
        column.format.encode().ljust(8),
        0,
        0,
        0,
        b" " * 8,
        0,
        0,
        before,
    )


def _value(column: Column, value: Value) -> bytes:
    if column.width:
        return str(value or "").encode().ljust(column.width)
    return b".".ljust(8, b"\0") if value is None else _ibm(number(value))


def _ibm(value: float) -> bytes:
    """A number as IBM's mainframes kept it: base 16, exponent in excess of 64."""
    if value == 0:
        return bytes(8)
    sign, rest, exponent = (0x80 if value < 0 else 0), abs(value), 64
    while rest >= 1:
        rest, exponent = rest / 16, exponent + 1
    while rest < 1 / 16:
        rest, exponent = rest * 16, exponent - 1
    return bytes([sign | exponent]) + int(rest * 2**56).to_bytes(7, "big")
