"""The page of a meeting: the secretariat's desk, and the agenda for everybody else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import (
    access,
    collisions,
    days_off,
    deadlines,
    forms,
    parts,
    rules,
    stages,
    template_rules,
    versions,
    year_plan,
)
from klynge.web.meetings.models import Item, Meeting
from klynge.web.meetings.rights import ChangedMeanwhile
from klynge.web.meetings.views.common import (
    body_of,
    body_or_404,
    done,
    editor,
    form_page,
    meeting_or_404,
    opened,
    posted,
    record_of,
)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting and its agenda, as far as the reader may see it."""
    return page(request, meeting_or_404(request, pk))


@require_safe
def by_uid(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same page under the meeting's lasting key."""
    found = get_object_or_404(access.visible_meetings(request.user), uid=uid)
    return redirect("meetings:meeting", found.pk)


def page(request: HttpRequest, meeting: Meeting, **more: Any) -> HttpResponse:
    """The page, with what else is to be told on it: a refused form, for one."""
    agenda = access.view(meeting, request.user)
    if agenda is None:
        raise Http404
    seen = access.reader_of(request.user, meeting)
    context: dict[str, Any] = {
        "meeting": meeting,
        "body": body_of(meeting.body),
        "agenda": agenda,
        "stages": stages.of(meeting),
        "may_edit": request.user.has_perm("meetings.edit"),
        "reads_drafts": seen.drafts,
        "steps": parts.steps(meeting, request.user),
        "links": parts.links(meeting, request.user),
        "panels": parts.of_meeting(meeting, request.user),
    }
    if seen.drafts:
        context |= _draft(request, meeting)
    if context["may_edit"]:
        context |= _desk(meeting)
    status = 422 if more else 200
    return render(request, "meetings/meeting.html", {**context, **more}, status=status)


def _draft(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What the chairs and the secretariat see of an agenda on its way."""
    version = versions.last_reviewed(meeting)
    in_review = version is not None and version == versions.latest(meeting)
    approvals = versions.approvals(meeting, version) if version else {}
    approvers = versions.chairs(meeting)
    person = getattr(request.user, "person", None)
    is_chair = person is not None and person.pk in {row.person_id for row in approvers}
    return {
        "agenda_version": version,
        "in_review": in_review,
        "chairs": [(row, approvals.get(row.person_id)) for row in approvers],
        "may_approve": in_review and is_chair,
        "comments": version.comments.select_related("item", "by") if version else (),
        "comment_form": forms.CommentForm(auto_id="bem_%s").render_ready() if in_review else None,
        "approval_form": forms.ApprovalForm(auto_id="godk_%s").render_ready(),
        "changed_since": in_review and versions.is_changed_since(version),
    }


def _desk(meeting: Meeting) -> dict[str, Any]:
    """What only the secretariat has on the page."""
    waiting = versions.waiting(meeting)
    may_send = meeting.agenda_is_open or (meeting.state == Meeting.State.RELEASED and waiting)
    found: dict[str, Any] = {
        "missing": versions.missing(meeting) if may_send else (),
        "waiting": waiting,
        "may_send": may_send,
        "not_ready": [item for item in waiting if item.state == Item.State.DRAFT],
        "backlog": list(
            Item.objects.filter(body=meeting.body, meeting=None)
            .exclude(state=Item.State.WITHDRAWN)
            .order_by("not_before", "created_at")
        ),
        "templates": template_rules.in_use(meeting.body),
        "day_off": days_off.why_not(meeting.day) if not meeting.is_over else "",
        "collisions": collisions.with_others(meeting.body, meeting.begins_at, meeting.ends_at)
        if not meeting.is_over
        else (),
    }
    return found


@editor
def plan(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """A new meeting of a body."""
    body = body_or_404(kind, place)
    record = record_of(body)
    day = body.nearest_day(request.on)
    initial: dict[str, Any] = {"day": day}
    if record is not None:
        usual = year_plan.habit(record, day.year)
        initial |= {
            "begins": usual.begins,
            "ends": forms.later(usual.begins, usual.minutes),
            "place": usual.place,
        }
    form = forms.MeetingForm(posted(request), body=record, on=day, initial=initial)
    made: list[Meeting] = []

    def do() -> None:
        values = form.values()
        made.append(rules.plan_meeting(by=request.user, body=opened(request, body), **values))

    if form.is_valid() and done(form, do):
        messages.success(request, _("Mødet er lagt."))
        return redirect("meetings:meeting", made[0].pk)
    cancel = reverse("meetings:body", kwargs={"kind": kind, "place": place})
    return form_page(request, form, _("Nyt møde"), _("Læg mødet"), cancel, body=body)


@editor
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a meeting's time, place, title, chair or deadlines."""
    meeting = meeting_or_404(request, pk)
    initial = forms.MeetingForm.initial_of(meeting)
    form = forms.MeetingForm(posted(request), body=meeting.body, on=meeting.day, initial=initial)
    address = reverse("meetings:meeting", args=[pk])
    if form.is_valid():
        try:
            if _changed(form, meeting, request):
                messages.success(request, _("Mødet er ændret."))
                return redirect(address)
        except ChangedMeanwhile as late:
            return _changed_meanwhile(request, meeting, form, late)
    usual = deadlines.days_ahead(meeting.body, meeting.day)
    return form_page(
        request, form, _("Ret mødet"), _("Gem"), address, body=body_of(meeting.body), usual=usual
    )


def _changed(form: forms.MeetingForm, meeting: Meeting, request: HttpRequest) -> bool:
    """As `done`, but lets ChangedMeanwhile through: the page then shows what stands there now."""
    version = form.cleaned_data.get("version")
    try:
        rules.change_meeting(by=request.user, meeting=meeting, version=version, **form.values())
    except ChangedMeanwhile:
        raise
    except NotAllowed as refused:
        for reason in refused.reasons:
            form.add_error(None, reason)
        return False
    return True


def _changed_meanwhile(
    request: HttpRequest, meeting: Meeting, form: forms.MeetingForm, late: ChangedMeanwhile
) -> HttpResponse:
    """The form again with what was written, the new version, and what stands there now."""
    now = forms.MeetingForm.initial_of(Meeting.objects.get(pk=meeting.pk))
    differs = [
        (field.label, now.get(field.name))
        for field in form.visible_fields()
        if str(now.get(field.name) or "") != str(form.cleaned_data.get(field.name) or "")
    ]
    form.data = form.data.copy()
    form.data["version"] = now["version"]
    form.add_error(None, late.reasons[0])
    address = reverse("meetings:meeting", args=[meeting.pk])
    return form_page(
        request,
        form,
        _("Ret mødet"),
        _("Gem"),
        address,
        body=body_of(meeting.body),
        differs=differs,
    )


@editor
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a meeting."""
    meeting = meeting_or_404(request, pk)
    form = forms.BecauseForm(posted(request))
    address = reverse("meetings:meeting", args=[pk])
    if form.is_valid() and done(
        form, lambda: rules.cancel_meeting(by=request.user, meeting=meeting, **form.cleaned_data)
    ):
        messages.success(request, _("Mødet er aflyst."))
        return redirect(address)
    explains = _("Punkter, der ikke er sendt ud, går tilbage til emnelisten.")
    return form_page(
        request,
        form,
        _("Aflys mødet"),
        _("Aflys mødet"),
        address,
        body=body_of(meeting.body),
        explains=explains,
    )


SIMPLE = {
    "fastsaet": (rules.settle_date, _("Datoen er fastsat.")),
    "efterlys": (rules.call_for_items, _("Det er noteret, at punkter er efterlyst.")),
    "gennemsyn": (rules.send_to_review, _("Dagsordenen er sendt til gennemsyn hos formændene.")),
    "tag-tilbage": (rules.take_back_from_review, _("Dagsordenen kan skrives i igen.")),
    "udsend": (rules.release_agenda, _("Dagsordenen er sendt ud.")),
    "faste-punkter": (rules.add_standing_items, _("De faste punkter er sat på.")),
}


@require_POST
@editor
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One of the things that need no form."""
    meeting = meeting_or_404(request, pk)
    if what not in SIMPLE:
        raise Http404
    do, told = SIMPLE[what]
    try:
        do(by=request.user, meeting=meeting)
    except NotAllowed as refused:
        return page(request, meeting, refused=refused.reasons)
    messages.success(request, _(told))
    return redirect("meetings:meeting", pk)


@require_POST
@editor
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a proposed date."""
    meeting = meeting_or_404(request, pk)
    year, body = meeting.day.year, meeting.body
    try:
        rules.drop_proposal(by=request.user, meeting=meeting)
    except NotAllowed as refused:
        return page(request, meeting, refused=refused.reasons)
    messages.success(request, _("Den foreslåede dato er taget væk."))
    return redirect("meetings:propose", kind=body.kind, place=body.place, year=year)
