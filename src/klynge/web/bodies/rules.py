"""What may happen to bodies, their members, agreements and documents.

Nothing is overwritten: a change closes the row that was recorded and adds one. Every function takes
`by` (None: the system itself), runs in one transaction and notes what was done. What is refused is
refused whole, with every reason (NotAllowed).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

import rules
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from klynge import structure
from klynge.web.accounts.models import User
from klynge.web.accounts.rules import is_administrator, is_secretariat
from klynge.web.audit.rules import note
from klynge.web.bodies import agreeing, clock, history, papers, recording, seating
from klynge.web.bodies.models import (
    BodyDocument,
    BodyRecord,
    Contact,
    Deviation,
    FormerName,
    Membership,
    Organisation,
    Person,
    Recorded,
)
from klynge.web.bodies.reasons import NotAllowed

__all__ = ["NotAllowed"]

rules.add_perm("bodies.edit_members", is_secretariat | is_administrator)
rules.add_perm("bodies.see_contacts", is_secretariat)

# What a change may change. Who and when, and what they sit for; never the body.
CHANGEABLE = (
    "person",
    "party",
    "role",
    "office",
    "area",
    "kommune",
    "klynge",
    "organisation",
    "appointer",
    "posts",
    "represents",
    "deputy_for",
    "valid_from",
    "valid_to",
)


@transaction.atomic
def open_body(*, by: User | None, kind: str, place: str) -> BodyRecord:
    """The record of a body, made when it is not there. Raises NotAllowed for what never is."""
    recording.must_edit(by)
    there = history.find(kind, place)
    if there is not None:
        return there
    kinds = {each.id: each for each in structure.body_kinds()}
    if kind not in kinds:
        raise NotAllowed(_("Der er ikke noget organ, der hedder “{kind}”.").format(kind=kind))
    try:
        where = structure.place(kinds[kind].place_kind, place)
    except structure.UnknownPlace:
        raise NotAllowed(_("Stedet “{place}” er ukendt.").format(place=place)) from None
    first, last = span(kinds[kind], where)
    if last is not None and last < first:
        raise NotAllowed(_("Organet har aldrig været på det sted."))
    body, new = BodyRecord.objects.get_or_create(
        kind=kind,
        place=where.id,
        defaults={
            "place_kind": where.kind,
            "name": f"{kinds[kind].name}, {where.name}",
            "valid_from": first,
            "valid_to": last,
        },
    )
    if new:
        note("body opened", about=body, by=by)
    return body


def span(kind: structure.BodyKind, where: structure.Place) -> tuple[date, date | None]:
    """The first and last day of a body: while both its kind and its place are there."""
    ends = [day for day in (kind.valid_to, where.valid_to) if day]
    return max(kind.valid_from, where.valid_from), min(ends) if ends else None


@transaction.atomic
def add_person(*, by: User | None, name: str) -> Person:
    """Somebody new. Raises NotAllowed without a name."""
    recording.must_edit(by)
    name = " ".join(name.split())
    if not name:
        raise NotAllowed(_("Skriv personens navn."))
    _must_be_short(name)
    person = Person.objects.create(name=name)
    note("person added", about=person, by=by)
    return person


@transaction.atomic
def rename(*, by: User | None, person: Person, name: str, reason: str) -> Person:
    """A person is called something else; what they were called before is kept. Needs a reason."""
    recording.must_edit(by)
    recording.must_have(reason)
    name, before = " ".join(name.split()), person.name
    if not name or name == before:
        raise NotAllowed(_("Skriv det nye navn."))
    _must_be_short(name)
    FormerName.objects.create(
        person=person, name=before, reason=" ".join(reason.split())[:300], recorded_to=clock.now()
    )
    person.name = name
    person.save()
    note("person renamed", about=person, by=by)
    return person


@transaction.atomic
def save_contact(
    *, by: User | None, person: Person, email: str = "", phone: str = "", note_text: str = ""
) -> Contact:
    """How the secretariat reaches a person; empty texts take it away again."""
    if by is not None and not by.has_perm("bodies.see_contacts"):
        raise NotAllowed(_("Kun sekretariatet ser og retter kontaktoplysninger."))
    contact, _new = Contact.objects.update_or_create(
        person=person, defaults={"email": email, "phone": phone, "note": note_text}
    )
    note("contact details saved", about=person, by=by)
    return contact


@transaction.atomic
def appoint(
    *,
    by: User | None,
    body: BodyRecord,
    person: Person,
    party: str,
    valid_from: date,
    valid_to: date | None = None,
    reason: str = "",
    **more: Any,
) -> Membership:
    """Seat a person. `more`: the other fields of CHANGEABLE.

    Raises NotAllowed when it cannot be true: the seat or the office is taken in the same time,
    the period is the wrong way round or outside the body's own, a word or place is unknown.
    """
    recording.must_edit(by)
    recording.lock(body)
    row = Membership(
        body=body, person=person, party=party, valid_from=valid_from, valid_to=valid_to, **more
    )
    _must_fit(row)
    recording.record(row, by=by, change=Recorded.Change.ADDED, reason=reason, moment=clock.now())
    note("member appointed", about=row, by=by)
    return row


@transaction.atomic
def link_user(*, by: User | None, person: Person, user: User | None) -> Person:
    """Say which log-in is this person's; None: none. Raises NotAllowed when it is another's."""
    recording.must_edit(by)
    if user is not None:
        User.objects.select_for_update().get(pk=user.pk)  # so that no two take it at once
    if user is not None and Person.objects.filter(user=user).exclude(pk=person.pk).exists():
        raise NotAllowed(_("Brugeren hører allerede til en anden person."))
    person.user = user
    person.save(update_fields=["user"])
    note("log-in linked to person", about=person, by=by)
    return person


@transaction.atomic
def resign(*, by: User | None, key: uuid.UUID, last_day: date, reason: str = "") -> Membership:
    """End a membership on its last day. Raises NotAllowed when it already ended before that."""
    recording.must_edit(by)
    old = recording.current(Membership, key)
    if old.valid_to is not None and old.valid_to <= last_day:
        raise NotAllowed(
            _("Medlemskabet slutter allerede {day}.").format(day=seating.day_in_words(old.valid_to))
        )
    new = recording.successor(old, {"valid_to": last_day})
    _must_fit(new)
    recording.replace(old, new, by=by, change=Recorded.Change.ENDED, reason=reason)
    note("member resigned", about=new, by=by)
    return new


@transaction.atomic
def correct(
    *, by: User | None, key: uuid.UUID, reason: str, changes: Mapping[str, Any]
) -> Membership:
    """Mend what was recorded wrongly; what it said before can still be read. Needs a reason."""
    recording.must_edit(by)
    old = recording.current(Membership, key)
    changed = {
        name: value
        for name, value in changes.items()
        if name in CHANGEABLE and getattr(old, name) != value
    }
    if not changed:
        raise NotAllowed(_("Der er ikke ændret noget."))
    recording.must_have(reason)
    new = recording.successor(old, changed)
    _must_fit(new)
    recording.replace(old, new, by=by, change=Recorded.Change.CORRECTED, reason=reason)
    note("membership corrected", about=new, by=by)
    return new


@transaction.atomic
def take_back(*, by: User | None, key: uuid.UUID, reason: str) -> Membership:
    """Take back a membership that should never have been recorded. Needs a reason."""
    recording.must_edit(by)
    recording.must_have(reason)
    old = recording.current(Membership, key)
    if Membership.objects.filter(deputy_for=key, recorded_to=None, void=False).exists():
        raise NotAllowed(_("Medlemmet har en stedfortræder. Ret eller træk den tilbage først."))
    new = recording.successor(old, {"void": True})
    recording.replace(old, new, by=by, change=Recorded.Change.VOIDED, reason=reason)
    note("membership taken back", about=new, by=by)
    return new


@transaction.atomic
def record_deviation(
    *,
    by: User | None,
    body: BodyRecord,
    rule: str,
    decision: str,
    valid_from: date,
    valid_to: date | None = None,
    subject: str = "",
    agreed: int | None = None,
) -> Deviation:
    """Record that a body has agreed to deviate. Raises NotAllowed where the law does not let it."""
    recording.must_edit(by)
    recording.lock(body)
    row = Deviation(
        body=body,
        rule=rule,
        decision=" ".join(decision.split()),
        subject=subject,
        agreed=agreed,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    reasons = [*agreeing.reasons_against(row), *seating.outside(body, valid_from, valid_to)]
    if reasons:
        raise NotAllowed(*reasons)
    recording.record(row, by=by, change=Recorded.Change.ADDED, reason="", moment=clock.now())
    note("deviation recorded", about=row, by=by)
    return row


@transaction.atomic
def end_deviation(*, by: User | None, key: uuid.UUID, last_day: date, reason: str) -> Deviation:
    """An agreement ends on its last day."""
    recording.must_edit(by)
    old = recording.current(Deviation, key)
    if old.valid_to is not None and old.valid_to <= last_day:
        raise NotAllowed(
            _("Aftalen slutter allerede {day}.").format(day=seating.day_in_words(old.valid_to))
        )
    reasons = seating.outside(old.body, old.valid_from, last_day)
    if reasons:
        raise NotAllowed(*reasons)
    new = recording.successor(old, {"valid_to": last_day})
    recording.replace(old, new, by=by, change=Recorded.Change.ENDED, reason=reason)
    note("deviation ended", about=new, by=by)
    return new


@transaction.atomic
def take_back_deviation(*, by: User | None, key: uuid.UUID, reason: str) -> Deviation:
    """Take back an agreement that should never have been recorded. Needs a reason."""
    recording.must_edit(by)
    recording.must_have(reason)
    old = recording.current(Deviation, key)
    new = recording.successor(old, {"void": True})
    recording.replace(old, new, by=by, change=Recorded.Change.VOIDED, reason=reason)
    note("deviation taken back", about=new, by=by)
    return new


@transaction.atomic
def adopt_document(
    *,
    by: User | None,
    body: BodyRecord,
    kind: str,
    decision: str,
    valid_from: date,
    texts: Mapping[str, str],
    numbers: Mapping[str, int | str | None] | None = None,
    review_on: date | None = None,
) -> BodyDocument:
    """A new version of a body's kommissorium or forretningsorden; the old ones stay readable.

    texts: by the ids of `papers.fields(kind)`. numbers: by those of `papers.numbers(kind)`.
    """
    recording.must_edit(by)
    recording.lock(body)
    reasons = [*seating.outside(body, valid_from, None)]
    if kind not in BodyDocument.Kind.values:
        reasons.append(_("Dokumentets slags er ukendt."))
    if not decision.strip():
        reasons.append(_("Skriv, hvornår og hvor dokumentet er besluttet."))
    if review_on is not None and review_on <= valid_from:
        reasons.append(_("Dokumentet skal ses igennem efter den dag, det gælder fra."))
    wanted = {field.id for field in papers.fields(kind)}
    kept = {name: text.strip() for name, text in texts.items() if name in wanted and text.strip()}
    if not kept:
        reasons.append(_("Dokumentet er tomt."))
    settled, wrong = papers.settled(kind, numbers or {})
    reasons += wrong
    if reasons:
        raise NotAllowed(*reasons)
    earlier = BodyDocument.objects.filter(body=body, kind=kind)
    document = BodyDocument.objects.create(
        body=body,
        kind=kind,
        number=(earlier.aggregate(last=Max("number"))["last"] or 0) + 1,
        valid_from=valid_from,
        decision=" ".join(decision.split()),
        review_on=review_on,
        texts=kept,
        numbers=settled,
        recorded_from=clock.now(),
        recorded_by=by,
    )
    note("document adopted", about=document, by=by)
    return document


@transaction.atomic
def end_document(*, by: User | None, document: BodyDocument, last_day: date) -> BodyDocument:
    """A document stops being in force, because its body does; it stays readable."""
    recording.must_edit(by)
    recording.lock(document.body)
    document.refresh_from_db(fields=["valid_to"])
    if document.valid_to is not None and document.valid_to <= last_day:
        raise NotAllowed(_("Dokumentet gælder allerede ikke længere."))
    # One that was to come into force after the body's end never does; it ends the day it begins.
    document.valid_to = max(last_day, document.valid_from)
    document.save(update_fields=["valid_to"])
    note("document ended", about=document, by=by)
    return document


def organisation(
    *, kind: str, name: str, place_kind: str = "", place: str = ""
) -> Organisation | None:
    """The organisation of that kind and name, made when it is not there; None without a name."""
    name = " ".join(name.split())
    if not name:
        return None
    found, _new = Organisation.objects.get_or_create(
        kind=kind, name=name, defaults={"place_kind": place_kind, "place": place}
    )
    return found


def _must_be_short(name: str) -> None:
    longest = Person._meta.get_field("name").max_length
    if len(name) > longest:
        raise NotAllowed(_("Et navn er højst {n} tegn.").format(n=longest))


def _must_fit(row: Membership) -> None:
    others = [other for other in history.known(row.body) if other.key != row.key]
    reasons = list(seating.reasons_against(row, others))
    if row.deputy_for and row.deputy_for not in {other.key for other in others}:
        reasons.append(_("Den, der skal være stedfortræder for, er ikke medlem."))
    if reasons:
        raise NotAllowed(*reasons)
