"""Agreements and plans that the law asks for, their steps, and when each must be done.

Dated data like the rules about bodies: `data/processes.json` and `data/process_steps.json`. Only
the ways of counting a deadline are code (`FROM`); docs/reference/structure.md describes them.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from klynge.faults import DefinitionError
from klynge.structure.facts import facts, read_sources
from klynge.structure.model import Source, Text, holds
from klynge.structure.reading import (
    Reading,
    Row,
    WrongRow,
    certainty_with_note,
    day,
    period,
    text,
)
from klynge.texts import _

# What a deadline is counted from; "step:ID" is the day another step is done, or must be.
FROM = ("term_start", "term_end", "holds_from", "holds_to", "year_end")
ADOPTERS = ("region", "kommuner", "body")
StepKey = tuple[str, int]
"""A step's id, and the year of one that comes every year; 0 for the others."""


@dataclass(frozen=True, slots=True)
class Term:
    """An election term. holds_from, holds_to: when what is agreed in it usually holds."""

    first: date
    last: date
    holds_from: date
    holds_to: date


@dataclass(frozen=True, slots=True)
class ProcessKind:
    """A kind of agreement or plan.

    body: the kind of body whose work it is. adopted_by: whose councils must adopt it ("region",
    "kommuner", or the "body" itself). terms: the election terms it is made in; empty when it is
    made as often as anybody likes. least_months: how long it must hold at least.
    begins_on, begins_from: the days it may begin on, and from when on any day.
    """

    id: str
    name: Text
    text: Text
    place_kind: str
    body: str
    adopted_by: tuple[str, ...]
    one_a_term: bool
    terms: tuple[Term, ...]
    least_months: int
    begins_on: tuple[date, ...]
    begins_from: date | None
    paragraph: str
    valid_from: date
    valid_to: date | None
    certainty: str
    certainty_note: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class StepRule:
    """One step: what is done, by whom, and by when.

    deadline: how it is counted; None when the law sets none. needs: steps that come first.
    moved: deadlines that the authority set for one term, by the term's first day.
    """

    process: str
    id: str
    what: Text
    who: Text
    needs: tuple[str, ...]
    each_year: bool
    deadline: Mapping[str, Any] | None = field(hash=False)
    moved: Mapping[date, tuple[date, Text]] = field(hash=False)
    paragraph: str
    valid_from: date
    valid_to: date | None
    certainty: str
    certainty_note: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """One agreement on its way: its term, when it holds, and the days of its steps so far.

    done: when a step was done. moved: deadlines that were settled for this one alone.
    """

    kind: str
    term_start: date
    term_end: date
    holds_from: date
    holds_to: date
    done: Mapping[StepKey, date] = field(default_factory=dict, hash=False)
    moved: Mapping[StepKey, date] = field(default_factory=dict, hash=False)


def process_kinds(on: date | None = None) -> tuple[ProcessKind, ...]:
    """The agreements and plans whose rules hold on a day; None is any day."""
    rows = _processes().kinds
    return tuple(row for row in rows if on is None or holds(row.valid_from, row.valid_to, on))


def process_kind(id: str) -> ProcessKind:
    """One kind. Raises KeyError."""
    for each in _processes().kinds:
        if each.id == id:
            return each
    raise KeyError(f"no agreement or plan has the id {id!r}")


def process_steps(kind: str) -> tuple[StepRule, ...]:
    """The steps of a kind, in order."""
    return tuple(step for step in _processes().steps if step.process == kind)


def step_keys(kind: str, holds_from: date, holds_to: date) -> tuple[StepKey, ...]:
    """Every step of a course; one that comes each year once for each year it holds."""
    years = range(holds_from.year, holds_to.year + 1)
    return tuple(
        (step.id, year)
        for step in process_steps(kind)
        for year in (years if step.each_year else (0,))
    )


def deadline(course: Course, key: StepKey) -> date | None:
    """When a step must be done at the latest; None where nothing is set."""
    if key in course.moved:
        return course.moved[key]
    step = next(each for each in process_steps(course.kind) if each.id == key[0])
    if course.term_start in step.moved:
        return step.moved[course.term_start][0]
    if step.deadline is None:
        return None
    start = _counted_from(step.deadline["from"], course, key[1])
    return None if start is None else _away(start, step.deadline)


def months_from(day: date, months: int) -> date:
    """The same day of the month so many months away; its last day when there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class _Processes:
    kinds: tuple[ProcessKind, ...]
    steps: tuple[StepRule, ...]


@cache
def _processes() -> _Processes:
    return load(files("klynge.structure") / "data")


def load(folder: Traversable) -> _Processes:
    """Read and check the two files. Raises DefinitionError with every fault."""
    reading = Reading(folder)
    read_sources(reading)
    found = _Processes(
        kinds=reading.all_of("processes.json", lambda row: _kind(reading, row)),
        steps=reading.all_of("process_steps.json", lambda row: _step(reading, row)),
    )
    _check(found, reading.wrong)
    if reading.faults:
        heading = _("Reglerne kan ikke bruges ({n} fejl).").format(n=len(reading.faults))
        raise DefinitionError(heading, reading.faults)
    return found


def _counted_from(what: str, course: Course, year: int) -> date | None:
    if what == "year_end":
        return date(year, 12, 31)
    if what in FROM:
        found: date = getattr(course, what)
        return found
    key = (what.removeprefix("step:"), 0)
    return course.done.get(key) or deadline(course, key)


def _away(start: date, how: Mapping[str, Any]) -> date:
    months = 12 * how.get("years", 0) + how.get("months", 0)
    found = months_from(start, months) + timedelta(weeks=how.get("weeks", 0))
    if "month_day" in how:
        month, of_month = (int(part) for part in how["month_day"].split("-"))
        found = date(found.year, month, of_month)
    return found


def _kind(reading: Reading, row: Row) -> ProcessKind:
    first, last = period(row)
    sure, note = certainty_with_note(row)
    unknown = set(row["adopted_by"]) - set(ADOPTERS)
    if unknown:
        raise WrongRow(_("ukendt organ {body}.").format(body=", ".join(sorted(unknown))))
    begins = row.get("begins", {})
    return ProcessKind(
        id=row["id"],
        name=text(row, "name"),
        text=text(row, "text"),
        place_kind=row["place_kind"],
        body=row["body"],
        adopted_by=tuple(row["adopted_by"]),
        one_a_term=row["one_a_term"],
        terms=tuple(_term(each) for each in row["terms"]),
        least_months=row.get("least_months", 0),
        begins_on=tuple(date.fromisoformat(each) for each in begins.get("on", ())),
        begins_from=day(begins, "from") if begins else None,
        paragraph=row["paragraph"],
        valid_from=first,
        valid_to=last,
        certainty=sure,
        certainty_note=note,
        sources=reading.cited(row),
    )


def _term(row: Row) -> Term:
    first, last = day(row, "from"), day(row, "to")
    return Term(
        first,
        last,
        day(row, "holds_from") if "holds_from" in row else first,
        day(row, "holds_to") if "holds_to" in row else last,
    )


def _step(reading: Reading, row: Row) -> StepRule:
    first, last = period(row)
    sure, note = certainty_with_note(row)
    return StepRule(
        process=row["process"],
        id=row["id"],
        what=text(row, "what"),
        who=text(row, "who"),
        needs=tuple(row["needs"]),
        each_year=row.get("each_year", False),
        deadline=row["deadline"],
        moved={day(each, "term"): (day(each, "day"), text(each, "why"))
               for each in row.get("moved", ())},
        paragraph=row["paragraph"],
        valid_from=first,
        valid_to=last,
        certainty=sure,
        certainty_note=note,
        sources=reading.cited(row),
    )  # fmt: skip


def _check(found: _Processes, wrong: Callable[[str, str], None]) -> None:
    bodies = {body.id for body in facts().bodies}
    kinds = {kind.id for kind in found.kinds}
    for kind in found.kinds:
        if kind.body not in bodies:
            where = f"processes.json, {kind.id}"
            wrong(where, _("ukendt organ {body}.").format(body=kind.body))
    for step in found.steps:
        where = f"process_steps.json, {step.process}/{step.id}"
        for unknown in _unknown_in(step, kinds, found.steps):
            wrong(
                where, _("ukendt ord {word} i {name}.").format(word=unknown, name="needs, deadline")
            )


def _unknown_in(step: StepRule, kinds: set[str], steps: Iterable[StepRule]) -> Iterable[str]:
    if step.process not in kinds:
        yield step.process
    beside = {each.id for each in steps if each.process == step.process}
    yield from (needed for needed in step.needs if needed not in beside)
    start = (step.deadline or {}).get("from", "year_end")
    if start not in FROM and start.removeprefix("step:") not in beside:
        yield start
