"""The pages of attendance: who is here now, who took part in what, and what was changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klynge import structure
from klynge.web.accounts.rules import is_secretariat
from klynge.web.bodies import asked, people
from klynge.web.bodies import rules as bodies
from klynge.web.bodies.models import Person
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import access, attendance_rules, house_rules, taking_part
from klynge.web.meetings.attendance_rules import FIELDS, Change
from klynge.web.meetings.models import Attendance, AttendanceChange, Item, ItemAbsence, Meeting
from klynge.web.meetings.readers import reader_of

PARTIES = ("region", "kommune", "plo", "patienter")
View = Callable[..., HttpResponse]
STATUSES = (
    (Attendance.Status.PRESENT, Attendance.Status.PRESENT.label),
    (Attendance.Status.EXCUSED, Attendance.Status.EXCUSED.label),
    (Attendance.Status.ABSENT, Attendance.Status.ABSENT.label),
)


def for_writers(view: View) -> View:
    """Only for those who keep the minutes of the meeting; the view gets the meeting."""

    @wraps(view)
    def guarded(request: HttpRequest, uid: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        meeting = meeting_or_404(request, uid)
        if not request.user.has_perm("meetings.write_minutes", meeting):
            raise PermissionDenied(_("Kun sekretariatet fører fremmøde og referat."))
        return view(request, meeting, *args, **kwargs)

    return guarded


def meeting_or_404(request: HttpRequest, uid: UUID) -> Meeting:
    """The meeting, when this reader may know of it."""
    found = access.visible_meetings(request.user).filter(uid=uid)
    return get_object_or_404(found.select_related("body"))


def item_or_404(request: HttpRequest, meeting: Meeting, uid: UUID) -> Item:
    """An item that was on the meeting's agenda, when this reader may read it."""
    items = meeting.items.exclude(state=Item.State.WITHDRAWN).select_related("body", "minute")
    found = get_object_or_404(items, uid=uid)
    if not reader_of(request.user, meeting).may_see(found):
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def attendance(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Who is here: one page to use during the meeting."""
    refused: list[str] = []
    if request.method == "POST":
        try:
            changes = list(_changes(request, meeting))
            clashes = attendance_rules.record(by=request.user, meeting=meeting, changes=changes)
        except NotAllowed as reason:
            refused = list(reason.reasons)
        else:
            for clash in clashes:
                messages.error(request, clash.in_words)
            if not clashes:
                messages.success(request, _("Fremmødet er gemt."))
            return redirect("meetings:attendance", meeting.uid)
    meet = taking_part.of_meeting(meeting)
    rule = house_rules.quorum(meeting.body, meeting.day)
    context = {
        "meeting": meeting,
        "seen": reader_of(request.user, meeting),
        "groups": _groups(meet, request.POST if refused else None),
        "statuses": STATUSES,
        "items": meet.items,
        "seats": [row for row in meet.attendance if row.counts],
        "rounds": [(each, house_rules.judge(rule, each)) for each in meet.rounds()],
        "rule": rule,
        "refused": refused,
        "counted": _counted(meet),
        "people": people.known(),
        "frozen": not meeting.minutes_are_open,
    }
    return render(request, "meetings/attendance.html", context, status=422 if refused else 200)


@require_POST
@for_writers
def open_meeting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Begin the meeting."""
    if did(request, attendance_rules.open_meeting, meeting=meeting):
        messages.success(request, _("Mødet er åbnet."))
    return redirect("meetings:attendance", meeting.uid)


@require_POST
@for_writers
def close_meeting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """End the meeting."""
    if did(request, attendance_rules.close_meeting, meeting=meeting):
        messages.success(request, _("Mødet er hævet."))
        return redirect("meetings:minutes", meeting.uid)
    return redirect("meetings:attendance", meeting.uid)


@require_POST
@for_writers
def everybody_is_here(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Everybody whose attendance is not recorded yet is present."""
    try:
        number = attendance_rules.everybody_is_here(by=request.user, meeting=meeting)
    except NotAllowed as reason:
        _say(request, reason)
    else:
        said = ngettext("{n} er sat til stede.", "{n} er sat til stede.", number)
        messages.success(request, said.format(n=number))
    return redirect("meetings:attendance", meeting.uid)


@require_POST
@for_writers
def renew(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Add those who have been appointed since the meeting was opened."""
    try:
        number = attendance_rules.renew(by=request.user, meeting=meeting)
    except NotAllowed as reason:
        _say(request, reason)
    else:
        said = ngettext("{n} er føjet til listen.", "{n} er føjet til listen.", number)
        messages.success(request, said.format(n=number))
    return redirect("meetings:attendance", meeting.uid)


@require_POST
@for_writers
def add_guest(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """A guest, or a deputy who was not appointed beforehand."""
    name = " ".join(request.POST.get("name", "").split())
    found = people.called(name) if name else None
    if not name:
        messages.error(request, _("Skriv navnet på gæsten eller stedfortræderen."))
    elif isinstance(found, people.Several):
        messages.error(request, str(found))
    else:
        _add_guest(request, meeting, name, found)
    return redirect("meetings:attendance", meeting.uid)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def of_item(request: HttpRequest, meeting: Meeting, item: UUID) -> HttpResponse:
    """Who took part in one item: the proof of it, and where it is recorded."""
    found = item_or_404(request, meeting, item)
    refused: list[str] = []
    if request.method == "POST":
        try:
            _step(request, meeting, found)
            messages.success(request, _("Det er gemt."))
            return redirect("meetings:attendance_of_item", meeting.uid, found.uid)
        except NotAllowed as reason:
            refused = list(reason.reasons)
    meet = taking_part.of_meeting(meeting)
    at = meet.round(found)
    rule = house_rules.quorum(meeting.body, meeting.day)
    order = [each.pk for each in meet.items]
    here = order.index(found.pk)
    context = {
        "meeting": meeting,
        "seen": reader_of(request.user, meeting),
        "item": found,
        "at": at,
        "took_part": [part for part in at.parts if part.took_part],
        "not_here": [part for part in at.parts if not part.took_part and part not in at.away],
        "rule": rule,
        "verdict": house_rules.judge(rule, at),
        "whys": ItemAbsence.Why.choices,
        "refused": refused,
        "posted": request.POST if refused else {},
        "before": meet.items[here - 1] if here else None,
        "after": meet.items[here + 1] if here + 1 < len(order) else None,
        "frozen": not meeting.minutes_are_open or meeting.opened_at is None,
    }
    return render(
        request, "meetings/attendance_of_item.html", context, status=422 if refused else 200
    )


@require_safe
@for_writers
def history(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Every change of the attendance, the latest first."""
    rows = AttendanceChange.objects.filter(attendance__meeting=meeting)
    rows = rows.select_related("attendance__person", "by").order_by("-at", "-pk")
    return render(
        request, "meetings/attendance_history.html", {"meeting": meeting, "changes": rows}
    )


@require_safe
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Which meetings somebody has been at: for the secretariat, and for oneself."""
    person = get_object_or_404(Person, pk=pk)
    if not is_secretariat(request.user) and person.user_id != request.user.pk:
        raise PermissionDenied(_("Kun sekretariatet ser andres fremmøde."))
    return render(request, "meetings/attendance_of_person.html", person_context(person))


def person_context(person: Person) -> dict[str, Any]:
    """A person's attendance over time, and how often they came, by body."""
    rows = list(
        Attendance.objects.filter(person=person, meeting__opened_at__isnull=False)
        .select_related("meeting__body", "joined", "left", "deputy_for__person")
        .prefetch_related("absences__item")
        .order_by("-meeting__begins_at")
    )
    by_body: dict[str, list[int]] = {}
    for row in rows:
        if row.counts and row.status != Attendance.Status.EXPECTED:
            came, called = by_body.setdefault(row.meeting.body.name, [0, 0])
            by_body[row.meeting.body.name] = [
                came + (row.status == Attendance.Status.PRESENT),
                called + 1,
            ]
    return {"person": person, "rows": rows, "by_body": sorted(by_body.items())}


def did(request: HttpRequest, rule: Callable[..., Any], **arguments: Any) -> bool:
    """Do it, and say on the page why when it may not be done."""
    try:
        rule(by=request.user, **arguments)
    except NotAllowed as reason:
        _say(request, reason)
        return False
    return True


def _say(request: HttpRequest, reason: NotAllowed) -> None:
    for each in reason.reasons:
        messages.error(request, each)


def _add_guest(request: HttpRequest, meeting: Meeting, name: str, found: Person | None) -> None:
    member = meeting.attendance.filter(pk=asked.key(request.POST.get("deputy_for"))).first()
    try:
        person = found or bodies.add_person(by=request.user, name=name)
        attendance_rules.add_guest(
            by=request.user,
            meeting=meeting,
            person=person,
            represents=" ".join(request.POST.get("represents", "").split())[:200],
            deputy_for=member,
        )
    except NotAllowed as reason:
        _say(request, reason)
    else:
        messages.success(request, _("{person} er føjet til listen.").format(person=person))


def _step(request: HttpRequest, meeting: Meeting, item: Item) -> None:
    row = meeting.attendance.filter(pk=asked.key(request.POST.get("person"))).first()
    if row is None:
        raise NotAllowed(_("Vælg en person på listen."))
    if "back" in request.POST:
        attendance_rules.step_in(by=request.user, item=item, attendance=row)
        return
    attendance_rules.step_out(
        by=request.user,
        item=item,
        attendance=row,
        why=request.POST.get("why", ""),
        reason=request.POST.get("reason", ""),
    )


def _changes(request: HttpRequest, meeting: Meeting) -> Any:
    """What the form says of each person it has, and what the form was made from."""
    for row in meeting.attendance.all():
        given = request.POST.get(f"was-{row.pk}")
        if given is None:
            continue
        try:
            was = dict(zip(FIELDS, json.loads(given), strict=True))
        except (ValueError, TypeError):
            raise NotAllowed(_("Siden er for gammel. Åbn den igen.")) from None
        yield Change(row.pk, was, _wanted(request, row, was))


def _wanted(request: HttpRequest, row: Attendance, was: dict[str, Any]) -> dict[str, Any]:
    """The values of the form; a field it does not have stays as it was."""
    found: dict[str, Any] = {}
    for field in FIELDS:
        name = f"{field.removesuffix('_id')}-{row.pk}"
        if name not in request.POST:
            continue
        value: Any = " ".join(request.POST[name].split())[:300]
        if field.endswith("_id"):
            value = asked.key(value)
        found[field] = value
    return found


def _groups(meet: taking_part.Meet, posted: Any) -> list[tuple[str, list[dict[str, Any]]]]:
    """The people by party, as the law lists them, then those without a seat."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(meet.attendance, key=_order):
        label = _party(row.party) if row.counts else _("Stedfortrædere, gæster og sekretariat")
        found.setdefault(label, []).append(_line(row, posted))
    return list(found.items())


def _line(row: Attendance, posted: Any) -> dict[str, Any]:
    """One person's line of the form, with what was sent when it was refused."""
    values = {field: getattr(row, field) for field in FIELDS}
    shown = dict(values)
    for field in FIELDS:
        name = f"{field.removesuffix('_id')}-{row.pk}"
        if posted and name in posted:
            sent = posted[name]
            shown[field] = asked.key(sent) if "_id" in field else sent
    return {
        "row": row,
        "was": json.dumps([values[field] for field in FIELDS]),
        "status": shown["status"],
        "joined": shown["joined_id"],
        "left": shown["left_id"],
        "deputy_for": shown["deputy_for_id"],
        "note": shown["note"],
        "more": any(shown[name] for name in ("joined_id", "left_id", "note")),
    }


def _order(row: Attendance) -> tuple[Any, ...]:
    party = PARTIES.index(row.party) if row.party in PARTIES else len(PARTIES)
    chair = 0 if row.role in ("formand", "naestformand") else 1
    return not row.counts, party if row.counts else 0, chair, row.person.sort_key


def _party(id: str) -> str:
    word = structure.word("party", id) if id else None
    return word.name.said_in(get_language() or "da") if word else _("Andre")


def _counted(meet: taking_part.Meet) -> dict[str, int]:
    """How many seats are here, have sent apologies, stayed away, or are not recorded."""
    seats = [row for row in meet.attendance if row.counts]
    found = {status: sum(row.status == status for row in seats) for status in Attendance.Status}
    return {
        "seats": len(seats),
        "present": found[Attendance.Status.PRESENT],
        "away": found[Attendance.Status.EXCUSED] + found[Attendance.Status.ABSENT],
        "waiting": found[Attendance.Status.EXPECTED],
        "deputies": sum(
            1
            for row in meet.attendance
            if row.deputy_for_id and row.status == Attendance.Status.PRESENT
        ),
    }
