"""Meetings as iCalendar (RFC 5545, RFC 5546): feeds to follow, and invitations that update rightly.

A meeting keeps its UID for ever. Its SEQUENCE goes up only when time or place changes, so that a
calendar asks people to answer again only then. A cancellation is the same UID with the next
SEQUENCE. No item's title or text is ever written into a calendar.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vCalAddress

from klynge.web.meetings.calendar_times import ZONE, is_ambiguous
from klynge.web.meetings.models import Meeting

PRODUCT = "-//Klynge//Klynge//DA"
TYPE = "text/calendar"
PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"

# Our own, and not the library's: that one lists every change to 2038 and starts summer time an hour
# late. The rules are those of directive 2000/84/EC.
_VTIMEZONE = """BEGIN:VTIMEZONE
TZID:Europe/Copenhagen
X-LIC-LOCATION:Europe/Copenhagen
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")

_STATUS = {Meeting.State.PROPOSED: "TENTATIVE", Meeting.State.CANCELLED: "CANCELLED"}


@dataclass(frozen=True)
class Entry:
    """What a calendar shows of one meeting: whoever writes the feed decides what that is.

    address: the page of the meeting. where: the place, and the online address when the reader may
    have it.
    """

    uid: str
    sequence: int
    state: str
    what: str
    begins_at: datetime
    ends_at: datetime
    where: str = ""
    text: str = ""
    address: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True)
class Party:
    """Somebody an invitation is from or to."""

    name: str
    email: str


def for_members(
    meeting: Meeting, address: str = "", *, sequence: int | None = None, at: datetime | None = None
) -> Entry:
    """What a member of the body sees: with the online address, without anything of the agenda.

    sequence, at: when a message needs another number or another stamp than the meeting has.
    """
    where = ", ".join(part for part in (meeting.place, meeting.online_address) if part)
    lines = [str(meeting.body), _state_in_words(meeting)]
    if meeting.online_address:
        lines.append(_("Deltag online: {address}").format(address=meeting.online_address))
    if address:
        lines.append(_("Dagsorden og bilag: {address}").format(address=address))
    return Entry(
        uid=uid_of(meeting),
        sequence=meeting.sequence if sequence is None else sequence,
        state=meeting.state,
        what=meeting.title or _("Møde i {body}").format(body=meeting.body),
        begins_at=meeting.begins_at,
        ends_at=meeting.ends_at,
        where=where,
        text="\n".join(line for line in lines if line),
        address=address,
        changed_at=at or meeting.changed_at,
    )


def for_the_public(meeting: Meeting, address: str = "") -> Entry:
    """What everybody may see: the body, the time and the place. Not its title, nor how to join."""
    return Entry(
        uid=uid_of(meeting),
        sequence=meeting.sequence,
        state=meeting.state,
        what=_("Møde i {body}").format(body=meeting.body),
        begins_at=meeting.begins_at,
        ends_at=meeting.ends_at,
        where=meeting.place,
        text=_state_in_words(meeting),
        address=address,
        changed_at=meeting.changed_at,
    )


def uid_of(meeting: Meeting) -> str:
    """The meeting's name in every calendar."""
    return f"{meeting.uid}@klynge"


def feed(entries: Iterable[Entry], name: str) -> bytes:
    """A calendar to follow. Programs are told to look again after some hours."""
    calendar = _calendar(PUBLISH)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", str(ZONE))
    calendar.add("refresh-interval", timedelta(hours=4), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    calendar.add_component(Timezone.from_ical(_VTIMEZONE))
    for entry in entries:
        calendar.add_component(_event(entry))
    return calendar.to_ical()


def invitation(entry: Entry, organiser: Party, invited: Iterable[Party]) -> bytes:
    """An invitation, or the newer one that replaces it: the same UID, METHOD REQUEST."""
    calendar = _calendar(REQUEST)
    calendar.add_component(Timezone.from_ical(_VTIMEZONE))
    event = _event(entry)
    _add_parties(event, organiser, invited, asks=True)
    calendar.add_component(event)
    return calendar.to_ical()


def cancellation(entry: Entry, organiser: Party, invited: Iterable[Party]) -> bytes:
    """That a meeting is off, or that somebody is no longer invited: the same UID, METHOD CANCEL.

    Times are in UTC: some versions of Outlook refuse a cancellation that names a time zone.
    """
    calendar = _calendar(CANCEL)
    event = _event(entry, in_utc=True)
    event.pop("status", None)
    event.add("status", "CANCELLED")
    _add_parties(event, organiser, invited, asks=False)
    calendar.add_component(event)
    return calendar.to_ical()


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _state_in_words(meeting: Meeting) -> str:
    if meeting.state == Meeting.State.PROPOSED:
        return _("Datoen er et forslag.")
    if meeting.state == Meeting.State.CANCELLED:
        return _("Mødet er aflyst.")
    return ""


def _event(entry: Entry, *, in_utc: bool = False) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    stamp = (entry.changed_at or timezone.now()).astimezone(UTC).replace(microsecond=0)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("dtstart", _when(entry.begins_at, in_utc))
    event.add("dtend", _when(entry.ends_at, in_utc))
    event.add("summary", entry.what)
    for name, value in (("location", entry.where), ("description", entry.text)):
        if value:
            event.add(name, value)
    if entry.address:
        event.add("url", entry.address)
    event.add("status", _STATUS.get(Meeting.State(entry.state), "CONFIRMED"))
    event.add("transp", "TRANSPARENT" if entry.state == Meeting.State.CANCELLED else "OPAQUE")
    return event


def _when(moment: datetime, in_utc: bool) -> datetime:
    """Danish time by name, so that a calendar follows the clock.

    In the hour that comes twice a Danish time cannot say which of the two is meant: there UTC is
    written, which can.
    """
    moment = moment.replace(microsecond=0)
    if in_utc or is_ambiguous(moment):
        return moment.astimezone(UTC)
    return moment.astimezone(ZONE)


def _add_parties(event: Event, organiser: Party, invited: Iterable[Party], *, asks: bool) -> None:
    event.add("organizer", _address(organiser))
    for party in invited:
        attendee = _address(party)
        attendee.params["ROLE"] = "REQ-PARTICIPANT"
        if asks:
            attendee.params["PARTSTAT"] = "NEEDS-ACTION"
            attendee.params["RSVP"] = "TRUE"
        event.add("attendee", attendee, encode=False)


def _address(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{party.email}")
    # Control characters and quotes would end the parameter, and what follows would be read.
    name = "".join(letter for letter in party.name if letter.isprintable() and letter != '"')
    address.params["CN"] = name
    return address
