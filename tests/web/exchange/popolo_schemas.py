"""The classes of Popolo that we write, as JSON Schemas.

Source: the tables of https://www.popoloproject.com/specs/ (person, organization, membership,
motion, vote event, count, event), read 2026-11-28. The project's own schema files are written in
draft 3 and ask for next to nothing; these ask for what the tables ask for.
test_specifications.py runs the project's own files against our output.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": ["string", "null"]}
NAME: Schema = {"type": "string", "minLength": 1}
FUZZY: Schema = {"type": ["string", "null"], "pattern": r"^\d{4}(-\d{2}){0,2}$"}
MOMENT: Schema = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}(:\d{2}){0,2}(Z|[+-]\d{2}(:\d{2})?)$",
}


def _class(required: tuple[str, ...], **properties: Schema) -> Schema:
    return {"type": "object", "required": list(required), "properties": properties}


PERSON = _class(("name",), id=TEXT, name=NAME, birth_date=FUZZY, death_date=FUZZY)
ORGANIZATION = _class(
    ("id", "name"),
    id=NAME,
    name=NAME,
    classification=TEXT,
    parent_id=TEXT,
    founding_date=FUZZY,
    dissolution_date=FUZZY,
)
MEMBERSHIP = _class(
    ("person_id", "organization_id"),
    id=TEXT,
    label=TEXT,
    role=TEXT,
    person_id=NAME,
    organization_id=NAME,
    post_id=TEXT,
    on_behalf_of_id=TEXT,
    start_date=FUZZY,
    end_date=FUZZY,
)
COUNT = _class(("option", "value"), option=NAME, value={"type": "integer"}, group_id=TEXT)
VOTE_EVENT = _class(
    ("id", "motion_id"),
    id=NAME,
    motion_id=NAME,
    start_date=MOMENT,
    result=TEXT,
    counts={"type": "array", "items": COUNT},
)
MOTION = _class(
    ("id", "text"),
    id=NAME,
    organization_id=TEXT,
    legislative_session_id=TEXT,
    text=NAME,
    date=MOMENT,
    result=TEXT,
    vote_events={"type": "array", "items": VOTE_EVENT},
)
EVENT = _class(
    ("id", "name"),
    id=NAME,
    name=NAME,
    classification=TEXT,
    organization_id=TEXT,
    start_date=MOMENT,
    end_date=MOMENT,
    location=TEXT,
    attendees={"type": "array", "items": PERSON},
)
OF_KIND = {
    "persons": PERSON,
    "organizations": ORGANIZATION,
    "memberships": MEMBERSHIP,
    "events": EVENT,
    "motions": MOTION,
}
