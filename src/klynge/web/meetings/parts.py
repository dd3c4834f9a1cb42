"""What other rooms, and the other parts of this one, show on the pages of a meeting and an item.

Minutes, papers, calendars, decisions and publishing each tell in an `apps.py` what they have:

    def ready(self):
        parts.step_of_meeting(write_minutes)      the next thing to do, as a button
        parts.link_of_meeting(papers)             a link in the box "Kalender og adgang"
        parts.on_meeting(decisions_of)            a box of its own, as bodies.panels.Panel
        parts.on_item(decisions_on)

A provider is called with the meeting (or item) and who reads the page, and gives a list, or a Panel
or None. It asks access.py what may be told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from klynge.web.accounts.models import User
from klynge.web.bodies.panels import Panel
from klynge.web.meetings.models import Item, Meeting


@dataclass(frozen=True)
class Link:
    """Something that can be opened or done. `primary`: the next thing to do."""

    label: str
    address: str
    order: int = 50
    primary: bool = False
    about: str = ""


LinkProvider = Callable[[Meeting, User], Iterable[Link]]
MeetingProvider = Callable[[Meeting, User], Panel | None]
ItemProvider = Callable[[Item, User], Panel | None]

_steps: list[LinkProvider] = []
_links: list[LinkProvider] = []
_on_meetings: list[MeetingProvider] = []
_on_items: list[ItemProvider] = []


def step_of_meeting(provider: LinkProvider) -> None:
    """Show what `provider` gives among the buttons on top of a meeting's page."""
    _steps.append(provider)


def link_of_meeting(provider: LinkProvider) -> None:
    """Show what `provider` gives among the links to papers and feeds."""
    _links.append(provider)


def on_meeting(provider: MeetingProvider) -> None:
    """Show what `provider` gives on the page of a meeting."""
    _on_meetings.append(provider)


def on_item(provider: ItemProvider) -> None:
    """Show what `provider` gives on the page of an item that may be read."""
    _on_items.append(provider)


def steps(meeting: Meeting, user: User) -> list[Link]:
    """The buttons on top of a meeting's page."""
    return _in_order(_steps, meeting, user)


def links(meeting: Meeting, user: User) -> list[Link]:
    """The links to a meeting's papers and feeds."""
    return _in_order(_links, meeting, user)


def of_meeting(meeting: Meeting, user: User) -> list[Panel]:
    """The boxes on the page of a meeting."""
    found = (provider(meeting, user) for provider in _on_meetings)
    return sorted((panel for panel in found if panel), key=lambda panel: (panel.order, panel.id))


def of_item(item: Item, user: User) -> list[Panel]:
    """The boxes on the page of an item."""
    found = (provider(item, user) for provider in _on_items)
    return sorted((panel for panel in found if panel), key=lambda panel: (panel.order, panel.id))


def _in_order(providers: list[LinkProvider], meeting: Meeting, user: User) -> list[Link]:
    found = [link for provider in providers for link in provider(meeting, user)]
    return sorted(found, key=lambda link: (link.order, link.label))
