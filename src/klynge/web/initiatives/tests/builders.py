"""Invented initiatives for the tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.tests.builders import a_body, a_person
from klynge.web.initiatives import rules
from klynge.web.initiatives.models import Initiative

START = date(2023, 1, 1)
WHOLE = {
    "purpose": "Færre genindlæggelser efter psykiatrien.",
    "pathway": "Fælles plan før udskrivelse.",
    "equality": "Mest for dem uden netværk.",
    "groups": ["psychiatry"],
    "crossings": ["psychiatry_kommune"],
}


def an_initiative(body: BodyRecord | None = None, **more: Any) -> Initiative:
    """A need; with `WHOLE` it can become a proposal."""
    values: dict[str, Any] = {
        "title": "Fælles udskrivning",
        "need": "For mange kommer igen.",
        "origin": "case",
        "body": body or a_body(),
    }
    return rules.begin(by=None, **{**values, **more})


def running(body: BodyRecord | None = None, start: date = START, **more: Any) -> Initiative:
    """One that is under way since `start`."""
    one = an_initiative(body, **{**WHOLE, "leader": a_person(), "starts_on": start, **more})
    for state in ("idea", "proposal", "decided", "running"):
        rules.move(by=None, initiative=one, to=state, why="Besluttet på et møde.")
    one.refresh_from_db()
    return one
