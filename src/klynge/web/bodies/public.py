"""What anybody may know of a body: who sits in it, for whom, as what, from when to when.

Nothing else of what this room keeps is public: no contact details, no reasons, no log-ins, no
numbers by which a person could be followed elsewhere, nothing that was taken back. Staff who
assist the members (bisiddere, secretariat) are not members and are left out. Rooms that publish
read here, and never the tables.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from klynge.web.bodies import following, history
from klynge.web.bodies.models import BodyDocument, Membership
from klynge.web.bodies.standing import Body, body_called
from klynge.web.bodies.templatetags.seats import represented, word

# A role that is not here is not public.
ROLES = ("formand", "naestformand", "medlem", "stedfortraeder", "observatoer")


@dataclass(frozen=True)
class PublicMember:
    """One seat, in the page's language. until: None when the last day is not known yet."""

    name: str
    represents: str
    role: str
    office: str
    since: date
    until: date | None


@dataclass(frozen=True)
class PublicDocument:
    """That there is a kommissorium or forretningsorden in force, and by which decision."""

    kind: str
    number: int
    valid_from: date
    decision: str


@dataclass(frozen=True)
class PublicBody:
    """A body on a day. on: the day it is shown as on, within the body's own life."""

    kind: str
    place: str
    name: str
    on: date
    valid_from: date
    valid_to: date | None
    members: tuple[PublicMember, ...]
    others: tuple[PublicMember, ...]
    documents: tuple[PublicDocument, ...]
    before: tuple[tuple[str, str, str], ...]
    after: tuple[tuple[str, str, str], ...]


def body(kind: str, place: str, on: date) -> PublicBody | None:
    """What anybody may know of a body on a day, as it is known now; None when it never is.

    before, after: the bodies it follows and is followed by, as (kind, place, name). others:
    deputies and observers.
    """
    found = body_called(kind, place)
    if found is None:
        return None
    seen = found.nearest_day(on)
    record = history.find(kind, place)
    rows = [row for row in history.as_of(record, seen) if row.role in ROLES]
    fills = [row for row in rows if row.role not in ("stedfortraeder", "observatoer")]
    return PublicBody(
        kind=kind,
        place=place,
        name=found.name,
        on=seen,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        members=tuple(_member(row) for row in fills),
        others=tuple(_member(row) for row in rows if row not in fills),
        documents=tuple(_document(one) for one in history.documents(record, seen).values()),
        before=_named(following.before(found)),
        after=_named(following.after(found)),
    )


def as_json(found: PublicBody) -> dict[str, Any]:
    """The body as it can be written as JSON, days as YYYY-MM-DD."""
    return {name: _plain(value) for name, value in asdict(found).items()}


def _member(row: Membership) -> PublicMember:
    return PublicMember(
        name=row.person.name,
        represents=represented(row),
        role=word(row.role, "role"),
        office=word(row.office, "office") if row.office != "anden" else "",
        since=row.valid_from,
        until=row.valid_to,
    )


def _document(one: BodyDocument) -> PublicDocument:
    return PublicDocument(one.kind, one.number, one.valid_from, one.decision)


def _named(bodies: tuple[Body, ...]) -> tuple[tuple[str, str, str], ...]:
    return tuple((*each.key, each.name) for each in bodies)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
