"""Members from a CSV or XLSX file: read whole, looked through, then recorded whole or not at all.

The form of the file is `klynge.structure`'s (docs/reference/structure.md). People are known by
name. A seat that is there already is left alone; one that differs is corrected; nobody who is not
in the file is touched.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path, PurePath
from typing import Any
from zipfile import BadZipFile

from django.db import transaction
from django.utils.translation import gettext as _

from klynge import structure
from klynge.faults import BadInput, Fault
from klynge.structure import Member
from klynge.structure.table import column, location
from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import history, representing, rules, seating
from klynge.web.bodies.models import BodyRecord, Membership, Person

LARGEST = 2 * 1024 * 1024
MOST_ROWS = 2_000
LONGEST_NAME = 200
SAME = ("party", "kommune", "klynge", "organisation", "valid_from")
MENDABLE = ("role", "office", "area", "appointer", "valid_to")


@dataclass(frozen=True)
class Line:
    """What the file's row will do. what: "new", "changed" or "same".

    differs: for a changed one, the column and what it says now and afterwards.
    """

    member: Member
    what: str
    new_person: bool
    differs: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Plan:
    """What bringing in a file will do."""

    file: str
    lines: tuple[Line, ...]
    unused: tuple[str, ...]

    def count(self, what: str) -> int:
        return sum(line.what == what for line in self.lines)

    @property
    def new(self) -> int:
        return self.count("new")

    @property
    def changed(self) -> int:
        return self.count("changed")

    @property
    def same(self) -> int:
        return self.count("same")

    @property
    def new_people(self) -> int:
        return len({line.member.person for line in self.lines if line.new_person})


def read(name: str, content: bytes) -> tuple[tuple[Member, ...], tuple[str, ...]]:
    """The members of a file and the columns not used. Raises BadInput with every fault."""
    name = PurePath(name).name or _("filen")
    if len(content) > LARGEST:
        raise _bad(name, [Fault(name, _("filen er for stor."), _("højst 2 MB"), "")])
    with tempfile.TemporaryDirectory() as folder:
        # Under its own name, which the faults repeat; as much of it as a disk takes.
        path = Path(folder) / _short(name)
        if content[:2] == b"PK":
            _write_csv(path, _rows_of_workbook(name, content))
        else:
            path.write_bytes(content)
        try:
            found = structure.read_members(path)
        except BadInput as bad:
            raise _bad(name, bad.faults) from None
    members = tuple(member for member in found.members if member.person)
    faults = [_undated(name, member) for member in members if member.valid_from is None]
    faults += [_too_long(name, member) for member in members if len(member.person) > LONGEST_NAME]
    if faults:
        raise _bad(name, faults)
    return members, found.unused


def plan(
    body: BodyRecord, members: Sequence[Member], *, file: str, unused: Sequence[str] = ()
) -> Plan:
    """What the members will do to a body. Raises BadInput for each row that cannot be recorded."""
    known = history.known(body)
    people = _people(members)
    lines = tuple(_line(member, known, people) for member in members)
    faults = [fault for line in lines for fault in _faults(body, line, known, people, file)]
    faults += [
        Fault(
            location(file, member.row, column("person")),
            _("der er flere personer med det navn."),
            _("et navn, som kun én har"),
            _("Registrér rækken på organets egen side i stedet."),
        )
        for member in members
        if len(people.get(member.person, ())) > 1
    ]
    if faults:
        raise _bad(file, faults)
    return Plan(file, lines, tuple(unused))


@transaction.atomic
def carry_out(*, by: User | None, body: BodyRecord, members: Sequence[Member], file: str) -> Plan:
    """Record the members of a file. Raises BadInput, and then nothing is recorded."""
    found = plan(body, members, file=file)
    reason = _("Indlæst fra {file}").format(file=file)
    made: dict[str, Person] = {}
    try:
        for line in found.lines:
            _carry_out(line, by=by, body=body, reason=reason, made=made)
    except rules.NotAllowed as refused:
        transaction.set_rollback(True)
        raise _bad(file, [Fault(file, str(refused), "", _("Ret filen."))]) from None
    note(f"members imported: {found.new} new, {found.changed} changed", about=body, by=by)
    return found


def to_json(members: Iterable[Member]) -> list[dict[str, Any]]:
    """Members as JSON values, so that a looked-through file can be carried out afterwards."""
    return [
        {
            **asdict(member),
            "valid_from": member.valid_from.isoformat() if member.valid_from else None,
            "valid_to": member.valid_to.isoformat() if member.valid_to else None,
        }
        for member in members
    ]


def from_json(rows: Iterable[Mapping[str, Any]]) -> tuple[Member, ...]:
    """What `to_json` wrote."""
    return tuple(
        Member(
            **{
                **row,
                "posts": tuple((post, at) for post, at in row["posts"]),
                "valid_from": date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
                "valid_to": date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            }
        )
        for row in rows
    )


def _carry_out(
    line: Line, *, by: User | None, body: BodyRecord, reason: str, made: dict[str, Person]
) -> None:
    member = line.member
    if line.what == "changed":
        row = _there(member, history.known(body))
        assert row is not None
        changes = {name: getattr(member, name) for name in _differing(member, row)}
        rules.correct(by=by, key=row.key, reason=reason, changes=changes)
    elif line.what == "new":
        if member.person not in made:
            there = Person.objects.filter(name=member.person).first()
            made[member.person] = there or rules.add_person(by=by, name=member.person)
        assert member.valid_from is not None
        rules.appoint(
            by=by,
            body=body,
            person=made[member.person],
            valid_from=member.valid_from,
            valid_to=member.valid_to,
            party=member.party,
            reason=reason,
            **_fields(member, body),
        )


def _fields(member: Member, body: BodyRecord) -> dict[str, Any]:
    names = ("role", "office", "area", "kommune", "klynge", "organisation", "appointer")
    return {
        **{name: getattr(member, name) for name in names},
        "posts": [list(post) for post in member.posts],
        "represents": representing.organisation_of(member, body),
    }


def _line(
    member: Member, known: Sequence[Membership], people: Mapping[str, Sequence[Person]]
) -> Line:
    row = _there(member, known)
    if row is None:
        return Line(member, "new", not people.get(member.person))
    differs = tuple(
        (column(name), _said(name, getattr(row, name)), _said(name, getattr(member, name)))
        for name in _differing(member, row)
    )
    return Line(member, "changed" if differs else "same", False, differs)


def _differing(member: Member, row: Membership) -> tuple[str, ...]:
    """The fields a row of the file changes. An empty cell takes nothing away."""
    return tuple(
        name
        for name in MENDABLE
        if getattr(member, name) != getattr(row, name)
        and (name == "role" or getattr(member, name) not in (None, "", "anden"))
    )


def _said(name: str, value: object) -> str:
    """A value of a membership in words."""
    if isinstance(value, date):
        return seating.day_in_words(value)
    return seating.said(structure.word(name, str(value)), "–") if value else "–"


def _there(member: Member, known: Sequence[Membership]) -> Membership | None:
    for row in known:
        same = all(getattr(row, name) == getattr(member, name) for name in SAME)
        if same and row.person.name == member.person:
            return row
    return None


def _people(members: Sequence[Member]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for person in Person.objects.filter(name__in={member.person for member in members}):
        found.setdefault(person.name, []).append(person)
    return found


def _faults(
    body: BodyRecord,
    line: Line,
    known: Sequence[Membership],
    people: Mapping[str, Sequence[Person]],
    file: str,
) -> list[Fault]:
    """Why a row cannot be recorded beside what is recorded already."""
    if line.what == "same":
        return []
    member, there = line.member, _there(line.member, known)
    person = (people.get(member.person) or [Person(pk=None, name=member.person)])[0]
    row = Membership(
        body=body,
        person=person,
        **{name: getattr(member, name) for name in (*SAME, *MENDABLE)},
    )
    if there is not None and row.valid_to is None:
        row.valid_to = there.valid_to
    others = [other for other in known if there is None or other.key != there.key]
    return [
        Fault(
            location(file, member.row, ""),
            reason,
            _("en række, der passer til det, som er registreret"),
            _("Ret rækken, eller ret det registrerede først."),
        )
        for reason in seating.reasons_against(row, others)
    ]


def _undated(file: str, member: Member) -> Fault:
    return Fault(
        location(file, member.row, column("valid_from")),
        _("medlemmet har ingen første dag."),
        _("2023-05-01 eller 1.5.2023"),
        _("Skriv den dag, medlemmet tiltrådte."),
    )


def _too_long(file: str, member: Member) -> Fault:
    return Fault(
        location(file, member.row, column("person")),
        _("navnet er for langt."),
        _("højst {n} tegn").format(n=LONGEST_NAME),
        _("Skriv personens navn alene."),
    )


def _rows_of_workbook(name: str, content: bytes) -> list[list[str]]:
    """The cells of the first sheet of an XLSX file as text, one list a row, empty rows too."""
    from io import BytesIO

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        # A small file can unfold to a very large sheet, so no more is read than can be used.
        some = islice(book.worksheets[0].values, MOST_ROWS + 1)
        rows = [[_text(cell) for cell in row] for row in some]
        book.close()
    except (InvalidFileException, BadZipFile, KeyError, ValueError, IndexError, OSError):
        problem = _("filen er hverken en XLSX- eller en CSV-fil.")
        raise _bad(name, [Fault(name, problem, "XLSX, CSV", _("Gem arket igen."))]) from None
    if len(rows) > MOST_ROWS:
        raise _bad(name, [Fault(name, _("filen er for stor."), _("højst 2.000 rækker"), "")])
    return rows


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def _short(name: str) -> str:
    """A file's name in no more than the 255 bytes that a file system has for it."""
    ending = PurePath(name).suffix[-10:]
    kept = name.removesuffix(ending).encode()[:200].decode(errors="ignore")
    return f"{kept}{ending}"


def _write_csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\n").writerows(rows)


def _bad(name: str, faults: Sequence[Fault]) -> BadInput:
    heading = _("{name} kan ikke indlæses.").format(name=name)
    remedy = _("Ret cellen, og indlæs filen igen.")
    told = [
        replace(fault, remedy=remedy) if "kommandoen" in fault.remedy else fault for fault in faults
    ]
    return BadInput(heading, told)
