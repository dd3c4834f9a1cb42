"""Reads a CSV file from any spreadsheet: its encoding, its delimiter, its lines."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from klynge.faults import BadInput, Fault
from klynge.texts import _

DELIMITERS = ";,\t"
# What Danish letters look like when a file was read in one encoding and saved in another:
# UTF-8 taken for Windows-1252 (Ã¦ Ã¸ Ã¥), or DOS (code page 850 and 865) taken for it.
NAMES = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252 (Latin-1)",
    "latin-1": "Latin-1",
}
_GARBLED = re.compile(r"Ã[¦¸¥†˜…]|(?<=[a-z])[‘›†](?=[a-zæøå])|[\x80-\x9f\ufffd]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of text: the encoding it was in, its header, and (line number, cells) of each row."""

    encoding: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheet(path: Path) -> Sheet:
    """Read a CSV file in UTF-8, UTF-16, Windows-1252 or Latin-1, with ; , or tab between cells.

    Raises BadInput with every line that looks garbled, or when it is no CSV file at all.
    """
    encoding, content = _decoded(path)
    garbled = [n for n, line in enumerate(content.splitlines(), 1) if _GARBLED.search(line)]
    if garbled:
        raise _bad(path, [_garbled(path, line, encoding) for line in garbled])
    filled = [(line, cells) for line, cells in _rows(path, content) if any(cells)]
    if len(filled) < 2:
        problem = _("der er ingen rækker under overskriften.")
        raise _bad(path, [Fault(path.name, problem, _("mindst én række"), "")])
    return Sheet(NAMES[encoding], filled[0][1], tuple(filled[1:]))


def _rows(path: Path, content: str) -> list[tuple[int, tuple[str, ...]]]:
    lines = csv.reader(io.StringIO(content, newline=""), delimiter=_delimiter(content))
    try:
        return [(lines.line_num, tuple(cell.strip() for cell in cells)) for cells in lines]
    except csv.Error:
        where = _("{file}, linje {line}").format(file=path.name, line=lines.line_num)
        problem = _("linjen kan ikke deles i celler.")
        raise _bad(path, [Fault(where, problem, "CSV", _("Gem arket som CSV igen."))]) from None


def _decoded(path: Path) -> tuple[str, str]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        problem = _("filen kan ikke læses ({kind}).").format(kind=type(error).__name__)
        raise _bad(path, [Fault(path.name, problem, _("en CSV-fil"), "")]) from None
    if raw[:2] == b"PK":
        problem = _("det er en Excel-fil eller et arkiv, ikke CSV.")
        raise _bad(path, [Fault(path.name, problem, _("CSV"), _("Gem arket som CSV."))])
    for encoding in _likely(raw):
        try:
            return encoding, raw.decode(encoding)
        except UnicodeError:
            continue
    problem = _("tegnsættet kan ikke kendes.")
    raise _bad(path, [Fault(path.name, problem, "UTF-8", _("Gem filen som CSV i UTF-8."))])


def _likely(raw: bytes) -> Sequence[str]:
    """The encodings to try, the surest first."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16",)
    if b"\x00" in raw:
        even, odd = raw[0::2].count(0), raw[1::2].count(0)
        return ("utf-16-le",) if odd > even else ("utf-16-be",)
    return ("utf-8-sig", "cp1252", "latin-1")


def _delimiter(content: str) -> str:
    header = next((line for line in content.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=header.count)


def _garbled(path: Path, line: int, encoding: str) -> Fault:
    where = _("{file}, linje {line}").format(file=path.name, line=line)
    problem = _("æ, ø og å er gået i stykker (læst som {encoding}).").format(
        encoding=NAMES[encoding]
    )
    return Fault(where, problem, _("UTF-8"), _("Gem filen igen som CSV i UTF-8."))


def _bad(path: Path, faults: Sequence[Fault]) -> BadInput:
    return BadInput(_("Kan ikke bruge {file}.").format(file=path.name), faults)
