"""What this room tells the others: duties, panels, and what follows a meeting."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klynge.web.accounts.models import User
from klynge.web.accounts.rules import is_secretariat
from klynge.web.bodies.duties import Duty
from klynge.web.bodies.history import find
from klynge.web.bodies.models import Person
from klynge.web.bodies.panels import Panel
from klynge.web.bodies.standing import Body
from klynge.web.decisions import access, register
from klynge.web.decisions.rules import OPEN
from klynge.web.meetings.models import Clause, Item, Meeting
from klynge.web.meetings.parts import Link
from klynge.web.meetings.readers import today

SHORT, MANY = 90, 6


def duties(user: User, on: date) -> list[Duty]:
    """Open decisions with a deadline, for the one who sees to them (else the secretariat)."""
    rows = register.every().filter(state__in=OPEN, deadline__isnull=False)
    found = [
        Duty(
            what=_("Følg op: {text}").format(text=short(shown.text)),
            address=reverse("decisions:decision", kwargs={"uid": shown.decision.uid}),
            due=shown.decision.deadline,
            body=shown.decision.body,
            person=shown.decision.responsible,
        )
        for shown in access.shown(rows, user)
        if shown.readable
    ]
    return [*found, *_overdue(found, user, on), *_meetings_without_decisions(user)]


def of_body(body: Body, on: date, user: User) -> Panel | None:
    """The decisions of a body that are still to be followed."""
    record = find(*body.key)
    if record is None or not record.decisions.exists():
        return None
    rows = register.every().filter(body=record, state__in=OPEN)
    shown = [each for each in access.shown(rows, user) if each.readable]
    late = [each for each in shown if each.decision.is_late(on)]
    shown.sort(key=lambda each: (each.decision.deadline or date.max, each.decision.decided_on))
    return Panel(
        "beslutninger",
        _("Beslutninger"),
        "decisions/_panel.html",
        {
            "shown": shown[:MANY],
            "more": max(len(shown) - MANY, 0),
            "late": len(late),
            "body": record,
            "on": on,
        },
        order=30,
    )


def of_person(person: Person, on: date, user: User) -> Panel | None:
    """The open decisions somebody sees to."""
    rows = register.every().filter(responsible=person, state__in=OPEN)
    shown = [each for each in access.shown(rows, user) if each.readable]
    if not shown:
        return None
    return Panel(
        "beslutninger", _("Beslutninger"), "decisions/_panel.html", {"shown": shown, "on": on}
    )


def after_meeting(meeting: Meeting, user: User) -> list[Link]:
    """Taking the decisions out of the minutes, for the secretariat; seeing them, for others."""
    found = []
    waiting = waiting_clauses(meeting)
    none_yet = not meeting.decisions.exists()
    if meeting.is_over and user.has_perm("decisions.record") and (waiting or none_yet):
        found.append(
            Link(
                _("Tag beslutningerne med"),
                reverse("decisions:from_minutes", kwargs={"uid": meeting.uid}),
                order=30,
                about=ngettext("{n} mangler", "{n} mangler", waiting).format(n=waiting)
                if waiting
                else "",
            )
        )
    shown = access.shown(register.every().filter(meeting=meeting), user)
    if shown:
        address = f"{reverse('decisions:home')}?moede={meeting.uid}"
        said = ngettext("{n} beslutning", "{n} beslutninger", len(shown)).format(n=len(shown))
        found.append(Link(_("Se mødets beslutninger"), address, order=31, about=said))
    return found


def on_item(item: Item, user: User) -> Panel | None:
    """What an item was decided, and what it follows up."""
    rows = register.every().filter(Q(item=item) | Q(uid=item.follows))
    shown = [each for each in access.shown(rows, user) if each.readable]
    if not shown:
        return None
    context = {"shown": shown, "on": today()}
    return Panel("beslutninger", _("Beslutninger"), "decisions/_panel.html", context, order=40)


def waiting_clauses(meeting: Meeting) -> int:
    """How many clauses the meeting decided on that are not in the register yet."""
    settled = (Clause.Outcome.AGREED, Clause.Outcome.CHANGED)
    rows = Clause.objects.filter(item__meeting=meeting, outcome__in=settled, decisions=None)
    return rows.exclude(item__state=Item.State.POSTPONED).count()


def short(text: str) -> str:
    """The beginning of a text."""
    text = " ".join(text.split())
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"


def _overdue(found: list[Duty], user: User, on: date) -> list[Duty]:
    """Decisions that others are late with: the secretariat reminds them, or brings them up."""
    if not is_secretariat(user):
        return []
    late = [each for each in found if each.person is not None and each.is_late(on)]
    if not late:
        return []
    said = ngettext(
        "{n} beslutning har overskredet sin frist",
        "{n} beslutninger har overskredet deres frist",
        len(late),
    )
    address = f"{reverse('decisions:home')}?tilstand={register.LATE}"
    return [Duty(said.format(n=len(late)), address, min(each.due for each in late if each.due))]


def _meetings_without_decisions(user: User) -> list[Duty]:
    """Approved minutes whose decisions nobody has taken out yet."""
    if not is_secretariat(user):
        return []
    rows = Meeting.objects.filter(state=Meeting.State.APPROVED, decisions=None)
    return [
        Duty(
            what=_("Tag beslutningerne fra referatet med"),
            address=reverse("decisions:from_minutes", kwargs={"uid": meeting.uid}),
            body=meeting.body,
        )
        for meeting in rows.select_related("body")
        if waiting_clauses(meeting)
    ]
