"""What may happen to a hearing: opened, answered, summed up, published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.agreements.models import (
    AgreementText,
    Answer,
    Hearing,
    HearingParty,
    Process,
    SynopsisPoint,
)
from klynge.web.agreements.rights import must_edit
from klynge.web.agreements.text_rules import open_one
from klynge.web.audit.rules import note as note_event
from klynge.web.bodies import clock
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.bodies.seating import day_in_words

# Six digits that may be a date, then four: as a CPR number is written.
_CPR = re.compile(r"(?<!\d)(\d{2})(\d{2})\d{2}\s{0,2}[-‐‑‒–—−]?\s{0,2}\d{4}(?!\d)")
_CONTACT = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@transaction.atomic
def open_hearing(
    *,
    by: User | None,
    process: Process,
    title: str,
    intro: str,
    opens_on: date,
    deadline: date,
    parties: Sequence[tuple[str, str]],
    contact: str = "",
    text: AgreementText | None = None,
) -> Hearing:
    """Send a version of the text (the newest when None) to parties: name and contact of each."""
    must_edit(by)
    held = open_one(process)
    sent = text or held.texts.first()
    named = [(" ".join(name.split()), where.strip()) for name, where in parties]
    names = [name for name, _where in named]
    reasons = []
    if sent is None:
        reasons.append(_("Der er ingen tekst at sende i høring."))
    if not title.strip() or not intro.strip():
        reasons.append(_("Skriv en overskrift, og hvad der spørges om."))
    if deadline <= opens_on:
        reasons.append(_("Sidste dag for svar skal ligge efter den dag, høringen begynder."))
    if not names or not all(names):
        reasons.append(_("Skriv, hvem der høres."))
    reasons += [
        _("{name} står to gange.").format(name=name)
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    if reasons or sent is None:
        raise NotAllowed(*reasons)
    hearing = Hearing.objects.create(
        process=held,
        text=sent,
        title=" ".join(title.split()),
        intro=intro.strip(),
        opens_on=opens_on,
        deadline=deadline,
        contact=contact.strip(),
        created_at=clock.now(),
        created_by=by,
    )
    for name, where in named:
        HearingParty.objects.create(hearing=hearing, name=name, contact=where)
    note_event("hearing opened", about=hearing, by=by)
    return hearing


@transaction.atomic
def extend(*, by: User | None, hearing: Hearing, deadline: date) -> Hearing:
    """Give the parties longer; a hearing is never made shorter."""
    must_edit(by)
    held = _held(hearing)
    if deadline <= held.deadline:
        raise NotAllowed(
            _("Fristen kan kun forlænges. Den er nu {day}.").format(day=day_in_words(held.deadline))
        )
    held.deadline = deadline
    held.save()
    note_event("hearing extended", about=held, by=by)
    return held


@transaction.atomic
def receive(
    *,
    by: User | None,
    hearing: Hearing,
    received_on: date,
    party: HearingParty | None = None,
    who: str = "",
    text: str = "",
    no_remarks: bool = False,
    may_be_public: bool = False,
) -> Answer:
    """An answer has come; one after the deadline is kept and marked as late."""
    must_edit(by)
    held = _held(hearing)
    name = party.name if party else " ".join(who.split())
    reasons = []
    if not name:
        reasons.append(_("Skriv, hvem svaret er fra."))
    if party is not None and party.hearing_id != held.pk:
        reasons.append(_("Parten hører ikke til høringen."))
    elif party is not None and Answer.objects.filter(party=party).exists():
        reasons.append(_("{name} har allerede svaret.").format(name=party.name))
    if bool(text.strip()) == no_remarks:
        reasons.append(_("Skriv svaret, eller sæt kryds ved, at der ingen bemærkninger er."))
    if received_on < held.opens_on:
        reasons.append(_("Svaret kan ikke være kommet, før høringen begyndte."))
    if received_on > clock.today():
        reasons.append(_("{day} er ikke kommet endnu.").format(day=day_in_words(received_on)))
    if reasons:
        raise NotAllowed(*reasons)
    made = Answer.objects.create(
        hearing=held,
        party=party,
        who=name,
        text=text.strip(),
        no_remarks=no_remarks,
        received_on=received_on,
        may_be_public=may_be_public,
        at=clock.now(),
        by=by,
    )
    note_event("hearing answer received", about=held, by=by)
    return made


@transaction.atomic
def allow_public(*, by: User | None, answer: Answer, may: bool) -> Answer:
    """Whether an answer may be shown with the rest, when the answers are published."""
    must_edit(by)
    hearing = _held(answer.hearing)
    kept = Answer.objects.select_for_update().get(pk=answer.pk)
    kept.may_be_public = may
    if may and hearing.results_published_at and (found := _holds_private(kept.text)):
        raise NotAllowed(_in_answer(kept, found))
    kept.save()
    note_event("hearing answer may be public" if may else "hearing answer made private",
               about=hearing, by=by)  # fmt: skip
    return kept


@transaction.atomic
def sum_up(
    *,
    by: User | None,
    hearing: Hearing,
    topic: str,
    said: str,
    answers: Sequence[Answer],
    reply: str,
    changed: bool,
) -> SynopsisPoint:
    """A point of the synopsis: what was said, by whom, and what was changed or why not."""
    must_edit(by)
    held = _held(hearing)
    reasons = []
    if not (topic.strip() and said.strip() and reply.strip()):
        reasons.append(
            _("Skriv emnet, hvad der blev sagt, og hvad der er ændret eller hvorfor ikke.")
        )
    if not answers or any(answer.hearing_id != held.pk for answer in answers):
        reasons.append(_("Vælg, hvem der sagde det."))
    if held.results_published_at and (found := _holds_private(f"{topic} {said} {reply}")):
        reasons.append(_("Punktet er offentligt, og der står {what} i det.").format(what=found))
    if reasons:
        raise NotAllowed(*reasons)
    last = held.points.aggregate(last=Max("number"))["last"] or 0
    made = SynopsisPoint.objects.create(
        hearing=held,
        number=last + 1,
        topic=" ".join(topic.split()),
        said=said.strip(),
        reply=reply.strip(),
        changed=changed,
        at=clock.now(),
        by=by,
    )
    made.answers.set(answers)
    note_event("hearing point added", about=held, by=by)
    return made


@transaction.atomic
def publish(*, by: User | None, hearing: Hearing) -> Hearing:
    """Let anybody read what is asked. Refused when a person could be found in it."""
    must_edit(by)
    held = _held(hearing)
    if held.published_at:
        raise NotAllowed(_("Høringen er allerede offentlig."))
    told = {
        _("overskriften"): held.title,
        _("teksten om, hvad der spørges om"): held.intro,
        _("udkastet"): held.text.text,
        _("listen over høringsparter"): " ".join(held.parties.values_list("name", flat=True)),
    }
    reasons = [
        _("Der står {what} i {where}.").format(what=found, where=where)
        for where, words in told.items()
        if (found := _holds_private(words))
    ]
    if reasons:
        raise NotAllowed(*reasons)
    held.published_at = clock.now()
    held.save()
    note_event("hearing published", about=held, by=by)
    return held


@transaction.atomic
def publish_results(*, by: User | None, hearing: Hearing) -> Hearing:
    """Let anybody read the answers that may be public, and the synopsis. After the deadline."""
    must_edit(by)
    held = _held(hearing)
    reasons = []
    if not held.published_at:
        reasons.append(_("Høringen selv er ikke offentlig endnu."))
    if held.results_published_at:
        reasons.append(_("Svarene er allerede offentlige."))
    if held.deadline >= clock.today():
        reasons.append(
            _("Høringen slutter {day}. Svarene kan offentliggøres dagen efter.").format(
                day=day_in_words(held.deadline)
            )
        )
    reasons += _private_in_results(held)
    if reasons:
        raise NotAllowed(*reasons)
    held.results_published_at = clock.now()
    held.save()
    note_event("hearing results published", about=held, by=by)
    return held


@transaction.atomic
def withdraw(*, by: User | None, hearing: Hearing) -> Hearing:
    """Nobody without a log-in sees anything of it any more."""
    must_edit(by)
    held = _held(hearing)
    if not held.published_at:
        raise NotAllowed(_("Høringen er ikke offentlig."))
    held.published_at = held.results_published_at = None
    held.save()
    note_event("hearing withdrawn", about=held, by=by)
    return held


def _held(hearing: Hearing) -> Hearing:
    return Hearing.objects.select_for_update().get(pk=hearing.pk)


def _private_in_results(hearing: Hearing) -> Iterator[str]:
    for answer in hearing.answers.filter(may_be_public=True):
        if found := _holds_private(f"{answer.who} {answer.text}"):
            yield _in_answer(answer, found)
    for point in hearing.points.all():
        if found := _holds_private(f"{point.topic} {point.said} {point.reply}"):
            yield _("Der står {what} i punkt {n} i høringsnotatet.").format(
                what=found, n=point.number
            )


def _in_answer(answer: Answer, found: str) -> str:
    return _("Der står {what} i svaret fra {name}. Lad svaret ude, eller få et nyt.").format(
        what=found, name=answer.who
    )


def _holds_private(text: str) -> str:
    """What in a text nobody else may read, without saying it; empty when nothing is found."""
    if any(_may_be_a_day(*found.groups()) for found in _CPR.finditer(text)):
        return _("noget, der kan være et CPR-nummer")
    return _("en mailadresse") if _CONTACT.search(text) else ""


def _may_be_a_day(day: str, month: str) -> bool:
    # Some replacement numbers add 60 to the day.
    return 1 <= int(day) % 60 <= 31 and 1 <= int(month) <= 12
