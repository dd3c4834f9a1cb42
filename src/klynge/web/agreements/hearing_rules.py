"""What may happen to a hearing: opened, answered, summed up, published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.agreements import privacy
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
    kept = held(hearing)
    if deadline <= kept.deadline:
        raise NotAllowed(
            _("Fristen kan kun forlænges. Den er nu {day}.").format(day=day_in_words(kept.deadline))
        )
    kept.deadline = deadline
    kept.save()
    note_event("hearing extended", about=kept, by=by)
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
    kept = held(hearing)
    reasons = []
    if not (topic.strip() and said.strip() and reply.strip()):
        reasons.append(
            _("Skriv emnet, hvad der blev sagt, og hvad der er ændret eller hvorfor ikke.")
        )
    if not answers or any(answer.hearing_id != kept.pk for answer in answers):
        reasons.append(_("Vælg, hvem der sagde det."))
    if kept.results_published_at and (found := privacy.found_in(f"{topic} {said} {reply}")):
        reasons.append(_("Punktet er offentligt, og der står {what} i det.").format(what=found))
    if reasons:
        raise NotAllowed(*reasons)
    last = kept.points.aggregate(last=Max("number"))["last"] or 0
    made = SynopsisPoint.objects.create(
        hearing=kept,
        number=last + 1,
        topic=" ".join(topic.split()),
        said=said.strip(),
        reply=reply.strip(),
        changed=changed,
        at=clock.now(),
        by=by,
    )
    made.answers.set(answers)
    note_event("hearing point added", about=kept, by=by)
    return made


@transaction.atomic
def publish(*, by: User | None, hearing: Hearing) -> Hearing:
    """Let anybody read what is asked. Refused when a person could be found in it."""
    must_edit(by)
    kept = held(hearing)
    if kept.published_at:
        raise NotAllowed(_("Høringen er allerede offentlig."))
    told = {
        _("overskriften"): kept.title,
        _("teksten om, hvad der spørges om"): kept.intro,
        _("udkastet"): kept.text.text,
        _("listen over høringsparter"): " ".join(kept.parties.values_list("name", flat=True)),
    }
    reasons = [
        _("Der står {what} i {where}.").format(what=found, where=where)
        for where, words in told.items()
        if (found := privacy.found_in(words))
    ]
    if reasons:
        raise NotAllowed(*reasons)
    kept.published_at = clock.now()
    kept.save()
    note_event("hearing published", about=kept, by=by)
    return kept


@transaction.atomic
def publish_results(*, by: User | None, hearing: Hearing) -> Hearing:
    """Let anybody read the answers that may be public, and the synopsis. After the deadline."""
    must_edit(by)
    kept = held(hearing)
    reasons = []
    if not kept.published_at:
        reasons.append(_("Høringen selv er ikke offentlig endnu."))
    if kept.results_published_at:
        reasons.append(_("Svarene er allerede offentlige."))
    if kept.deadline >= clock.today():
        reasons.append(
            _("Høringen slutter {day}. Svarene kan offentliggøres dagen efter.").format(
                day=day_in_words(kept.deadline)
            )
        )
    reasons += _private_in_results(kept)
    if reasons:
        raise NotAllowed(*reasons)
    kept.results_published_at = clock.now()
    kept.save()
    note_event("hearing results published", about=kept, by=by)
    return kept


@transaction.atomic
def withdraw(*, by: User | None, hearing: Hearing) -> Hearing:
    """Nobody without a log-in sees anything of it any more."""
    must_edit(by)
    kept = held(hearing)
    if not kept.published_at:
        raise NotAllowed(_("Høringen er ikke offentlig."))
    kept.published_at = kept.results_published_at = None
    kept.save()
    note_event("hearing withdrawn", about=kept, by=by)
    return kept


def held(hearing: Hearing) -> Hearing:
    """The hearing, locked: its answers and what is public of it change one after the other."""
    return Hearing.objects.select_for_update().get(pk=hearing.pk)


def _private_in_results(hearing: Hearing) -> Iterator[str]:
    for answer in hearing.answers.filter(may_be_public=True, replaced_by=None):
        yield from privacy.reasons_against(answer)
    for point in hearing.points.all():
        if found := privacy.found_in(f"{point.topic} {point.said} {point.reply}"):
            yield _("Der står {what} i punkt {n} i høringsnotatet.").format(
                what=found, n=point.number
            )
