"""How many meetings a body has held, against the least number the law asks for.

This room knows of no meetings. The room that does tells in its `apps.py`:

    def ready(self):
        cadence.register(meetings_of)

where `meetings_of(year, on)` gives, for every body that has any, its `(kind, place)` and the days:
`{("klynge-politisk", "rm-randers"): Days(held=(...), planned=(...))}`, in a number of queries that
does not grow with the bodies. Held: a meeting that took place, up to and including `on`. Planned:
one that is called or in the year's wheel, after `on`. A cancelled meeting is neither.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klynge import structure
from klynge.web.bodies.standing import Body

HELD_ENOUGH, ON_THE_WAY, SHORT, NOT_KNOWN, NO_RULE = (
    "enough",
    "on-the-way",
    "short",
    "not-known",
    "no-rule",
)


@dataclass(frozen=True)
class Days:
    """The days of one body's meetings in a year."""

    held: tuple[date, ...] = ()
    planned: tuple[date, ...] = ()


@dataclass(frozen=True)
class Cadence:
    """A body's meetings in a year against the law.

    least: how many the law asks for in a whole year; None when it says nothing, or does not hold
    the whole year through. days: None when nobody has told of meetings.
    """

    year: int
    least: int | None
    paragraph: str
    days: Days | None

    @property
    def held(self) -> int:
        return len(set(self.days.held)) if self.days else 0

    @property
    def planned(self) -> int:
        return len(set(self.days.planned)) if self.days else 0

    @property
    def missing(self) -> int:
        """How many there must be beyond those held and planned."""
        return max((self.least or 0) - self.held - self.planned, 0)

    @property
    def in_words(self) -> str:
        """As in "3 af 4 holdt, 1 planlagt"; empty when there is nothing to hold it against."""
        if self.least is None or self.days is None:
            return ""
        told = [_("{held} af {least} holdt").format(held=self.held, least=self.least)]
        if self.planned:
            told.append(_("{n} planlagt").format(n=self.planned))
        if self.missing:
            told.append(ngettext("{n} mangler", "{n} mangler", self.missing).format(n=self.missing))
        return ", ".join(told)

    @property
    def state(self) -> str:
        """One of HELD_ENOUGH, ON_THE_WAY, SHORT, NOT_KNOWN, NO_RULE."""
        if self.least is None:
            return NO_RULE
        if self.days is None:
            return NOT_KNOWN
        if self.held >= self.least:
            return HELD_ENOUGH
        return SHORT if self.missing else ON_THE_WAY


Provider = Callable[[int, date], Mapping[tuple[str, str], Days]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let `provider` tell of a room's meetings."""
    if provider not in _providers:
        _providers.append(provider)


def unregister(provider: Provider) -> None:
    """Take a provider out again: for tests."""
    _providers.remove(provider)


def is_known() -> bool:
    """Whether any room tells of meetings."""
    return bool(_providers)


def in_year(year: int, on: date) -> dict[tuple[str, str], Days]:
    """The meetings of every body in a year, by (kind, place)."""
    found: dict[tuple[str, str], Days] = {}
    for provider in _providers:
        for key, days in provider(year, on).items():
            there = found.get(key, Days())
            found[key] = Days((*there.held, *days.held), (*there.planned, *days.planned))
    return found


def of_body(body: Body, on: date, days: Mapping[tuple[str, str], Days] | None = None) -> Cadence:
    """How a body's meetings stand in the year of a day; `days` as from `in_year`."""
    if days is None:
        days = in_year(on.year, on)
    least, paragraph = _least(body.kind.id, on.year)
    mine = days.get(body.key, Days()) if is_known() else None
    return Cadence(on.year, least, paragraph, mine)


def _least(kind: str, year: int) -> tuple[int | None, str]:
    """The rule holds a year only when it holds all of it."""
    last = {rule.id for rule in structure.rules(kind, date(year, 12, 31))}
    for rule in structure.rules(kind, date(year, 1, 1)):
        if rule.id in last and "meetings" in (rule.test or {}):
            return rule.test["meetings"], rule.paragraph
    return None, ""
