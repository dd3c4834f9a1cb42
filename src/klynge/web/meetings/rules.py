"""What may happen in the meetings room: the door to every rule, each in the file of its subject."""

from __future__ import annotations

from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings.agenda_rules import (
    add_item,
    back_to_backlog,
    change_item,
    close_item,
    mark,
    move_item,
    propose_item,
    put_on_agenda,
    reorder,
    withdraw_item,
)
from klynge.web.meetings.planning_rules import (
    call_for_items,
    cancel_meeting,
    change_meeting,
    drop_proposal,
    plan_meeting,
    save_rhythm,
    settle_date,
)
from klynge.web.meetings.review_rules import (
    approve_agenda,
    comment,
    release_agenda,
    release_without_review,
    send_to_review,
    settle_comment,
    take_back_from_review,
)
from klynge.web.meetings.rights import ChangedMeanwhile
from klynge.web.meetings.template_rules import (
    add_from_template,
    add_standing_items,
    retire_template,
    save_template,
)
from klynge.web.meetings.versions import chairs

__all__ = (
    "ChangedMeanwhile",
    "NotAllowed",
    "add_from_template",
    "add_item",
    "add_standing_items",
    "approve_agenda",
    "back_to_backlog",
    "call_for_items",
    "cancel_meeting",
    "chairs",
    "change_item",
    "change_meeting",
    "close_item",
    "comment",
    "drop_proposal",
    "mark",
    "move_item",
    "plan_meeting",
    "propose_item",
    "put_on_agenda",
    "release_agenda",
    "release_without_review",
    "reorder",
    "retire_template",
    "save_rhythm",
    "save_template",
    "send_to_review",
    "settle_comment",
    "settle_date",
    "take_back_from_review",
    "withdraw_item",
)
