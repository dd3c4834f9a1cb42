"""Other rooms' dates in the year's wheel: the deadlines of agreements, of money, of reports.

A room that may not be imported here (or that comes later) tells in its `apps.py`:

    def ready(self):
        year_marks.register(deadlines_of_agreements)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from klynge.web.accounts.models import User
from klynge.web.bodies.models import BodyRecord


@dataclass(frozen=True)
class Mark:
    """A date in the year that is no meeting. `body`: whose it is; None: everybody's."""

    day: date
    title: str
    address: str = ""
    body: BodyRecord | None = None


Provider = Callable[[Sequence[BodyRecord], int, User], Sequence[Mark]]
"""Called with the bodies shown, the year and who asks."""

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Show what `provider` gives in the year's wheel."""
    if provider not in _providers:
        _providers.append(provider)


def unregister(provider: Provider) -> None:
    """Take a provider out again: for tests."""
    _providers.remove(provider)


def of_year(bodies: Sequence[BodyRecord], year: int, user: User) -> list[Mark]:
    """Every mark of a year for some bodies, in order."""
    found = [mark for provider in _providers for mark in provider(bodies, year, user)]
    return sorted(found, key=lambda mark: (mark.day, mark.title))
