"""The meetings on the pages of a body and a person, and their number against the law's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.bodies import history
from klynge.web.bodies.cadence import Days
from klynge.web.bodies.models import Person
from klynge.web.bodies.panels import Panel
from klynge.web.bodies.standing import Body
from klynge.web.meetings import access
from klynge.web.meetings.models import Meeting

SHOWN = 4
TEMPLATE = "meetings/_panel_meetings.html"


def next_meetings(body: Body, on: date, user: User) -> Panel:
    """A body's next meetings."""
    record = history.find(*body.key)
    rows = access.visible_meetings(user).filter(body=record, begins_at__date__gte=on)
    rows = rows.exclude(state=Meeting.State.CANCELLED).order_by("begins_at")
    context = {"meetings": list(rows[:SHOWN]) if record else [], "body": body}
    return Panel("moeder-i-organet", _("Møder"), TEMPLATE, context, order=10)


def meetings_of_person(person: Person, on: date, user: User) -> Panel | None:
    """The next meetings of everything a person sits in."""
    seats = [seat for seat in history.seats_of([person.pk]) if seat.holds_on(on)]
    rows = access.visible_meetings(user).filter(
        body__in={seat.body_id for seat in seats}, begins_at__date__gte=on
    )
    meetings = [
        meeting
        for meeting in rows.exclude(state=Meeting.State.CANCELLED).order_by("begins_at")[:20]
        if any(seat.body_id == meeting.body_id and seat.holds_on(meeting.day) for seat in seats)
    ]
    if not meetings:
        return None
    context = {"meetings": meetings[: 2 * SHOWN], "show_body": True}
    return Panel("moeder-for-personen", _("Kommende møder"), TEMPLATE, context, order=10)


def meetings_of_year(year: int, on: date) -> Mapping[tuple[str, str], Days]:
    """The days of every body's meetings in a year, for the law's least number. One query."""
    rows = Meeting.objects.filter(begins_at__year=year).select_related("body")
    held: dict[tuple[str, str], list[date]] = {}
    planned: dict[tuple[str, str], list[date]] = {}
    for meeting in rows.exclude(state__in=(Meeting.State.CANCELLED, Meeting.State.PROPOSED)):
        key = (meeting.body.kind, meeting.body.place)
        (held if meeting.day <= on else planned).setdefault(key, []).append(meeting.day)
    return {
        key: Days(tuple(held.get(key, ())), tuple(planned.get(key, ())))
        for key in {*held, *planned}
    }
