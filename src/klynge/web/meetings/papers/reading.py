"""A meeting as one reader may see it, read once, for its papers.

Everything comes through `access`: what a reader may not see is not here, so no paper can tell it.
The words are Danish whatever language the pages are read in: the papers are the cluster's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from klynge.web.meetings import access, taking_part
from klynge.web.meetings.models import Annex, Correction, Item, Meeting, Vote
from klynge.web.meetings.readers import STRANGER, Reader, Somebody, reader_of

PAPER_LANGUAGE = "da"


@dataclass(frozen=True)
class Absence:
    """Somebody who was at the meeting and did not take part in an item."""

    name: str
    why: str
    note: str


@dataclass(frozen=True)
class ItemPaper:
    """An item with what came of it, when that may be read."""

    view: access.ItemView
    told: bool = False
    minute: str = ""
    away: tuple[Absence, ...] = ()
    dissents: tuple[tuple[str, str], ...] = ()
    votes: tuple[tuple[str, int], ...] = ()
    corrections: tuple[tuple[datetime, str], ...] = ()

    @property
    def number(self) -> str:
        return str(self.view.number or self.view.place)

    @property
    def annexes(self) -> tuple[tuple[str, access.AnnexView], ...]:
        """The annexes with their numbers: 3.1, 3.2 ..."""
        return tuple(
            (f"{self.number}.{at}", annex) for at, annex in enumerate(self.view.annexes, start=1)
        )


@dataclass(frozen=True)
class Attended:
    """One person's attendance in words. counts: has a seat of their own."""

    name: str
    represents: str
    status: str
    more: str
    present: bool
    counts: bool


@dataclass(frozen=True)
class MeetingPaper:
    """A meeting for one reader. `told`: the minutes may be read."""

    meeting: Meeting
    body: str
    items: tuple[ItemPaper, ...]
    is_public: bool
    told: bool
    changed_at: datetime
    attendance: tuple[Attended, ...] = ()
    corrections: tuple[tuple[datetime, str], ...] = ()
    _files: dict[int, Annex] = field(default_factory=dict, repr=False, compare=False)

    @property
    def day(self) -> date:
        return self.meeting.day

    @property
    def is_approved(self) -> bool:
        return self.meeting.state == Meeting.State.APPROVED

    def content_of(self, annex: access.AnnexView) -> bytes:
        """The file of an annex that this reader was given."""
        with self._files[annex.pk].file.open("rb") as file:
            return bytes(file.read())


def read(meeting: Meeting, user: Somebody) -> MeetingPaper | None:
    """The meeting as a user may see it; None when they may not know of it."""
    with override(PAPER_LANGUAGE):
        seen = access.view(meeting, user)
        if seen is None:
            return None
        return _read(seen, reader_of(user, meeting), is_public=user is STRANGER)


def read_public(meeting: Meeting) -> MeetingPaper | None:
    """The meeting as anybody may see it: what may be published."""
    return read(meeting, STRANGER)


def _read(seen: access.AgendaView, reader: Reader, *, is_public: bool) -> MeetingPaper:
    meeting = seen.meeting
    rows = {item.pk: item for item in _rows(meeting)}
    meet = taking_part.of_meeting(meeting)
    rounds = {each.item.pk: each for each in meet.rounds()}
    corrections = list(meeting.corrections.all())
    readable = {view.pk for view in seen.items if reader.may_read_minutes(rows[view.pk])}
    items = tuple(
        _item(view, rows[view.pk], rounds.get(view.pk), corrections, reader)
        if view.pk in readable
        else ItemPaper(view)
        for view in seen.items
    )
    told = _may_read_minutes(meeting, reader)
    return MeetingPaper(
        meeting=meeting,
        body=str(meeting.body),
        items=items,
        is_public=is_public,
        told=told,
        changed_at=_changed_at(meeting, rows.values(), corrections),
        attendance=_attendance(meet, reader) if told else (),
        corrections=_dated(one for one in corrections if one.item_id is None) if told else (),
        _files={annex.pk: annex for row in rows.values() for annex in row.annexes.all()},
    )


def _rows(meeting: Meeting) -> Iterable[Item]:
    return (
        access.items_of(meeting)
        .select_related("minute")
        .prefetch_related("dissents__attendance__person", "votes")
    )


def _may_read_minutes(meeting: Meeting, reader: Reader) -> bool:
    """Whether the minutes as a whole may be read: as of any item that is open to all."""
    if not (meeting.is_over or meeting.opened_at):
        return False
    open_to_all = Item(body_id=meeting.body_id, meeting=meeting, number=1)
    return reader.may_read_minutes(open_to_all)


def _item(
    view: access.ItemView,
    row: Item,
    part: taking_part.Round | None,
    corrections: Iterable[Correction],
    reader: Reader,
) -> ItemPaper:
    minute = getattr(row, "minute", None)
    away = part.away if part else ()
    return ItemPaper(
        view,
        told=True,
        minute=minute.html if minute else "",
        away=tuple(
            # Why somebody has an interest in a matter is between them and the body.
            Absence(each.attendance.person.name, each.in_words, each.note if reader.member else "")
            for each in away
        ),
        dissents=tuple((one.attendance.person.name, one.text) for one in row.dissents.all()),
        votes=_votes(row),
        corrections=_dated(one for one in corrections if one.item_id == row.pk),
    )


def _votes(row: Item) -> tuple[tuple[str, int], ...]:
    """How many voted what on the item as a whole; on single clauses the minutes tell."""
    cast = [vote.choice for vote in row.votes.all() if vote.clause_id is None]
    return tuple((str(choice.label), cast.count(choice.value)) for choice in Vote.Choice if cast)


def _dated(corrections: Iterable[Correction]) -> tuple[tuple[datetime, str], ...]:
    return tuple((one.at, one.html) for one in corrections)


def _attendance(meet: taking_part.Meet, reader: Reader) -> tuple[Attended, ...]:
    numbers = {item.pk: str(item.number or at) for at, item in enumerate(meet.items, start=1)}
    found = []
    for row in meet.attendance:
        more = []
        if row.deputy_for is not None:
            more.append(f"stedfortræder for {row.deputy_for.person.name}")
        if row.joined_id in numbers:
            more.append(f"kom ved punkt {numbers[row.joined_id]}")
        if row.left_id in numbers:
            more.append(f"gik fra punkt {numbers[row.left_id]}")
        if row.note and reader.member:
            more.append(row.note)
        present = row.status == row.Status.PRESENT
        found.append(
            Attended(
                row.person.name,
                row.represents,
                str(row.get_status_display()),
                ", ".join(more),
                present,
                row.counts,
            )
        )
    return tuple(found)


def _changed_at(
    meeting: Meeting, rows: Iterable[Item], corrections: Iterable[Correction]
) -> datetime:
    """When what the papers say last changed: their date, the same until something changes."""
    moments = [meeting.changed_at]
    for row in rows:
        minute = getattr(row, "minute", None)
        moments += [row.changed_at, (minute.changed_at if minute else None) or row.changed_at]
        moments += [annex.added_at for annex in row.annexes.all()]
    moments += [one.at for one in corrections]
    return max(moments)


def long_day(day: date | datetime) -> str:
    """«22. oktober 2024», whatever language the page is in."""
    with override(PAPER_LANGUAGE):
        return str(date_format(day, "j. F Y"))


def clock_time(moment: datetime) -> str:
    """«9.30», in Denmark."""
    local = timezone.localtime(moment)
    return f"{local.hour}.{local.minute:02d}"
