"""Members out of the house: CSV and XLSX that can be read in again, and Popolo JSON.

What is exported is public: who sits where, for whom, from when to when. Contact details never are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from klynge import structure
from klynge.structure.table import column
from klynge.web.bodies import history
from klynge.web.bodies.models import FILLS_NO_SEAT, Membership
from klynge.web.bodies.standing import Body

COLUMNS = (
    "person",
    "party",
    "kommune",
    "office",
    "role",
    "area",
    "organisation",
    "klynge",
    "appointer",
    "posts",
    "valid_from",
    "valid_to",
)
# A cell that begins so is run as a formula by spreadsheets.
_FORMULA = ("=", "+", "-", "@", "\t")
WIDTHS = (28, 14, 14, 20, 14, 12, 24, 14, 18, 24, 12, 12)
POPOLO = "http://www.popoloproject.com/schemas"


def as_csv(rows: Iterable[Membership]) -> str:
    """The members as CSV with ; between the cells, in the form that can be brought in again."""
    text = io.StringIO()
    text.write("\ufeff")  # tells spreadsheets that it is UTF-8
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header())
    for cells in _table(rows):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return text.getvalue()


def as_xlsx(rows: Iterable[Membership], title: str) -> bytes:
    """The members as a workbook with one sheet, in the form that can be brought in again."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    sheet.title = "".join(letter for letter in title if letter not in r"[]:*?/\\")[:31]
    for at, cells in enumerate([header(), *_table(rows)], start=1):
        for across, text in enumerate(cells, start=1):
            cell = sheet.cell(at, across)
            cell.value, cell.data_type = text, "s"
            if at == 1:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFGHIJKL", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_popolo(body: Body, rows: Sequence[Membership]) -> dict[str, Any]:
    """The members as Popolo: persons, organizations and memberships. Contact details are not in."""
    own = f"{body.kind.id}/{body.place.id}"
    organizations = [
        {
            "@type": f"{POPOLO}/organization.json#",
            "id": own,
            "name": body.name,
            "classification": body.kind.id,
            "founding_date": body.valid_from.isoformat(),
            "dissolution_date": _day(body.valid_to),
        },
        *(
            {"id": f"organisation/{pk}", "name": name, "classification": kind}
            for pk, name, kind in _organisations(rows)
        ),
    ]
    people = {row.person_id: row.person.name for row in rows}
    return {
        "persons": [{"id": f"person/{pk}", "name": name} for pk, name in people.items()],
        "organizations": organizations,
        "memberships": [_membership(row, own) for row in rows],
    }


def header() -> list[str]:
    """The titles of the columns in the language spoken."""
    return [column(name) for name in COLUMNS]


def _membership(row: Membership, organization: str) -> dict[str, Any]:
    role = structure.word("role", row.role)
    found: dict[str, Any] = {
        "id": str(row.key),
        "person_id": f"person/{row.person_id}",
        "organization_id": organization,
        "role": row.role,
        "label": str(role.name) if role else row.role,
        "start_date": row.valid_from.isoformat(),
        "fills_a_seat": row.role not in FILLS_NO_SEAT,
    }
    if row.valid_to:
        found["end_date"] = row.valid_to.isoformat()
    if row.represents_id:
        found["on_behalf_of_id"] = f"organisation/{row.represents_id}"
    return found


def _organisations(rows: Iterable[Membership]) -> list[tuple[int, str, str]]:
    found = {row.represents.pk: row.represents for row in rows if row.represents}
    return [(pk, one.name, one.kind) for pk, one in found.items()]


def _table(rows: Iterable[Membership]) -> list[list[str]]:
    return [[_cell(member, name) for name in COLUMNS] for member in history.members(rows)]


def _cell(member: structure.Member, name: str) -> str:
    value = getattr(member, name)
    if name == "posts":
        return ", ".join(f"{post} {at}" for post, at in value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
