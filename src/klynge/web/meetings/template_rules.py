"""Ready-made items: a body's standing items, and templates to begin an item from."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import clock
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import agenda_rules, item_content
from klynge.web.meetings.models import Item, ItemKind, ItemTemplate, Meeting
from klynge.web.meetings.rights import must_edit

FIELDS = ("name", "kind", "title", "standing", "months", "last", "position", "minutes_planned")


@transaction.atomic
def save_template(
    *, by: User | None, template: ItemTemplate | None = None, body: BodyRecord | None, **values: Any
) -> ItemTemplate:
    """Make or change a template. A standing item belongs to one body."""
    must_edit(by)
    found = template or ItemTemplate(body=body)
    for name in FIELDS:
        if name in values:
            setattr(found, name, values[name])
    if "blocks" in values:
        blocks = item_content.read_blocks(values["blocks"])
        found.blocks = [{"kind": key.split(":")[0], **value} for key, value in blocks.items()]
    if "clauses" in values:
        found.clauses = item_content.read_clauses(values["clauses"])
    found.name = " ".join((found.name or found.title).split())
    found.title = " ".join(found.title.split())
    reasons = []
    if not found.title:
        reasons.append(_("Skriv punktets titel."))
    if found.kind not in ItemKind.values:
        reasons.append(_("Vælg, hvad slags punkt det er."))
    if found.standing and found.body is None:
        reasons.append(_("Et fast punkt hører til ét organ."))
    if not all(month in range(1, 13) for month in found.months):
        reasons.append(_("Månederne er tal fra 1 til 12."))
    if reasons:
        raise NotAllowed(*reasons)
    found.save()
    note("item template saved", about=found, by=by)
    return found


@transaction.atomic
def retire_template(*, by: User | None, template: ItemTemplate) -> None:
    """Take a template out of use; items that were made from it stay."""
    must_edit(by)
    template.retired_at = clock.now()
    template.save(update_fields=["retired_at"])
    note("item template retired", about=template, by=by)


def in_use(body: BodyRecord) -> QuerySet[ItemTemplate]:
    """The templates a body may use: its own, and those that are everybody's."""
    return ItemTemplate.objects.filter(Q(body=body) | Q(body=None), retired_at=None)


@transaction.atomic
def add_from_template(
    *, by: User | None, template: ItemTemplate, body: BodyRecord, meeting: Meeting | None = None
) -> Item:
    """A new item that begins as the template says."""
    return agenda_rules.add_item(
        by=by,
        body=body,
        meeting=meeting,
        title=template.title,
        kind=template.kind,
        minutes_planned=template.minutes_planned,
        blocks=template.blocks,
        clauses=template.clauses,
        standing=template if template.standing else None,
    )


def add_standing_items(*, by: User | None, meeting: Meeting) -> list[Item]:
    """Put the body's standing items on a new agenda; those that are there already are left."""
    there = set(meeting.items.exclude(standing=None).values_list("standing", flat=True))
    wanted = ItemTemplate.objects.filter(body=meeting.body, standing=True, retired_at=None)
    return [
        add_from_template(by=by, template=template, body=meeting.body, meeting=meeting)
        for template in wanted
        if template.pk not in there and _belongs_on(template, meeting)
    ]


def _belongs_on(template: ItemTemplate, meeting: Meeting) -> bool:
    """Whether a standing item is on every agenda, or this is the month's first meeting."""
    if not template.months:
        return True
    if meeting.day.month not in template.months:
        return False
    same = Meeting.objects.filter(body=meeting.body, begins_at__lt=meeting.begins_at)
    same = same.exclude(state__in=(Meeting.State.CANCELLED, Meeting.State.PROPOSED))
    return not any(
        (other.day.year, other.day.month) == (meeting.day.year, meeting.day.month)
        for other in same.order_by("-begins_at")[:5]
    )
