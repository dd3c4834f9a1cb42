"""Opens a table somebody uploaded, CSV or XLSX, as rows of text; or says why it cannot be read."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath

from django.utils.translation import gettext as _

from klynge.faults import BadInput, Fault

MOST_BYTES = 5_000_000
MOST_UNPACKED = 100_000_000
MOST_ROWS = 100_000
# Ten digits as in a CPR number. Such a file has no business in the open zone.
_CPR = re.compile(r"(?<![\d.,])\d{6}-?\d{4}(?![\d.,])")


@dataclass(frozen=True)
class Table:
    """Text cells. `rows` are (number in the file, cells by column); `separator` is "" for XLSX."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    separator: str


def read(name: str, content: bytes) -> Table:
    """The table in a file called `name`. Raises BadInput; a message never repeats a cell."""
    name = PurePath(name).name or "?"
    if not content.strip():
        raise _refused(
            name, _("Filen er tom."), _("en overskriftsrække og mindst én række med tal")
        )
    if len(content) > MOST_BYTES:
        raise _refused(
            name,
            _("Filen er for stor."),
            _("højst {size} MB").format(size=MOST_BYTES // 1_000_000),
        )
    ending = PurePath(name).suffix.lower()
    lines, separator = _LINES.get(ending, _unknown_kind)(name, content)
    return _table(name, lines, separator)


def looks_like_cpr(text: str) -> bool:
    """Whether a text holds something written like a CPR number."""
    return _CPR.search(text) is not None


def _csv_lines(name: str, content: bytes) -> tuple[list[tuple[int, list[str]]], str]:
    if content.startswith(b"PK\x03\x04"):
        raise _refused(
            name,
            _("Filen hedder .csv, men er et regneark (XLSX) eller en ZIP-fil."),
            _("en CSV-fil, eller et regneark, der hedder .xlsx"),
            _("Omdøb filen til .xlsx, eller gem den som CSV UTF-8."),
        )
    text = _decoded(name, content)
    head = text.split("\n", 1)[0]
    separator = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        # A quoted cell may hold line breaks, so the number is that of its last line.
        return [(reader.line_num, row) for row in reader], separator
    except csv.Error:
        raise _refused(
            name,
            _("Linje {line} kan ikke læses som CSV.").format(line=reader.line_num),
            _("celler adskilt af ; eller , og anførselstegn, der er lukket"),
        ) from None


def _decoded(name: str, content: bytes) -> str:
    try:
        if b"\0" in content:
            raise UnicodeDecodeError("utf-8", content[:1], 0, 1, "NUL")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _refused(
            name,
            _("Filen er ikke i UTF-8; første tegn, der ikke er, står på linje {line}.").format(
                line=line
            ),
            _("tegnsættet UTF-8 (filen er nok i Latin-1, også kaldet ANSI)"),
            _("Gem den igen: i Excel som »CSV UTF-8 (semikolonsepareret)«."),
        ) from None


def _xlsx_lines(name: str, content: bytes) -> tuple[list[tuple[int, list[str]]], str]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise ValueError("too large when unpacked")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        lines = [
            (number, [_cell(cell) for cell in row])
            for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
        ]
        book.close()
    # openpyxl raises what its parts raise: KeyError, ValueError, ParseError (a SyntaxError) ...
    except Exception:
        raise _refused(
            name,
            _("Filen hedder .xlsx, men kan ikke læses som et regneark."),
            _("et regneark i XLSX-format uden adgangskode"),
            _("Åbn den i et regneark, og gem den som XLSX eller CSV UTF-8."),
        ) from None
    return lines, ""


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    return str(value)


def _unknown_kind(name: str, content: bytes) -> tuple[list[tuple[int, list[str]]], str]:
    raise _refused(
        name, _("Filens navn ender ikke på .csv eller .xlsx."), _("en CSV-fil eller et regneark")
    )


_LINES = {".csv": _csv_lines, ".xlsx": _xlsx_lines}


def _table(name: str, lines: list[tuple[int, list[str]]], separator: str) -> Table:
    filled = [(number, row) for number, row in lines if any(cell.strip() for cell in row)]
    if len(filled) < 2:
        raise _refused(
            name,
            _("Filen har ingen rækker med tal."),
            _("en overskriftsrække og mindst én række med tal"),
        )
    if len(filled) > MOST_ROWS:
        raise _refused(
            name,
            _("Filen har {count} rækker.").format(count=len(filled) - 1),
            _("højst {count} rækker").format(count=MOST_ROWS - 1),
        )
    _refuse_cpr(name, filled)
    columns = tuple(cell.strip().lower() for cell in filled[0][1])
    rows = tuple((number, _by_column(columns, row)) for number, row in filled[1:])
    return Table(name, columns, rows, separator)


def _by_column(columns: tuple[str, ...], row: list[str]) -> dict[str, str]:
    cells = [cell.strip() for cell in row] + [""] * len(columns)
    return {column: cell for column, cell in zip(columns, cells, strict=False) if column}


def _refuse_cpr(name: str, lines: list[tuple[int, list[str]]]) -> None:
    found = [number for number, row in lines if any(looks_like_cpr(cell) for cell in row)]
    if found:
        raise _refused(
            name,
            _("{count} rækker ligner CPR-numre, den første er række {first}.").format(
                count=len(found), first=found[0]
            ),
            _("kun samlede tal for steder; oplysninger om personer hører ikke til her"),
            _("Filen er ikke gemt. Slet den her fra maskinen, hvis den ikke hører til på den."),
        )


def _refused(name: str, problem: str, expected: str, remedy: str = "") -> BadInput:
    fault = Fault(name, problem, expected, remedy or _("Ret filen, og prøv igen."))
    return BadInput(_("Kan ikke læse {name}.").format(name=name), [fault])
