"""A meeting's agenda as one user may see it, in plain values that carry nothing more.

A page, a paper or a feed that is made of these cannot tell what its reader may not know. Ask
through access.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from klynge.web.meetings.models import Annex, Item, Meeting
from klynge.web.meetings.readers import STRANGER, Reader, Somebody, items_of, reader_of


@dataclass(frozen=True)
class BlockView:
    """One part of an item's text. `html` is sanitised."""

    kind: str
    caption: str
    html: str
    closed: bool


@dataclass(frozen=True)
class ClauseView:
    """One "at ..." of the indstilling, with what was decided on it."""

    pk: int
    position: int
    text: str
    outcome: str
    outcome_name: str
    decision: str


@dataclass(frozen=True)
class AnnexView:
    """A file that may be fetched."""

    pk: int
    uid: UUID
    name: str
    file_name: str
    content_type: str
    size: int
    sha256: str
    closed: bool
    added_at: datetime


@dataclass(frozen=True)
class FigureView:
    """A figure as it was when it was put on the item. `cells`: see `freezing.py`."""

    pk: int
    title: str
    cells: dict[str, Any]
    svg: str
    alt: str
    source: str
    pack: str


@dataclass(frozen=True)
class ItemView:
    """One item as somebody may see it.

    readable: whether there is more than the title to see. number: as released; `place` is its
    place in the order, counted from 1, for an agenda that is not out yet. begins_at: by the run
    sheet, where every item before it has a time.
    """

    pk: int
    uid: UUID
    number: int | None
    place: int
    kind: str
    kind_name: str
    state: str
    state_name: str
    title: str
    readable: bool
    closed: bool
    authorities_only: bool
    addendum: bool
    version: int
    minutes_planned: int | None = None
    begins_at: datetime | None = None
    case_number: str = ""
    recommended_by: str = ""
    presenter: str = ""
    clauses: tuple[ClauseView, ...] = ()
    blocks: tuple[BlockView, ...] = ()
    annexes: tuple[AnnexView, ...] = ()
    figures: tuple[FigureView, ...] = ()

    @property
    def withdrawn(self) -> bool:
        return self.state == Item.State.WITHDRAWN


@dataclass(frozen=True)
class AgendaView:
    """A meeting and the items somebody may know of, in order."""

    meeting: Meeting
    items: tuple[ItemView, ...]

    @property
    def is_released(self) -> bool:
        return any(item.number is not None for item in self.items)


def view(meeting: Meeting, user: Somebody) -> AgendaView | None:
    """The agenda as a user may see it; None when they may not know of the meeting at all."""
    seen = reader_of(user, meeting)
    if meeting.state == Meeting.State.PROPOSED and not (seen.all or seen.member):
        return None
    return AgendaView(meeting, tuple(_items(meeting, seen)))


def public_view(meeting: Meeting) -> AgendaView | None:
    """What may be published of a meeting: the released agenda without anything closed."""
    return view(meeting, STRANGER)


def item_view(item: Item, seen: Reader, *, place: int = 0, at: datetime | None = None) -> ItemView:
    """One item as `seen` may see it."""
    known: dict[str, Any] = {
        "pk": item.pk,
        "uid": item.uid,
        "number": item.number,
        "place": place,
        "kind": item.kind,
        "kind_name": str(item.get_kind_display()),
        "state": item.state,
        "state_name": str(item.get_state_display()),
        "title": seen.title(item),
        "readable": seen.may_see(item),
        "closed": item.closed,
        "authorities_only": item.authorities_only,
        "addendum": item.addendum,
        "version": item.version,
        "begins_at": at,
    }
    return ItemView(**known, **(_inside(item, seen) if known["readable"] else {}))


def _items(meeting: Meeting, seen: Reader) -> list[ItemView]:
    listed = [item for item in items_of(meeting) if seen.may_list(item)]
    begins = run_sheet(meeting, listed)
    return [
        item_view(item, seen, place=number, at=begins[item.pk])
        for number, item in enumerate(listed, start=1)
    ]


def run_sheet(meeting: Meeting, items: Sequence[Item]) -> dict[int, datetime | None]:
    """When each item begins; None from the first item whose length nobody has said."""
    found: dict[int, datetime | None] = {}
    at: datetime | None = meeting.begins_at
    for item in items:
        if item.state == Item.State.WITHDRAWN:
            found[item.pk] = None
            continue
        found[item.pk] = at
        known = at is not None and item.minutes_planned is not None
        at = at + timedelta(minutes=item.minutes_planned) if known else None  # type: ignore[operator,arg-type]
    return found


def _inside(item: Item, seen: Reader) -> dict[str, Any]:
    told = seen.may_read_minutes(item)
    return {
        "minutes_planned": item.minutes_planned,
        "case_number": item.case_number,
        "recommended_by": str(item.recommended_by or ""),
        "presenter": item.presenter,
        "clauses": tuple(
            ClauseView(
                pk=clause.pk,
                position=clause.position,
                text=clause.text,
                outcome=clause.outcome if told else "",
                outcome_name=str(clause.get_outcome_display()) if told and clause.outcome else "",
                decision=clause.decision if told else "",
            )
            for clause in seen.clauses(item)
        ),
        "blocks": tuple(
            BlockView(block.kind, str(block), block.html, block.closed)
            for block in seen.blocks(item)
        ),
        "annexes": tuple(_annex(annex) for annex in seen.annexes(item)),
        "figures": tuple(
            FigureView(
                figure.pk,
                figure.title,
                figure.cells,
                figure.svg,
                figure.alt,
                figure.source,
                figure.pack,
            )
            for figure in seen.figures(item)
        ),
    }


def _annex(annex: Annex) -> AnnexView:
    return AnnexView(
        pk=annex.pk,
        uid=annex.uid,
        name=annex.name,
        file_name=annex.file_name,
        content_type=annex.content_type,
        size=annex.size,
        sha256=annex.sha256,
        closed=annex.closed or annex.item.is_restricted,
        added_at=annex.added_at,
    )
