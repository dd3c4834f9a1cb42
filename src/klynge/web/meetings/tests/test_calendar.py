"""Calendars, read back by two other libraries: times, updates, cancellations."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import ics
import pytest
import vobject

from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import calendar, calendar_times, rules
from klynge.web.meetings.calendar import Entry, Party
from klynge.web.meetings.tests.builders import MARKER, a_closed_item, a_meeting, release

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SENDER, GUEST = Party("Sekretariatet", "sekr@example.org"), Party("Ane Åby", "ane@example.org")


def _entry(begins: datetime, ends: datetime, **more) -> Entry:
    values = {"uid": "u@klynge", "sequence": 0, "state": "planned", "what": "Møde; med, tegn"}
    return Entry(**values | more, begins_at=begins, ends_at=ends)


def _by_ics(content: bytes):
    return next(iter(ics.Calendar(content.decode()).events))


def _by_vobject(content: bytes):
    return vobject.readOne(content.decode()).vevent


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        # Sunday 25 October 2026 the clock is put back: before, across and after.
        (
            datetime(2026, 10, 24, 9, tzinfo=COPENHAGEN),
            datetime(2026, 10, 24, 11, tzinfo=COPENHAGEN),
        ),
        (datetime(2026, 10, 25, 0, tzinfo=UTC), datetime(2026, 10, 25, 2, tzinfo=UTC)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 3, tzinfo=UTC)),
        (
            datetime(2026, 10, 26, 9, tzinfo=COPENHAGEN),
            datetime(2026, 10, 26, 11, tzinfo=COPENHAGEN),
        ),
        # Sunday 29 March 2026 it is put forward.
        (datetime(2026, 3, 29, 0, tzinfo=UTC), datetime(2026, 3, 29, 2, tzinfo=UTC)),
        (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (datetime(2026, 7, 1, 9, tzinfo=COPENHAGEN), datetime(2026, 7, 1, 10, tzinfo=COPENHAGEN)),
    ],
)
@pytest.mark.parametrize("how", ["feed", "invitation", "cancellation"])
def test_two_other_libraries_read_the_same_moments(begins, ends, how):
    entry = _entry(begins, ends)
    content = (
        calendar.feed([entry], "Møder")
        if how == "feed"
        else getattr(calendar, how)(entry, SENDER, [GUEST])
    )

    one, other = _by_ics(content), _by_vobject(content)

    assert (one.begin.datetime, one.end.datetime) == (begins, ends)
    assert other.dtstart.value.astimezone(UTC) == begins.astimezone(UTC)
    assert other.dtend.value.astimezone(UTC) == ends.astimezone(UTC)


def test_our_time_zone_agrees_with_the_system_on_every_change_of_forty_years():
    entry = _entry(datetime(2026, 9, 1, 9, tzinfo=UTC), datetime(2026, 9, 1, 10, tzinfo=UTC))
    zone = vobject.readOne(calendar.feed([entry], "Møder").decode()).vtimezone.tzinfo

    for year in range(1997, 2037):
        for month in (3, 10):
            day = max(n for n in range(25, 32) if date(year, month, n).weekday() == 6)
            for hour in (0, 1, 3, 4):
                local = datetime(year, month, day, hour, 30)
                ours, theirs = local.replace(tzinfo=zone), local.replace(tzinfo=COPENHAGEN)
                assert ours.utcoffset() == theirs.utcoffset(), local


def test_a_time_that_comes_twice_is_told_and_not_guessed():
    with pytest.raises(NotAllowed, match="kommer to gange"):
        calendar_times.moment(date(2026, 10, 25), time(2, 30))


def test_a_time_that_is_not_there_is_told():
    with pytest.raises(NotAllowed, match="findes ikke"):
        calendar_times.moment(date(2026, 3, 29), time(2, 30))


def test_a_time_beside_the_change_is_one_moment():
    found = calendar_times.moment(date(2026, 10, 25), time(3, 0))

    assert found.astimezone(UTC) == datetime(2026, 10, 25, 2, tzinfo=UTC)


def test_lines_are_folded_by_bytes_and_signs_are_escaped():
    entry = _entry(
        datetime(2026, 9, 1, 9, tzinfo=COPENHAGEN),
        datetime(2026, 9, 1, 10, tzinfo=COPENHAGEN),
        what="Æøå, " * 40,
        where="Sal 1; Rådhuset, København",
    )
    content = calendar.feed([entry], "Møder")

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert _by_vobject(content).summary.value == entry.what
    assert _by_vobject(content).location.value == entry.where


@pytest.mark.django_db
def test_the_number_goes_up_when_time_or_place_changes_and_at_no_other_time():
    meeting = a_meeting(place="Rådhuset")
    rules.change_meeting(by=None, meeting=meeting, title="Et andet navn")
    meeting.refresh_from_db()
    assert _sequence(calendar.for_members(meeting)) == 0

    rules.change_meeting(by=None, meeting=meeting, place="Hospitalet")
    meeting.refresh_from_db()
    assert _sequence(calendar.for_members(meeting)) == 1


def _sequence(entry: Entry) -> int:
    return int(_by_vobject(calendar.invitation(entry, SENDER, [GUEST])).sequence.value)


@pytest.mark.django_db
def test_a_cancellation_has_the_same_uid_and_a_higher_number_and_no_time_zone():
    meeting = a_meeting()
    before = _by_vobject(calendar.invitation(calendar.for_members(meeting), SENDER, [GUEST]))
    rules.cancel_meeting(by=None, meeting=meeting, because="Sygdom")
    meeting.refresh_from_db()
    content = calendar.cancellation(calendar.for_members(meeting), SENDER, [GUEST])
    after = _by_vobject(content)

    assert after.uid.value == before.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.status.value == "CANCELLED"
    assert b"METHOD:CANCEL" in content
    assert b"TZID" not in content


@pytest.mark.django_db
def test_the_public_entry_tells_neither_title_nor_how_to_join():
    meeting = a_meeting(title="Hemmelig titel", online_address="https://video.example.org/rum")
    content = calendar.feed([calendar.for_the_public(meeting)], "Møder").decode()

    assert "Hemmelig" not in content
    assert "video.example.org" not in content
    assert "video.example.org" in calendar.feed([calendar.for_members(meeting)], "x").decode()


@pytest.mark.django_db
def test_nothing_of_an_agenda_is_in_a_calendar():
    meeting = a_meeting()
    a_closed_item(meeting)
    release(meeting)

    for entry in (calendar.for_members(meeting), calendar.for_the_public(meeting)):
        assert MARKER not in calendar.feed([entry], "Møder").decode()


def test_a_name_cannot_smuggle_a_line_in():
    entry = _entry(
        datetime(2026, 9, 1, 9, tzinfo=COPENHAGEN), datetime(2026, 9, 1, 10, tzinfo=COPENHAGEN)
    )
    sly = Party('X"\r\nATTENDEE:mailto:evil@example.org', "x@example.org")
    content = calendar.invitation(replace(entry, what="a\r\nSTATUS:CANCELLED"), SENDER, [sly])

    assert len(_by_vobject(content).contents["attendee"]) == 1
    assert _by_vobject(content).status.value == "CONFIRMED"
