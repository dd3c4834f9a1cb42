"""What may happen to the answers of a hearing: received, corrected, given files, let be public.

Nothing is overwritten: a corrected answer is a new edition that points at the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.agreements import privacy
from klynge.web.agreements.hearing_rules import held
from klynge.web.agreements.models import Answer, AnswerFile, Hearing, HearingParty
from klynge.web.agreements.rights import must_edit
from klynge.web.audit.rules import note as note_event
from klynge.web.bodies import clock, file_keeping
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.bodies.seating import day_in_words


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
    file: Any = None,
) -> Answer:
    """An answer has come; one after the deadline is kept and marked as late."""
    must_edit(by)
    kept = held(hearing)
    name = party.name if party else " ".join(who.split())
    reasons = []
    if not name:
        reasons.append(_("Skriv, hvem svaret er fra."))
    if party is not None and party.hearing_id != kept.pk:
        reasons.append(_("Parten hører ikke til høringen."))
    elif party is not None and Answer.objects.filter(party=party).exists():
        reasons.append(
            _("{name} har allerede svaret. Er svaret rettet, så tryk på “Ret svaret” ved det.")
            .format(name=party.name)
        )  # fmt: skip
    reasons += _reasons_against(kept.opens_on, received_on, text, no_remarks)
    if received_on < kept.opens_on:
        reasons.append(_("Svaret kan ikke være kommet, før høringen begyndte."))
    if reasons:
        raise NotAllowed(*reasons)
    made = Answer.objects.create(
        hearing=kept,
        party=party,
        who=name,
        text=text.strip(),
        no_remarks=no_remarks,
        received_on=received_on,
        may_be_public=may_be_public,
        at=clock.now(),
        by=by,
    )
    note_event("hearing answer received", about=kept, by=by)
    if file is not None:
        attach(by=by, answer=made, file=file)
    return made


@transaction.atomic
def correct(
    *,
    by: User | None,
    answer: Answer,
    received_on: date,
    correction: str,
    text: str = "",
    no_remarks: bool = False,
    may_be_public: bool = False,
    keep: Sequence[AnswerFile] | None = None,
    file: Any = None,
) -> Answer:
    """They have sent it anew. The one before is kept, with its files.

    keep: which of its files go along to the new edition; None: all of them.
    """
    must_edit(by)
    kept = held(answer.hearing)
    old = _newest(answer)
    reasons = _reasons_against(old.received_on, received_on, text, no_remarks)
    if received_on < old.received_on:
        reasons.append(_("Det rettede svar kan ikke være kommet før det, det retter."))
    if not correction.strip():
        reasons.append(_("Skriv, hvad der er rettet."))
    files = [*old.files.all()] if keep is None else list(keep)
    if any(each.answer_id != old.pk for each in files):
        reasons.append(_("Bilaget hører ikke til svaret."))
    if reasons:
        raise NotAllowed(*reasons)
    made = Answer.objects.create(
        hearing=kept,
        party=old.party,
        who=old.who,
        replaces=old,
        correction=" ".join(correction.split()),
        text=text.strip(),
        no_remarks=no_remarks,
        received_on=received_on,
        may_be_public=may_be_public,
        at=clock.now(),
        by=by,
    )
    for each in files:
        _carry(each, made)
    if file is not None:
        _keep(made, file, "", looked_through=False, by=by)
    _must_be_showable(kept, made)
    note_event("hearing answer corrected", about=kept, by=by)
    return made


@transaction.atomic
def attach(
    *, by: User | None, answer: Answer, file: Any, name: str = "", looked_through: bool = False
) -> AnswerFile:
    """Put a file with an answer. file: an uploaded or open file with a name."""
    must_edit(by)
    kept = held(answer.hearing)
    found = _newest(answer)
    made = _keep(found, file, name, looked_through=looked_through, by=by)
    _must_be_showable(kept, found)
    note_event("hearing answer given a file", about=kept, by=by)
    return made


@transaction.atomic
def look_through(*, by: User | None, file: AnswerFile) -> AnswerFile:
    """Somebody has seen that there is nothing in a file that may not be public."""
    must_edit(by)
    kept = held(file.answer.hearing)
    found = AnswerFile.objects.select_for_update().get(pk=file.pk)
    found.looked_through = True
    found.save(update_fields=["looked_through"])
    note_event("hearing file looked through", about=kept, by=by)
    return found


@transaction.atomic
def allow_public(*, by: User | None, answer: Answer, may: bool) -> Answer:
    """Whether an answer may be shown with the rest, when the answers are published."""
    must_edit(by)
    hearing = held(answer.hearing)
    found = _newest(answer)
    found.may_be_public = may
    _must_be_showable(hearing, found)
    found.save(update_fields=["may_be_public"])
    note_event("hearing answer may be public" if may else "hearing answer made private",
               about=hearing, by=by)  # fmt: skip
    return found


def _newest(answer: Answer) -> Answer:
    found = Answer.objects.select_for_update().get(pk=answer.pk)
    if Answer.objects.filter(replaces=found).exists():
        raise NotAllowed(_("Svaret er rettet siden. Arbejd videre med den nyeste version."))
    return found


def _must_be_showable(hearing: Hearing, answer: Answer) -> None:
    """What is public the moment it is saved is looked through first."""
    if hearing.results_published_at and answer.may_be_public:
        reasons = list(privacy.reasons_against(answer))
        if reasons:
            raise NotAllowed(*reasons)


def _reasons_against(first: date, received_on: date, text: str, no_remarks: bool) -> list[str]:
    reasons = []
    if bool(text.strip()) == no_remarks:
        reasons.append(_("Skriv svaret, eller sæt kryds ved, at der ingen bemærkninger er."))
    if received_on > clock.today():
        reasons.append(_("{day} er ikke kommet endnu.").format(day=day_in_words(received_on)))
    return reasons


def _carry(file: AnswerFile, to: Answer) -> None:
    """The same file with the new edition; its bytes are kept once."""
    same = ("name", "file_name", "content_type", "size", "sha256", "looked_through", "at", "by")
    AnswerFile.objects.create(
        answer=to, file=file.file.name, **{each: getattr(file, each) for each in same}
    )


def _keep(
    answer: Answer, file: Any, name: str, *, looked_through: bool, by: User | None
) -> AnswerFile:
    row = AnswerFile(answer=answer, looked_through=looked_through, at=clock.now(), by=by)
    return file_keeping.keep(row, file, name)
