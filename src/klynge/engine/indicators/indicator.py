"""An indicator: what is counted, out of whom, and what a reader must know about it.

The fields an author fills in are those of `Indicator`. Everything that can be wrong with one is
told at once, in words, when the file is loaded; see `checking.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from klynge.engine.indicators.ages import Atom, atoms
from klynge.engine.indicators.codelists import Codelist
from klynge.engine.indicators.relations import (
    Beyond,
    FollowedWithin,
    HasDisease,
    Have,
    Span,
    Window,
    Words,
)
from klynge.engine.indicators.tree import Column, Condition, IsIn, Part
from klynge.engine.spine.chronic import ChronicRule
from klynge.engine.spine.models import Basis

EVERYWHERE = ("kommune", "klynge", "sundhedsraad", "region", "land")
NOWHERE: tuple[str, ...] = ()


IN_THE_PERIOD = Window("in_the_period", "i kalenderåret", "in the calendar year", False)
ON_THE_FIRST_DAY = Window("on_the_first_day", "1. januar", "on 1 January", True)
BY_THE_FIRST_DAY = Window("by_the_first_day", "til og med 1. januar", "up to 1 January", True)


def days_before(days: int) -> Window:
    """The so many days up to the period's first day, which is not one of them."""
    da, en = f"de {days} dage før 1. januar", f"the {days} days before 1 January"
    return Window("days_before", da, en, True, days)


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
    at_least: how many events make a person count. different: so many different values of a column.
    adds: a number of each event that is added up instead of counting the events, such as days.
    out_of: "people", or "events" for a share of the events themselves; then `outcome` says which
        of them are counted. None for a count.
    followed_for: days the extract must go on after an event, when it is more than the outcome asks.
    ages: the published bands; "all" among them is the ages of the others together.
    denominator_ages: "all" sets each band against residents of every age.
    kind: count, proportion (with Wilson's interval) or rate (Byar's; exact below 10).
    per: 1, 100, 1000 or 100000.  better: lower, higher or neither.
    standardised_at: the kinds of place that get an age-sex-standardised value.
    by_month: also told for each month and quarter, for both sexes and all ages together.
    per_person_years: also told per 1,000 person-years, at the ages of `tabt_persontid`.
    shown: False for what other figures are made of: counted, protected, and in no pack by itself.
    when_supplied: fields that read otherwise when the register RUKS tells all its diseases.
    from_ruks: the diseases that it tells in this build; see `supplied.py`.
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
    at_least: int = 1
    different: Column | None = None
    adds: Column | None = None
    out_of: str | None = "people"
    outcome: Condition | None = None
    followed_for: int = 0
    denominator_ages: str = "same"
    standardised_at: tuple[str, ...] = EVERYWHERE
    by_month: bool = False
    per_person_years: bool = False
    shown: bool = True
    when_supplied: Mapping[str, Any] = field(default_factory=dict)
    from_ruks: frozenset[str] = frozenset()

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
        """Every part of its expressions, also of the other rows they ask for."""
        whole = (self.people, self.events, self.outcome)
        return tuple(part for each in whole if each is not None for part in each.parts())

    @property
    def tables(self) -> frozenset[str]:
        """The spine tables it reads."""
        named = {part.table for part in self.parts if part.table}
        return frozenset(named | {"residents"})

    @property
    def yearly_tables(self) -> frozenset[str]:
        """The tables whose rows it looks for within the period, which must cover all of it."""
        asked = [part for part in self.parts if isinstance(part, Have)]
        found = {part.by.table for part in asked if not part.window.is_snapshot}
        if self.events is not None and not self.window.is_snapshot:
            found.add(self.events.table)
        sides = (self.events, self.outcome)
        inside = (part for side in sides if side is not None for part in side.parts())
        return frozenset(found | {part.by.table for part in inside if isinstance(part, Beyond)})

    @property
    def codelists(self) -> tuple[Codelist, ...]:
        """The codelists it uses, each once."""
        used = [part.codes for part in self.parts if isinstance(part, IsIn)]
        return tuple(dict.fromkeys(used))

    @property
    def diseases(self) -> tuple[ChronicRule, ...]:
        """The chronic diseases it asks for."""
        asked = [part for part in self.parts if isinstance(part, HasDisease)]
        return tuple(dict.fromkeys(rule for part in asked for rule in part.rules))

    @property
    def chronic(self) -> tuple[ChronicRule, ...]:
        """Those it is told by our rules, and those that rule one of them out."""
        rules = [rule for rule in self.diseases if rule.disease not in self.from_ruks]
        return tuple(dict.fromkeys([*rules, *(rule.unless for rule in rules if rule.unless)]))

    @property
    def basis(self) -> Basis:
        """What tells who has its diseases."""
        if not self.from_ruks:
            return "local"
        return "both" if self.chronic else "register"

    @property
    def follow_up_days(self) -> int:
        """How long the extract must follow an event for it to be counted; 0 when it need not."""
        waits = (part.days for part in self.parts if isinstance(part, FollowedWithin))
        return max((self.followed_for, *waits))

    @property
    def is_snapshot(self) -> bool:
        """Whether it is about the first day of the period rather than the whole of it."""
        return self.events is None or self.window.is_snapshot
