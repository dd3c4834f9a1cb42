"""Conditions that look beyond the row: what is near it, what it is made of, which disease it is.

`Span` is from a row's start to its end, for windows; `Window` says which rows belong to a period.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from klynge.engine.indicators.tree import Column, Condition, Part
from klynge.engine.spine.chronic import ChronicRule

Words = Mapping[str, str]
"""A text in Danish and English: {"da": ..., "en": ...}."""


@dataclass(frozen=True, slots=True)
class Window:
    """Which rows belong to a period, by the column or span in `dated_by`.

    A day or moment: in it, on its first day, no later than its first day, or in so many `days`
    before it. A span: going on at some time in the period, or on its first day.
    """

    name: str
    da: str
    en: str
    is_snapshot: bool
    days: int = 0

    @property
    def words(self) -> Words:
        return {"da": self.da, "en": self.en}


@dataclass(frozen=True)
class Span:
    """From a row's start to its end, for windows: `stays.span`, `care_home.span`."""

    starts: Column
    ends: Column

    @property
    def table(self) -> str:
        return self.starts.table


class Beyond(Condition):
    """A condition that asks for another row of the same person, for which `by` holds."""

    by: Condition

    def parts(self) -> Iterator[Part]:
        yield self
        yield from self.by.parts()


@dataclass(frozen=True, eq=False)
class FollowedWithin(Beyond):
    """The other row begins after this one ends, and at most `days` after.

    A row that tells the moment: strictly after, and at most so many times 24 hours. One that tells
    the day: from the day this one ends. One that tells the week: a day of the week may be such.
    """

    table: str
    days: int
    by: Condition


@dataclass(frozen=True, eq=False)
class PrecededWithin(Beyond):
    """The other row begins before this one does, and at most `days` before.

    Moments, days and weeks are read as in `FollowedWithin`.
    """

    table: str
    days: int
    by: Condition


@dataclass(frozen=True, eq=False)
class During(Beyond):
    """This row begins while the other one goes on: from its first day to the last one before its
    end."""

    table: str
    by: Condition


@dataclass(frozen=True, eq=False)
class Have(Beyond):
    """A resident has at least one row that belongs to the period by `dated_by` and `window`."""

    by: Condition
    dated_by: Column | Span
    window: Window
    table: ClassVar[str] = "residents"  # type: ignore[misc]


@dataclass(frozen=True, eq=False)
class WithContact(Beyond):
    """A contact that the stay is made of, for which `by` holds."""

    table: str
    by: Condition


@dataclass(frozen=True, eq=False)
class HasDisease(Condition):
    """The onset is of one of some chronic diseases."""

    table: str
    rules: tuple[ChronicRule, ...]
