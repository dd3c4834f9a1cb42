"""The ways from a meeting's page to who was there and what was written."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.meetings import access
from klynge.web.meetings.models import Meeting
from klynge.web.meetings.parts import Link


def to_the_meeting_itself(meeting: Meeting, user: User) -> Iterable[Link]:
    """Attendance for those who keep it, and minutes, from the day the agenda is out.

    On the day attendance is the next thing to do; afterwards the minutes are.
    """
    if meeting.state == Meeting.State.CANCELLED or meeting.agenda_is_open:
        return
    if user.has_perm("meetings.write_minutes", meeting):
        today = meeting.state == Meeting.State.RELEASED and meeting.day <= access.today()
        address = reverse("meetings:attendance", kwargs={"uid": meeting.uid})
        yield Link(_("Fremmøde"), address, order=10, primary=today)
    if meeting.is_over or meeting.opened_at:
        address = reverse("meetings:minutes", kwargs={"uid": meeting.uid})
        yield Link(_("Referat"), address, order=20, primary=meeting.is_over)
