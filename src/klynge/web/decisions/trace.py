"""From a decision back to the figure that was on the table, and forward to what it led to."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from klynge.web.accounts.models import User
from klynge.web.decisions import access
from klynge.web.decisions.models import Decision, LedTo
from klynge.web.meetings import access as meetings
from klynge.web.meetings.models import Forwarding, FrozenFigure, Item, Meeting


@dataclass(frozen=True)
class Linked:
    """Something on the way: what it is called, where it is, and what is to be said of it."""

    title: str
    address: str = ""
    about: str = ""


@dataclass(frozen=True)
class Trace:
    """Everything a decision came from and led to, as one user may see it."""

    meeting: Meeting | None
    item: Linked | None
    came_from: tuple[Linked, ...]
    figures: tuple[FrozenFigure, ...]
    led_to: tuple[LedTo, ...]
    follow_ups: tuple[Linked, ...]
    replaces: tuple[Decision, ...]
    replaced_by: Decision | None


def of(decision: Decision, user: User) -> Trace:
    """The trace of a decision that the user may read."""
    item = decision.item
    eyes = access.Eyes(user)
    after = decision.replaced_by
    return Trace(
        meeting=decision.meeting,
        item=_item(item, user) if item else None,
        came_from=tuple(_came_from(item, user)) if item else (),
        figures=tuple(meetings.visible_figures(item, user)) if item else (),
        led_to=tuple(decision.led_to.all()),
        follow_ups=tuple(
            _item(each, user)
            for each in Item.objects.filter(follows=decision.uid).select_related(
                "meeting__body", "body", "created_by"
            )
            if meetings.reader_of_item(user, each).may_list(each)
        ),
        replaces=tuple(each for each in decision.replaces.all() if eyes.may_see(each)),
        replaced_by=after if after and eyes.may_see(after) else None,
    )


def _item(item: Item, user: User) -> Linked:
    day = item.meeting.day if item.meeting else None
    return Linked(
        meetings.title_for(item, user),
        _address(item),
        f"{day:%d.%m.%Y}" if day else str(item.get_state_display()),
    )


def _came_from(item: Item, user: User) -> list[Linked]:
    """The items it was before it came to this body, the first step first."""
    steps: list[Linked] = []
    at: Item | None = item
    while at is not None:
        came = Forwarding.objects.filter(arrived_as=at).select_related("item__body").first()
        if came is None:
            break
        steps.insert(0, Linked(str(came.item.body), _address(came.item), came.note))
        at = came.item
    return steps


def _address(item: Item) -> str:
    for name, arguments in (
        ("meetings:item", {"uid": item.uid}),
        ("meetings:minutes", {"uid": item.meeting.uid} if item.meeting else {}),
    ):
        try:
            return reverse(name, kwargs=arguments)
        except NoReverseMatch:
            continue
    return ""
