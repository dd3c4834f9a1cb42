"""The pages of an item: shown, made, changed, proposed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from klynge.web.bodies import asked
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import access, access_views, case_numbers, item_forms, parts, rules
from klynge.web.meetings.models import Item, ItemTemplate, Meeting
from klynge.web.meetings.rights import ChangedMeanwhile
from klynge.web.meetings.views.common import body_of, editor, item_or_404, posted

NAMES = {
    "kind": _("Slags"), "title": _("Titel"), "closed": _("Lukket punkt"),
    "closed_because": _("Lukket, fordi"), "public_title": _("Offentlig titel"),
    "authorities_only": _("Kun for myndighederne"), "case_number": _("Sagsnummer"),
    "recommended_by": _("Indstillende part"), "presenter": _("Fremlægges af"),
    "minutes_planned": _("Minutter"), "not_before": _("Tages op tidligst"),
    "clauses": _("Indstilling"),
}  # fmt: skip


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """An item, as far as the reader may see it."""
    return page(request, item_or_404(request, pk))


@require_safe
def by_uid(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same page under the item's lasting key."""
    found = get_object_or_404(Item, uid=uid)
    return redirect("meetings:item", item_or_404(request, found.pk).pk)


def page(request: HttpRequest, item: Item, **more: Any) -> HttpResponse:
    """The page, with what else is to be told on it: a refused form, for one."""
    seen = access.reader_of_item(request.user, item)
    may_edit = request.user.has_perm("meetings.edit")
    readable = seen.may_see(item)
    context = {
        "item": access_views.item_view(item, seen),
        "meeting": item.meeting,
        "body": body_of(item.body),
        "may_edit": may_edit,
        "may_write": (may_edit or may_write(request, item)) and not item.is_released,
        "way": _way(request, item) if readable else (),
        "sent_on": _sent_on(request, item) if readable else (),
        "style": case_numbers.style_of(item.case_number) if readable else None,
        "panels": parts.of_item(item, request.user) if readable else (),
        "closed_because": item.closed_because if readable else "",
        "revisions": item.revisions.select_related("by").order_by("-version")[:10]
        if may_edit
        else (),
        "meetings": _coming(item) if may_edit else (),
    }
    status = 422 if more else 200
    return render(request, "meetings/item.html", {**context, **more}, status=status)


@editor
def new(request: HttpRequest, body: int) -> HttpResponse:
    """A new item on a body's backlog, or on the agenda of `?moede=`."""
    record = get_object_or_404(BodyRecord, pk=body)
    meeting = None
    if request.GET.get("moede"):
        meeting = get_object_or_404(Meeting, pk=asked.key(request.GET["moede"]), body=record)
    initial = _from_template(request, record)
    form = item_forms.ItemForm(
        posted(request), body=record, on=meeting.day if meeting else request.on, initial=initial
    )
    if form.is_valid():
        try:
            item = rules.add_item(
                by=request.user, body=record, meeting=meeting, **form.values(),
                telling_title_confirmed=form.cleaned_data["telling_title_confirmed"],
            )  # fmt: skip
            messages.success(request, _("Punktet er gemt."))
            return redirect("meetings:item", item.pk)
        except NotAllowed as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
    back = reverse("meetings:meeting", args=[meeting.pk]) if meeting else backlog_of(record)
    return _form(request, form, record, meeting, _("Nyt punkt"), back)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, body: int) -> HttpResponse:
    """An item that a member or a case officer asks for."""
    record = get_object_or_404(BodyRecord, pk=body)
    seen = access.reader(request.user, record, request.on)
    if not (request.user.has_perm("meetings.propose_item") or seen.member):
        raise PermissionDenied(
            _("Kun medlemmer, sagsbehandlere og sekretariatet kan melde punkter.")
        )
    form = item_forms.ItemForm(
        posted(request), body=record, on=request.on, proposing=True, initial={"kind": "beslutning"}
    )
    if form.is_valid():
        try:
            item = rules.propose_item(by=request.user, body=record, **form.values())
            messages.success(request, _("Punktet er meldt. Sekretariatet tager det op."))
            return redirect("meetings:item", item.pk)
        except NotAllowed as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
    back = reverse("meetings:body", kwargs={"kind": record.kind, "place": record.place})
    return _form(request, form, record, None, _("Meld et punkt"), back)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what an item says. Who saves second sees what the first one changed."""
    item = item_or_404(request, pk)
    if not may_write(request, item):
        raise PermissionDenied(_("Kun sekretariatet kan ændre punktet nu."))
    proposing = not request.user.has_perm("meetings.edit")
    about: dict[str, Any] = {
        "body": item.body,
        "on": item.meeting.day if item.meeting else request.on,
        "proposing": proposing,
    }
    form = item_forms.ItemForm(posted(request), initial=item_forms.initial_of_item(item), **about)
    back = reverse("meetings:item", args=[pk])
    conflicts: list[tuple[str, Any, Any]] = []
    if form.is_valid():
        given = form.cleaned_data
        try:
            rules.change_item(
                by=request.user, item=item, version=given["version"], **form.values(),
                telling_title_confirmed=given.get("telling_title_confirmed", True),
            )  # fmt: skip
            messages.success(request, _("Punktet er gemt."))
            return redirect(back)
        except ChangedMeanwhile as late:
            item = item_or_404(request, pk)
            conflicts = [(_label(name), theirs, yours) for name, theirs, yours in late.conflicts]
            initial = item_forms.ItemForm.initial_of(late.merged, item.version)
            form = item_forms.ItemForm(initial=initial, **about)
        except NotAllowed as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
    return _form(request, form, item.body, item.meeting, _("Ret punktet"), back,
                 conflicts=conflicts)  # fmt: skip


def may_write(request: HttpRequest, item: Item) -> bool:
    """Whether the user may change the item; whether it is still open is the rules' matter."""
    if request.user.has_perm("meetings.edit"):
        return True
    mine = item.created_by_id == request.user.pk and item.state == Item.State.IDEA
    return mine and item.meeting_id is None


def backlog_of(record: BodyRecord) -> str:
    """Where a body's backlog is."""
    return reverse("meetings:backlog", kwargs={"kind": record.kind, "place": record.place})


def _form(
    request: HttpRequest,
    form: item_forms.ItemForm,
    record: BodyRecord,
    meeting: Meeting | None,
    heading: str,
    back: str,
    **more: Any,
) -> HttpResponse:
    conflicts = more.get("conflicts")
    context = {
        "form": form.render_ready(),
        "body": body_of(record),
        "meeting": meeting,
        "heading": heading,
        "cancel": back,
        **more,
    }
    status = 409 if conflicts else 422 if form.is_bound else 200
    return render(request, "meetings/item_form.html", context, status=status)


def _from_template(request: HttpRequest, record: BodyRecord) -> dict[str, Any]:
    """The form begun as a template says, when one is asked for."""
    if not request.GET.get("skabelon"):
        return {"kind": "beslutning"}
    found = get_object_or_404(ItemTemplate, pk=asked.key(request.GET["skabelon"]))
    blocks: dict[str, Any] = {}
    for block in found.blocks:
        blocks.setdefault(block["kind"], block)
    content = {
        "kind": found.kind,
        "title": found.title,
        "minutes_planned": found.minutes_planned,
        "blocks": blocks,
        "clauses": found.clauses,
    }
    return item_forms.ItemForm.initial_of(content, None)


def _label(name: str) -> str:
    if not name.startswith("blocks."):
        return str(_(NAMES.get(name, name)))
    from klynge.web.meetings.models import Block

    return str(Block.Kind(name.removeprefix("blocks.").split(":")[0]).label)


def _way(request: HttpRequest, item: Item) -> list[tuple[Any, str]]:
    """The way the item has come, each step with the title that may be said."""
    return [(step, access.title_for(step.item, request.user)) for step in rules.history_of(item)]


def _sent_on(request: HttpRequest, item: Item) -> list[tuple[Any, str]]:
    rows = item.forwarded.select_related("arrived_as__body", "arrived_as__meeting")
    return [(row, access.title_for(row.arrived_as, request.user)) for row in rows]


def _coming(item: Item) -> Any:
    rows = Meeting.objects.filter(body=item.body, begins_at__date__gte=access.today())
    return rows.exclude(state=Meeting.State.CANCELLED).exclude(pk=item.meeting_id)[:12]
