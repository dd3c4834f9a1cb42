"""What may happen to the attendance of a meeting, from its opening until its minutes are approved.

Every change is kept (AttendanceChange) with who made it and when. Who changes what somebody else
has just changed is told, and nothing of the other's is overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.accounts.rules import is_secretariat
from klynge.web.audit.rules import note
from klynge.web.bodies import clock, history
from klynge.web.bodies.models import FILLS_NO_SEAT, Membership, Person
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import taking_part
from klynge.web.meetings.models import (
    Attendance,
    AttendanceChange,
    Item,
    ItemAbsence,
    Meeting,
)

DEPUTY = "stedfortraeder"
FIELDS = ("status", "joined_id", "left_id", "deputy_for_id", "note")


@rules.predicate
def is_secretary_of_the_body(user: User, meeting: Meeting | None) -> bool:
    """Whether the user sits in the body as its secretary on the day of the meeting."""
    if meeting is None or not user.is_authenticated:
        return False
    rows = Membership.objects.filter(body=meeting.body_id, person__user=user, role="sekretariat")
    return rows.known_at().valid_on(meeting.day).exists()


rules.add_perm("meetings.write_minutes", is_secretariat | is_secretary_of_the_body)


@dataclass(frozen=True)
class Change:
    """What somebody wants one person's attendance to be, and what they saw when they began.

    was, now: values of FIELDS; what is not in `now` stays.
    """

    attendance: int
    was: Mapping[str, Any]
    now: Mapping[str, Any]


@dataclass(frozen=True)
class Clash:
    """A change that was not made, because somebody else had changed the same in the meantime."""

    attendance: Attendance
    field: str

    @property
    def in_words(self) -> str:
        last = self.attendance.changes.last()
        who = str(last.by) if last and last.by else _("en anden")
        return _(
            "{person} er imens ændret af {who} til: {now}. Din ændring er ikke gemt; se efter, og"
            " gem igen."
        ).format(
            person=self.attendance.person,
            who=who,
            now=said(self.attendance, self.field),
        )


@transaction.atomic
def open_meeting(*, by: User | None, meeting: Meeting, at: datetime | None = None) -> Meeting:
    """Begin a meeting: everybody who sits in the body that day is on the list.

    at: when it began; None is now on the day itself, else the time it was called for.
    """
    meeting = _locked(meeting, by)
    if meeting.state != Meeting.State.RELEASED:
        raise NotAllowed(_("Mødet kan åbnes, når dagsordenen er sendt ud."))
    if meeting.opened_at is not None:
        raise NotAllowed(_("Mødet er allerede åbnet."))
    if at is None:
        now = clock.now()
        at = now if timezone.localtime(now).date() == meeting.day else meeting.begins_at
    meeting.opened_at, meeting.version = at, meeting.version + 1
    meeting.save()
    _add_members(meeting)
    note("meeting opened", about=meeting, by=by)
    return meeting


@transaction.atomic
def close_meeting(*, by: User | None, meeting: Meeting, at: datetime | None = None) -> Meeting:
    """End a meeting; what was on the agenda and was not postponed has been treated."""
    meeting = _locked(meeting, by)
    reasons = []
    if meeting.opened_at is None:
        reasons.append(_("Mødet er ikke åbnet endnu."))
    if meeting.closed_at is not None:
        reasons.append(_("Mødet er allerede hævet."))
    if reasons:
        raise NotAllowed(*reasons)
    if at is None:
        now = clock.now()
        at = now if timezone.localtime(now).date() == meeting.day else meeting.ends_at
    if at <= meeting.opened_at:
        raise NotAllowed(_("Mødet kan ikke hæves, før det er åbnet."))
    treated = meeting.items.exclude(state__in=(Item.State.POSTPONED, Item.State.WITHDRAWN))
    treated.update(state=Item.State.TREATED)
    meeting.closed_at, meeting.version = at, meeting.version + 1
    meeting.state = Meeting.State.HELD
    meeting.save()
    note("meeting closed", about=meeting, by=by)
    return meeting


@transaction.atomic
def renew(*, by: User | None, meeting: Meeting) -> int:
    """Add those who have been appointed since the meeting was opened; returns how many."""
    meeting = _open(meeting, by)
    added = _add_members(meeting)
    if added:
        note("attendance renewed", about=meeting, by=by)
    return added


@transaction.atomic
def record(*, by: User | None, meeting: Meeting, changes: Sequence[Change]) -> list[Clash]:
    """Make every change that touches nobody else's; returns the others, which were not made."""
    meeting = _open(meeting, by)
    rows = {row.pk: row for row in meeting.attendance.select_related("person")}
    items = {item.pk: item for item in taking_part.items_of(meeting)}
    reasons, clashes, changed = [], [], []
    for change in changes:
        row = rows.get(change.attendance)
        if row is None:
            reasons.append(_("En af personerne er ikke på mødets liste."))
            continue
        wanted, against = _wanted(row, change)
        clashes += against
        if wanted:
            reasons += _reasons_against(row, wanted, items, rows)
            changed.append((row, wanted))
    if reasons:
        raise NotAllowed(*reasons)
    for row, wanted in changed:
        _change(row, wanted, by=by)
    if changed:
        note("attendance recorded", about=meeting, by=by)
    return clashes


@transaction.atomic
def everybody_is_here(*, by: User | None, meeting: Meeting) -> int:
    """Everybody whose attendance is not recorded is present; returns how many that was.

    A deputy is not: they come only when somebody says so.
    """
    meeting = _open(meeting, by)
    waiting = meeting.attendance.filter(status=Attendance.Status.EXPECTED, deputy_for=None)
    rows = list(waiting.exclude(role=DEPUTY).select_related("person"))
    for row in rows:
        _change(row, {"status": Attendance.Status.PRESENT}, by=by)
    if rows:
        note("attendance recorded", about=meeting, by=by)
    return len(rows)


@transaction.atomic
def add_guest(
    *,
    by: User | None,
    meeting: Meeting,
    person: Person,
    represents: str = "",
    deputy_for: Attendance | None = None,
) -> Attendance:
    """Somebody who is at the meeting without a seat: a guest, or a deputy for a member."""
    meeting = _open(meeting, by)
    if meeting.attendance.filter(person=person).exists():
        raise NotAllowed(_("{person} er allerede på listen.").format(person=person))
    row = Attendance(
        meeting=meeting,
        person=person,
        party=deputy_for.party if deputy_for else "",
        role=DEPUTY if deputy_for else "",
        represents=represents or (deputy_for.represents if deputy_for else ""),
        counts=False,
        deputy_for=None,
    )
    if deputy_for is not None:
        _must_be_a_seat(deputy_for, meeting)
        row.deputy_for = deputy_for
    row.status = Attendance.Status.PRESENT
    row.save()
    _tell(row, _("Kom til som {what}").format(what=_as_what(row)), by=by)
    note("guest added to attendance", about=meeting, by=by)
    return row


@transaction.atomic
def step_out(
    *, by: User | None, item: Item, attendance: Attendance, why: str, reason: str = ""
) -> ItemAbsence:
    """Somebody takes no part in an item: a conflict of interest (and why), or out a while."""
    _open(item.meeting, by)
    reason = " ".join(reason.split())[:300]
    reasons = []
    if attendance.meeting_id != item.meeting_id:
        reasons.append(_("Personen er ikke på mødets liste."))
    if attendance.status != Attendance.Status.PRESENT:
        reasons.append(_("{person} er ikke til stede på mødet.").format(person=attendance.person))
    if why not in ItemAbsence.Why.values:
        reasons.append(_("Vælg, om personen er inhabil eller ude af lokalet."))
    if why == ItemAbsence.Why.CONFLICT and not reason:
        reasons.append(_("Skriv, hvorfor personen er inhabil."))
    if reasons:
        raise NotAllowed(*reasons)
    row, _new = ItemAbsence.objects.update_or_create(
        item=item, attendance=attendance, defaults={"why": why, "note": reason}
    )
    label = ItemAbsence.Why(why).label
    said_of = _("{why} ved punkt {n}").format(why=label, n=item.number or item.position)
    _tell(attendance, f"{said_of}: {reason}" if reason else said_of, by=by)
    note("absence from item recorded", about=item, by=by)
    return row


@transaction.atomic
def step_in(*, by: User | None, item: Item, attendance: Attendance) -> None:
    """Take back that somebody took no part in an item."""
    _open(item.meeting, by)
    removed, _rows = ItemAbsence.objects.filter(item=item, attendance=attendance).delete()
    if removed:
        said_of = _("Deltog alligevel i punkt {n}").format(n=item.number or item.position)
        _tell(attendance, said_of, by=by)
        note("absence from item taken back", about=item, by=by)


def said(row: Attendance, field: str) -> str:
    """One value of an attendance in words, as it is shown and kept."""
    if field == "status":
        return str(row.get_status_display())
    if field == "joined_id":
        return (
            _("kom ved punkt {n}").format(n=row.joined.number) if row.joined else _("kom fra start")
        )
    if field == "left_id":
        return _("gik fra punkt {n}").format(n=row.left.number) if row.left else _("blev til slut")
    if field == "deputy_for_id":
        who = row.deputy_for.person if row.deputy_for else _("ingen")
        return _("stedfortræder for {who}").format(who=who)
    return row.note or _("ingen bemærkning")


def _locked(meeting: Meeting, by: User | None) -> Meeting:
    if by is not None and not by.has_perm("meetings.write_minutes", meeting):
        raise NotAllowed(_("Kun sekretariatet fører fremmøde og referat."))
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def _open(meeting: Meeting, by: User | None) -> Meeting:
    meeting = _locked(meeting, by)
    if meeting.opened_at is None:
        raise NotAllowed(_("Mødet er ikke åbnet endnu."))
    if not meeting.minutes_are_open:
        raise NotAllowed(
            _("Referatet er godkendt og lukket. Skriv en rettelse i stedet; den får sin egen dato.")
        )
    return meeting


def _add_members(meeting: Meeting) -> int:
    """A row for each who sits in the body that day, deputies linked to their members."""
    there = set(meeting.attendance.values_list("person_id", flat=True))
    rows: dict[Any, Attendance] = {
        row.membership: row for row in meeting.attendance.exclude(membership=None)
    }
    members = history.as_of(meeting.body, meeting.day)
    # A person with two seats has one place at the table, the first in the order of the roles.
    new = [each for each in members if each.person_id not in there]
    for each in new:
        if each.person_id in there:
            continue
        there.add(each.person_id)
        rows[each.key] = Attendance.objects.create(
            meeting=meeting,
            person=each.person,
            membership=each.key,
            party=each.party,
            role=each.role,
            represents=str(each.represents or "")[:200],
            counts=each.role not in FILLS_NO_SEAT,
        )
    for each in new:
        if each.deputy_for in rows and rows[each.deputy_for].person_id != each.person_id:
            Attendance.objects.filter(meeting=meeting, membership=each.key).update(
                deputy_for=rows[each.deputy_for]
            )
    return len(new)


def _wanted(row: Attendance, change: Change) -> tuple[dict[str, Any], list[Clash]]:
    """What is really to be changed of a row, and what somebody else has changed since."""
    wanted: dict[str, Any] = {}
    clashes = []
    for field, value in change.now.items():
        here, was = getattr(row, field), change.was.get(field)
        if value in (was, here):
            continue
        if here != was:
            clashes.append(Clash(row, field))
        else:
            wanted[field] = value
    return ({} if clashes else wanted), clashes


def _reasons_against(
    row: Attendance,
    wanted: Mapping[str, Any],
    items: Mapping[int, Item],
    rows: Mapping[int, Attendance],
) -> list[str]:
    reasons = []
    if wanted.get("status", row.status) not in Attendance.Status.values:
        reasons.append(_("Vælg til stede, afbud eller udeblevet."))
    for field in ("joined_id", "left_id"):
        if wanted.get(field) is not None and wanted[field] not in items:
            reasons.append(_("Punktet er ikke på mødets dagsorden."))
    order = list(items)
    joined, left = (wanted.get(name, getattr(row, name)) for name in ("joined_id", "left_id"))
    if joined in items and left in items and order.index(left) <= order.index(joined):
        reasons.append(
            _("{person} kan ikke gå, før vedkommende er kommet.").format(person=row.person)
        )
    member = wanted.get("deputy_for_id")
    if member is not None:
        if row.counts:
            reasons.append(
                _("{person} er selv medlem og kan ikke være stedfortræder.").format(
                    person=row.person
                )
            )
        if member not in rows or not rows[member].counts or member == row.pk:
            reasons.append(_("Den, der skal være stedfortræder for, er ikke medlem."))
    return reasons


def _must_be_a_seat(row: Attendance, meeting: Meeting) -> None:
    if row.meeting_id != meeting.pk or not row.counts:
        raise NotAllowed(_("Den, der skal være stedfortræder for, er ikke medlem."))


def _change(row: Attendance, wanted: Mapping[str, Any], *, by: User | None) -> None:
    for field, value in wanted.items():
        setattr(row, field, value)
    row.save(update_fields=[field.removesuffix("_id") for field in wanted])
    row.refresh_from_db()
    _tell(row, ", ".join(said(row, field) for field in FIELDS if field in wanted), by=by)


def _tell(row: Attendance, what: str, *, by: User | None) -> None:
    AttendanceChange.objects.create(attendance=row, what=what[:400], at=clock.now(), by=by)


def _as_what(row: Attendance) -> str:
    return said(row, "deputy_for_id") if row.deputy_for else _("gæst")
