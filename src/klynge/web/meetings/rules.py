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
from klynge.web.meetings.annex_rules import (
    add_annex,
    move_annex,
    name_annex,
    remove_annex,
    replace_annex,
)
from klynge.web.meetings.figure_rules import add_figure, remove_figure
from klynge.web.meetings.forward_rules import forward_item, history_of, take_up_again
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
from klynge.web.meetings.year_rules import propose_year, settle_year

__all__ = (
    "ChangedMeanwhile",
    "NotAllowed",
    "add_annex",
    "add_figure",
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
    "forward_item",
    "history_of",
    "mark",
    "move_annex",
    "move_item",
    "name_annex",
    "plan_meeting",
    "propose_item",
    "propose_year",
    "put_on_agenda",
    "release_agenda",
    "release_without_review",
    "remove_annex",
    "remove_figure",
    "reorder",
    "replace_annex",
    "retire_template",
    "save_rhythm",
    "save_template",
    "send_to_review",
    "settle_comment",
    "settle_date",
    "settle_year",
    "take_back_from_review",
    "take_up_again",
    "withdraw_item",
)
