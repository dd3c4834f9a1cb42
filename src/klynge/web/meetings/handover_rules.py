"""What may happen to meetings and waiting items when their body closes."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.bodies.models import BodyRecord
from klynge.web.meetings import agenda_rules, forward_rules, planning_rules
from klynge.web.meetings.models import Item, Meeting
from klynge.web.meetings.rights import must_edit


@transaction.atomic
def carry_over_meeting(
    *, by: User | None, meeting: Meeting, to: BodyRecord, reason: str
) -> Meeting:
    """The body that follows meets at the same time and place; the old meeting is cancelled.

    Items that have not gone out go along; those that have stay with the old meeting as released,
    and are taken up again.
    """
    must_edit(by)
    made = planning_rules.plan_meeting(
        by=by,
        body=to,
        begins_at=meeting.begins_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        online_address=meeting.online_address,
        title=meeting.title,
        proposed=meeting.state == Meeting.State.PROPOSED,
    )
    for item in meeting.items.exclude(state=Item.State.WITHDRAWN).filter(standing=None):
        copy = forward_rules.forward_item(by=by, item=item, to=to, why=reason)
        agenda_rules.put_on_agenda(by=by, item=copy, meeting=made)
        if not item.is_released:
            agenda_rules.withdraw_item(by=by, item=item)
    close_meeting(by=by, meeting=meeting, reason=reason)
    return made


@transaction.atomic
def close_meeting(*, by: User | None, meeting: Meeting, reason: str) -> None:
    """The meeting will not be held: a proposed date is dropped, another is cancelled."""
    must_edit(by)
    if meeting.state == Meeting.State.PROPOSED and not meeting.items.exists():
        planning_rules.drop_proposal(by=by, meeting=meeting)
        return
    because = reason or _("Organet er lukket.")
    planning_rules.cancel_meeting(by=by, meeting=meeting, because=because)


@transaction.atomic
def carry_over_item(*, by: User | None, item: Item, to: BodyRecord, reason: str) -> Item:
    """A waiting item waits with the body that follows."""
    made = forward_rules.forward_item(by=by, item=item, to=to, why=reason)
    if item.state == Item.State.IDEA:
        made.state = Item.State.IDEA
        made.created_by = item.created_by
        made.save(update_fields=["state", "created_by", "changed_at"])
    agenda_rules.withdraw_item(by=by, item=item)
    return made


@transaction.atomic
def close_waiting(*, by: User | None, item: Item) -> None:
    """A waiting item is not taken up any more."""
    agenda_rules.withdraw_item(by=by, item=item)
