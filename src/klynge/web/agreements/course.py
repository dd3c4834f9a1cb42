"""How far a process is: its steps with deadlines, what comes first, and which councils lack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language

from klynge import structure
from klynge.structure import Course, StepRule
from klynge.web.agreements.models import Adoption, Process, ProcessStep

SOON = timedelta(days=60)


@dataclass(frozen=True)
class Step:
    """A step of a process with what the law says of it and when it must be done.

    missing: what should come first and is not done. by_law: the deadline as the law has it.
    """

    row: ProcessStep
    rule: StepRule
    deadline: date | None
    by_law: date | None
    missing: tuple[str, ...]
    is_late: bool
    is_soon: bool

    @property
    def title(self) -> str:
        """What is done, with the year of one that comes every year."""
        words = self.rule.what.said_in(get_language() or "da")
        return f"{words} {self.row.year}" if self.row.year else words

    @property
    def is_open(self) -> bool:
        return self.row.done_on is None and not self.row.dropped

    @property
    def done_late(self) -> bool:
        """Whether it was done after its deadline."""
        done = self.row.done_on
        return bool(done and self.deadline and done > self.deadline)

    @property
    def moved_by_authority(self) -> str:
        """Why the authority moved the deadline of this term; empty when it did not."""
        moved = self.rule.moved.get(self.row.process.term_start)
        return moved[1].said_in(get_language() or "da") if moved else ""


@dataclass(frozen=True)
class Council:
    """A council that must adopt, and what it has decided of the newest text."""

    kind: str
    id: str
    name: str
    adoption: Adoption | None


def of(process: Process, rows: Sequence[ProcessStep] | None = None) -> Course:
    """A process as `klynge.structure` reckons with it."""
    steps = process.steps.all() if rows is None else rows
    return Course(
        kind=process.kind,
        term_start=process.term_start,
        term_end=process.term_end,
        holds_from=process.holds_from,
        holds_to=process.holds_to,
        done={row.key: row.done_on for row in steps if row.done_on},
        moved={row.key: row.moved_to for row in steps if row.moved_to},
    )


def steps(process: Process, on: date) -> list[Step]:
    """The steps of a process in order, as they stand on a day."""
    rows = list(process.steps.select_related("process"))
    course, rules = of(process, rows), {r.id: r for r in structure.process_steps(process.kind)}
    plain = Course(course.kind, course.term_start, course.term_end, course.holds_from,
                   course.holds_to, done=course.done)  # fmt: skip
    found = []
    for row in rows:
        rule = rules[row.step]
        due = structure.deadline(course, row.key)
        waits = row.done_on is None and not row.dropped and process.is_open
        found.append(
            Step(
                row=row,
                rule=rule,
                deadline=due,
                by_law=structure.deadline(plain, row.key),
                missing=missing(rule, rows, rules),
                is_late=bool(waits and due and due < on),
                is_soon=bool(waits and due and on <= due <= on + SOON),
            )
        )
    return found


def missing(
    rule: StepRule, rows: Sequence[ProcessStep], rules: dict[str, StepRule], by: date | None = None
) -> tuple[str, ...]:
    """What should come before a step and is neither done (until the day `by`) nor dropped."""
    return tuple(
        rules[row.step].what.said_in(get_language() or "da")
        for row in rows
        if row.step in rule.needs and not row.dropped and not _is_done(row, by)
    )


def councils(process: Process) -> list[Council]:
    """Every council that must adopt the agreement, in the order of the parties."""
    newest = process.texts.first()
    made = {
        (row.council_kind, row.council): row
        for row in Adoption.objects.filter(process=process, text=newest, replaced_at=None)
    }
    return [
        Council(kind, id, name, made.get((kind, id))) for kind, id, name in _who_adopts(process)
    ]


def region_of(process: Process) -> structure.Place:
    """The region that a process belongs to."""
    place = structure.place(process.place_kind, process.place)
    return place if place.kind == "region" else structure.place("region", place.region)


def _who_adopts(process: Process) -> list[tuple[str, str, str]]:
    found = []
    for adopter in process.rule.adopted_by:
        if adopter == "region":
            region = region_of(process)
            found.append(("region", region.id, region.name))
        elif adopter == "body":
            place = structure.place(process.place_kind, process.place)
            found.append((process.rule.body, place.id, place.name))
        else:
            found += [
                ("kommune", code, structure.place("kommune", code).name)
                for code in process.kommuner
            ]
    return found


def _is_done(row: ProcessStep, by: date | None) -> bool:
    return row.done_on is not None and (by is None or row.done_on <= by)
