"""The secretariat's pages: what is public, what waits, and what a body shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from klynge.web.bodies import clock, history
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings.models import Meeting
from klynge.web.publishing import checks, forms, public, public_views, rules, snapshot
from klynge.web.publishing.models import Publication
from klynge.web.publishing.public import Shown

MANY = 60


@dataclass(frozen=True)
class Standing:
    """How one part of a meeting stands towards the public.

    now: what can be seen; coming: what waits for its time; since: when the last was taken away.
    differs: what is written now is no longer what can be seen.
    """

    part: str
    name: str
    ready: bool
    now: Publication | None
    coming: Publication | None
    ended: Publication | None
    differs: bool


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything that is public, waits or could be, and the bodies."""
    must_publish(request)
    states = {state for each in rules.READY.values() for state in each}
    meetings = Meeting.objects.filter(state__in=states).select_related("body")
    recent = list(meetings.order_by("-begins_at")[:MANY])
    rows = [(meeting, standings(meeting, compare=False)) for meeting in recent]
    bodies = [(body, public.what_of(body)) for body in BodyRecord.objects.order_by("name")]
    return render(request, "publishing/overview.html", {"rows": rows, "bodies": bodies})


@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Publish the agenda or the minutes of one meeting, now or later."""
    must_publish(request)
    found = _meeting(uid)
    part = request.POST.get("part", "")
    if request.method == "POST" and part not in Publication.Part.values:
        raise Http404
    form = forms.PublishForm(request.POST if part else None, prefix=part or None)
    refused: NotAllowed | None = None
    if part and form.is_valid():
        try:
            done = rules.publish(
                by=request.user,
                meeting=found,
                part=part,
                visible_from=form.cleaned_data["visible_from"],
                visible_to=form.cleaned_data["visible_to"],
                looked_through=form.cleaned_data["looked_through"],
            )
            messages.success(request, _told(done))
            return redirect("publishing:desk", uid=uid)
        except NotAllowed as reason:
            refused = reason
    boxes = [
        {
            "standing": each,
            "form": form if each.part == part else forms.PublishForm(prefix=each.part),
            "refused": refused if each.part == part else None,
            "findings": getattr(refused, "findings", ()) if each.part == part else (),
        }
        for each in standings(found)
    ]
    context = {
        "meeting": found,
        "boxes": boxes,
        "false_hits": found.false_hits.select_related("by"),
    }
    return render(request, "publishing/desk.html", context)


@require_safe
def preview(request: HttpRequest, uid: UUID, part: str) -> HttpResponse:
    """What the public would see, and what the checks find, without anything being published."""
    must_publish(request)
    if part not in Publication.Part.values:
        raise Http404
    found = _meeting(uid)
    content = snapshot.of(found, part)
    draft = Publication(
        meeting=found, part=part, content=content, visible_from=clock.now(), made_at=clock.now()
    )
    context = public_views.in_page(Shown(draft, content), preview=True)
    findings = checks.of(found, content)
    return render(
        request,
        "publishing/preview.html",
        context
        | {
            "meeting": found,
            "findings": findings,
            "part": part,
            "false_hits": found.false_hits.select_related("by"),
            "suffix": "",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, uid: UUID, part: str) -> HttpResponse:
    """Take something back that is public, or waits."""
    must_publish(request)
    if part not in Publication.Part.values:
        raise Http404
    found = _meeting(uid)
    form = forms.WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            rules.withdraw(by=request.user, meeting=found, part=part, **form.cleaned_data)
            messages.success(request, _("Det er trukket tilbage."))
            return redirect("publishing:desk", uid=uid)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
    context = {"meeting": found, "form": form, "name": Publication.Part(part).label}
    return render(request, "publishing/withdraw.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def overrule(request: HttpRequest, uid: UUID, part: str, key: str) -> HttpResponse:
    """Say why what looks like a CPR number at a place is none."""
    must_publish(request)
    if part not in Publication.Part.values:
        raise Http404
    found = _meeting(uid)
    places = {each.key: each for each in checks.of(found, snapshot.of(found, part)) if each.key}
    if key not in places:
        messages.error(request, _("Stedet er ændret imens. Se fundene igen."))
        return redirect("publishing:preview", uid=uid, part=part)
    form = forms.OverruleForm(request.POST or None)
    if form.is_valid():
        try:
            rules.overrule(by=request.user, meeting=found, part=part, key=key, **form.cleaned_data)
            messages.success(request, _("Din begrundelse er gemt."))
            return redirect("publishing:preview", uid=uid, part=part)
        except NotAllowed as reason:
            form.add_error("because", reason.reasons)
    context = {"meeting": found, "form": form, "place": places[key], "part": part}
    return render(request, "publishing/overrule.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def body(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """Choose what of a body is on the public pages."""
    must_publish(request)
    found = history.find(kind, place)
    if found is None:
        raise Http404
    chosen = public.what_of(found)
    initial = {"members": chosen.members, "dates": chosen.dates}
    sent = request.POST if request.method == "POST" else None
    form = forms.BodyForm(sent, initial=initial)
    if form.is_valid():
        rules.show_body(by=request.user, body=found, **form.cleaned_data)
        messages.success(request, _("Valget er gemt."))
        return redirect("publishing:overview")
    return render(request, "publishing/body_choice.html", {"body": found, "form": form})


def standings(meeting: Meeting, *, compare: bool = True) -> list[Standing]:
    """How the agenda and the minutes of a meeting stand."""
    now = clock.now()
    rows = list(meeting.publications.order_by("visible_from", "pk"))
    found = []
    for part in Publication.Part:
        mine = [row for row in rows if row.part == part]
        begun = [row for row in mine if row.visible_from <= now]
        last = begun[-1] if begun else None
        seen = last if last is not None and _is_seen(last, now) else None
        waits = [row for row in mine if row.visible_from > now and row.withdrawn_at is None]
        differs = (
            compare and seen is not None and rules.digest(snapshot.of(meeting, part)) != seen.digest
        )
        found.append(
            Standing(
                part=part.value,
                name=str(part.label),
                ready=meeting.state in rules.READY[part],
                now=seen,
                coming=waits[-1] if waits else None,
                ended=last if seen is None else None,
                differs=differs,
            )
        )
    return found


def must_publish(request: HttpRequest) -> None:
    """Only for those who may publish."""
    if not request.user.has_perm("publishing.publish"):
        raise PermissionDenied(_("Kun sekretariatet kan offentliggøre og trække tilbage."))


def _meeting(uid: UUID) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("body"), uid=uid)


def _is_seen(row: Publication, now: Any) -> bool:
    return row.withdrawn_at is None and (row.visible_to is None or row.visible_to > now)


def _told(done: Publication) -> str:
    if done.told_at is not None:
        return _("{part} er offentlig nu.").format(part=done.get_part_display())
    return _("{part} bliver offentlig på det valgte tidspunkt.").format(
        part=done.get_part_display()
    )
