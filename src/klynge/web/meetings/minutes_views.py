"""The pages of the minutes: reading them, and writing them item by item."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klynge.web.bodies import asked
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import (
    approval_rules,
    draft_rules,
    house_rules,
    minutes_reading,
    minutes_rules,
    parts,
    postponing,
    taking_part,
)
from klynge.web.meetings.attendance_views import did, for_writers, item_or_404, meeting_or_404
from klynge.web.meetings.minutes_forms import AnswerForm, MinutesForm
from klynge.web.meetings.minutes_rules import Clash, Written
from klynge.web.meetings.models import Clause, Dissent, Item, Meeting, MinuteRevision, Vote
from klynge.web.meetings.readers import reader_of


@require_safe
def minutes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The minutes as this reader may see them, and what they may do with them."""
    meeting = meeting_or_404(request, uid)
    writes = request.user.has_perm("meetings.write_minutes", meeting)
    progress = approval_rules.progress(meeting)
    person = getattr(request.user, "person", None)
    mine = (
        next((a for a in progress.answers if person and a.person.pk == person.pk), None)
        if progress
        else None
    )
    context = {
        "meeting": meeting,
        "minutes": minutes_reading.minutes_of(meeting, request.user),
        "writes": writes,
        "progress": progress,
        "mine": mine,
        "can_answer": meeting.state == Meeting.State.MINUTES_REVIEW and mine is not None,
        "answer_form": AnswerForm(initial={"number": progress.review.number}).render_ready()
        if progress
        else None,
        "steps": _other_pages(meeting, request),
        "in_review": meeting.state == Meeting.State.MINUTES_REVIEW,
        "approved": meeting.state == Meeting.State.APPROVED,
    }
    return render(request, "meetings/minutes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def write(request: HttpRequest, meeting: Meeting, item: UUID) -> HttpResponse:
    """The editor of one item's minutes."""
    found = item_or_404(request, meeting, item)
    written, version = minutes_rules.read(found)
    draft = draft_rules.of(by=request.user, item=found)
    going_on = draft is not None and "kladde" in request.GET
    if draft is not None and going_on:
        written, version = draft.written, draft.base
    form = MinutesForm(_posted(request), item=found, written=written, base=version)
    refused: list[str] = []
    if form.is_valid():
        try:
            saved = minutes_rules.save(
                by=request.user,
                item=found,
                written=form.written,
                base=form.cleaned_data["base"],
                chosen="chosen" in request.POST,
            )
        except NotAllowed as reason:
            refused = list(reason.reasons)
        else:
            draft_rules.drop(by=request.user, item=found)
            if isinstance(saved, Clash):
                return _clash(request, meeting, found, saved)
            return _saved(request, meeting, found, saved)
    context = _editor(request, meeting, found) | {
        "form": form,
        "refused": refused,
        "draft": draft if request.method != "POST" else None,
        "going_on": going_on,
    }
    status = 422 if refused or (form.is_bound and form.errors) else 200
    return render(request, "meetings/minutes_write.html", context, status=status)


@require_POST
@for_writers
def draft(request: HttpRequest, meeting: Meeting, item: UUID) -> HttpResponse:
    """Keep what is being written, or throw it away; the minutes themselves are not touched."""
    found = item_or_404(request, meeting, item)
    if "smid" in request.POST:
        draft_rules.drop(by=request.user, item=found)
        messages.success(request, _("Kladden er smidt væk."))
        return redirect("meetings:write_minutes", meeting.uid, found.uid)
    written, version = minutes_rules.read(found)
    form = MinutesForm(request.POST, item=found, written=written, base=version)
    if not form.is_valid():
        return JsonResponse({}, status=422)
    try:
        at = draft_rules.keep(
            by=request.user, item=found, written=form.written, base=form.cleaned_data["base"]
        )
    except NotAllowed as reason:
        return JsonResponse({"why": str(reason)}, status=409)
    return JsonResponse({"at": f"{timezone.localtime(at):%H.%M}"})


@require_POST
@for_writers
def add_dissent(request: HttpRequest, meeting: Meeting, item: UUID) -> HttpResponse:
    """Record what somebody wants the minutes to say they thought."""
    found = item_or_404(request, meeting, item)
    row = meeting.attendance.filter(pk=asked.key(request.POST.get("person"))).first()
    if row is None:
        messages.error(request, _("Vælg en person på listen."))
    elif did(
        request,
        minutes_rules.add_dissent,
        item=found,
        attendance=row,
        text=request.POST.get("text", ""),
    ):
        messages.success(request, _("Udtalelsen er ført til referat."))
    return redirect("meetings:write_minutes", meeting.uid, found.uid)


@require_POST
@for_writers
def remove_dissent(request: HttpRequest, meeting: Meeting, item: UUID, pk: int) -> HttpResponse:
    """Take a statement out again."""
    dissent = get_object_or_404(Dissent, pk=pk, item__meeting=meeting, item__uid=item)
    if did(request, minutes_rules.remove_dissent, dissent=dissent):
        messages.success(request, _("Udtalelsen er taget ud."))
    return redirect("meetings:write_minutes", meeting.uid, item)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def votes(request: HttpRequest, meeting: Meeting, item: UUID) -> HttpResponse:
    """How each seat voted, where the body's rules have votes."""
    found = item_or_404(request, meeting, item)
    how = house_rules.voting(meeting.body, meeting.day)
    number = asked.key(request.POST.get("clause") or request.GET.get("at"))
    clause = found.clauses.filter(pk=number).first()
    refused: list[str] = []
    if request.method == "POST":
        choices = {
            voter: value
            for name, value in request.POST.items()
            if value and name.startswith("vote-") and (voter := asked.key(name[5:])) is not None
        }
        try:
            minutes_rules.record_votes(by=request.user, item=found, clause=clause, choices=choices)
            messages.success(request, _("Stemmerne er gemt."))
            return redirect("meetings:write_minutes", meeting.uid, found.uid)
        except NotAllowed as reason:
            refused = list(reason.reasons)
    cast = dict(Vote.objects.filter(item=found, clause=clause).values_list("attendance", "choice"))
    parts = taking_part.of_meeting(meeting).round(found).parts
    context = {
        "meeting": meeting,
        "item": found,
        "how": how,
        "clause": clause,
        "clauses": found.clauses.all(),
        "choices": Vote.Choice.choices,
        "voters": [
            (part.attendance, cast.get(part.attendance.pk, "")) for part in parts if part.counts
        ],
        "refused": refused,
    }
    return render(request, "meetings/votes.html", context, status=422 if refused else 200)


@require_POST
@for_writers
def postpone(request: HttpRequest, meeting: Meeting, item: UUID) -> HttpResponse:
    """The item was not treated: it comes again at a later meeting."""
    found = item_or_404(request, meeting, item)
    if did(request, postponing.postpone, item=found, why=request.POST.get("why", "")):
        messages.success(request, _("Punktet er udsat og ligger nu blandt de kommende punkter."))
    return redirect("meetings:write_minutes", meeting.uid, found.uid)


@require_POST
@for_writers
def take_up_after_all(request: HttpRequest, meeting: Meeting, item: UUID) -> HttpResponse:
    """The item is treated at this meeting after all."""
    found = item_or_404(request, meeting, item)
    if did(request, postponing.take_up_after_all, item=found):
        messages.success(request, _("Punktet behandles på mødet alligevel."))
    return redirect("meetings:write_minutes", meeting.uid, found.uid)


@require_safe
@for_writers
def revisions(request: HttpRequest, meeting: Meeting, item: UUID) -> HttpResponse:
    """Every text the item's minutes have had, and those that were set aside."""
    found = item_or_404(request, meeting, item)
    rows = MinuteRevision.objects.filter(minute__item=found).select_related("by")
    context = {
        "meeting": meeting,
        "item": found,
        "revisions": [(row, _clauses(found, row)) for row in rows.order_by("-number")],
    }
    return render(request, "meetings/minutes_revisions.html", context)


def _other_pages(meeting: Meeting, request: HttpRequest) -> list[parts.Link]:
    """What follows the minutes: decisions, papers, publication; not the pages one has come from."""
    found = [*parts.steps(meeting, request.user), *parts.links(meeting, request.user)]
    return [link for link in found if not link.address.startswith(f"/moeder/{meeting.uid}/")]


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _saved(
    request: HttpRequest, meeting: Meeting, item: Item, saved: minutes_rules.Saved
) -> HttpResponse:
    if saved.merged:
        messages.success(
            request,
            _("Gemt sammen med det, en anden skrev imens. Læs teksten igennem."),
        )
        return redirect("meetings:write_minutes", meeting.uid, item.uid)
    messages.success(request, _("Referatet af punktet er gemt."))
    after = _neighbours(meeting, item)[1]
    if "next" in request.POST and after is not None:
        return redirect("meetings:write_minutes", meeting.uid, after.uid)
    return redirect("meetings:write_minutes", meeting.uid, item.uid)


def _clash(request: HttpRequest, meeting: Meeting, item: Item, clash: Clash) -> HttpResponse:
    """Both texts side by side, with a proposal that has everything of each."""
    form = MinutesForm(None, item=item, written=clash.both, base=clash.version)
    context = {
        "meeting": meeting,
        "item": item,
        "clash": clash,
        "form": form,
        "clauses": [
            (clause, _came(clash.theirs, clause), _came(clash.mine, clause))
            for clause in form.item_clauses
        ],
    }
    return render(request, "meetings/minutes_clash.html", context, status=409)


def _came(written: Written, clause: Clause) -> str:
    came = written.clauses.get(clause.pk, minutes_rules.Came())
    label = Clause.Outcome(came.outcome).label if came.outcome else _("Intet udfald")
    return f"{label}. {came.decision}" if came.decision else str(label)


def _clauses(item: Item, row: MinuteRevision) -> list[tuple[Clause, str]]:
    written = minutes_rules.of_revision(row)
    return [
        (clause, _came(written, clause))
        for clause in item.clauses.all()
        if clause.pk in written.clauses
    ]


def _editor(request: HttpRequest, meeting: Meeting, item: Item) -> dict[str, Any]:
    """What stands around the editor: the agenda, who is here, the paper itself."""
    meet = taking_part.of_meeting(meeting)
    rule = house_rules.quorum(meeting.body, meeting.day)
    at = meet.round(item)
    before, after = _neighbours(meeting, item)
    written = set(
        Item.objects.filter(meeting=meeting, minute__version__gt=0).values_list("pk", flat=True)
    )
    return {
        "meeting": meeting,
        "seen": reader_of(request.user, meeting),
        "item": item,
        "items": [(each, each.pk in written) for each in meet.items],
        "at": at,
        "took_part": [part for part in at.parts if part.took_part],
        "verdict": house_rules.judge(rule, at),
        "rule": rule,
        "voting": house_rules.voting(meeting.body, meeting.day),
        "dissents": item.dissents.select_related("attendance__person"),
        "has_votes": item.votes.exists(),
        "blocks": item.blocks.all(),
        "annexes": item.annexes.filter(replaced_at=None),
        "minute": getattr(item, "minute", None),
        "before": before,
        "after": after,
        "open": meeting.minutes_are_open,
        "may_postpone": meeting.opened_at is not None and item.state != Item.State.POSTPONED,
    }


def _neighbours(meeting: Meeting, item: Item) -> tuple[Item | None, Item | None]:
    items = list(taking_part.items_of(meeting))
    at = [each.pk for each in items].index(item.pk)
    return (items[at - 1] if at else None), (items[at + 1] if at + 1 < len(items) else None)
