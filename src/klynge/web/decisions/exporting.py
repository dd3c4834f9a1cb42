"""Decisions out of the house: CSV and XLSX, with only what the reader may see."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from klynge.web.decisions.access import Shown

# A cell that begins so is run as a formula by spreadsheets.
_FORMULA = ("=", "+", "-", "@", "\t")
WIDTHS = (30, 14, 60, 14, 26, 26, 14, 40, 40)


def header() -> list[str]:
    """The titles of the columns in the language spoken."""
    return [
        _("Organ"),
        _("Besluttet"),
        _("Beslutning"),
        _("Tilstand"),
        _("Ansvarlig"),
        _("Ansvarlig organisation"),
        _("Frist"),
        _("Hvad der kom ud af det"),
        _("Besluttet hvor"),
    ]


def rows_of(shown: Iterable[Shown]) -> list[list[str]]:
    """One row a decision; of one that may not be read, the body, the day and its public text."""
    return [_row(each) for each in shown]


def as_csv(shown: Iterable[Shown]) -> str:
    """CSV with ; between the cells."""
    text = io.StringIO()
    text.write("\ufeff")  # tells spreadsheets that it is UTF-8
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header())
    for cells in rows_of(shown):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return text.getvalue()


def as_xlsx(shown: Iterable[Shown]) -> bytes:
    """A workbook with one sheet."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    sheet.title = _("Beslutninger")
    for at, cells in enumerate([header(), *rows_of(shown)], start=1):
        for across, text in enumerate(cells, start=1):
            cell = sheet.cell(at, across)
            cell.value, cell.data_type = text, "s"
            cell.font = Font(bold=at == 1)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFGHI", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _row(shown: Shown) -> list[str]:
    decision = shown.decision
    begins = [str(decision.body), decision.decided_on.isoformat(), shown.text]
    if not shown.readable:
        return [*begins, *([""] * (len(WIDTHS) - len(begins)))]
    return [
        *begins,
        str(decision.get_state_display()),
        str(decision.responsible or ""),
        str(decision.organisation or ""),
        decision.deadline.isoformat() if decision.deadline else "",
        decision.result,
        decision.origin or (str(decision.meeting) if decision.meeting else ""),
    ]
