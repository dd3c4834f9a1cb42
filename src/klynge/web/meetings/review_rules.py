"""From draft to released: versions, comments, both chairs' approval, release, addendum."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import clock
from klynge.web.bodies.models import Person
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import versions
from klynge.web.meetings.models import AgendaVersion, Approval, Comment, Item, Meeting
from klynge.web.meetings.planning_rules import locked
from klynge.web.meetings.readers import reader_of
from klynge.web.meetings.rights import must_edit


@transaction.atomic
def send_to_review(*, by: User | None, meeting: Meeting) -> AgendaVersion:
    """A version of the agenda for the chairs to read, comment on and approve.

    On a meeting whose agenda is out already it is the addendum. Sent again, it is a new version,
    and the approvals of the earlier one count no more.
    """
    must_edit(by)
    found = locked(meeting)
    reasons = []
    if not (found.agenda_is_open or found.state == Meeting.State.RELEASED):
        reasons.append(_("Dagsordenen kan ikke længere ændres."))
    if found.state == Meeting.State.PROPOSED:
        reasons.append(_("Datoen er kun foreslået. Fastsæt den først."))
    if not versions.waiting(found):
        reasons.append(_("Der er ingen punkter at sende."))
    if reasons:
        raise NotAllowed(*reasons)
    if found.agenda_is_open:
        found.state = Meeting.State.AGENDA_REVIEW
    version = _keep_version(found, AgendaVersion.Kind.REVIEW, by)
    _saved(found, meeting)
    note("agenda sent to review", about=found, by=by)
    return version


@transaction.atomic
def take_back_from_review(*, by: User | None, meeting: Meeting) -> None:
    """Work on the agenda again before it is sent to the chairs anew."""
    must_edit(by)
    found = locked(meeting)
    if found.state != Meeting.State.AGENDA_REVIEW:
        raise NotAllowed(_("Dagsordenen er ikke til gennemsyn."))
    found.state = Meeting.State.PLANNED
    _saved(found, meeting)
    note("agenda taken back from review", about=found, by=by)


@transaction.atomic
def comment(*, by: User, version: AgendaVersion, text: str, item: Item | None = None) -> Comment:
    """Say something to a version of the agenda, or to one item of it."""
    if not reader_of(by, version.meeting).drafts:
        raise NotAllowed(_("Kun formændene og sekretariatet kan skrive bemærkninger."))
    if version != versions.latest(version.meeting):
        raise NotAllowed(_("Der er kommet en nyere udgave. Skriv til den."))
    if not text.strip():
        raise NotAllowed(_("Skriv din bemærkning."))
    if item is not None and item.meeting_id != version.meeting_id:
        raise NotAllowed(_("Punktet er ikke på denne dagsorden."))
    made = Comment.objects.create(
        agenda=version, item=item, text=text.strip(), at=clock.now(), by=by
    )
    note("agenda commented on", about=made, by=by)
    return made


@transaction.atomic
def settle_comment(*, by: User | None, comment: Comment, answer: str = "") -> Comment:
    """Say that a comment has been dealt with, and how."""
    must_edit(by)
    found = Comment.objects.select_for_update().get(pk=comment.pk)
    if found.settled_at is not None:
        raise NotAllowed(_("Bemærkningen er allerede afklaret."))
    found.settled_at, found.answer = clock.now(), answer.strip()
    found.save()
    note("comment settled", about=found, by=by)
    return found


@transaction.atomic
def approve_agenda(
    *,
    by: User | None,
    version: AgendaVersion,
    person: Person | None = None,
    approved: bool = True,
    comment: str = "",
) -> Approval:
    """A chair approves a version, or objects to it and says why.

    person: who approves; None: whoever is logged in. The secretariat may record what a chair has
    said elsewhere, and says where in `comment`.
    """
    meeting = locked(version.meeting)
    person = person or getattr(by, "person", None)
    themselves = by is not None and person is not None and person.user_id == by.pk
    reasons = []
    if person is None or person.pk not in {row.person_id for row in versions.chairs(meeting)}:
        reasons.append(_("Kun organets formænd godkender dagsordenen."))
    if not themselves and by is not None:
        if not by.has_perm("meetings.edit"):
            reasons.append(_("Du kan kun godkende for dig selv."))
        elif not comment.strip():
            reasons.append(_("Skriv, hvor og hvornår formanden har sagt det."))
    if version != versions.latest(meeting):
        reasons.append(_("Der er kommet en nyere udgave. Godkend den."))
    if version.kind != AgendaVersion.Kind.REVIEW:
        reasons.append(_("Dagsordenen er allerede sendt ud."))
    if not approved and not comment.strip():
        reasons.append(_("Skriv, hvad der skal ændres."))
    if reasons:
        raise NotAllowed(*reasons)
    what = Approval.What.AGENDA if meeting.agenda_is_open else Approval.What.ADDENDUM
    made = Approval.objects.create(
        meeting=meeting,
        what=what,
        version=version.number,
        person=person,
        approved=approved,
        comment=comment.strip(),
        at=clock.now(),
        by=by,
    )
    note("agenda approved" if approved else "agenda objected to", about=made, by=by)
    return made


@transaction.atomic
def release_agenda(*, by: User | None, meeting: Meeting) -> AgendaVersion:
    """The agenda, or its addendum, goes out: its items are numbered, and their text stays.

    Raises NotAllowed with everything that is missing: see `versions.missing`.
    """
    must_edit(by)
    found = locked(meeting)
    missing = versions.missing(found)
    if missing:
        raise NotAllowed(*missing)
    return _release(found, meeting, by)


@transaction.atomic
def release_without_review(*, by: User | None, meeting: Meeting, because: str) -> AgendaVersion:
    """Send the agenda out though the chairs have not approved it here: for what came on paper.

    The reason is kept with the chairs' approvals. Used for imported and past meetings.
    """
    must_edit(by)
    found = locked(meeting)
    reasons = []
    if not because.strip():
        reasons.append(_("Skriv, hvorfor formændene ikke har godkendt dagsordenen her."))
    if not versions.waiting(found):
        reasons.append(_("Der er ingen punkter at sende ud."))
    if not (found.agenda_is_open or found.state == Meeting.State.RELEASED):
        reasons.append(_("Dagsordenen er allerede sendt ud."))
    if reasons:
        raise NotAllowed(*reasons)
    version = _release(found, meeting, by)
    note("agenda released without approval in the system", about=version, by=by)
    return version


def _release(found: Meeting, given: Meeting, by: User | None) -> AgendaVersion:
    addendum = not found.agenda_is_open
    last = found.items.aggregate(last=Max("number"))["last"] or 0
    for number, item in enumerate(versions.waiting(found), start=last + 1):
        item.number, item.state = number, Item.State.READY
        item.save(update_fields=["number", "state", "changed_at"])
    kinds = AgendaVersion.Kind
    version = _keep_version(found, kinds.ADDENDUM if addendum else kinds.RELEASE, by)
    found.state = Meeting.State.RELEASED
    _saved(found, given)
    note("addendum released" if addendum else "agenda released", about=found, by=by)
    return version


def _keep_version(meeting: Meeting, kind: str, by: User | None) -> AgendaVersion:
    last: Any = meeting.versions.aggregate(last=Max("number"))["last"] or 0
    return AgendaVersion.objects.create(
        meeting=meeting,
        kind=kind,
        number=last + 1,
        content=versions.content_of(meeting),
        made_at=clock.now(),
        made_by=by,
    )


def _saved(found: Meeting, given: Meeting) -> None:
    found.version += 1
    found.save()
    given.refresh_from_db()
