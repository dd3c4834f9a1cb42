"""The year's wheel: the meetings, deadlines and marks of some bodies in one year."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klynge import structure
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.standing import Body
from klynge.web.meetings import access, collisions, days_off, year_marks, year_plan
from klynge.web.meetings.collisions import Collision
from klynge.web.meetings.models import Meeting
from klynge.web.meetings.year_marks import Mark

DEADLINES = (
    ("call_on", _("punkter efterlyses")),
    ("items_due_on", _("frist for punkter")),
    ("agenda_due_on", _("dagsorden udsendes")),
)
# The kinds of body that belong in one wheel, with the level they are drawn as.
LEVELS = {
    "klynge-faglig": 1,
    "klynge-politisk": 2,
    "ssu": 3,
    "patientinddragelsesudvalg": 4,
    "sundhedsraad": 2,
    "forberedende-sundhedsraad": 2,
    "patient-og-paaroerendeudvalg": 4,
}


@dataclass(frozen=True)
class Row:
    """One body of the wheel: how many meetings it has, and how many it must have."""

    body: Body
    record: BodyRecord | None
    level: int
    meetings: tuple[Meeting, ...]
    least: int
    paragraph: str

    @property
    def lacking(self) -> int:
        return max(self.least - len(self.meetings), 0)


@dataclass(frozen=True)
class Entry:
    """One line of the year. meeting: for a meeting or one of its deadlines."""

    day: date
    what: str | Promise
    level: int = 0
    meeting: Meeting | None = None
    mark: Mark | None = None
    is_meeting: bool = False
    collisions: tuple[Collision, ...] = ()


@dataclass(frozen=True)
class Day:
    """A day of the month's grid; None in `number` is outside the month."""

    number: int | None
    day: date | None = None
    entries: tuple[Entry, ...] = ()
    off: str = ""


@dataclass(frozen=True)
class Month:
    """A month: its name, its weeks for the grid, its lines for the list."""

    number: int
    name: str
    weeks: tuple[tuple[Day, ...], ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Wheel:
    """A year of some bodies."""

    year: int
    rows: tuple[Row, ...]
    months: tuple[Month, ...]
    collisions: tuple[Collision, ...] = field(default=())


def of(bodies: Sequence[Body], records: Sequence[BodyRecord], year: int, user: Any) -> Wheel:
    """The wheel of a year as a user may see it."""
    by_key = {(record.kind, record.place): record for record in records}
    seen = access.visible_meetings(user)
    rows = []
    for body in bodies:
        record = by_key.get(body.key)
        mine = year_plan.of_year(record, year).filter(pk__in=seen.values("pk")) if record else ()
        number, paragraph = year_plan.least(body.kind.id, body.nearest_day(date(year, 6, 30)))
        level = LEVELS.get(body.kind.id, 4)
        rows.append(Row(body, record, level, tuple(mine), number, paragraph))
    found = _collisions(rows, year, user)
    entries = sorted(
        [*_of_meetings(rows, found), *_of_marks(list(by_key.values()), year, user)],
        key=lambda entry: (entry.day, not entry.is_meeting, entry.level),
    )
    return Wheel(year, tuple(rows), tuple(_months(year, entries)), tuple(found))


def bodies_around(place: structure.Place, year: int) -> list[Body]:
    """The bodies of one wheel: both levels of a klynge and its region's SSU, or those of a råd."""
    region = place if place.kind == "region" else None
    if region is None and place.region:
        region = structure.place("region", place.region)
    wanted = {place.kind: place} | ({"region": region} if region else {})
    found = {
        body.key: body
        for day in (date(year, 1, 1), date(year, 12, 31))
        for kind in structure.body_kinds(day)
        if (where := wanted.get(kind.place_kind)) and (body := Body(kind, where)).exists(day)
    }
    return sorted(found.values(), key=lambda body: (LEVELS.get(body.kind.id, 4), body.name))


def _collisions(rows: Sequence[Row], year: int, user: Any) -> list[Collision]:
    """Those that touch a meeting of the wheel; only for those who lay the dates."""
    if not user.has_perm("meetings.edit"):
        return []
    mine = {meeting.pk for row in rows for meeting in row.meetings}
    return [
        each for each in collisions.of_year(year) if each.one.pk in mine or each.other.pk in mine
    ]


def _of_meetings(rows: Sequence[Row], found: Sequence[Collision]) -> Iterable[Entry]:
    for row in rows:
        for meeting in row.meetings:
            touching = tuple(each for each in found if meeting in (each.one, each.other))
            yield Entry(
                meeting.day,
                meeting.title or row.body.kind_name,
                row.level,
                meeting,
                is_meeting=True,
                collisions=touching,
            )
            for name, what in DEADLINES:
                day = getattr(meeting, name)
                if day is not None and day.year == meeting.day.year:
                    yield Entry(day, what, row.level, meeting)


def _of_marks(records: Sequence[BodyRecord], year: int, user: Any) -> Iterable[Entry]:
    return (
        Entry(mark.day, mark.title, mark=mark) for mark in year_marks.of_year(records, year, user)
    )


def _months(year: int, entries: Sequence[Entry]) -> Iterable[Month]:
    for number in range(1, 13):
        mine = tuple(
            entry for entry in entries if (entry.day.year, entry.day.month) == (year, number)
        )
        weeks = tuple(
            tuple(_day(year, number, day, mine) for day in week)
            for week in calendar.Calendar().monthdayscalendar(year, number)
        )
        yield Month(number, str(MONTHS[number]).capitalize(), weeks, mine)


def _day(year: int, month: int, number: int, entries: Sequence[Entry]) -> Day:
    if not number:
        return Day(None)
    day = date(year, month, number)
    meetings = tuple(e for e in entries if e.day == day and (e.is_meeting or e.mark))
    return Day(number, day, meetings, days_off.why_not(day))
