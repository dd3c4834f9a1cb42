"""What may happen in the publishing room: what becomes public, until when, and how it ends."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta

import rules
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.accounts.rules import is_secretariat
from klynge.web.audit.rules import note
from klynge.web.bodies import clock
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings.models import Meeting
from klynge.web.publishing import checks, snapshot
from klynge.web.publishing.checks import Finding
from klynge.web.publishing.models import FalseHit, Publication, PublicBody, PublicFile

__all__ = ["Found", "NotAllowed"]

rules.add_perm("publishing.publish", is_secretariat)
rules.add_perm("publishing.overrule", is_secretariat)

# Which states of a meeting have something ready to be seen.
READY = {
    Publication.Part.AGENDA: (
        Meeting.State.RELEASED,
        Meeting.State.HELD,
        Meeting.State.MINUTES_REVIEW,
        Meeting.State.APPROVED,
    ),
    Publication.Part.MINUTES: (Meeting.State.APPROVED,),
}
ALMOST_NOW = timedelta(minutes=1)


class Found(NotAllowed):
    """The publication was stopped by what the checks found."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__(*(f"{each.where}: {each.problem} {each.remedy}" for each in findings))


@transaction.atomic
def publish(
    *,
    by: User | None,
    meeting: Meeting,
    part: str,
    visible_from: datetime | None = None,
    visible_to: datetime | None = None,
    looked_through: bool = False,
) -> Publication:
    """Make a copy of the agenda or the minutes public, now or from a moment.

    looked_through: somebody has read the files no machine can. A copy that waits for its time is
    replaced by the new one. Raises Found with every finding, and NotAllowed.
    """
    _must_publish(by)
    meeting = Meeting.objects.select_for_update().select_related("body").get(pk=meeting.pk)
    now = clock.now()
    begins = visible_from or now
    _must_be_ready(meeting, part, begins, visible_to, now)
    content = snapshot.of(meeting, part)
    stopping = [each for each in checks.of(meeting, content) if each.stops or not looked_through]
    if stopping:
        raise Found(stopping)
    _waiting(meeting, part, now).update(
        withdrawn_at=now, withdrawn_because=_("Afløst af en nyere."), withdrawn_by=by
    )
    publication = Publication.objects.create(
        meeting=meeting,
        part=part,
        content=content,
        # Folded here: neither SQLite nor PostgreSQL without ICU folds Danish letters.
        text=snapshot.words_of(content).casefold(),
        digest=digest(content),
        visible_from=max(begins, now) if begins - now < ALMOST_NOW else begins,
        visible_to=visible_to,
        made_at=now,
        made_by=by,
        told_at=now if begins <= now else None,
    )
    _keep_files(publication, meeting)
    what = "published" if begins <= now else "publication scheduled"
    note(f"{publication.part} {what}", about=meeting, by=by)
    return publication


@transaction.atomic
def withdraw(*, by: User | None, meeting: Meeting, part: str, because: str) -> None:
    """Take the agenda or the minutes back, and what waits for its time. The address says so."""
    _must_publish(by)
    because = " ".join(because.split())[:300]
    if not because:
        raise NotAllowed(_("Skriv, hvorfor det trækkes tilbage. Begrundelsen vises ikke udadtil."))
    rows = Publication.objects.select_for_update().filter(
        meeting=meeting, part=part, withdrawn_at=None
    )
    now = clock.now()
    changed = rows.filter(Q(visible_to=None) | Q(visible_to__gt=now)).update(
        withdrawn_at=now, withdrawn_because=because, withdrawn_by=by
    )
    if not changed:
        raise NotAllowed(_("Der er ikke noget offentligt at trække tilbage."))
    note(f"{part} withdrawn", about=meeting, by=by)


@transaction.atomic
def overrule(*, by: User | None, meeting: Meeting, part: str, key: str, because: str) -> FalseHit:
    """Say that what looks like a CPR number at a place is none, and why. It is kept with who.

    It holds for those very numbers at that place, and stops nobody from looking again.
    """
    if by is not None and not by.has_perm("publishing.overrule"):
        raise NotAllowed(_("Kun sekretariatet kan sige god for et fund."))
    because = " ".join(because.split())[:300]
    found = {each.key: each for each in checks.of(meeting, snapshot.of(meeting, part)) if each.key}
    if key not in found:
        raise NotAllowed(_("Stedet er ændret imens. Se fundene igen."))
    reasons = []
    if len(because) < 10:
        reasons.append(_("Skriv, hvad det er, og hvorfor det ikke er et CPR-nummer."))
    if checks.holds_cpr(because):
        reasons.append(_("Skriv ikke tallet selv i begrundelsen."))
    if reasons:
        raise NotAllowed(*reasons)
    hit = FalseHit.objects.create(
        meeting=meeting,
        key=key,
        where=found[key].where[:500],
        because=because,
        at=clock.now(),
        by=by,
    )
    note("said to be no CPR number", about=meeting, by=by)
    return hit


@transaction.atomic
def show_body(*, by: User | None, body: BodyRecord, members: bool, dates: bool) -> PublicBody:
    """Put a body on the public pages, or change what of it is there."""
    _must_publish(by)
    now = clock.now()
    shown, new = PublicBody.objects.get_or_create(
        body=body,
        defaults={
            "members": members,
            "dates": dates,
            "since": now,
            "changed_at": now,
            "by": by,
        },
    )
    if not new:
        shown.members, shown.dates, shown.changed_at, shown.by = members, dates, now, by
        shown.save()
    note("body shown to the public" if members or dates else "body hidden", about=body, by=by)
    return shown


@transaction.atomic
def tell_what_is_due(*, by: User | None = None) -> tuple[int, int]:
    """Note in the log what became public and what ended since last time: (begun, ended).

    Nothing waits for this: a page is public because now lies inside its time.
    """
    now = clock.now()
    rows = Publication.objects.select_for_update().select_related("meeting__body")
    begun = list(rows.filter(told_at=None, visible_from__lte=now, withdrawn_at=None))
    for row in begun:
        row.told_at = now
        row.save(update_fields=["told_at"])
        note(f"{row.part} published", about=row.meeting, by=by)
    ended = list(rows.filter(ended_at=None, visible_to__lte=now, withdrawn_at=None))
    for row in ended:
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        note(f"{row.part} no longer public", about=row.meeting, by=by)
    return len(begun), len(ended)


def digest(content: snapshot.Content) -> str:
    """The digest of a copy: the same for the same content."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _must_publish(by: User | None) -> None:
    if by is not None and not by.has_perm("publishing.publish"):
        raise NotAllowed(_("Kun sekretariatet kan offentliggøre og trække tilbage."))


def _must_be_ready(
    meeting: Meeting, part: str, begins: datetime, ends: datetime | None, now: datetime
) -> None:
    reasons = []
    if meeting.state not in READY.get(Publication.Part(part), ()):
        reasons.append(
            _("Referatet kan først offentliggøres, når det er godkendt.")
            if part == Publication.Part.MINUTES
            else _("Dagsordenen kan først offentliggøres, når den er udsendt.")
        )
    if begins < now - ALMOST_NOW:
        reasons.append(_("Tidspunktet for offentliggørelsen er gået. Vælg et senere."))
    if ends is not None and ends <= max(begins, now):
        reasons.append(_("Udløbet skal ligge efter offentliggørelsen."))
    if reasons:
        raise NotAllowed(*reasons)


def _waiting(meeting: Meeting, part: str, now: datetime):
    return Publication.objects.filter(
        meeting=meeting, part=part, visible_from__gt=now, withdrawn_at=None
    )


def _keep_files(publication: Publication, meeting: Meeting) -> None:
    PublicFile.objects.bulk_create(
        PublicFile(
            publication=publication,
            annex=annex,
            uid=annex.uid,
            name=annex.name,
            file_name=annex.file_name,
            content_type=annex.content_type,
            sha256=annex.sha256,
        )
        for annex in snapshot.open_annexes(meeting)
    )
