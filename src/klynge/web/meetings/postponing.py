"""Items that were not treated after all: back to the backlog, with everything in them."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings.agenda_rules import locked
from klynge.web.meetings.forward_rules import take_up_again
from klynge.web.meetings.models import Item, Meeting


@transaction.atomic
def postpone(*, by: User | None, item: Item, why: str = "") -> Item:
    """The item was not treated at its meeting: it stays there as postponed, and comes again.

    Returns the new item on the backlog. Also for the items of a cancelled meeting.
    """
    found = locked(item)
    _must_write(by, found)
    meeting = found.meeting
    reasons = []
    begun = meeting.opened_at is not None and meeting.minutes_are_open
    if not (begun or meeting.state == Meeting.State.CANCELLED):
        reasons.append(_("Et punkt udsættes på selve mødet, eller når mødet er aflyst."))
    if found.state == Item.State.WITHDRAWN:
        reasons.append(_("Punktet er taget af dagsordenen."))
    if found.state == Item.State.POSTPONED:
        reasons.append(_("Punktet er allerede udsat."))
    if found.standing is not None and found.follows is None:
        reasons.append(_("Et fast punkt kommer igen af sig selv."))
    if reasons:
        raise NotAllowed(*reasons)
    # Who may write the minutes may postpone, also where they do not keep the agenda.
    again = take_up_again(by=None, item=found, why=why.strip() or _("Udsat"))
    found.state = Item.State.POSTPONED
    found.save()
    note("item postponed", about=found, by=by)
    item.refresh_from_db()
    return again


@transaction.atomic
def take_up_after_all(*, by: User | None, item: Item) -> Item:
    """The item is treated at this meeting after all; what lies on the backlog is taken off."""
    found = locked(item)
    _must_write(by, found)
    sent = found.forwarded.filter(arrived_as__body=found.body).last()
    again = sent.arrived_as if sent else None
    reasons = []
    if found.state != Item.State.POSTPONED or not found.meeting.minutes_are_open:
        reasons.append(_("Punktet er ikke udsat."))
    if again is not None and again.meeting is not None:
        reasons.append(_("Punktet er allerede sat på et nyt møde. Tag det af der først."))
    if reasons:
        raise NotAllowed(*reasons)
    if again is not None:
        again.state = Item.State.WITHDRAWN
        again.save()
    found.state = Item.State.TREATED if found.meeting.closed_at else Item.State.READY
    found.save()
    note("item taken up after all", about=found, by=by)
    item.refresh_from_db()
    return found


def _must_write(by: User | None, item: Item) -> None:
    if item.meeting is None:
        raise NotAllowed(_("Punktet er ikke på en dagsorden."))
    if by is not None and not by.has_perm("meetings.write_minutes", item.meeting):
        raise NotAllowed(_("Kun sekretariatet fører fremmøde og referat."))
