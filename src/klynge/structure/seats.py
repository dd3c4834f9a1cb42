"""What a list of members is made of: the body, who sits, what was agreed, what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klynge.structure.law import Rule
from klynge.structure.model import Text, holds


class NoSuchBody(LookupError):
    """There is no such kind of body, or it or its place does not exist on that day."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body: its kind ("klynge-politisk", "ssu" ...) and the id of its place."""

    kind: str
    place: str


@dataclass(frozen=True, slots=True)
class Member:
    """One seat of one person in a body, for a time.

    person: who; empty for a vacant seat, which counts as nobody.
    party: whom they represent: region, kommune, plo, patienter, anden.
    kommune: 3-digit code, for those of a kommune. klynge: for an SSU's municipal seats.
    office, role, area, organisation, appointer: ids of `words(...)`.
    posts: posts elsewhere that the law asks about, as (post, place).
    valid_from, valid_to: first and last day; None is unknown or open.
    row: where it was read, for messages.
    """

    person: str
    party: str
    kommune: str = ""
    office: str = "anden"
    role: str = "medlem"
    area: str = "anden"
    organisation: str = ""
    klynge: str = ""
    appointer: str = ""
    posts: tuple[tuple[str, str], ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    row: int = 0

    def serves(self, on: date) -> bool:
        """Does somebody sit in this seat on that day?"""
        return bool(self.person) and holds(self.valid_from or on, self.valid_to, on)


@dataclass(frozen=True, slots=True)
class Deviation:
    """An agreement to deviate from a rule, recorded with the decision that made it.

    rule: id of the rule. subject: the kommune or klynge it is about; empty for all.
    agreed: the number of seats agreed on; None when the agreement is not about a number.
    """

    rule: str
    decision: str
    subject: str = ""
    agreed: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def speaks_of(self, rule: Rule, subject: str, on: date) -> bool:
        """Is it about this rule and subject on that day?"""
        about = self.rule == rule.id and self.subject in ("", subject)
        return about and holds(self.valid_from or on, self.valid_to, on)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in which a body is not as the law says.

    how: "missing", "too_many", "wrong", or "unknown" when no rule is known.
    count: how many are missing or too many; 1 for the others.
    subject: the kommune or klynge it is about, or empty. people: those concerned.
    what, mend: in words. since: the first day it was so, None when the list does not tell.
    deviation: the agreement about it, if one is recorded; `covered` when it makes it lawful.
    """

    rule: Rule
    how: str
    count: int
    subject: str
    people: tuple[str, ...]
    what: Text
    mend: Text
    certainty: str
    certainty_note: Text
    since: date | None
    deviation: Deviation | None
    covered: bool

    @property
    def paragraph(self) -> str:
        """The paragraph that says so."""
        return self.rule.paragraph
