"""What may happen to an agreement's text, its goals, and what the councils decide of it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.agreements import course
from klynge.web.agreements.models import Adoption, AgreementGoal, AgreementText, Process
from klynge.web.agreements.rights import must_edit
from klynge.web.audit.rules import note as note_event
from klynge.web.bodies import clock
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.bodies.seating import day_in_words


@transaction.atomic
def add_version(*, by: User | None, process: Process, text: str, change: str) -> AgreementText:
    """A new version of the text. Refused when nothing in it is new."""
    must_edit(by)
    held = open_one(process)
    newest = held.texts.first()
    text = _tidy(text)
    reasons = []
    if not text:
        reasons.append(_("Skriv teksten."))
    if not change.strip():
        reasons.append(_("Skriv, hvad der er nyt i versionen."))
    if newest is not None and newest.text == text:
        reasons.append(_("Teksten er den samme som i version {n}.").format(n=newest.number))
    if reasons:
        raise NotAllowed(*reasons)
    made = AgreementText.objects.create(
        process=held,
        number=newest.number + 1 if newest else 1,
        text=text,
        change=" ".join(change.split()),
        at=clock.now(),
        by=by,
    )
    note_event("agreement version added", about=held, by=by)
    return made


@transaction.atomic
def set_goal(
    *,
    by: User | None,
    process: Process,
    title: str,
    valid_from: date,
    text: str = "",
    group: str = "",
    replaces: AgreementGoal | None = None,
) -> AgreementGoal:
    """A goal of the agreement. replaces: the goal it is instead of, which ends the day before."""
    must_edit(by)
    held = open_one(process)
    reasons = []
    if not title.strip():
        reasons.append(_("Skriv målet."))
    if not held.holds_from <= valid_from <= held.holds_to:
        reasons.append(
            _("Målet gælder inden for aftalens tid, {first} til {last}.").format(
                first=day_in_words(held.holds_from), last=day_in_words(held.holds_to)
            )
        )
    if replaces is not None:
        reasons += _reasons_against_replacing(held, replaces, title, text, group, valid_from)
    if reasons:
        raise NotAllowed(*reasons)
    if replaces is not None:
        replaces.valid_to = valid_from - timedelta(days=1)
        replaces.save()
    last = held.goals.aggregate(last=Max("number"))["last"] or 0
    made = AgreementGoal.objects.create(
        process=held,
        number=replaces.number if replaces else last + 1,
        title=" ".join(title.split()),
        text=text.strip(),
        group=" ".join(group.split()),
        valid_from=valid_from,
        at=clock.now(),
        by=by,
    )
    note_event("agreement goal set", about=held, by=by)
    return made


@transaction.atomic
def end_goal(*, by: User | None, goal: AgreementGoal, last_day: date) -> AgreementGoal:
    """A goal no longer holds after a day."""
    must_edit(by)
    open_one(goal.process)
    held = AgreementGoal.objects.select_for_update().get(pk=goal.pk)
    if held.valid_to is not None:
        raise NotAllowed(_("Målet gælder ikke længere."))
    if last_day < held.valid_from:
        raise NotAllowed(_("Målet kan ikke slutte, før det begynder."))
    held.valid_to = last_day
    held.save()
    note_event("agreement goal ended", about=held.process, by=by)
    return held


@transaction.atomic
def record_adoption(
    *,
    by: User | None,
    process: Process,
    council: tuple[str, str],
    outcome: str,
    decided_on: date,
    note: str = "",
) -> Adoption:
    """What a council decided of the newest text; a corrected decision is kept.

    council: kind and id. Refused while a hearing runs, or for a text that came after the day.
    """
    must_edit(by)
    held = open_one(process)
    newest = held.texts.first()
    reasons = []
    if outcome not in Adoption.Outcome.values:
        reasons.append(_("Udfaldet er ukendt."))
    if council not in {(each.kind, each.id) for each in course.councils(held)}:
        reasons.append(_("Det råd skal ikke vedtage aftalen."))
    if decided_on > clock.today():
        reasons.append(_("{day} er ikke kommet endnu.").format(day=day_in_words(decided_on)))
    if outcome in (Adoption.Outcome.REMARKS, Adoption.Outcome.REFUSED) and not note.strip():
        reasons.append(_("Skriv rådets bemærkninger, eller hvorfor det ikke vedtog aftalen."))
    if newest is None:
        reasons.append(_("Der er ingen tekst at vedtage."))
    reasons += [
        _("Høringen »{title}« slutter {day}. Vedtagelsen skal ligge efter.").format(
            title=hearing.title, day=day_in_words(hearing.deadline)
        )
        for hearing in held.hearings.filter(deadline__gte=decided_on)
    ]
    if reasons or newest is None:
        raise NotAllowed(*reasons)
    kept = Adoption.objects.filter(
        text=newest, council_kind=council[0], council=council[1], replaced_at=None
    )
    kept.update(replaced_at=clock.now())
    made = Adoption.objects.create(
        process=held,
        text=newest,
        council_kind=council[0],
        council=council[1],
        outcome=outcome,
        decided_on=decided_on,
        note=note.strip(),
        at=clock.now(),
        by=by,
    )
    note_event("agreement adoption recorded", about=held, by=by)
    return made


def open_one(process: Process) -> Process:
    """The process, locked. Raises NotAllowed when it is at an end."""
    held = Process.objects.select_for_update().get(pk=process.pk)
    if not held.is_open:
        raise NotAllowed(_("Den er afsluttet og kan ikke ændres."))
    return held


def _tidy(text: str) -> str:
    """The text with plain line ends and nothing at the ends of lines."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _reasons_against_replacing(
    held: Process, old: AgreementGoal, title: str, text: str, group: str, day: date
) -> list[str]:
    reasons = []
    if old.process_id != held.pk or old.valid_to is not None:
        reasons.append(_("Målet gælder ikke længere."))
    elif day <= old.valid_from:
        reasons.append(
            _("Det nye mål skal gælde fra en dag efter {day}.").format(
                day=day_in_words(old.valid_from)
            )
        )
    words = (" ".join(title.split()), text.strip(), " ".join(group.split()))
    if words == (old.title, old.text, old.group):
        reasons.append(_("Der er ikke ændret noget i målet."))
    return reasons
