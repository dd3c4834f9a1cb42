"""What may happen to the figures on an item: put there as they are now, and taken off."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import clock
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import freezing
from klynge.web.meetings.agenda_rules import locked, must_write
from klynge.web.meetings.models import FrozenFigure, Item
from klynge.web.meetings.readers import today


@transaction.atomic
def add_figure(
    *,
    by: User | None,
    item: Item,
    indicator: str,
    place_kind: str,
    place: str,
    period: str = "",
    standardised: bool = False,
    on: date | None = None,
) -> list[FrozenFigure]:
    """Put a figure of the pack on an item, as it is now. One for each age it is told in.

    Raises NotAllowed when there is no such figure, or it is there already.
    """
    found = locked(item)
    must_write(by, found)
    _must_be_open(found)
    frozen = freezing.freeze(
        indicator=indicator,
        place_kind=place_kind,
        place=place,
        period=period,
        on=on or today(),
        standardised=standardised,
    )
    there = set(found.figures.values_list("title", "pack"))
    new = [each for each in frozen if (each.title, each.pack) not in there]
    if not new:
        raise NotAllowed(_("Tallet er allerede på punktet."))
    last = found.figures.aggregate(last=Max("position"))["last"] or 0
    made = [
        FrozenFigure.objects.create(
            item=found,
            position=last + number,
            indicator=indicator,
            place_kind=place_kind,
            place=place,
            period=each.period,
            title=each.title,
            cells=each.cells,
            svg=each.svg,
            alt=each.alt,
            source=each.source,
            pack=each.pack,
            frozen_at=clock.now(),
        )
        for number, each in enumerate(new, start=1)
    ]
    note("figure put on item", about=found, by=by)
    return made


@transaction.atomic
def remove_figure(*, by: User | None, figure: FrozenFigure) -> None:
    """Take a figure off an item that has not gone out."""
    item = locked(figure.item)
    must_write(by, item)
    _must_be_open(item)
    figure.delete()
    note("figure taken off item", about=item, by=by)


def _must_be_open(item: Item) -> None:
    if item.is_released:
        raise NotAllowed(_("Punktet er sendt ud: tallene ligger fast."))
