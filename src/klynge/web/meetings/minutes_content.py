"""The minutes of a meeting as plain values: what is sent for approval, and what is frozen."""

from __future__ import annotations

from typing import Any

from klynge.web.meetings import taking_part
from klynge.web.meetings.models import Item, Meeting


def content_of(meeting: Meeting) -> dict[str, Any]:
    """Everything the minutes say, ready for JSON: who was there, and item by item what came of it.

    It has what closed items say too: never show it but through access.py.
    """
    meet = taking_part.of_meeting(meeting)
    items = Item.objects.filter(pk__in=[item.pk for item in meet.items]).select_related("minute")
    whole = {
        item.pk: item for item in items.prefetch_related("clauses", "dissents__attendance", "votes")
    }
    return {
        "opened_at": _moment(meeting.opened_at),
        "closed_at": _moment(meeting.closed_at),
        "attendance": [
            {
                "person": row.person_id,
                "name": row.person.name,
                "represents": row.represents,
                "party": row.party,
                "role": row.role,
                "status": row.status,
                "counts": row.counts,
                "deputy_for": row.deputy_for.person_id if row.deputy_for else None,
                "joined": str(row.joined.uid) if row.joined else None,
                "left": str(row.left.uid) if row.left else None,
                "note": row.note,
            }
            for row in meet.attendance
        ],
        "items": [_item(whole[each.item.pk], each) for each in meet.rounds()],
    }


def _item(item: Item, at: taking_part.Round) -> dict[str, Any]:
    minute = getattr(item, "minute", None)
    return {
        "uid": str(item.uid),
        "number": item.number,
        "state": item.state,
        "html": minute.html if minute else "",
        "clauses": [
            {"text": clause.text, "outcome": clause.outcome, "decision": clause.decision}
            for clause in item.clauses.all()
        ],
        "away": [
            {"person": part.attendance.person_id, "why": part.why, "note": part.note}
            for part in at.away
        ],
        "filled": at.filled,
        "dissents": [
            {"person": dissent.attendance.person_id, "text": dissent.text}
            for dissent in item.dissents.all()
        ],
        "votes": sorted(
            [vote.clause_id or 0, vote.attendance_id, vote.choice] for vote in item.votes.all()
        ),
    }


def _moment(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
