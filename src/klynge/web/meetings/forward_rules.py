"""Items that go from one body to another, or on to a later meeting of the same one."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import clock
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import agenda_rules, item_content
from klynge.web.meetings.models import Forwarding, Item, Meeting
from klynge.web.meetings.rights import must_edit


@transaction.atomic
def forward_item(*, by: User | None, item: Item, to: BodyRecord, why: str = "") -> Item:
    """Send an item to another body's backlog, with its text, annexes and figures as they are.

    What is closed stays closed. The item itself stays where it was.
    """
    must_edit(by)
    if to.pk == item.body_id:
        raise NotAllowed(_("Punktet er allerede i det organ."))
    made = _copy(item, to, why, by)
    note("item forwarded", about=made, by=by)
    return made


@transaction.atomic
def take_up_again(
    *, by: User | None, item: Item, meeting: Meeting | None = None, why: str = ""
) -> Item:
    """The same matter on a later meeting of the same body, or on its backlog (meeting: None)."""
    must_edit(by)
    if meeting is not None and meeting.body_id != item.body_id:
        raise NotAllowed(_("Mødet er i et andet organ. Send punktet videre i stedet."))
    if not item.is_released:
        raise NotAllowed(_("Punktet er ikke sendt ud endnu. Flyt det i stedet."))
    made = _copy(item, item.body, why, by)
    if meeting is not None:
        agenda_rules.put_on_agenda(by=by, item=made, meeting=meeting)
    note("item taken up again", about=made, by=by)
    return made


def history_of(item: Item) -> list[Forwarding]:
    """The way an item has come, the first step first."""
    steps: list[Forwarding] = []
    at: Item | None = item
    while at is not None:
        came = (
            Forwarding.objects.filter(arrived_as=at)
            .select_related("item__body", "item__meeting", "arrived_as__body")
            .first()
        )
        if came is None:
            break
        steps.insert(0, came)
        at = came.item
    return steps


def _copy(item: Item, to: BodyRecord, why: str, by: User | None) -> Item:
    content = item_content.content_of(item)
    content["recommended_by"] = item.recommended_by
    content["not_before"] = None
    made = agenda_rules.add_item(
        by=by, body=to, follows=item.follows, telling_title_confirmed=True, **content
    )
    for annex in item.annexes.filter(replaced_at=None):
        annex.pk, annex.item, annex._state.adding = None, made, True
        annex.uid = annex._meta.get_field("uid").get_default()
        annex.source_id = ""
        annex.save()
    for figure in item.figures.all():
        figure.pk, figure.item, figure._state.adding = None, made, True
        figure.save()
    Forwarding.objects.create(item=item, arrived_as=made, note=why.strip(), at=clock.now(), by=by)
    return made
