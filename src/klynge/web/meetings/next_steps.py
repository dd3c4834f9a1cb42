"""What other rooms offer to do with the minutes of a meeting.

The rooms above this one may not be imported here, so each tells in its `apps.py` what follows:

    def ready(self):
        next_steps.register(take_decisions_from_the_minutes)

A provider is called with a meeting and a user, and gives what that user may do now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from klynge.web.accounts.models import User
from klynge.web.meetings.models import Meeting


@dataclass(frozen=True)
class Step:
    """Something that can be done next. `about`: how far it is, in words."""

    what: str
    address: str
    about: str = ""


Provider = Callable[[Meeting, User], list[Step]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let `provider` tell what follows a meeting."""
    _providers.append(provider)


def of(meeting: Meeting, user: User) -> list[Step]:
    """Everything that follows, in the order the rooms were told of."""
    return [step for provider in _providers for step in provider(meeting, user)]
