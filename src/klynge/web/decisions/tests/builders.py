"""Invented decisions for the tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from klynge.web.bodies.models import Organisation
from klynge.web.bodies.rules import organisation
from klynge.web.decisions import rules
from klynge.web.decisions.models import Decision
from klynge.web.meetings.models import Meeting
from klynge.web.meetings.tests.minutes_builders import (
    KOMMUNER,
    a_professional_level,
    items_of,
    row_of,
)

DECIDED = date(2024, 6, 1)


def a_decision(text: str = "Fælles retningslinjer for udskrivning", **more: Any) -> Decision:
    """An open decision of the professional level, brought in from before."""
    body = more.pop("body", None) or a_professional_level()
    values = {"decided_on": DECIDED, "origin": "Møde 1.6.2024, punkt 4"} | more
    return rules.bring_in(by=None, body=body, text=text, **values)


def decided_at(meeting: Meeting, number: int = 1, **more: Any) -> Decision:
    """What a meeting decided on the first clause of one of its items."""
    item = items_of(meeting)[number - 1]
    clause = item.clauses.first()
    new = rules.New(item=item, clause=clause, **{"text": "Besluttet.", **more})
    return rules.take_from_minutes(by=None, meeting=meeting, decisions=[new])[0]


def a_responsible(body=None):
    """Somebody who sits in the professional level."""
    rows = (body or a_professional_level()).memberships
    return rows.get(person__name="Lone Læge").person


def authorities(body) -> list[Organisation]:
    """Let the seats of the region and the kommuner say whom they represent."""
    region = organisation(kind="region", name="Region Prøve", place_kind="region", place="1082")
    found = [region]
    body.memberships.filter(party="region").update(represents=region)
    for code in KOMMUNER:
        own = organisation(kind="kommune", name=f"Kommune {code}", place_kind="kommune", place=code)
        body.memberships.filter(party="kommune", kommune=code).update(represents=own)
        found.append(own)
    return found


__all__ = ["a_decision", "a_responsible", "authorities", "decided_at", "row_of"]
