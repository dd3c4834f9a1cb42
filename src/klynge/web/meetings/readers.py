"""What one user may see of one body on one day. Ask through access.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from klynge.web.accounts.models import User
from klynge.web.accounts.rules import is_secretariat
from klynge.web.bodies import clock
from klynge.web.bodies.models import BodyRecord, Membership
from klynge.web.meetings.models import Annex, Block, Clause, FrozenFigure, Item, Meeting

AUTHORITIES = ("region", "kommune")
READS_DRAFTS = ("formand", "naestformand", "sekretariat")
Somebody = User | AnonymousUser | None
STRANGER = AnonymousUser()


@dataclass(frozen=True)
class Reader:
    """What one user may see of one body on one day.

    all: the secretariat. drafts: reads an agenda before it is released. member: sits in the body
    that day, as anything. authority: sits there for the region or a kommune. inside: is logged in.
    """

    user_id: int | None = None
    inside: bool = False
    all: bool = False
    drafts: bool = False
    member: bool = False
    authority: bool = False

    def may_see(self, item: Item) -> bool:
        """Whether the item itself may be read, and not only that it is there."""
        if self.all:
            return True
        if self._wrote(item):
            return True
        return self.may_list(item) and self._may_read_restricted(item)

    def may_list(self, item: Item) -> bool:
        """Whether it may be told that the item is there, under the title that may be said."""
        if self.all or self._wrote(item):
            return True
        if item.meeting is None:
            return self.drafts and item.state != Item.State.IDEA
        if item.is_released:
            return True
        return self.drafts and item.meeting.state != Meeting.State.CANCELLED

    def title(self, item: Item) -> str:
        """The title that may be said to this reader."""
        return item.title if self.may_see(item) else item.open_title

    def blocks(self, item: Item) -> list[Block]:
        """The parts of the text that may be read."""
        if not self.may_see(item):
            return []
        return [block for block in item.blocks.all() if not block.closed or self._is_of_us(item)]

    def clauses(self, item: Item) -> list[Clause]:
        """The indstilling, if it may be read."""
        return list(item.clauses.all()) if self.may_see(item) else []

    def may_read_minutes(self, item: Item) -> bool:
        """Whether what came of an item may be read: a draft is not for everybody.

        While they are written, by the secretariat and the chairs; under approval, by the members;
        approved, by whoever may read the item.
        """
        if item.meeting is None or not self.may_see(item):
            return False
        if self.drafts or item.meeting.state == Meeting.State.APPROVED:
            return True
        return self.member and item.meeting.state == Meeting.State.MINUTES_REVIEW

    def annexes(self, item: Item) -> list[Annex]:
        """The annexes in force that may be read; a closed one is not even counted for others."""
        if not self.may_see(item):
            return []
        return [annex for annex in item.annexes.all() if self._may_have(annex, item)]

    def may_fetch(self, annex: Annex) -> bool:
        """Whether this annex may be fetched; one that was replaced only by the secretariat."""
        return self.may_see(annex.item) and self._may_have(annex, annex.item)

    def figures(self, item: Item) -> list[FrozenFigure]:
        """The figures on the item, if it may be read."""
        return list(item.figures.all()) if self.may_see(item) else []

    def _may_have(self, annex: Annex, item: Item) -> bool:
        if annex.replaced_at is not None:
            return False
        return not annex.closed or self._is_of_us(item)

    def _is_of_us(self, item: Item) -> bool:
        """Whether closed parts of an item that may be read may be read too."""
        return self.all or self.member or self._wrote(item)

    def _may_read_restricted(self, item: Item) -> bool:
        if item.authorities_only and not self.authority:
            return False
        # What was taken off a released agenda may have been a mistake to send out.
        for_members = item.closed or item.state == Item.State.WITHDRAWN
        return not for_members or self.member

    def _wrote(self, item: Item) -> bool:
        """An item that was only proposed is known by heart to the one who proposed it."""
        proposed = item.state == Item.State.IDEA and not item.is_released
        return proposed and self.user_id is not None and item.created_by_id == self.user_id


def reader(user: Somebody, body: BodyRecord | int, day: date) -> Reader:
    """What a user may see of a body on a day."""
    return Readers(user).of(body if isinstance(body, int) else body.pk, day)


class Readers:
    """What one user may see of many bodies on many days: their seats are read once for all."""

    def __init__(self, user: Somebody) -> None:
        self._user = user
        self._made: dict[tuple[int, date], Reader] = {}

    def of(self, body: int, day: date) -> Reader:
        """What the user may see of a body on a day."""
        if (body, day) not in self._made:
            self._made[body, day] = self._reader(body, day)
        return self._made[body, day]

    @cached_property
    def _is_office(self) -> bool:
        return is_secretariat(self._user)

    @cached_property
    def _seats(self) -> list[Membership]:
        return list(Membership.objects.filter(person__user=self._user).known_at())

    def _reader(self, body: int, day: date) -> Reader:
        user = self._user
        if user is None or not user.is_authenticated or not user.is_active:
            return Reader()
        if self._is_office:
            return Reader(user.pk, True, True, True, True, True)
        seats = [seat for seat in self._seats if seat.body_id == body and seat.holds_on(day)]
        return Reader(
            user_id=user.pk,
            inside=True,
            drafts=any(seat.role in READS_DRAFTS for seat in seats),
            member=bool(seats),
            authority=any(seat.party in AUTHORITIES for seat in seats),
        )


def reader_of(user: Somebody, meeting: Meeting) -> Reader:
    """What a user may see of a meeting."""
    return reader(user, meeting.body_id, meeting.day)


def reader_of_item(user: Somebody, item: Item) -> Reader:
    """What a user may see of an item: as on the meeting's day, or today when it has none."""
    return reader(user, item.body_id, day_of(item))


def day_of(item: Item) -> date:
    """The day that decides who may read an item: the meeting's, or today when it has none."""
    return item.meeting.day if item.meeting else today()


def today() -> date:
    """The day it is in Denmark by the clock things are recorded with."""
    return clock.today()


def seats_of(user: Any, day: date) -> QuerySet[Membership]:
    """The seats of a user on a day, as it is known now."""
    mine = Membership.objects.filter(person__user=user)
    return mine.known_at().valid_on(day).select_related("body")


def items_of(meeting: Meeting) -> QuerySet[Item]:
    """The items of a meeting with all that belongs to them, in few queries. Not filtered."""
    items = meeting.items.select_related("meeting__body", "body", "recommended_by", "created_by")
    return items.prefetch_related("blocks", "clauses", "annexes", "figures")
