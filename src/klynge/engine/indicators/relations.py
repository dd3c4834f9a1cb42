"""Conditions that look beyond the row: what follows it, what it is made of, which disease it is.

`Span` is from a row's start to its end, for windows.
"""

from __future__ import annotations

from dataclasses import dataclass

from klynge.engine.indicators.codelists import Codelist
from klynge.engine.indicators.tree import Column, Condition
from klynge.engine.spine.chronic import ChronicRule


@dataclass(frozen=True, eq=False)
class FollowedWithin(Condition):
    """Another row of the same person, for which `by` holds, starts after this one ends and at
    most `days` whole days (24 hours each) after it."""

    table: str
    days: int
    by: Condition


@dataclass(frozen=True, eq=False)
class AnyContact(Condition):
    """A contact of the stay has a main diagnosis on the codelist."""

    table: str
    codes: Codelist


@dataclass(frozen=True, eq=False)
class HasDisease(Condition):
    """The onset is of one chronic disease."""

    table: str
    rule: ChronicRule


@dataclass(frozen=True)
class Span:
    """From a row's start to its end, for windows: `stays.span`, `care_home.span`."""

    starts: Column
    ends: Column

    @property
    def table(self) -> str:
        return self.starts.table
