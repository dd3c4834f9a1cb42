"""What other rooms show on the page of an initiative: its money, most of all.

Rooms above this one tell in their `apps.py` what they have to show:

    def ready(self):
        panels.on_initiative(money_of_initiative)

A provider is called with the initiative, the date and who reads the page, and gives a
`bodies.panels.Panel`, or None when there is nothing to show to that user.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from klynge.web.accounts.models import User
from klynge.web.bodies.panels import Panel
from klynge.web.initiatives.models import Initiative

Provider = Callable[[Initiative, date, User], Panel | None]

_providers: list[Provider] = []


def on_initiative(provider: Provider) -> None:
    """Show what `provider` gives on the page of an initiative."""
    _providers.append(provider)


def of_initiative(initiative: Initiative, on: date, user: User) -> list[Panel]:
    """Every panel of an initiative's page."""
    found = [provider(initiative, on, user) for provider in _providers]
    return sorted((one for one in found if one), key=lambda one: (one.order, one.id))
