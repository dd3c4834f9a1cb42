"""What other rooms show on the pages of a body and a person (`slots.py`: on a place's page).

The rooms above this one (meetings, goals, funds ...) may not be imported here, so each tells in its
`apps.py` what it has to show:

    def ready(self):
        panels.on_body(next_meetings)

A provider is called with what the page is about and gives a `Panel`, or None when there is nothing
to show to that user.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from klynge.web.accounts.models import User
from klynge.web.bodies.models import Person
from klynge.web.bodies.standing import Body


@dataclass(frozen=True)
class Panel:
    """A box on somebody else's page.

    template: drawn with `context` (and `panel`, the panel itself) inside the box, below its title.
    order: low numbers come first. wide: in the main column, else beside it.
    """

    id: str
    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 50
    wide: bool = False


BodyProvider = Callable[[Body, date, User], Panel | None]
PersonProvider = Callable[[Person, date, User], Panel | None]

_bodies: list[BodyProvider] = []
_persons: list[PersonProvider] = []


def on_body(provider: BodyProvider) -> None:
    """Show what `provider` gives on the page of a body."""
    _bodies.append(provider)


def on_person(provider: PersonProvider) -> None:
    """Show what `provider` gives on the page of a person."""
    _persons.append(provider)


def of_body(body: Body, on: date, user: User) -> list[Panel]:
    """Every panel of a body's page."""
    return _in_order(provider(body, on, user) for provider in _bodies)


def of_person(person: Person, on: date, user: User) -> list[Panel]:
    """Every panel of a person's page."""
    return _in_order(provider(person, on, user) for provider in _persons)


def _in_order(found: Iterable[Panel | None]) -> list[Panel]:
    return sorted((panel for panel in found if panel), key=lambda panel: (panel.order, panel.id))
