"""Who follows the meetings in a calendar, and who was invited: secret addresses and invitations."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from email.mime.text import MIMEText

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import clock, history
from klynge.web.bodies.models import Contact, Membership, Person
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import calendar
from klynge.web.meetings.calendar import CANCEL, REQUEST, Entry, Party
from klynge.web.meetings.models import Meeting
from klynge.web.publishing.models import CalendarAddress, Invitation


@dataclass(frozen=True)
class Line:
    """One person and one meeting: what they were sent last, and what they should be sent now.

    wants: REQUEST, CANCEL, or "" when what they have is right.
    """

    person: Person
    email: str
    last: Invitation | None
    wants: str


@transaction.atomic
def make_address(*, by: User) -> str:
    """A new secret for the user's own calendar; the one before stops working. Shown only now."""
    person = _person_of(by)
    now = clock.now()
    CalendarAddress.objects.select_for_update().filter(person=person, revoked_at=None).update(
        revoked_at=now
    )
    token = secrets.token_urlsafe(32)
    CalendarAddress.objects.create(person=person, digest=digest(token), made_at=now)
    note("calendar address made", about=person, by=by)
    return token


@transaction.atomic
def revoke_address(*, by: User) -> None:
    """Let the user's secret address stop working."""
    person = _person_of(by)
    changed = CalendarAddress.objects.filter(person=person, revoked_at=None).update(
        revoked_at=clock.now()
    )
    if changed:
        note("calendar address revoked", about=person, by=by)


def person_behind(token: str) -> Person | None:
    """Whose calendar a secret address is; None when it is not in use."""
    found = CalendarAddress.objects.filter(digest=digest(token), revoked_at=None)
    row = found.select_related("person__user").first()
    # Who may no longer log in, or whose log-in is no longer this person's, may no longer follow.
    if row is None or row.person.user is None or not row.person.user.is_active:
        return None
    return row.person


def meetings_of(person: Person) -> list[Meeting]:
    """The meetings of the bodies a person sits in, on days when they do."""
    seats = list(Membership.objects.filter(person=person).known_at())
    rows = Meeting.objects.filter(body__in={seat.body_id for seat in seats})
    return [
        meeting
        for meeting in rows.select_related("body").order_by("begins_at", "pk")
        if any(seat.body_id == meeting.body_id and seat.holds_on(_day(meeting)) for seat in seats)
    ]


def lines(meeting: Meeting) -> list[Line]:
    """Who sits in the body on the day or was invited before, and what each should be sent."""
    called = {row.person_id: row.person for row in history.as_of(meeting.body, _day(meeting))}
    last = {
        row.person_id: row
        for row in Invitation.objects.filter(meeting=meeting).select_related("person")
    }
    people = called | {key: row.person for key, row in last.items()}
    emails = dict(
        Contact.objects.filter(person__in=people).exclude(email="").values_list("person", "email")
    )
    off = meeting.state in (Meeting.State.CANCELLED, Meeting.State.PROPOSED)
    return [
        Line(
            person,
            emails.get(key, ""),
            last.get(key),
            _wants(meeting, last.get(key), invited=key in called and not off),
        )
        for key, person in sorted(people.items(), key=lambda each: each[1].sort_key)
    ]


@transaction.atomic
def send(*, by: User | None, meeting: Meeting, address: str) -> int:
    """Send everybody what they should have, and nobody what they have. Returns how many were sent.

    address: of the meeting's page. Raises NotAllowed, also when nobody can be reached. Whoever the
    mail server refuses still waits for the message; what was sent to the others stays sent.
    """
    if by is not None and not by.has_perm("publishing.publish"):
        raise NotAllowed(_("Kun sekretariatet kan sende indkaldelser."))
    meeting = Meeting.objects.select_for_update().select_related("body").get(pk=meeting.pk)
    everybody = lines(meeting)
    wanted = [each for each in everybody if each.wants]
    reached = [each for each in wanted if each.email]
    if wanted and not reached and not any(each.last for each in everybody):
        raise NotAllowed(
            _(
                "Ingen af dem, der skal have besked, har en e-mailadresse."
                " Skriv den på personens side."
            )
        )
    sent = sum(_send_one(meeting, line, address, by) for line in reached)
    if reached and not sent:
        raise NotAllowed(_("Mailserveren tog ikke imod noget. Prøv igen senere."))
    if sent:
        note(f"invitations sent: {sent}", about=meeting, by=by)
    return sent


def digest(token: str) -> str:
    """What is kept of a secret address."""
    return hashlib.sha256(token.encode()).hexdigest()


def entries_for(person: Person, address_of) -> Iterable[Entry]:
    """A person's own calendar. `address_of` gives the address of a meeting's page."""
    return [calendar.for_members(each, address_of(each)) for each in meetings_of(person)]


def _wants(meeting: Meeting, last: Invitation | None, *, invited: bool) -> str:
    if not invited:
        return CANCEL if last is not None and last.method == REQUEST else ""
    fresh = last is not None and last.method == REQUEST and last.sequence >= meeting.sequence
    return "" if fresh else REQUEST


def _send_one(meeting: Meeting, line: Line, address: str, by: User | None) -> bool:
    """Send one message, and keep that it was sent; False when the mail server did not take it."""
    now = clock.now()
    last = line.last.sequence if line.last else -1
    # A newer message must never carry a lower number, or calendars throw it away.
    number = max(
        meeting.sequence, last + 1 if line.last and line.wants != line.last.method else last
    )
    entry = calendar.for_members(meeting, address, sequence=number, at=now)
    write = calendar.invitation if line.wants == REQUEST else calendar.cancellation
    content = write(entry, organiser(), [Party(line.person.name, line.email)])
    try:
        _mail(meeting, line, content, address).send()
    except OSError:  # every fault of a mail server is one, a wrong address too
        return False
    Invitation.objects.create(
        meeting=meeting,
        person=line.person,
        method=line.wants,
        sequence=number,
        sent_at=now,
        by=by,
    )
    return True


def organiser() -> Party:
    """Who invitations are from: the site's own address."""
    return Party(str(_("Sekretariatet")), settings.DEFAULT_FROM_EMAIL)


def _mail(meeting: Meeting, line: Line, content: bytes, address: str) -> EmailMessage:
    """Body, time and place; never anything of the agenda."""
    local = timezone.localtime(meeting.begins_at)
    when = f"{date_format(local.date(), 'DATE_FORMAT')} {local:%H:%M}"
    off = line.wants == CANCEL
    subject = (_("Aflyst: {body}, {when}") if off else _("Indkaldelse: {body}, {when}")).format(
        body=meeting.body, when=when
    )
    text = (
        _("Mødet i {body} {when} er aflyst, eller du er ikke længere indkaldt.")
        if off
        else _("Du er indkaldt til møde i {body} {when}. Sted: {place}.")
    ).format(body=meeting.body, when=when, place=meeting.place or "–")
    mail = EmailMessage(
        subject=" ".join(subject.split()),
        body=text if off else f"{text}\n\n{address}\n",
        to=[line.email],
    )
    part = MIMEText(content.decode(), "calendar", "utf-8")
    part.set_param("method", line.wants)
    part.add_header("Content-Disposition", "attachment", filename="moede.ics")
    mail.attach(part)
    return mail


def _person_of(user: User) -> Person:
    person = Person.objects.filter(user=user).first()
    if person is None:
        raise NotAllowed(
            _("Din bruger er ikke knyttet til en person. Bed sekretariatet om at gøre det.")
        )
    return person


def _day(meeting: Meeting) -> date:
    return timezone.localtime(meeting.begins_at).date()
