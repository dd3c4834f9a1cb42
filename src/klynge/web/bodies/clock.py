"""The moment something is recorded.

It is the real time, on the day the site's clock shows (KLYNGE_TODAY), so that a demo whose clock
stands in 2024 does not record in another year than it shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone

_set: ContextVar[datetime | None] = ContextVar("klynge_recording_moment", default=None)


def now() -> datetime:
    """The moment to record with."""
    chosen = _set.get()
    if chosen is not None:
        return chosen
    real = timezone.now()
    if settings.KLYNGE_TODAY is None:
        return real
    return _on(settings.KLYNGE_TODAY, timezone.localtime(real).time())


def today() -> date:
    """The day it is in Denmark at that moment: in UTC it is yesterday until one or two o'clock."""
    return timezone.localtime(now()).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Record as at `moment` for as long as the block runs: for invented histories and tests."""
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)


def end_of(day: date) -> datetime:
    """The last moment of a day: what was known "on" it includes what was recorded during it."""
    return _on(day, time.max)


def noon_of(day: date) -> datetime:
    """The middle of a day."""
    return _on(day, time(12))


def _on(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour.replace(tzinfo=None)))
