"""What may happen to a meeting before its agenda: dates, place, cancellation, a body's rhythm."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import clock, seating
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import deadlines
from klynge.web.meetings.models import Meeting, Rhythm
from klynge.web.meetings.rights import must_be_version, must_edit
from klynge.web.meetings.template_rules import add_standing_items

# What a calendar shows: only a change of these is a new edition of the event.
WHEN_AND_WHERE = ("begins_at", "ends_at", "place", "online_address")
CHANGEABLE = (
    *WHEN_AND_WHERE,
    "title",
    "chair",
    "minute_taker",
    "call_on",
    "items_due_on",
    "agenda_due_on",
)
DEADLINES = ("call_on", "items_due_on", "agenda_due_on")
LONGEST = timedelta(days=3)


@transaction.atomic
def plan_meeting(
    *,
    by: User | None,
    body: BodyRecord,
    begins_at: datetime,
    ends_at: datetime | None = None,
    proposed: bool = False,
    **more: Any,
) -> Meeting:
    """A meeting of a body, with the deadlines of its rhythm and its standing items.

    ends_at: None: as long as the body's meetings usually are. proposed: a date that is not
    settled yet; only the secretariat and the members see it. more: other fields of CHANGEABLE.
    """
    must_edit(by)
    BodyRecord.objects.select_for_update().get(pk=body.pk)
    if ends_at is None:
        rhythm = Rhythm.objects.filter(body=body).first() or Rhythm(body=body)
        ends_at = begins_at + timedelta(minutes=rhythm.minutes)
    meeting = Meeting(
        body=body,
        begins_at=begins_at,
        ends_at=ends_at,
        state=Meeting.State.PROPOSED if proposed else Meeting.State.PLANNED,
        **more,
    )
    _fill_in_deadlines(meeting)
    _must_be_possible(meeting)
    meeting.save()
    note("meeting proposed" if proposed else "meeting planned", about=meeting, by=by)
    if not proposed:
        add_standing_items(by=by, meeting=meeting)
    return meeting


@transaction.atomic
def change_meeting(
    *, by: User | None, meeting: Meeting, version: int | None = None, **changes: Any
) -> Meeting:
    """Change a meeting's time, place, title, chair or deadlines.

    The calendar's edition goes up only when time or place changes. When the day moves, deadlines
    that were not given move along. version: the one that was read; None: do not ask.
    """
    must_edit(by)
    found = locked(meeting)
    must_be_version(found.version, version)
    changed = {n: v for n, v in changes.items() if n in CHANGEABLE and getattr(found, n) != v}
    if not changed:
        return found
    if found.state == Meeting.State.CANCELLED:
        raise NotAllowed(_("Mødet er aflyst. Læg et nyt møde i stedet."))
    moved = {*WHEN_AND_WHERE} & set(changed)
    if moved and (found.is_over or found.opened_at):
        raise NotAllowed(_("Mødet er holdt: tid og sted kan ikke længere ændres."))
    day = found.day
    for name, value in changed.items():
        setattr(found, name, value)
    if found.day != day and found.agenda_is_open:
        for name in DEADLINES:
            if name not in changed:
                setattr(found, name, None)
        _fill_in_deadlines(found)
    _must_be_possible(found)
    found.sequence += bool(moved)
    return _saved(found, meeting, "meeting moved" if moved else "meeting changed", by)


@transaction.atomic
def settle_date(*, by: User | None, meeting: Meeting) -> Meeting:
    """A proposed date becomes a meeting."""
    must_edit(by)
    found = locked(meeting)
    if found.state != Meeting.State.PROPOSED:
        raise NotAllowed(_("Datoen er allerede fastsat."))
    found.state = Meeting.State.PLANNED
    saved = _saved(found, meeting, "meeting planned", by)
    add_standing_items(by=by, meeting=saved)
    return saved


@transaction.atomic
def drop_proposal(*, by: User | None, meeting: Meeting) -> None:
    """Take away a date that was only proposed."""
    must_edit(by)
    found = locked(meeting)
    if found.state != Meeting.State.PROPOSED:
        raise NotAllowed(_("Mødet er fastsat. Det kan aflyses, men ikke slettes."))
    if found.items.exists():
        raise NotAllowed(_("Der er punkter på mødet. Flyt dem først."))
    note("proposed meeting dropped", about=found, by=by)
    found.delete()


@transaction.atomic
def cancel_meeting(*, by: User | None, meeting: Meeting, because: str) -> Meeting:
    """Cancel a meeting that was not held. Items that have not gone out return to the backlog."""
    must_edit(by)
    found = locked(meeting)
    reasons = []
    if found.state == Meeting.State.CANCELLED:
        reasons.append(_("Mødet er allerede aflyst."))
    if found.is_over or found.opened_at:
        reasons.append(_("Mødet er holdt og kan ikke aflyses."))
    if not because.strip():
        reasons.append(_("Skriv, hvorfor mødet aflyses."))
    if reasons:
        raise NotAllowed(*reasons)
    found.state = Meeting.State.CANCELLED
    found.cancelled_because = " ".join(because.split())[:300]
    found.sequence += 1
    # Standing items stay with the cancelled meeting: every new agenda gets its own.
    for item in found.items.filter(number=None, standing=None):
        item.meeting, item.position, item.addendum = None, 0, False
        item.save()
    return _saved(found, meeting, "meeting cancelled", by)


@transaction.atomic
def call_for_items(*, by: User | None, meeting: Meeting) -> Meeting:
    """Note that items were called for."""
    must_edit(by)
    found = locked(meeting)
    if found.state != Meeting.State.PLANNED:
        raise NotAllowed(_("Der kan kun efterlyses punkter til et møde, der er fastsat."))
    found.called_at = clock.now()
    return _saved(found, meeting, "items called for", by)


@transaction.atomic
def save_rhythm(*, by: User | None, body: BodyRecord, **values: Any) -> Rhythm:
    """When a body usually meets."""
    must_edit(by)
    rhythm = Rhythm.objects.select_for_update().filter(body=body).first() or Rhythm(body=body)
    for name, value in values.items():
        setattr(rhythm, name, value)
    ahead = [rhythm.call_days, rhythm.items_days, rhythm.agenda_days]
    given = [days for days in ahead if days is not None]
    if given != sorted(given, reverse=True):
        raise NotAllowed(
            _("Punkter efterlyses først, så er fristen for punkter, og så sendes dagsordenen ud.")
        )
    rhythm.save()
    note("rhythm saved", about=rhythm, by=by)
    return rhythm


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now, kept from others until the transaction ends."""
    return Meeting.objects.select_for_update().select_related("body").get(pk=meeting.pk)


def _saved(found: Meeting, given: Meeting, what: str, by: User | None) -> Meeting:
    """Save what was changed; the caller's own copy follows along."""
    found.version += 1
    found.save()
    note(what, about=found, by=by)
    given.refresh_from_db()
    return found


def _fill_in_deadlines(meeting: Meeting) -> None:
    usual = deadlines.of(meeting.body, meeting.day)
    for name in DEADLINES:
        if getattr(meeting, name) is None:
            setattr(meeting, name, getattr(usual, name))


def _must_be_possible(meeting: Meeting) -> None:
    reasons = []
    if meeting.ends_at <= meeting.begins_at:
        reasons.append(_("Mødet skal slutte, efter at det er begyndt."))
    elif meeting.ends_at - meeting.begins_at > LONGEST:
        reasons.append(_("Et møde varer højst tre dage. Se på datoerne."))
    reasons += seating.outside(meeting.body, meeting.day, meeting.day)
    ahead = [getattr(meeting, name) for name in DEADLINES]
    days = [day for day in ahead if day is not None]
    if days != sorted(days):
        reasons.append(
            _("Punkter efterlyses først, så er fristen for punkter, og så sendes dagsordenen ud.")
        )
    if any(day > meeting.day for day in days):
        reasons.append(_("Fristerne skal ligge før mødet."))
    if reasons:
        raise NotAllowed(*reasons)
