"""Who sees to a decision, and by when: told by the room above this one that follows decisions.

    def ready(self):
        follow_up.tell(of_meeting)

The provider gives the decisions of a meeting that the user may see, by the item's uid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from klynge.web.meetings.models import Meeting
from klynge.web.meetings.readers import Somebody


@dataclass(frozen=True)
class Followed:
    """One decision as the reader may see it."""

    text: str
    responsible: str = ""
    deadline: date | None = None


Provider = Callable[[Meeting, Somebody], Mapping[str, tuple[Followed, ...]]]
_providers: list[Provider] = []


def tell(provider: Provider) -> None:
    """Let a room above tell who sees to what."""
    _providers.append(provider)


def of_meeting(meeting: Meeting, user: Somebody) -> dict[str, tuple[Followed, ...]]:
    """The decisions of a meeting that are followed, by the item's uid."""
    found: dict[str, tuple[Followed, ...]] = {}
    for provider in _providers:
        for uid, followed in provider(meeting, user).items():
            found[uid] = (*found.get(uid, ()), *followed)
    return found
