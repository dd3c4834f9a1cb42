"""What this room shows on the pages of others: a meeting, a body, a person, "Mit arbejde"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.bodies import history
from klynge.web.bodies.duties import Duty
from klynge.web.bodies.models import Person
from klynge.web.bodies.panels import Panel
from klynge.web.bodies.standing import Body
from klynge.web.meetings.models import Meeting
from klynge.web.meetings.parts import Link
from klynge.web.publishing import calendar_rules, public
from klynge.web.publishing.models import Invitation
from klynge.web.publishing.views import standings


def on_meeting(meeting: Meeting, user: User) -> Panel | None:
    """How the agenda and the minutes stand towards the public."""
    mine = user.has_perm("publishing.publish")
    rows = standings(meeting, compare=mine)
    if not mine and not any(each.now for each in rows):
        return None
    return Panel(
        id="offentlighed",
        title=_("Offentlighed"),
        template="publishing/_panel_meeting.html",
        context={"meeting": meeting, "standings": rows, "may_publish": mine},
        order=80,
    )


def links_of_meeting(meeting: Meeting, user: User) -> Iterable[Link]:
    """One's own calendar; for the secretariat also the invitations."""
    yield Link(_("Min kalender"), reverse("publishing:my_calendar"), order=90)
    if user.has_perm("publishing.publish"):
        address = reverse("publishing:invite", kwargs={"uid": meeting.uid})
        yield Link(_("Kalenderindkaldelser"), address, order=85)


def on_body(body: Body, on: date, user: User) -> Panel | None:
    """What of the body everybody can see."""
    record = history.find(body.kind.id, body.place.id)
    if record is None:
        return None
    is_public = record in public.bodies()
    mine = user.has_perm("publishing.publish")
    if not is_public and not mine:
        return None
    return Panel(
        id="offentligt",
        title=_("Offentlighed"),
        template="publishing/_panel_body.html",
        context={
            "record": record,
            "chosen": public.what_of(record),
            "is_public": is_public,
            "may_publish": mine,
        },
        order=90,
    )


def on_person(person: Person, on: date, user: User) -> Panel | None:
    """One's own calendar, on one's own page."""
    if person.user_id is None or person.user_id != user.pk:
        return None
    return Panel(
        id="kalender", title=_("Min kalender"), template="publishing/_panel_calendar.html", order=90
    )


def duties(user: User, on: date) -> list[Duty]:
    """Invitations that are no longer right: the meeting was moved or is off."""
    if not user.has_perm("publishing.publish"):
        return []
    invited = Invitation.objects.filter(meeting__begins_at__date__gte=on).values("meeting")
    meetings = Meeting.objects.filter(pk__in=invited).select_related("body")
    return [
        Duty(
            what=_("Send nye kalenderindkaldelser: {meeting}").format(meeting=meeting),
            address=reverse("publishing:invite", kwargs={"uid": meeting.uid}),
            due=on,
            body=meeting.body,
        )
        for meeting in meetings
        if any(line.wants and line.email for line in calendar_rules.lines(meeting))
    ]
