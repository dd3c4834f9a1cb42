"""A pool's accounts out of the house: CSV and XLSX, each entry, each grant, and what is left.

Amounts are numbers in kroner with two decimals. A text that a spreadsheet would run as a formula is
written as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klynge.web.funds import telling
from klynge.web.funds.models import Pool

_FORMULA = ("=", "+", "-", "@", "\t")
Cells = Sequence[Any]


def as_csv(pool: Pool, on: date) -> str:
    """Every movement up to a day, as CSV: semicolons and decimal commas in Danish."""
    english = get_language() == "en"
    text = io.StringIO()
    text.write("\ufeff")  # tells spreadsheets that it is UTF-8
    writer = csv.writer(text, delimiter="," if english else ";", lineterminator="\r\n")
    for row in (_entry_titles(), *_entry_rows(pool, on)):
        writer.writerow([_written(cell, english) for cell in row])
    return text.getvalue()


def as_xlsx(pool: Pool, on: date) -> bytes:
    """A workbook: the pool in short, its grants, and every movement up to a day."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    _sheet(book, _("Overblik"), [(_("Konto"), _("Kroner")), *_overview(pool, on)])
    _sheet(book, _("Bevillinger"), [_grant_titles(), *_grant_rows(pool, on)])
    _sheet(book, _("Bevægelser"), [_entry_titles(), *_entry_rows(pool, on)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(book: Any, title: str, rows: Sequence[Cells]) -> None:
    from openpyxl.styles import Font

    sheet = book.create_sheet(title)
    for at, row in enumerate(rows, start=1):
        for across, value in enumerate(row, start=1):
            cell = sheet.cell(at, across)
            if isinstance(value, Decimal):
                cell.value, cell.number_format = value, "#,##0.00"
            elif isinstance(value, date):
                cell.value, cell.number_format = value, "dd-mm-yyyy"
            elif isinstance(value, int):
                cell.value = value
            else:
                cell.value, cell.data_type = str(value), "s"
            if at == 1:
                cell.font = Font(bold=True)
    for across, name in enumerate(rows[0], start=1):
        longest = max(len(str(name)), *(len(str(row[across - 1])) for row in rows))
        sheet.column_dimensions[sheet.cell(1, across).column_letter].width = min(longest + 4, 60)
    sheet.freeze_panes = "A2"


def _overview(pool: Pool, on: date) -> list[Cells]:
    told = telling.pool(pool, on)
    return [
        (_("Pulje"), pool.name),
        (_("Opgjort den"), on),
        (_("Ramme"), _kroner(told.frame)),
        (_("Tilsagn, ikke udbetalt"), _kroner(told.reserved)),
        (_("Udbetalt, afventer regnskab"), _kroner(told.paid)),
        (_("Anvendt ifølge godkendt regnskab"), _kroner(told.used)),
        (_("Fordelt og udbetalt"), _kroner(told.shared)),
        (_("Ledige midler"), _kroner(told.free)),
    ]


def _grant_titles() -> Cells:
    return (
        _("Bevilling"),
        _("Modtager"),
        _("Besluttet"),
        _("Bevilget"),
        _("Ikke udbetalt"),
        _("Afventer regnskab"),
        _("Anvendt"),
        _("Tilbage i puljen"),
    )


def _grant_rows(pool: Pool, on: date) -> list[Cells]:
    return [
        (
            one.grant.title,
            one.grant.grantee,
            one.grant.decided_on,
            *map(
                _kroner,
                (one.grant.amount, one.reserved, one.paid, one.used, one.given_back),
            ),
        )
        for one in telling.grants(pool, on)
    ]


def _entry_titles() -> Cells:
    return (
        _("Bilag"),
        _("Dato"),
        _("Slags"),
        _("Tekst"),
        _("Bilagshenvisning"),
        _("Fra (kredit)"),
        _("Til (debet)"),
        _("Beløb"),
        _("Ledige midler efter bilaget"),
        _("Registreret"),
        _("Registreret af"),
    )


def _entry_rows(pool: Pool, on: date) -> list[Cells]:
    return [
        (
            line.entry.number,
            line.entry.valid_on,
            line.entry.get_kind_display(),
            line.entry.text,
            line.entry.voucher,
            credit,
            debit,
            _kroner(amount),
            _kroner(line.left),
            line.entry.recorded_at.date(),
            line.entry.by_text,
        )
        for line in telling.statement(pool, on)
        for credit, debit, amount in line.moved
    ]


def _kroner(ore: int) -> Decimal:
    return Decimal(ore).scaleb(-2)


def _written(value: Any, english: bool) -> str:
    if isinstance(value, Decimal):
        text = f"{value:.2f}"
        return text if english else text.replace(".", ",")
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
