"""Brings meetings that were read from another system into the house: looked through, then saved.

Bringing the same in again changes nothing; a newer answer (the minutes, after the agenda) is added
to what is there. A meeting of our own at the same time is left alone. All is saved, or nothing.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klynge.faults import BadInput, Fault
from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import clock, history
from klynge.web.bodies import rules as bodies
from klynge.web.bodies.models import BodyRecord, Membership, Person
from klynge.web.meetings.exchange import firstagenda_in, naming
from klynge.web.meetings.exchange.firstagenda_in import ReadItem, ReadMeeting
from klynge.web.meetings.models import Annex, Attendance, Block, Clause, Item, Meeting, Minute
from klynge.web.meetings.rights import must_edit

SOURCE = "firstagenda"
LARGEST_ANNEX = 100 * 1024 * 1024
Files = Mapping[str, bytes]
NEW, MORE, SAME, OURS = "new", "more", "same", "ours"


@dataclass(frozen=True)
class Line:
    """One meeting and what would happen: NEW, MORE (added to), SAME, or OURS (left alone)."""

    meeting: ReadMeeting
    body: BodyRecord
    what: str
    missing: tuple[str, ...]  # names of annexes whose file is not there

    @property
    def closed(self) -> int:
        """How many items are closed; their titles will not be public."""
        return sum(item.closed for item in self.meeting.items)


def plan(
    documents: Sequence[tuple[str, bytes]], *, body: BodyRecord | None = None, files: Files = None
) -> list[Line]:
    """What bringing the documents in would do. Raises BadInput with every fault.

    body: whose meetings they are; None: each committee is looked for by its key and its name.
    files: annexes by key or by file name.
    """
    if files is None:
        files = {}
    found, faults = firstagenda_in.read(documents)
    lines = []
    for meeting in found:
        owner = body or _body_called(meeting)
        if owner is None:
            faults.append(
                Fault(
                    ", ".join(meeting.files),
                    _("Udvalget “{name}” er ikke et organ her.").format(
                        name=meeting.committee_name
                    ),
                    _("Et organ, der er registreret med samme navn."),
                    _("Vælg, hvilket organ møderne hører til."),
                )
            )
            continue
        lines.append(_line(meeting, owner, files))
    if faults:
        raise BadInput(_("Svarene kan ikke indlæses."), faults)
    if not lines:
        raise BadInput(_("Der er ingen møder i det, der er valgt."))
    return lines


@transaction.atomic
def bring_in(*, by: User | None, lines: Sequence[Line], files: Files = None) -> list[Meeting]:
    """Save what was planned. What is already there is not touched; returns what was saved."""
    if files is None:
        files = {}
    must_edit(by)
    saved = []
    for line in lines:
        # Asked anew: somebody may have brought it in while this was looked through.
        line = _line(line.meeting, line.body, files)
        if line.what in (NEW, MORE):
            saved.append(_save(line, by, files))
    return saved


def _body_called(meeting: ReadMeeting) -> BodyRecord | None:
    for record in BodyRecord.objects.all():
        if str(naming.of_body(record.kind, record.place)) == meeting.committee:
            return record
    named = BodyRecord.objects.filter(name__iexact=meeting.committee_name)
    return named.first() if named.count() == 1 else None


def _line(meeting: ReadMeeting, body: BodyRecord, files: Files) -> Line:
    missing = tuple(
        annex.name
        for item in meeting.items
        for annex in item.annexes
        if _file(annex.key, annex.name, files) is None
    )
    return Line(meeting, body, _what(meeting, body, files), missing)


def _what(meeting: ReadMeeting, body: BodyRecord, files: Files) -> str:
    there = _there(meeting, body)
    if there is None:
        return NEW
    if there.source != SOURCE:
        return OURS
    more = meeting.has_minutes and there.state != Meeting.State.APPROVED
    rows = {item.source_id: item for item in there.items.prefetch_related("annexes")}
    for number, item in enumerate(meeting.items, start=1):
        row = rows.get(_key_of(item, number))
        if row is None:
            return MORE
        has = {annex.source_id for annex in row.annexes.all()}
        more = more or any(
            annex.key not in has and _file(annex.key, annex.name, files) is not None
            for annex in item.annexes
        )
    return MORE if more else SAME


def _there(meeting: ReadMeeting, body: BodyRecord) -> Meeting | None:
    known = Meeting.objects.filter(body=body, source=SOURCE, source_id=_source_id(meeting))
    return known.first() or Meeting.objects.filter(body=body, begins_at=meeting.begins_at).first()


def _source_id(meeting: ReadMeeting) -> str:
    when = meeting.begins_at.astimezone(timezone.get_fixed_timezone(0))
    return f"{meeting.committee[:60]}@{when:%Y%m%dT%H%MZ}"


def _key_of(item: ReadItem, number: int) -> str:
    return item.key or f"nr-{item.number or number}"


def _save(line: Line, by: User | None, files: Files) -> Meeting:
    read = line.meeting
    meeting = _there(read, line.body) or Meeting(
        body=line.body, source=SOURCE, source_id=_source_id(read)
    )
    meeting.title, meeting.place = read.title, read.place
    meeting.begins_at, meeting.ends_at = read.begins_at, read.ends_at
    approved = read.has_minutes or meeting.state == Meeting.State.APPROVED
    meeting.state = Meeting.State.APPROVED if approved else Meeting.State.RELEASED
    meeting.save()
    numbers = _numbers(read.items)
    for position, item in enumerate(read.items, start=1):
        _save_item(meeting, item, position, numbers[position - 1], by, files)
    for name, status in read.present:
        _save_attendance(meeting, name, status, by)
    note(f"meeting brought in from {SOURCE}: {line.what}", about=meeting, by=by)
    return meeting


def _numbers(items: Sequence[ReadItem]) -> list[int]:
    """The numbers they had; a number that comes twice goes on after the highest."""
    taken: set[int] = set()
    highest = max((item.number or 0 for item in items), default=0)
    found = []
    for item in items:
        number = item.number
        if number is None or number in taken:
            highest += 1
            number = highest
        taken.add(number)
        found.append(number)
    return found


def _save_item(
    meeting: Meeting, read: ReadItem, position: int, number: int, by: User | None, files: Files
) -> None:
    key = _key_of(read, position)
    item = meeting.items.filter(source_id=key).first() or Item(
        meeting=meeting, body=meeting.body, source_id=key, created_by=by
    )
    item.kind, item.title, item.case_number = read.kind, read.title, read.case_number
    item.position, item.number, item.addendum = position, number, read.addendum
    item.closed = read.closed
    # The title of a closed item may tell all, and often does: it stays with the members.
    item.closed_because = _("Lukket i det system, punktet er hentet fra") if read.closed else ""
    item.public_title = _("Lukket punkt") if read.closed else ""
    item.state = Item.State.TREATED if meeting.state == Meeting.State.APPROVED else Item.State.READY
    item.save()
    item.blocks.all().delete()
    Block.objects.bulk_create(
        Block(item=item, kind=kind, caption=caption, html=html, position=at)
        for at, (kind, caption, html) in enumerate(read.blocks)
    )
    item.clauses.all().delete()
    Clause.objects.bulk_create(
        Clause(item=item, position=at, text=text, outcome=outcome, decision=decision)
        for at, (text, outcome, decision) in enumerate(read.clauses, start=1)
    )
    if read.minutes:
        Minute.objects.update_or_create(
            item=item,
            defaults={"html": read.minutes, "changed_at": clock.now(), "changed_by": by},
        )
    for at, annex in enumerate(read.annexes):
        content = _file(annex.key, annex.name, files)
        if content is not None and not item.annexes.filter(source_id=annex.key).exists():
            _save_annex(item, annex, content, at, by)


def _save_annex(
    item: Item,
    read: firstagenda_in.ReadAnnex,
    found: tuple[str, bytes],
    position: int,
    by: User | None,
) -> None:
    file_name, content = found
    row = Annex(
        item=item,
        name=read.name,
        position=position,
        file_name=file_name[:200],
        content_type=_type_of(file_name, content),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        source_id=read.key,
        added_at=clock.now(),
        added_by=by,
    )
    row.file.save(f"{row.uid}", ContentFile(content), save=False)
    row.save()


def _type_of(file_name: str, content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    guessed = mimetypes.guess_type(file_name)[0] or "application/octet-stream"
    # Said to be a PDF and is not: nobody's browser is told to open it as one.
    return "application/octet-stream" if guessed == "application/pdf" else guessed


def _file(key: str, name: str, files: Files) -> tuple[str, bytes] | None:
    """The file of an annex: named by its key, or by its own name, with any ending."""
    for file_name, content in files.items():
        stem = file_name.rsplit("/", 1)[-1]
        if stem in (key, name) or (stem.rsplit(".", 1)[0] in (key, name) and "." in stem):
            ending = stem.rsplit(".", 1)[1] if "." in stem else ""
            shown = name if name.endswith(f".{ending}") or not ending else f"{name}.{ending}"
            return (shown, content) if len(content) <= LARGEST_ANNEX else None
    return None


def _save_attendance(meeting: Meeting, name: str, status: str, by: User | None) -> None:
    seat = _seat_called(meeting, name)
    person = seat.person if seat else _person_called(name, by)
    Attendance.objects.update_or_create(
        meeting=meeting,
        person=person,
        defaults={
            "status": status,
            "counts": seat is not None,
            "membership": seat.key if seat else None,
            "party": seat.party if seat else "",
            "role": seat.role if seat else "",
            "represents": str(seat.represents or "") if seat else "",
        },
    )


def _seat_called(meeting: Meeting, name: str) -> Membership | None:
    day = timezone.localtime(meeting.begins_at).date()
    rows = [
        row
        for row in history.as_of(meeting.body, day)
        if row.person.name.casefold() == name.casefold()
    ]
    return rows[0] if len(rows) == 1 else None


def _person_called(name: str, by: User | None) -> Person:
    """Somebody of that name who is known here already, else somebody new."""
    known = Person.objects.filter(name__iexact=name)
    if known.count() == 1:
        return known.get()
    # Who may bring meetings in may add the people who were there.
    return bodies.add_person(by=by, name=name)
