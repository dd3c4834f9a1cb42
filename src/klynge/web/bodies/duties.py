"""What is due: gathered from every room for one person or one body.

A room above this one registers what it knows of in its `apps.py`:

    def ready(self):
        duties.register(decisions_to_follow_up)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from klynge.web.accounts.models import User
from klynge.web.bodies.models import BodyRecord, Person


@dataclass(frozen=True)
class Duty:
    """Something somebody must do.

    what: said in the reader's language. due: the last day; None when there is no deadline.
    address: where it is done. body: for which body. person: who must do it; None when it is the
    secretariat's.
    """

    what: str
    address: str
    due: date | None = None
    body: BodyRecord | None = None
    person: Person | None = None

    def is_late(self, on: date) -> bool:
        """Whether the last day has passed."""
        return self.due is not None and self.due < on


Provider = Callable[[User, date], list[Duty]]
"""Called with who asks and the day: every open duty that user may see, of everybody."""

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let `provider` tell of a room's duties."""
    _providers.append(provider)


def every(user: User, on: date) -> list[Duty]:
    """Every open duty the user may see, the most urgent first."""
    found = [duty for provider in _providers for duty in provider(user, on)]
    return sorted(found, key=lambda duty: (duty.due or date.max, duty.what))


def of_person(person: Person, user: User, on: date) -> list[Duty]:
    """What is due for a person, in every body."""
    return [duty for duty in every(user, on) if duty.person == person]


def of_secretariat(user: User, on: date) -> list[Duty]:
    """What is due and no named person's: the secretariat sees to it."""
    return [duty for duty in every(user, on) if duty.person is None]
