"""A body's backlog of coming items, and its templates and standing items."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.standing import Body
from klynge.web.meetings import access, forms, rules, template_rules
from klynge.web.meetings.models import Item, ItemTemplate, Meeting
from klynge.web.meetings.views.common import (
    body_or_404,
    done,
    editor,
    form_page,
    no_record,
    opened,
    posted,
    record_of,
)

TEXT = "sagsfremstilling"


@require_safe
def show(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """The items that wait: wished for, being written, sent by others."""
    body = body_or_404(kind, place)
    record = record_of(body)
    rows = Item.objects.filter(body=record, meeting=None).exclude(state=Item.State.WITHDRAWN)
    rows = rows.select_related(
        "body", "meeting", "recommended_by", "created_by", "came_from__item__body"
    )
    seen = access.reader(request.user, record, access.today()) if record else access.Reader()
    listed = [
        (item, seen.title(item), seen.may_see(item))
        for item in rows.order_by("not_before", "created_at")
        if seen.may_list(item)
    ]
    may_edit = request.user.has_perm("meetings.edit")
    meetings = Meeting.objects.filter(body=record, begins_at__date__gte=access.today())
    context = {
        "body": body,
        "record": record,
        "items": listed,
        "may_edit": may_edit,
        "may_propose": record and (request.user.has_perm("meetings.propose_item") or seen.member),
        "meetings": meetings.exclude(state=Meeting.State.CANCELLED)[:12] if may_edit else (),
        "templates": template_rules.in_use(record) if record and may_edit else (),
    }
    return render(request, "meetings/backlog.html", context)


@require_safe
@editor
def templates(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """A body's standing items and templates."""
    body = body_or_404(kind, place)
    record = record_of(body)
    if record is None:
        return no_record(request, body)
    rows = list(template_rules.in_use(record))
    context = {
        "body": body,
        "standing": [row for row in rows if row.standing],
        "others": [row for row in rows if not row.standing],
    }
    return render(request, "meetings/templates.html", context)


@editor
def new_template(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """A new template or standing item."""
    body = body_or_404(kind, place)
    return _template_form(request, body, opened(request, body), None)


@editor
def edit_template(request: HttpRequest, pk: int, kind: str, place: str) -> HttpResponse:
    """Change a template; items made from it stay as they are."""
    template = get_object_or_404(ItemTemplate, pk=pk, retired_at=None)
    body = body_or_404(kind, place)
    return _template_form(request, body, opened(request, body), template)


@require_POST
@editor
def retire(request: HttpRequest, pk: int, kind: str, place: str) -> HttpResponse:
    """Take a template out of use."""
    template = get_object_or_404(ItemTemplate, pk=pk, retired_at=None)
    rules.retire_template(by=request.user, template=template)
    messages.success(request, _("Skabelonen er taget ud af brug."))
    return redirect("meetings:templates", kind=kind, place=place)


def _template_form(
    request: HttpRequest, body: Body, record: BodyRecord, template: ItemTemplate | None
) -> HttpResponse:
    form = forms.TemplateForm(posted(request), initial=_initial(template))

    def do() -> None:
        values = dict(form.cleaned_data)
        everybody, text = values.pop("everybody"), values.pop("fremstilling")
        kept = [b for b in (template.blocks if template else []) if b["kind"] != TEXT]
        rules.save_template(
            by=request.user,
            template=template,
            body=None if everybody else (template.body if template else record) or record,
            blocks=[{"kind": TEXT, "html": text}, *kept],
            clauses=values.pop("clauses").splitlines(),
            **values,
        )

    back = reverse("meetings:templates", kwargs={"kind": body.kind.id, "place": body.place.id})
    if form.is_valid() and done(form, do):
        messages.success(request, _("Skabelonen er gemt."))
        return redirect(back)
    heading = _("Ret skabelonen") if template else _("Ny skabelon")
    return form_page(request, form, heading, _("Gem"), back, body=body, long=True)


def _initial(template: ItemTemplate | None) -> dict[str, Any]:
    if template is None:
        return {"kind": "orientering"}
    names = ("name", "title", "kind", "minutes_planned", "standing", "months", "last")
    found = {name: getattr(template, name) for name in names}
    text = next((b["html"] for b in template.blocks if b["kind"] == TEXT), "")
    return found | {
        "everybody": template.body_id is None,
        "clauses": "\n".join(template.clauses),
        "fremstilling": text,
    }
