"""What a structural fact looks like: regimes, places, memberships, and how sure each is.

Dates are whole days; `valid_to` is the last day, and None means open. Certainty is one of
CERTAINTIES. Only "certain" and "high" may be shown without a mark; see docs/reference/structure.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

CERTAINTIES = ("certain", "high", "medium", "low", "unknown")
UNMARKED = ("certain", "high")
KINDS = ("kommune", "klynge", "sundhedsraad", "region", "land")
DOMAINS = ("somatik", "psykiatri")
BOTH = "begge"


class UnknownPlace(KeyError):
    """There is no such place; `nearest` holds the ids that come closest."""

    def __init__(self, kind: str, id: str, nearest: tuple[str, ...]) -> None:
        self.kind, self.id, self.nearest = kind, id, nearest
        hint = f"; the nearest: {', '.join(nearest)}" if nearest else ""
        super().__init__(f"no {kind} has the id {id!r}{hint}")

    def __str__(self) -> str:
        return str(self.args[0])


class NoRegime(LookupError):
    """No regime is known on that day: it lies before the data begin."""


class Text(str):
    """A Danish text that carries its English.

    It is a `str` (the Danish), so it can be stored and compared like one.
    """

    en: str

    def __new__(cls, da: str, en: str = "") -> Text:
        text = super().__new__(cls, da)
        text.en = en or da
        return text

    def said_in(self, language: str) -> str:
        """The text in `language`: "en", or Danish for anything else."""
        return self.en if language == "en" else str(self)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read. `address` is empty for what is not on the web."""

    id: str
    title: str
    address: str

    def __str__(self) -> str:
        return f"{self.title}, {self.address}" if self.address else self.title


@dataclass(frozen=True, slots=True)
class Regime:
    """A set of rules that holds in a period. `bodies` are ids of `BodyKind`.

    `certainty` is of the regime itself; the two ends have their own.
    """

    id: str
    name: Text
    valid_from: date
    valid_to: date | None
    bodies: tuple[str, ...]
    certainty: str
    certainty_note: Text
    from_certainty: str
    from_note: Text
    to_certainty: str
    to_note: Text
    basis: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class BodyKind:
    """A kind of body, and the kind of place that has one."""

    id: str
    name: Text
    place_kind: str
    valid_from: date
    valid_to: date | None
    certainty: str
    certainty_note: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Hospital:
    """An acute hospital of a klynge, with a certainty of its own."""

    klynge: str
    name: str
    certainty: str
    certainty_note: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a place's life with its own name and kind of body."""

    name: str
    body: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Place:
    """Something a figure or a body can be about.

    `region` is the code of the region it lay in, None for a region, the land, and a kommune
    (whose region is a dated membership). `details` holds what only some kinds have: alt_names,
    hospitals, statute, municipal_seats, regional_members, members_total, phases ...
    """

    kind: str
    id: str
    name: str
    valid_from: date
    valid_to: date | None
    certainty: str
    certainty_note: Text
    sources: tuple[Source, ...]
    region: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def hospitals(self) -> tuple[Hospital, ...]:
        """The acute hospitals of a klynge; empty for other kinds."""
        return tuple(self.details.get("hospitals", ()))

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The phases of a sundhedsråd (preparatory 2026, then final); empty for other kinds."""
        return tuple(self.details.get("phases", ()))

    def exists(self, on: date) -> bool:
        """Is the place there on that day?"""
        return holds(self.valid_from, self.valid_to, on)

    def name_on(self, on: date) -> str:
        """The name on that day: a sundhedsråd is called "Forberedende ..." in 2026."""
        for phase in self.phases:
            if holds(phase.valid_from, phase.valid_to, on):
                return phase.name
        return self.name


@dataclass(frozen=True, slots=True)
class Membership:
    """That a kommune belongs to a place, in a domain, from a day to a day.

    `domain` is "somatik", "psykiatri" or "begge". `shared`: the kommune is in several places of
    this kind in one domain at once, as København is in two klynger.
    """

    kommune: str
    kind: str
    place: str
    domain: str
    shared: bool
    valid_from: date
    valid_to: date | None
    certainty: str
    certainty_note: Text
    sources: tuple[Source, ...]

    def counts_in(self, domain: str) -> bool:
        """Does the membership hold in `domain`? "begge" is read as the somatic domain."""
        return self.domain in (BOTH, "somatik" if domain == BOTH else domain)


@dataclass(frozen=True, slots=True)
class Succession:
    """That one place took over from another on a day."""

    kind: str
    id: str
    successor_kind: str
    successor: str
    on: date
    certainty: str
    certainty_note: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader must know to read the facts right; `about` is a kind of place.

    With a `domain`, it lowers the certainty of that domain where a membership is in both.
    With a period (None is open in either end), it is of use in that period only.
    """

    id: str
    about: str
    domain: str
    text: Text
    certainty: str
    sources: tuple[Source, ...]
    valid_from: date | None = None
    valid_to: date | None = None

    def matters(self, on: date) -> bool:
        """Is the note of use to who reads about that day?"""
        return holds(self.valid_from or on, self.valid_to, on)


def holds(first: date, last: date | None, on: date) -> bool:
    """Does a period (both days included; None is open) hold on that day?"""
    return first <= on and (last is None or on <= last)


def weakest(*certainties: str) -> str:
    """The least sure of several certainties."""
    return max(certainties, key=CERTAINTIES.index)
