"""What is due of the meeting itself: attendance, minutes, and who has not answered yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.bodies import papers
from klynge.web.bodies.duties import Duty
from klynge.web.meetings import access, approval_rules
from klynge.web.meetings.models import Meeting

MINUTES_DAYS = 7


def of_minutes(user: User, on: date) -> list[Duty]:
    """Every open duty about attendance and minutes that the user may see."""
    rows = access.visible_meetings(user).filter(begins_at__date__lte=on)
    states = (Meeting.State.RELEASED, Meeting.State.HELD, Meeting.State.MINUTES_REVIEW)
    found: list[Duty] = []
    for meeting in rows.filter(state__in=states).select_related("body"):
        writes = user.has_perm("meetings.write_minutes", meeting)
        if meeting.state == Meeting.State.MINUTES_REVIEW:
            found += _of_approval(meeting, user, writes)
        elif writes:
            found.append(_of_writing(meeting))
    return found


def _of_writing(meeting: Meeting) -> Duty:
    days = papers.local_rule(meeting.body, "minutes_days", meeting.day)
    due = meeting.day + timedelta(days=MINUTES_DAYS if days is None else int(days))
    day = date_format(meeting.day, "j. F")
    if meeting.state == Meeting.State.RELEASED:
        what = _("Registrér fremmøde og referat fra mødet {day}").format(day=day)
        return Duty(what, _address("attendance", meeting), due, meeting.body)
    what = _("Send referatet fra {day} til godkendelse").format(day=day)
    return Duty(what, _address("minutes", meeting), due, meeting.body)


def _of_approval(meeting: Meeting, user: User, writes: bool) -> Iterable[Duty]:
    progress = approval_rules.progress(meeting)
    if progress is None:
        return
    address, due = _address("minutes", meeting), progress.review.due_on
    day = date_format(meeting.day, "j. F")
    if writes and progress.changed:
        what = _("Send det ændrede referat fra {day} igen").format(day=day)
        yield Duty(what, address, None, meeting.body)
    elif writes and progress.is_met:
        what = _("Afslut godkendelsen af referatet fra {day}").format(day=day)
        yield Duty(what, address, None, meeting.body)
    for answer in progress.answers:
        own = answer.person.user_id == user.pk
        if answer.said is None and (own or (writes and answer.must)):
            what = _("Godkend referatet fra {day}").format(day=day)
            yield Duty(what, address, due, meeting.body, answer.person)


def _address(name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{name}", kwargs={"uid": meeting.uid})
