"""When the meeting really began and ended: put right until its minutes are approved."""

from __future__ import annotations

from datetime import time

from django.db import transaction
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import calendar_times
from klynge.web.meetings.models import Meeting


@transaction.atomic
def correct(
    *, by: User | None, meeting: Meeting, version: int, opened: time, closed: time | None
) -> Meeting:
    """Put right when it was opened and closed, on the day of the meeting, by the Danish clock.

    version: of the meeting, as whoever corrects saw it. closed: None only while it goes on.
    Minutes that are with the members for approval must be sent again afterwards.
    """
    if by is not None and not by.has_perm("meetings.write_minutes", meeting):
        raise NotAllowed(_("Kun sekretariatet fører fremmøde og referat."))
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.opened_at is None:
        raise NotAllowed(_("Mødet er ikke åbnet endnu."))
    if not meeting.minutes_are_open:
        raise NotAllowed(
            _("Referatet er godkendt og lukket. Skriv en rettelse i stedet; den får sin egen dato.")
        )
    if meeting.version != version:
        raise NotAllowed(
            _("En anden har ændret mødet imens. Se tiderne igen, og ret dem, hvis de er forkerte.")
        )
    if (closed is None) != (meeting.closed_at is None):
        raise NotAllowed(
            _("Skriv, hvornår mødet blev hævet.")
            if closed is None
            else _("Mødet er ikke hævet endnu. Hæv det på siden med fremmøde.")
        )
    opened_at = calendar_times.moment(meeting.day, opened)
    closed_at = None if closed is None else calendar_times.moment(meeting.day, closed)
    if closed_at is not None and closed_at <= opened_at:
        raise NotAllowed(_("Mødet kan ikke hæves, før det er åbnet."))
    if (opened_at, closed_at) != (meeting.opened_at, meeting.closed_at):
        meeting.opened_at, meeting.closed_at = opened_at, closed_at
        meeting.version += 1
        meeting.save(update_fields=["opened_at", "closed_at", "version"])
        note("meeting's times corrected", about=meeting, by=by)
    return meeting
