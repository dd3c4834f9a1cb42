"""What may happen to items before the meeting: made, changed, put on an agenda, moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import clock
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import item_content, merging, telling
from klynge.web.meetings.models import Item, ItemKind, ItemRevision, ItemTemplate, Meeting
from klynge.web.meetings.readers import reader_of_item, seats_of, today
from klynge.web.meetings.rights import must_edit

LONGEST_TITLE = 300
A_DAY = 24 * 60


@transaction.atomic
def add_item(
    *,
    by: User | None,
    body: BodyRecord,
    title: str,
    kind: str = ItemKind.BESLUTNING,
    meeting: Meeting | None = None,
    blocks: Mapping[str, Any] | Sequence[Mapping[str, Any]] = (),
    clauses: Iterable[str] = (),
    standing: ItemTemplate | None = None,
    follows: Any = None,
    telling_title_confirmed: bool = False,
    **fields: Any,
) -> Item:
    """A new item, on a meeting's agenda or (meeting: None) on the body's backlog.

    blocks: HTML by kind of block ({"sagsfremstilling": "<p>...</p>"}) or as a list with "kind",
    "html", "caption", "closed". clauses: what follows each "at". fields: the other names of
    `item_content.FIELDS`. On a released agenda it becomes part of the addendum.
    """
    must_edit(by)
    content = {"title": title, "kind": kind, **fields}
    content |= {"blocks": item_content.read_blocks(blocks)}
    content |= {"clauses": item_content.read_clauses(clauses)}
    # A standing item says all it has to say from the start.
    state = Item.State.READY if standing is not None else Item.State.DRAFT
    item = Item(body=body, created_by=by, standing=standing, follows=follows, state=state)
    _make(item, content, by=by, confirmed=telling_title_confirmed)
    if meeting is not None:
        _place(item, meeting)
        item.save()
    note("item added", about=item, by=by)
    return item


@transaction.atomic
def propose_item(
    *,
    by: User,
    body: BodyRecord,
    title: str,
    kind: str = ItemKind.BESLUTNING,
    blocks: Mapping[str, Any] | Sequence[Mapping[str, Any]] = (),
    clauses: Iterable[str] = (),
    **fields: Any,
) -> Item:
    """An item somebody asks for: a member, or a case officer of one of the authorities.

    It lies on the backlog as wished for until the secretariat takes it up; until then the one who
    proposed it may read and change it.
    """
    if not (by.has_perm("meetings.propose_item") or seats_of(by, today()).exists()):
        raise NotAllowed(_("Kun medlemmer, sagsbehandlere og sekretariatet kan melde punkter."))
    content = {"title": title, "kind": kind, **fields}
    content |= {"blocks": item_content.read_blocks(blocks)}
    content |= {"clauses": item_content.read_clauses(clauses)}
    item = Item(body=body, created_by=by, state=Item.State.IDEA)
    _make(item, content, by=by, confirmed=True)
    note("item proposed", about=item, by=by)
    return item


@transaction.atomic
def change_item(
    *,
    by: User | None,
    item: Item,
    version: int | None = None,
    telling_title_confirmed: bool = False,
    **changes: Any,
) -> Item:
    """Change what an item says, and nothing that was not given.

    version: the one that was read. When somebody saved in between, what only one of the two
    changed is kept from both; what both changed differently raises ChangedMeanwhile with both
    texts, and nothing is saved.
    """
    found = locked(item)
    must_write(by, found)
    _must_be_open(found)
    given = _read(changes)
    given = merging.merge(found, given, version)
    content = item_content.content_of(found)
    changed = {
        name: value for name, value in given.items() if content[name] != item_content.plain(value)
    }
    if not changed:
        item.refresh_from_db()
        return found
    item_content.write(found, changed)
    reasons = list(_reasons_against(found, telling_title_confirmed))
    if reasons:
        raise NotAllowed(*reasons)
    found.version += 1
    found.save()
    item_content.write_parts(found, changed)
    _keep_revision(found, by)
    note("item changed", about=found, by=by)
    item.refresh_from_db()
    return found


@transaction.atomic
def close_item(
    *, by: User | None, item: Item, because: str, public_title: str, confirmed: bool = False
) -> Item:
    """Make an item closed, at any time: also one that has been released by mistake."""
    must_edit(by)
    found = locked(item)
    found.closed, found.closed_because = True, " ".join(because.split())
    found.public_title = " ".join(public_title.split())
    reasons = list(_reasons_against(found, confirmed))
    if reasons:
        raise NotAllowed(*reasons)
    found.version += 1
    found.save()
    _keep_revision(found, by)
    note("item closed", about=found, by=by)
    item.refresh_from_db()
    return found


@transaction.atomic
def put_on_agenda(*, by: User | None, item: Item, meeting: Meeting) -> Item:
    """Move an item from the backlog, or from another agenda that is not out, to a meeting."""
    must_edit(by)
    found = locked(item)
    if found.is_released:
        raise NotAllowed(_("Punktet er sendt ud. Tag det med på et nyt møde i stedet."))
    if found.meeting_id == meeting.pk:
        return found
    _place(found, meeting)
    if found.state == Item.State.IDEA:
        found.state = Item.State.DRAFT
    return _moved(found, item, "item put on agenda", by)


@transaction.atomic
def back_to_backlog(*, by: User | None, item: Item) -> Item:
    """Take an item off an agenda that is not out, and keep it for later."""
    must_edit(by)
    found = locked(item)
    if found.is_released:
        raise NotAllowed(_("Punktet er sendt ud. Det kan tages af, men bliver stående."))
    found.meeting, found.position, found.addendum = None, 0, False
    return _moved(found, item, "item back on backlog", by)


@transaction.atomic
def withdraw_item(*, by: User | None, item: Item) -> Item:
    """Take an item off the agenda for good. A released one keeps its number, and its title only."""
    must_edit(by)
    found = locked(item)
    if found.meeting is not None and found.meeting.is_over:
        raise NotAllowed(_("Mødet er holdt."))
    found.state = Item.State.WITHDRAWN
    return _moved(found, item, "item withdrawn", by)


@transaction.atomic
def mark(*, by: User | None, item: Item, ready: bool) -> Item:
    """Say that an item is ready for the agenda, or that it is not."""
    must_edit(by)
    found = locked(item)
    if found.is_released:
        raise NotAllowed(_("Punktet er sendt ud."))
    found.state = Item.State.READY if ready else Item.State.DRAFT
    return _moved(found, item, "item ready" if ready else "item not ready", by)


@transaction.atomic
def move_item(*, by: User | None, item: Item, steps: int) -> None:
    """Move an item up (-1) or down (1) among those of its agenda that are not out."""
    found = locked(item)
    if found.meeting is None:
        raise NotAllowed(_("Punktet er ikke på en dagsorden."))
    order = [row.pk for row in _movable(found.meeting)]
    if found.pk not in order:
        raise NotAllowed(_("Dagsordenen er sendt ud: rækkefølgen ligger fast."))
    at = order.index(found.pk)
    order.insert(max(at + steps, 0), order.pop(at))
    reorder(by=by, meeting=found.meeting, order=order)


@transaction.atomic
def reorder(*, by: User | None, meeting: Meeting, order: Sequence[int]) -> None:
    """Put the items in an order of primary keys; those that were not named come last as before."""
    must_edit(by)
    found = Meeting.objects.select_for_update().get(pk=meeting.pk)
    rows = {row.pk: row for row in _movable(found)}
    if not rows:
        raise NotAllowed(_("Dagsordenen er sendt ud: rækkefølgen ligger fast."))
    named = [pk for pk in dict.fromkeys(order) if pk in rows]
    for position, pk in enumerate([*named, *(pk for pk in rows if pk not in named)], start=1):
        if rows[pk].position != position:
            rows[pk].position = position
            rows[pk].save(update_fields=["position", "changed_at"])
    note("agenda reordered", about=found, by=by)


def locked(item: Item) -> Item:
    """The item as it is now, kept from others until the transaction ends."""
    Item.objects.select_for_update().get(pk=item.pk)
    return Item.objects.select_related("meeting__body", "body", "recommended_by").get(pk=item.pk)


def _make(item: Item, content: Mapping[str, Any], *, by: User | None, confirmed: bool) -> None:
    """Save a new item with its parts and its first revision."""
    item_content.write(item, _read(content))
    reasons = list(_reasons_against(item, confirmed))
    if reasons:
        raise NotAllowed(*reasons)
    item.save()
    item_content.write_parts(item, content)
    _keep_revision(item, by)


def _read(changes: Mapping[str, Any]) -> dict[str, Any]:
    """What was given, in the shape it is kept in."""
    found: dict[str, Any] = {}
    for name, value in changes.items():
        if name == item_content.BLOCKS:
            found[name] = item_content.read_blocks(value)
        elif name == item_content.CLAUSES:
            found[name] = item_content.read_clauses(value)
        elif name == "recommended_by":
            found[name] = getattr(value, "pk", value)
        elif name in item_content.FIELDS:
            found[name] = " ".join(value.split()) if isinstance(value, str) else value
        else:
            raise TypeError(f"an item has no {name}")
    return found


def must_write(by: User | None, item: Item) -> None:
    """Raise NotAllowed unless `by` may write in an item: the secretariat, or who proposed it."""
    if by is None or by.has_perm("meetings.edit"):
        return
    mine = item.created_by_id == by.pk and item.state in (Item.State.IDEA, Item.State.DRAFT)
    if not (mine and item.meeting_id is None and reader_of_item(by, item).may_see(item)):
        raise NotAllowed(_("Kun sekretariatet kan ændre punktet nu."))


def _must_be_open(item: Item) -> None:
    if item.is_released:
        raise NotAllowed(
            _("Punktet er sendt ud og kan ikke ændres. Brug et tillægspunkt, eller tag det af.")
        )
    if item.meeting is not None and item.meeting.state == Meeting.State.CANCELLED:
        raise NotAllowed(_("Mødet er aflyst."))


def _reasons_against(item: Item, telling_title_confirmed: bool) -> Iterable[str]:
    if not item.title:
        yield _("Skriv punktets titel.")
    if len(item.title) > LONGEST_TITLE or len(item.public_title) > LONGEST_TITLE:
        yield _("En titel er højst {n} tegn.").format(n=LONGEST_TITLE)
    if item.kind not in ItemKind.values:
        yield _("Vælg, hvad slags punkt det er.")
    if item.minutes_planned is not None and not 0 <= item.minutes_planned <= A_DAY:
        yield _("Tiden skrives i minutter, højst {n}.").format(n=A_DAY)
    if item.closed and not item.closed_because:
        yield _("Skriv, hvorfor punktet er lukket.")
    if item.closed and not item.public_title:
        yield _("Skriv en offentlig titel: den er alt, hvad andre end medlemmerne ser.")
    if item.is_restricted and item.public_title:
        yield from _telling(item, telling_title_confirmed)


def _telling(item: Item, confirmed: bool) -> Iterable[str]:
    how = telling.how_telling(item.title, item.public_title)
    if how == telling.SAME:
        yield _("Den offentlige titel er den samme som den rigtige, så alle kan læse den.")
    elif how == telling.TELLS:
        yield _("Den offentlige titel indeholder hele den rigtige titel.")
    elif how == telling.MAY_TELL and not confirmed:
        yield _(
            "Den offentlige titel er en del af den rigtige titel. Røber den ikke for meget, så"
            " bekræft det, og gem igen."
        )


def _place(item: Item, meeting: Meeting) -> None:
    """Put an item last on an agenda, before the items that always come last."""
    found = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if found.body_id != item.body_id:
        raise NotAllowed(_("Mødet er i et andet organ. Send punktet videre i stedet."))
    if found.is_over or found.state == Meeting.State.CANCELLED:
        raise NotAllowed(_("Mødet er holdt eller aflyst. Vælg et kommende møde."))
    rows = list(_movable(found))
    item.meeting, item.addendum = found, not found.agenda_is_open
    last = [row for row in rows if row.standing is not None and row.standing.last]
    comes_last = item.standing is not None and item.standing.last
    if not last or comes_last:
        item.position = max((row.position for row in rows), default=0) + 1
        return
    item.position = last[0].position
    for row in last:
        row.position += 1
        row.save(update_fields=["position", "changed_at"])


def _movable(meeting: Meeting) -> Iterable[Item]:
    """The items of an agenda that have not been sent out, in order."""
    return meeting.items.filter(number=None).select_related("standing")


def _moved(found: Item, given: Item, what: str, by: User | None) -> Item:
    found.version += 1
    found.save()
    _keep_revision(found, by)
    note(what, about=found, by=by)
    given.refresh_from_db()
    return found


def _keep_revision(item: Item, by: User | None) -> None:
    ItemRevision.objects.create(
        item=item,
        version=item.version,
        content=item_content.content_of(Item.objects.get(pk=item.pk)),
        at=clock.now(),
        by=by,
    )
