"""The date a page is seen as on.

Every page can be seen as on a date: `?dato=2027-01-01` chooses it and the session keeps it, until
`?dato=` (empty) goes back to today. Rooms read `request.on`, or `on(request)` where there may be
no middleware (a test, a command).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

PARAMETER = "dato"
SESSION_KEY = "klynge_on"
FIRST = date(2007, 1, 1)  # the municipalities and regions of today began
LAST = date(2099, 12, 31)


@dataclass(frozen=True)
class Unreadable:
    """What somebody wrote that is no date we can show."""

    text: str


def today() -> date:
    """The day the clock shows: the real one in Denmark, unless KLYNGE_TODAY says otherwise."""
    return settings.KLYNGE_TODAY or timezone.localdate()


def on(request: HttpRequest) -> date:
    """The date the page is seen as on: the chosen one, else today."""
    return getattr(request, "on", None) or today()


def choose(request: HttpRequest) -> date | Unreadable:
    """Read the date from the address, else from the session, else today; keep what was chosen."""
    text = request.GET.get(PARAMETER)
    if text is None:
        return kept(request)
    if not text.strip():
        request.session.pop(SESSION_KEY, None)
        return today()
    day = _read(text.strip())
    if day is None:
        return Unreadable(text)
    _keep(request, day)
    return day


def kept(request: HttpRequest) -> date:
    """The date chosen on an earlier page, else today."""
    return _read(request.session.get(SESSION_KEY, "")) or today()


def _keep(request: HttpRequest, day: date) -> None:
    if day == today():
        request.session.pop(SESSION_KEY, None)
    elif request.session.get(SESSION_KEY) != day.isoformat():
        request.session[SESSION_KEY] = day.isoformat()


def _read(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None
