"""An indicator: what is counted, out of whom, and what a reader must know about it.

The fields an author fills in are those of `Indicator`. Everything that can be wrong with one is
told at once, in words, when the file is loaded; see `checking.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from klynge.engine.indicators.ages import Atom, atoms
from klynge.engine.indicators.codelists import Codelist
from klynge.engine.indicators.relations import AnyContact, FollowedWithin, HasDisease, Span
from klynge.engine.indicators.tree import Column, Condition, IsIn, Part
from klynge.engine.spine.chronic import ChronicRule

Words = Mapping[str, str]
"""A text in Danish and English: {"da": ..., "en": ...}."""

EVERYWHERE = ("kommune", "klynge", "sundhedsraad", "region", "land")
NOWHERE: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """Which rows belong to a period, by the column or span in `dated_by`.

    A day or moment: in it, on its first day, or no later than its first day. A span: going on at
    some time in the period, or on its first day.
    """

    name: str
    da: str
    en: str
    is_snapshot: bool

    @property
    def words(self) -> Words:
        return {"da": self.da, "en": self.en}


IN_THE_PERIOD = Window("in_the_period", "i kalenderåret", "in the calendar year", False)
ON_THE_FIRST_DAY = Window("on_the_first_day", "1. januar", "on 1 January", True)
BY_THE_FIRST_DAY = Window("by_the_first_day", "til og med 1. januar", "up to 1 January", True)


@dataclass(frozen=True, kw_only=True, eq=False)
class Indicator:
    """One indicator. All fields without a default must be given.

    code: its name in figures, such as "forebyg_65".
    theme: population, frail, chronic or psychiatry.  domain: somatik, psykiatri or begge; decides
        which membership places a kommune in a klynge.
    title, numerator, denominator, unit, leaves_out, weak_points, certainty_note: {"da", "en"}.
        denominator is None for a count.
    people: who can be counted: a condition about `residents`, who lived there on 1 January.
    events: which events count: a condition about one event table; None when people themselves do.
    dated_by: the column or span that places an event in a period.  window: how.
    counts: "people" (with at least one event) or "events".
    out_of: "people", or "events" for a share of the events themselves; then `outcome` says which
        of them are counted. None for a count.
    ages: the published bands; "all" among them is the ages of the others together.
    denominator_ages: "all" sets each band against residents of every age.
    kind: count, proportion (with Wilson's interval) or rate (Byar's; exact below 10).
    per: 1, 100, 1000 or 100000.  better: lower, higher or neither.
    standardised_at: the kinds of place that get an age-sex-standardised value.
    certainty: S the sources say so, P in part, K our own reconstruction (lokal definition).
    sources: where it is read.  owner: who answers for it.  review_by: when it must be looked at.
    """

    code: str
    theme: str
    domain: str
    title: Words
    numerator: Words
    denominator: Words | None
    unit: Words
    people: Condition
    ages: tuple[str, ...]
    kind: str
    per: int
    better: str
    certainty: str
    certainty_note: Words
    sources: tuple[str, ...]
    owner: str
    review_by: date
    leaves_out: Words
    weak_points: Words
    events: Condition | None = None
    dated_by: Column | Span | None = None
    window: Window = ON_THE_FIRST_DAY
    counts: str = "people"
    out_of: str | None = "people"
    outcome: Condition | None = None
    denominator_ages: str = "same"
    standardised_at: tuple[str, ...] = EVERYWHERE

    def __post_init__(self) -> None:
        # Imported here: the checks know the class.
        from klynge.engine.indicators.checking import check

        check(self)

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """The ages it is counted in: five-year bands that no published band cuts."""
        return atoms(self.ages, everyone=self.denominator_ages == "all")

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part of its expressions, also of what an event must be followed by."""
        return tuple(self._walk(self.people, self.events, self.outcome))

    @property
    def tables(self) -> frozenset[str]:
        """The spine tables it reads."""
        named = {part.table for part in self.parts if part.table}
        if any(isinstance(part, AnyContact) for part in self.parts):
            named.add("contacts")
        return frozenset(named | {"residents"})

    @property
    def codelists(self) -> tuple[Codelist, ...]:
        """The codelists it uses, each once."""
        used = [part.codes for part in self.parts if isinstance(part, (IsIn, AnyContact))]
        return tuple(dict.fromkeys(used))

    @property
    def chronic(self) -> tuple[ChronicRule, ...]:
        """The chronic diseases it asks for."""
        rules = [part.rule for part in self.parts if isinstance(part, HasDisease)]
        return tuple(dict.fromkeys(rules))

    @property
    def follow_up_days(self) -> int:
        """How long the extract must follow an event for it to be counted; 0 when it need not."""
        waits = (part.days for part in self.parts if isinstance(part, FollowedWithin))
        return max(waits, default=0)

    @property
    def is_snapshot(self) -> bool:
        """Whether it is about the first day of the period rather than the whole of it."""
        return self.events is None or self.window.is_snapshot

    def _walk(self, *conditions: Condition | None) -> Iterator[Part]:
        for condition in conditions:
            for part in condition.parts() if condition is not None else ():
                yield part
                if isinstance(part, FollowedWithin):
                    yield from self._walk(part.by)
