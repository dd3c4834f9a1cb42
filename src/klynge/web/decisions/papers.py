"""Tells a meeting's papers who sees to each decision, and by when."""

from __future__ import annotations

from klynge.web.decisions import access
from klynge.web.decisions.models import Decision
from klynge.web.meetings.models import Meeting
from klynge.web.meetings.papers.follow_up import Followed
from klynge.web.meetings.readers import Somebody


def of_meeting(meeting: Meeting, user: Somebody) -> dict[str, tuple[Followed, ...]]:
    """The decisions of a meeting as a user may see them, by the item's uid."""
    rows = Decision.objects.filter(meeting=meeting, item__isnull=False).order_by("pk")
    found: dict[str, tuple[Followed, ...]] = {}
    for shown in access.shown(rows.select_related("item", "responsible", "organisation"), user):
        decision = shown.decision
        who = decision.responsible or decision.organisation
        followed = Followed(
            shown.text,
            responsible=str(who or "") if shown.readable else "",
            deadline=decision.deadline if shown.readable else None,
        )
        key = str(decision.item.uid)
        found[key] = (*found.get(key, ()), followed)
    return found
