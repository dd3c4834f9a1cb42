"""What may happen to the annexes of an item. None is ever overwritten: what went out stays kept."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import clock
from klynge.web.bodies.file_keeping import keep, named
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings.agenda_rules import locked, must_write
from klynge.web.meetings.models import Annex, Item


@transaction.atomic
def add_annex(
    *,
    by: User | None,
    item: Item,
    file: Any,
    name: str = "",
    closed: bool = False,
    source_id: str = "",
) -> Annex:
    """Put a file on an item. file: an uploaded or open file with a name.

    name: what it is called on the paper; empty: as the file. Raises NotAllowed when it is too
    large or not what its name says. On a released agenda it is shown as sent later.
    """
    found = locked(item)
    must_write(by, found)
    _must_take_annexes(found)
    last = found.annexes.aggregate(last=Max("position"))["last"] or 0
    row = _row(found, closed=closed, position=last + 1, by=by, source_id=source_id)
    annex = keep(row, file, name)
    note("annex added", about=annex, by=by)
    return annex


@transaction.atomic
def replace_annex(*, by: User | None, annex: Annex, file: Any) -> Annex:
    """A new edition of a file under the same name; the old one is kept."""
    item = locked(annex.item)
    must_write(by, item)
    _must_take_annexes(item)
    old = _in_force(annex)
    new = keep(_row(item, closed=old.closed, position=old.position, by=by), file, old.name)
    _out_of_force(old)
    note("annex replaced", about=new, by=by)
    return new


@transaction.atomic
def remove_annex(*, by: User | None, annex: Annex) -> None:
    """Take a file off an item. It is kept for the record, and nobody but the archive sees it."""
    item = locked(annex.item)
    must_write(by, item)
    _must_take_annexes(item)
    _out_of_force(_in_force(annex))
    note("annex removed", about=annex, by=by)


@transaction.atomic
def name_annex(
    *, by: User | None, annex: Annex, name: str | None = None, closed: bool | None = None
) -> Annex:
    """Call a file something else, or close it. One that is released can be closed, not opened."""
    item = locked(annex.item)
    must_write(by, item)
    found = _in_force(annex)
    if closed is False and found.closed and item.is_released:
        raise NotAllowed(_("Bilaget er sendt ud som lukket. Læg det på igen som et åbent."))
    if name is not None:
        found.name = named(name, found.file_name)
    if closed is not None:
        found.closed = closed
    found.save()
    note("annex named", about=found, by=by)
    return found


@transaction.atomic
def move_annex(*, by: User | None, annex: Annex, steps: int) -> None:
    """Move a file up (-1) or down (1) among those of its item."""
    item = locked(annex.item)
    must_write(by, item)
    rows = list(item.annexes.filter(replaced_at=None))
    at = next(number for number, row in enumerate(rows) if row.pk == annex.pk)
    rows.insert(max(at + steps, 0), rows.pop(at))
    for position, row in enumerate(rows, start=1):
        row.position = position
        row.save(update_fields=["position"])
    note("annexes reordered", about=item, by=by)


def _in_force(annex: Annex) -> Annex:
    found = Annex.objects.select_for_update().get(pk=annex.pk)
    if found.replaced_at is not None:
        raise NotAllowed(_("Bilaget er allerede erstattet eller fjernet."))
    return found


def _out_of_force(annex: Annex) -> None:
    annex.replaced_at = clock.now()
    annex.save(update_fields=["replaced_at"])


def _must_take_annexes(item: Item) -> None:
    if item.meeting is not None and item.meeting.is_over:
        raise NotAllowed(_("Mødet er holdt: bilagene ligger fast."))


def _row(item: Item, *, by: User | None, **values: Any) -> Annex:
    return Annex(item=item, added_at=clock.now(), added_by=by, **values)
