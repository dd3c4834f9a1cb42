"""What is due of meetings: calls, items, agendas, the chairs' answers, next year's dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klynge.web.accounts.models import User
from klynge.web.bodies.duties import Duty
from klynge.web.bodies.models import BodyRecord
from klynge.web.meetings import access, versions
from klynge.web.meetings.models import AgendaVersion, Comment, Item, Meeting

AHEAD = timedelta(days=60)
AUTUMN, DATES_DUE = 9, (12, 1)
OPEN = (Meeting.State.PLANNED, Meeting.State.AGENDA_REVIEW)


def of_meetings(user: User, on: date) -> list[Duty]:
    """Every open duty about planning and agendas that the user may see."""
    office = user.has_perm("meetings.edit")
    person = getattr(user, "person", None)
    if not office and person is None:
        return []
    rows = Meeting.objects.filter(
        begins_at__date__gte=on - timedelta(days=1), begins_at__date__lte=on + AHEAD
    ).select_related("body")
    found: list[Duty] = []
    for meeting in rows.filter(state__in=(*OPEN, Meeting.State.RELEASED)):
        if office:
            found += _of_the_office(meeting, on)
        found += _of_chairs(meeting, user, office)
    if person is not None:
        found += _of_members(user, rows.filter(state=Meeting.State.PLANNED))
    if office:
        found += [*_comments(), *_wished_for(), *_next_year(on)]
    return found


def _of_the_office(meeting: Meeting, on: date) -> Iterable[Duty]:
    def duty(what: str, due: date | None) -> Duty:
        return Duty(what.format(day=_day(meeting)), _address(meeting), due, meeting.body)

    if meeting.state == Meeting.State.PLANNED:
        if meeting.called_at is None:
            yield duty(_("Efterlys punkter til mødet {day}"), meeting.call_on)
        elif meeting.items_due_on is None or meeting.items_due_on <= on:
            yield duty(_("Send dagsordenen for {day} til gennemsyn"), meeting.agenda_due_on)
        else:
            yield duty(_("Punkter til mødet {day} skal være inde"), meeting.items_due_on)
    elif meeting.state == Meeting.State.AGENDA_REVIEW:
        yield duty(_("Send dagsordenen for {day} ud"), meeting.agenda_due_on)
    elif versions.waiting(meeting):
        yield duty(_("Send tillægsdagsordenen for {day} ud"), meeting.day)


def _of_chairs(meeting: Meeting, user: User, office: bool) -> Iterable[Duty]:
    """The answers that are waited for: the chair's own, and all of them for the secretariat."""
    version = versions.latest(meeting)
    if version is None or version.kind != AgendaVersion.Kind.REVIEW:
        return
    said = versions.approvals(meeting, version)
    what = _("Godkend dagsordenen for {day}").format(day=_day(meeting))
    for chair in versions.chairs(meeting):
        if chair.person_id not in said and (office or chair.person.user_id == user.pk):
            due = meeting.agenda_due_on or meeting.day
            yield Duty(what, _address(meeting), due, meeting.body, chair.person)


def _of_members(user: User, meetings: Iterable[Meeting]) -> Iterable[Duty]:
    """Items to hand in, once they have been called for."""
    mine = {seat.body_id: seat.person for seat in access.seats_of(user, access.today())}
    for meeting in meetings:
        if meeting.body_id in mine and meeting.called_at is not None:
            yield Duty(
                _("Meld punkter til mødet {day}").format(day=_day(meeting)),
                reverse("meetings:propose_item", args=[meeting.body_id]),
                meeting.items_due_on,
                meeting.body,
                mine[meeting.body_id],
            )


def _comments() -> Iterable[Duty]:
    rows = Comment.objects.filter(settled_at=None, agenda__meeting__state__in=OPEN)
    rows = rows.select_related("agenda__meeting__body")
    by_meeting: dict[int, list[Comment]] = {}
    for row in rows:
        by_meeting.setdefault(row.agenda.meeting_id, []).append(row)
    for comments in by_meeting.values():
        meeting = comments[0].agenda.meeting
        what = ngettext(
            "{n} bemærkning til dagsordenen for {day} er ikke afklaret",
            "{n} bemærkninger til dagsordenen for {day} er ikke afklaret",
            len(comments),
        )
        yield Duty(
            what.format(n=len(comments), day=_day(meeting)),
            _address(meeting) + "#bemaerkninger",
            meeting.agenda_due_on,
            meeting.body,
        )


def _wished_for() -> Iterable[Duty]:
    """Items that somebody has proposed and nobody has taken up."""
    rows = Item.objects.filter(state=Item.State.IDEA, meeting=None).select_related("body")
    by_body: dict[BodyRecord, int] = {}
    for row in rows:
        by_body[row.body] = by_body.get(row.body, 0) + 1
    for body, number in by_body.items():
        address = reverse("meetings:backlog", kwargs={"kind": body.kind, "place": body.place})
        yield Duty(
            ngettext(
                "{n} meldt punkt venter på emnelisten",
                "{n} meldte punkter venter på emnelisten",
                number,
            ).format(n=number),
            address,
            None,
            body,
        )


def _next_year(on: date) -> Iterable[Duty]:
    """In autumn: bodies that meet this year and have no dates for the next."""
    if on.month < AUTUMN:
        return
    year = on.year + 1
    rows = BodyRecord.objects.filter(meetings__begins_at__year=on.year).distinct()
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=date(year, 1, 1)))
    laid = set(
        Meeting.objects.filter(begins_at__year=year)
        .exclude(state=Meeting.State.CANCELLED)
        .values_list("body", flat=True)
    )
    proposed = set(
        Meeting.objects.filter(begins_at__year=year, state=Meeting.State.PROPOSED).values_list(
            "body", flat=True
        )
    )
    for body in rows:
        what = (
            _("Foreslå datoer for {year}")
            if body.pk not in laid
            else _("Fastsæt de foreslåede datoer for {year}")
            if body.pk in proposed
            else ""
        )
        if what:
            address = reverse(
                "meetings:propose", kwargs={"kind": body.kind, "place": body.place, "year": year}
            )
            yield Duty(what.format(year=year), address, date(on.year, *DATES_DUE), body)


def _day(meeting: Meeting) -> str:
    return date_format(meeting.day, "j. F")


def _address(meeting: Meeting) -> str:
    return reverse("meetings:meeting", args=[meeting.pk])
