"""What may happen to agreements and plans: begun, their steps, their end. Texts and goals are in
text_rules.py, hearings in hearing_rules.py.

Every function takes `by` (None: the system itself), runs in one transaction and notes what was
done. What is refused is refused whole, with every reason (NotAllowed).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from klynge import structure
from klynge.structure import ProcessKind
from klynge.web.accounts.models import User
from klynge.web.agreements import carrying, course
from klynge.web.agreements.models import Process, ProcessStep
from klynge.web.agreements.rights import must_edit
from klynge.web.audit.rules import note as note_event
from klynge.web.bodies import clock
from klynge.web.bodies import rules as body_rules
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.bodies.seating import day_in_words

__all__ = ["NotAllowed"]


class ChangedMeanwhile(NotAllowed):
    """Somebody else changed it after the page was opened; nothing was saved."""


@transaction.atomic
def begin(
    *,
    by: User | None,
    kind: str,
    place: str,
    title: str,
    holds_from: date,
    holds_to: date,
    term: date | None = None,
    kommuner: Sequence[str] | None = None,
    note: str = "",
) -> Process:
    """Begin an agreement or plan, with every step that the law asks for.

    term: the first day of its election term; needed for those made once a term. kommuner: the
    municipalities that are party to it; all of the place when None.
    """
    must_edit(by)
    rule = structure.process_kind(kind)
    chosen = next((each for each in rule.terms if each.first == term), None)
    first, last = (chosen.first, chosen.last) if chosen else (holds_from, holds_to)
    reasons = _reasons_against(rule, place, title, holds_from, holds_to)
    if rule.terms and chosen is None:
        reasons.append(_("Vælg en valgperiode."))
    codes = list(kommuner) if kommuner is not None else _kommuner(rule, place, holds_from)
    if "kommuner" in rule.adopted_by and not codes:
        reasons.append(_("Vælg mindst én kommune."))
    if unknown := sorted(set(codes) - set(_kommuner(rule, place, holds_from))):
        reasons.append(
            _("De hører ikke til stedet, når aftalen gælder: {codes}.").format(
                codes=", ".join(unknown)
            )
        )
    if rule.one_a_term and _there_is_one(kind, place, first):
        reasons.append(_("Der er allerede en i den valgperiode."))
    if reasons:
        raise NotAllowed(*reasons)
    process = Process.objects.create(
        kind=kind,
        body=body_rules.open_body(by=by, kind=rule.body, place=place),
        place_kind=rule.place_kind,
        place=place,
        title=" ".join(title.split()),
        one_a_term=rule.one_a_term,
        term_start=first,
        term_end=last,
        holds_from=holds_from,
        holds_to=holds_to,
        kommuner=codes if "kommuner" in rule.adopted_by else [],
        note=" ".join(note.split()),
        created_at=clock.now(),
        created_by=by,
    )
    for step, year in structure.step_keys(kind, holds_from, holds_to):
        ProcessStep.objects.create(process=process, step=step, year=year)
    note_event("agreement begun", about=process, by=by)
    return process


@transaction.atomic
def do_step(
    *, by: User | None, step: ProcessStep, done_on: date, note: str = "", because: str = ""
) -> ProcessStep:
    """A step was done on a day. because: why, when what should come first is not done by then."""
    must_edit(by)
    process, held = _held(step)
    rules = {rule.id: rule for rule in structure.process_steps(process.kind)}
    rows = list(process.steps.all())
    lacking = course.missing(rules[held.step], rows, rules, done_on)
    reasons = _reasons_of_day(done_on)
    if held.done_on or held.dropped:
        reasons.append(_("Skridtet er allerede afsluttet. Åbn det igen for at rette det."))
    if lacking and not because.strip():
        reasons.append(
            _("Før det kommer: {steps}. Skriv hvorfor, hvis det alligevel er gjort.").format(
                steps="; ".join(lacking)
            )
        )
    if reasons:
        raise NotAllowed(*reasons)
    held.done_on, held.note = done_on, note.strip()
    held.early_because = because.strip() if lacking else ""
    held.save()
    _forward(process, by, "agreement step done")
    return held


@transaction.atomic
def drop_step(*, by: User | None, step: ProcessStep, note: str) -> ProcessStep:
    """A step will not be done, and why."""
    must_edit(by)
    process, held = _held(step)
    if held.done_on or held.dropped:
        raise NotAllowed(_("Skridtet er allerede afsluttet. Åbn det igen for at rette det."))
    if not note.strip():
        raise NotAllowed(_("Skriv, hvorfor skridtet ikke gøres."))
    held.dropped, held.note = True, note.strip()
    held.save()
    _forward(process, by, "agreement step dropped")
    return held


@transaction.atomic
def reopen_step(*, by: User | None, step: ProcessStep) -> ProcessStep:
    """Take back that a step was done or dropped; its deadline stays."""
    must_edit(by)
    process, held = _held(step)
    if not (held.done_on or held.dropped):
        raise NotAllowed(_("Skridtet er ikke afsluttet."))
    held.done_on, held.dropped, held.note, held.early_because = None, False, "", ""
    held.save()
    _forward(process, by, "agreement step reopened")
    return held


@transaction.atomic
def move_deadline(
    *, by: User | None, step: ProcessStep, to: date | None, because: str
) -> ProcessStep:
    """Settle a step's deadline for this process alone; None: as the rules have it again."""
    must_edit(by)
    process, held = _held(step)
    if to is None and held.moved_to is None:
        raise NotAllowed(_("Fristen er ikke flyttet."))
    if to is not None and not because.strip():
        raise NotAllowed(_("Skriv, hvorfor fristen flyttes, og hvem der har bestemt det."))
    held.moved_to, held.moved_because = to, because.strip() if to else ""
    held.save()
    _forward(process, by, "agreement deadline moved")
    return held


@transaction.atomic
def set_state(
    *, by: User | None, process: Process, state: str, because: str = "", version: int | None = None
) -> Process:
    """It holds now, or it is at an end. version: as it was when the page was opened."""
    must_edit(by)
    held = Process.objects.select_for_update().get(pk=process.pk)
    if version is not None and held.version != version:
        raise ChangedMeanwhile(_("En anden har rettet det imens. Læs det, og prøv igen."))
    reasons = []
    if not held.is_open:
        reasons.append(_("Den er allerede afsluttet."))
    if state not in (Process.State.HOLDS, Process.State.ENDED, Process.State.CARRIED):
        reasons.append(_("Tilstanden er ukendt."))
    if state == Process.State.HOLDS:
        reasons += _lacks_councils(held)
    elif not because.strip():
        reasons.append(_("Skriv, hvorfor den afsluttes."))
    if reasons:
        raise NotAllowed(*reasons)
    held.state, held.ended_because = state, because.strip()[:300]
    _forward(held, by, "agreement state set")
    return held


@transaction.atomic
def carry(*, by: User | None, process: Process, to: BodyRecord, reason: str) -> Process:
    """Let another body go on with it: the same steps, texts and goals, as they stand."""
    must_edit(by)
    before = Process.objects.select_for_update().get(pk=process.pk)
    held = set_state(by=by, process=before, state=Process.State.CARRIED, because=reason)
    new = carrying.copy(held, state=before.state, to=to, by=by)
    note_event("agreement carried over", about=new, by=by)
    return new


def _held(step: ProcessStep) -> tuple[Process, ProcessStep]:
    """The process, locked, and the step as it is now."""
    process = Process.objects.select_for_update().get(pk=step.process_id)
    if not process.is_open:
        raise NotAllowed(_("Den er afsluttet, og dens skridt kan ikke ændres."))
    return process, ProcessStep.objects.select_for_update().get(pk=step.pk)


def _forward(process: Process, by: User | None, what: str) -> None:
    process.version += 1
    process.save()
    note_event(what, about=process, by=by)


def _reasons_of_day(day: date) -> list[str]:
    if day > clock.today():
        return [_("{day} er ikke kommet endnu.").format(day=day_in_words(day))]
    return []


def _reasons_against(
    rule: ProcessKind, place: str, title: str, holds_from: date, holds_to: date
) -> list[str]:
    reasons = []
    if place not in {each.id for each in structure.places(rule.place_kind)}:
        reasons.append(_("Stedet er ukendt."))
    if not title.strip():
        reasons.append(_("Skriv, hvad den hedder."))
    if holds_to <= holds_from:
        reasons.append(_("Den skal gælde til en dag efter den, den gælder fra."))
    elif rule.least_months and holds_to < structure.months_from(holds_from, rule.least_months):
        reasons.append(
            _("Den skal gælde i mindst {n} måneder ({paragraph}).").format(
                n=rule.least_months, paragraph=rule.paragraph
            )
        )
    if not _may_begin(rule, holds_from):
        reasons.append(
            _("Den kan begynde {on} eller fra {first} ({paragraph}).").format(
                on=", ".join(day_in_words(day) for day in rule.begins_on),
                first=day_in_words(rule.begins_from) if rule.begins_from else "",
                paragraph=rule.paragraph,
            )
        )
    return reasons


def _may_begin(rule: ProcessKind, day: date) -> bool:
    return rule.begins_from is None or day >= rule.begins_from or day in rule.begins_on


def _kommuner(rule: ProcessKind, place: str, on: date) -> list[str]:
    """The municipalities of the place on the day it begins to hold, or on the nearest."""
    try:
        where = structure.place(rule.place_kind, place)
    except structure.UnknownPlace:
        return []
    day = max(on, where.valid_from)
    day = min(day, where.valid_to) if where.valid_to else day
    return [row.kommune for row in structure.members(rule.place_kind, place, on=day)]


def _there_is_one(kind: str, place: str, first: date) -> bool:
    open_ones = (Process.State.RUNNING, Process.State.HOLDS)
    rows = Process.objects.filter(kind=kind, place=place, term_start=first, state__in=open_ones)
    return rows.exists()


def _lacks_councils(process: Process) -> list[str]:
    lacking = [
        each.name
        for each in course.councils(process)
        if each.adoption is None or each.adoption.outcome == "refused"
    ]
    if not lacking:
        return []
    return [_("Den nyeste tekst er ikke vedtaget af: {names}.").format(names=", ".join(lacking))]
