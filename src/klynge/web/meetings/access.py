"""Who may see what of a meeting. Every page, paper, feed and search asks here, and nowhere else.

What is not said to be seen is not seen. A closed item is for the secretariat and for those who sit
in the body on the day of the meeting; an item for the authorities alone (BEK 1248 § 2, stk. 3) for
those of them who sit there for the region or a kommune. Everybody else is shown `open_title` and
nothing more: no text, no annex, not even how many.

Before an agenda is released only the secretariat, the chairs and the body's own secretaries read
it, and whoever proposed an item reads that one until it is taken up.

    access.view(meeting, user)     the whole agenda as this user may see it; None: not at all
    access.public_view(meeting)    the same for a stranger: what may be published
    access.title_for(item, user)   the title that may be said to this user
    access.may_see(item, user)     whether the item itself may be read

`view` gives plain values (`access_views.py`): hand those on to pages and papers rather than rows of
the database, which carry everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet

from klynge.web.accounts.rules import is_secretariat
from klynge.web.meetings.access_views import (
    AgendaView,
    AnnexView,
    BlockView,
    ClauseView,
    FigureView,
    ItemView,
    public_view,
    view,
)
from klynge.web.meetings.models import Annex, Block, Clause, FrozenFigure, Item, Meeting
from klynge.web.meetings.readers import (
    Reader,
    Readers,
    Somebody,
    day_of,
    items_of,
    reader,
    reader_of,
    reader_of_item,
    seats_of,
    today,
)

__all__ = (
    "AgendaView",
    "AnnexView",
    "BlockView",
    "ClauseView",
    "FigureView",
    "ItemView",
    "Reader",
    "Readers",
    "items_of",
    "may_fetch",
    "may_see",
    "only_seen",
    "public_view",
    "reader",
    "reader_of",
    "reader_of_item",
    "seats_of",
    "title_for",
    "today",
    "view",
    "visible_annexes",
    "visible_blocks",
    "visible_clauses",
    "visible_figures",
    "visible_items",
    "visible_meetings",
    "with_readers",
)


def visible_meetings(user: Somebody) -> QuerySet[Meeting]:
    """The meetings a user may know of: a proposed date only by the secretariat and the members."""
    everything = Meeting.objects.select_related("body", "chair")
    if user is not None and user.is_authenticated and is_secretariat(user):
        return everything
    known = ~Q(state=Meeting.State.PROPOSED)
    if user is not None and user.is_authenticated and user.is_active:
        mine = seats_of(user, today()).values("body")
        return everything.filter(known | Q(body__in=mine))
    return everything.filter(known)


def visible_items(meeting: Meeting, user: Somebody) -> list[Item]:
    """The items a user may know of, in order. Say `title_for` of each, never its `title`."""
    seen = reader_of(user, meeting)
    return [item for item in items_of(meeting) if seen.may_list(item)]


def may_see(item: Item, user: Somebody) -> bool:
    """Whether a user may read an item, and not only know that it is there."""
    return reader_of_item(user, item).may_see(item)


def title_for(item: Item, user: Somebody) -> str:
    """The title of an item that may be said to a user."""
    return reader_of_item(user, item).title(item)


def visible_blocks(item: Item, user: Somebody) -> list[Block]:
    """The parts of an item's text that a user may read."""
    return reader_of_item(user, item).blocks(item)


def visible_clauses(item: Item, user: Somebody) -> list[Clause]:
    """The indstilling of an item, if a user may read it."""
    return reader_of_item(user, item).clauses(item)


def visible_annexes(item: Item, user: Somebody) -> list[Annex]:
    """The annexes of an item that a user may fetch."""
    return reader_of_item(user, item).annexes(item)


def visible_figures(item: Item, user: Somebody) -> list[FrozenFigure]:
    """The figures of an item that a user may see."""
    return reader_of_item(user, item).figures(item)


def may_fetch(annex: Annex, user: Somebody) -> bool:
    """Whether a user may fetch an annex."""
    return reader_of_item(user, annex.item).may_fetch(annex)


def with_readers(items: Iterable[Item], user: Somebody) -> Iterator[tuple[Item, Reader]]:
    """Those of some items, of any bodies, that a user may read, each with what they may see of it.

    For search and lists: the user's seats are read once for all.
    """
    readers = Readers(user)
    for item in items:
        seen = readers.of(item.body_id, day_of(item))
        if seen.may_see(item):
            yield item, seen


def only_seen(items: Iterable[Item], user: Somebody) -> list[Item]:
    """Those of some items that a user may read."""
    return [item for item, _seen in with_readers(items, user)]
