"""The same matter once more: a copy of an item on a backlog, with everything that belongs to it."""

from __future__ import annotations

import uuid

from klynge.web.accounts.models import User
from klynge.web.bodies import clock
from klynge.web.bodies.models import BodyRecord
from klynge.web.meetings import item_content
from klynge.web.meetings.agenda_rules import add_item
from klynge.web.meetings.models import Forwarding, Item


def copy(*, by: User | None, item: Item, body: BodyRecord, why: str) -> Item:
    """A copy of an item on `body`'s backlog, and the note of where it came from.

    Annexes are the same files and figures as they were frozen. Call inside the transaction of the
    rule that asks whether it may be done.
    """
    content = item_content.content_of(item)
    arrived = add_item(
        by=None,  # the rule that calls has asked whether `by` may
        body=body,
        follows=item.follows,
        telling_title_confirmed=True,
        **{**content, "not_before": None},
    )
    Item.objects.filter(pk=arrived.pk).update(created_by=by)
    for annex in item.annexes.filter(replaced_at=None):
        annex.pk, annex.uid, annex.item = None, uuid.uuid4(), arrived
        annex._state.adding = True
        annex.save(force_insert=True)
    for figure in item.figures.all():
        figure.pk, figure.item = None, arrived
        figure._state.adding = True
        figure.save(force_insert=True)
    Forwarding.objects.create(item=item, arrived_as=arrived, note=why, at=clock.now(), by=by)
    arrived.refresh_from_db()
    return arrived
