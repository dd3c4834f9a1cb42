"""What serves a goal of an agreement: rooms above tell it, and the agreement's page shows it.

def ready(self):
    serving.register(goals_under)      gives a Link for each thing under one of the goals
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from klynge.web.accounts.models import User
from klynge.web.agreements.models import AgreementGoal


@dataclass(frozen=True)
class Served:
    """Something that serves a goal: what, whose, and where it is read."""

    label: str
    about: str
    address: str


Provider = Callable[[AgreementGoal, User], Iterable[Served]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Show what `provider` gives under a goal of an agreement."""
    _providers.append(provider)


def of(goal: AgreementGoal, user: User) -> list[Served]:
    """Everything that serves a goal."""
    return [each for provider in _providers for each in provider(goal, user)]
