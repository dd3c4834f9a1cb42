"""What the public sees at this moment: the one door between the tables and everybody.

Pages, JSON, OParl, feeds, search and PDF read through here and nowhere else. A publication is seen
while now lies inside its time; of several, the newest that has begun counts. What was closed after
it was published disappears at once, although the rest of the copy stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from klynge.web.bodies import clock
from klynge.web.bodies.models import BodyRecord
from klynge.web.decisions.models import Decision
from klynge.web.meetings import access
from klynge.web.meetings import html as markup
from klynge.web.meetings.models import Annex, Block, Item, Meeting
from klynge.web.publishing.models import Publication, PublicBody, PublicFile
from klynge.web.publishing.snapshot import words_of

AGENDA, MINUTES = Publication.Part.AGENDA, Publication.Part.MINUTES
# Times and places of meetings, before anything of them is published.
FIXED = (
    Meeting.State.PLANNED,
    Meeting.State.AGENDA_REVIEW,
    Meeting.State.RELEASED,
    Meeting.State.HELD,
    Meeting.State.MINUTES_REVIEW,
    Meeting.State.APPROVED,
    Meeting.State.CANCELLED,
)


class Gone(Exception):
    """It was public and is no more. `since` is all there is to tell."""

    def __init__(self, since: datetime) -> None:
        self.since = since
        super().__init__("gone")


@dataclass(frozen=True)
class Shown:
    """One publication as it may be seen now."""

    publication: Publication
    content: dict[str, Any]

    @property
    def part(self) -> str:
        return self.publication.part

    @property
    def meeting(self) -> Meeting:
        return self.publication.meeting

    @property
    def uid(self) -> UUID:
        """The meeting's."""
        return self.publication.meeting.uid

    @property
    def begins_at(self) -> datetime:
        return _by_the_danish_clock(self.content["meeting"]["begins_at"])

    @property
    def ends_at(self) -> datetime:
        return _by_the_danish_clock(self.content["meeting"]["ends_at"])

    @property
    def title(self) -> str:
        return self.content["meeting"]["title"] or self.content["body"]["name"]

    @property
    def cancelled(self) -> bool:
        return self.publication.meeting.state == Meeting.State.CANCELLED


def shown(
    *, body: BodyRecord | None = None, part: str = "", words: str = "", limit: int = 0
) -> list[Shown]:
    """What can be seen now, the newest meeting first."""
    rows = _visible()
    if body is not None:
        rows = rows.filter(meeting__body=body)
    if part:
        rows = rows.filter(part=part)
    wanted = words.casefold().split()
    for word in wanted:
        rows = rows.filter(text__contains=word)
    rows = rows.order_by("-meeting__begins_at", "part", "-pk")
    found = _as_seen(list(rows[:limit] if limit else rows))
    if not wanted:
        return found
    # The copy's words may be of something that was closed since.
    texts = [(each, words_of(each.content).casefold()) for each in found]
    return [each for each, text in texts if all(word in text for word in wanted)]


def of_meeting(uid: UUID) -> dict[str, Shown]:
    """The parts of a meeting that can be seen now. Raises Gone when there were some once."""
    found = {each.part: each for each in _as_seen(list(_visible().filter(meeting__uid=uid)))}
    if not found:
        _raise_gone(_governing().filter(meeting__uid=uid))
    return found


def part_of_meeting(uid: UUID, part: str) -> Shown | None:
    """One part of a meeting. None when it never was public. Raises Gone when it was."""
    found = _as_seen(list(_visible().filter(meeting__uid=uid, part=part)))
    if found:
        return found[0]
    _raise_gone(_governing().filter(meeting__uid=uid, part=part))
    return None


def annex(uid: UUID) -> PublicFile | None:
    """A file that can be fetched now. None when it never was public. Raises Gone when it was."""
    files = PublicFile.objects.filter(uid=uid).select_related("annex__item", "publication")
    for file in files.filter(publication__in=_visible()).order_by("-publication__visible_from"):
        if not file.annex.closed and access.may_see(file.annex.item, None):
            return file
        raise Gone(file.annex.item.changed_at)
    _raise_gone(
        Publication.objects.filter(
            pk__in=files.filter(publication__visible_from__lte=clock.now()).values("publication")
        )
    )
    return None


def gone() -> list[tuple[Publication, datetime]]:
    """What was public and is no more, with since when; the newest first."""
    rows = _governing().exclude(pk__in=_visible()).select_related("meeting__body")
    return sorted(
        ((row, _ended(row)) for row in rows.defer("content", "text")),
        key=lambda each: each[1],
        reverse=True,
    )


def bodies() -> list[BodyRecord]:
    """The bodies that have something on the public pages."""
    chosen = PublicBody.objects.filter(Q(members=True) | Q(dates=True)).values("body")
    published = _visible().values("meeting__body")
    return list(
        BodyRecord.objects.filter(Q(pk__in=chosen) | Q(pk__in=published)).order_by("name", "pk")
    )


def what_of(body: BodyRecord) -> PublicBody:
    """What of a body is shown; an unsaved row that shows nothing when nothing was chosen."""
    return PublicBody.objects.filter(body=body).first() or PublicBody(
        body=body, members=False, dates=False
    )


def dates_of(body: BodyRecord) -> list[Meeting]:
    """The meetings whose time and place are public."""
    if not what_of(body).dates:
        return []
    return list(body.meetings.filter(state__in=FIXED).order_by("begins_at", "pk"))


def _by_the_danish_clock(moment: str) -> datetime:
    """A moment of a copy, which the database gave in UTC."""
    return timezone.localtime(datetime.fromisoformat(moment))


def _governing() -> QuerySet[Publication]:
    """For every part of a meeting, the newest publication that has begun."""
    now = clock.now()
    begun = Publication.objects.filter(visible_from__lte=now).filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=F("visible_from"))
    )
    later = begun.filter(meeting=OuterRef("meeting"), part=OuterRef("part")).filter(
        Q(visible_from__gt=OuterRef("visible_from"))
        | Q(visible_from=OuterRef("visible_from"), pk__gt=OuterRef("pk"))
    )
    return begun.exclude(Exists(later))


def _visible() -> QuerySet[Publication]:
    now = clock.now()
    return (
        _governing()
        .filter(withdrawn_at=None)
        .filter(Q(visible_to=None) | Q(visible_to__gt=now))
        .select_related("meeting__body")
    )


def _as_seen(rows: list[Publication]) -> list[Shown]:
    """The copies without what was closed since."""
    closed = _closed_since(rows)
    return [Shown(row, _without(row.content, closed)) for row in rows]


@dataclass(frozen=True)
class _Closed:
    """What is closed now. items: by uid, with the title for the public."""

    items: dict[str, str]
    others: frozenset[str]
    blocks: frozenset[str]


def _closed_since(rows: Iterable[Publication]) -> _Closed:
    """What is closed now of everything in the copies `rows`."""
    opened = [each for row in rows for each in row.content["items"] if not each["closed"]]
    uids = {each["uid"] for each in opened}
    items = Item.objects.filter(uid__in=uids).select_related("meeting")
    annexes = {one["uid"] for each in opened for one in each["annexes"]}
    # Of a decision that was closed already, the copy has what was written for the public alone.
    told = {one["uid"] for row in rows for one in row.content["decisions"] if not one["closed"]}
    others = [one.uid for one in Annex.objects.filter(uid__in=annexes, closed=True)]
    others += Decision.objects.filter(uid__in=told, closed=True).values_list("uid", flat=True)
    blocks = Block.objects.filter(item__uid__in=uids, closed=True)
    return _Closed(
        {
            str(one.uid): access.title_for(one, None)
            for one in items
            if not access.may_see(one, None)
        },
        frozenset(str(uid) for uid in others),
        # A block has no name that lasts, so it is known by what it says.
        frozenset(markup.clean(one.html) for one in blocks),
    )


def _without(content: dict[str, Any], closed: _Closed) -> dict[str, Any]:
    if not (closed.items or closed.others or closed.blocks):
        return content
    kept = {
        name: [
            each
            for each in content[name]
            if each["item"] not in closed.items and each["uid"] not in closed.others
        ]
        for name in ("decisions", "corrections")
    }
    items = [_item_without(item, closed) for item in content["items"]]
    return {**content, "items": items, **kept}


def _item_without(item: dict[str, Any], closed: _Closed) -> dict[str, Any]:
    if item["closed"]:
        return item
    if item["uid"] in closed.items:
        head = {name: item[name] for name in ("uid", "number", "addendum", "withdrawn")}
        return {**head, "closed": True, "title": closed.items[item["uid"]]}
    return {
        **item,
        "annexes": [each for each in item["annexes"] if each["uid"] not in closed.others],
        "blocks": [each for each in item["blocks"] if each["html"] not in closed.blocks],
    }


def _raise_gone(rows: QuerySet[Publication]) -> None:
    ended = [_ended(row) for row in rows.defer("content", "text")]
    if ended:
        raise Gone(max(ended))


def _ended(row: Publication) -> datetime:
    moments = [each for each in (row.withdrawn_at, row.visible_to) if each]
    return min(moments) if moments else row.visible_from
