"""Invented meetings that are under way or over: a professional level of sixteen and its minutes."""

from __future__ import annotations

from klynge.web.bodies import history
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.tests.builders import a_body, a_person, a_seat
from klynge.web.meetings import approval_rules, attendance_rules, minutes_rules
from klynge.web.meetings.minutes_rules import Came, Clash, Saved, Written
from klynge.web.meetings.models import Attendance, Item, Meeting
from klynge.web.meetings.tests.builders import WHEN, a_meeting, an_item, release

KOMMUNER = ("707", "710", "706", "730")
PRESENT, EXCUSED = Attendance.Status.PRESENT, Attendance.Status.EXCUSED


def a_professional_level(klynge: str = "rm-randers") -> BodyRecord:
    """Sixteen members: 4 for the region, 8 for the four kommuner, 2 GPs, 2 patients; a deputy."""
    found = history.find("klynge-faglig", klynge)
    if found is not None and found.memberships.exists():
        return found
    body = a_body("klynge-faglig", klynge)
    for number, area in enumerate(("somatik", "psykiatri", "anden", "anden")):
        a_seat(body, a_person(f"Regina Region {number}"), office="direktoer", area=area,
               role="medlem" if number else "formand")  # fmt: skip
    seats = []
    for number, code in enumerate(KOMMUNER):
        for which in ("Direktør", "Chef"):
            first = number == 0 and which == "Direktør"
            seats.append(
                a_seat(
                    body,
                    a_person(f"{which} Kommune {code}"),
                    party="kommune",
                    kommune=code,
                    office="direktoer" if which == "Direktør" else "chef",
                    organisation="",
                    role="formand" if first else "medlem",
                )
            )
    for name in ("Lone Læge", "Lars Læge"):
        a_seat(body, a_person(name), party="plo", office="laege", appointer="plo")
    for name in ("Palle Patient", "Pia Pårørende"):
        a_seat(body, a_person(name), party="patienter", office="anden", appointer="piu")
    a_seat(body, a_person("Stine Stedfortræder"), party="kommune", kommune="730",
           role="stedfortraeder", deputy_for=seats[-1].key)  # fmt: skip
    return body


def a_meeting_under_way(*titles: str, body: BodyRecord | None = None) -> Meeting:
    """The professional level's meeting: released, and opened on time."""
    meeting = a_meeting(body or a_professional_level())
    for title in titles or ("Akutte genindlæggelser", "Fælles visitation", "Eventuelt"):
        an_item(meeting, title)
    release(meeting)
    return attendance_rules.open_meeting(by=None, meeting=meeting, at=WHEN)


def everybody_came(meeting: Meeting) -> Meeting:
    attendance_rules.everybody_is_here(by=None, meeting=meeting)
    return meeting


def write(item: Item, text: str, base: int = 0, by=None, **clauses: str) -> Saved | Clash:
    """Save minutes; clauses by number: `c1="agreed"`."""
    rows = list(item.clauses.all())
    came = {rows[int(name[1:]) - 1].pk: Came(outcome) for name, outcome in clauses.items()}
    return minutes_rules.save(by=by, item=item, written=Written(text, came), base=base)


def a_held_meeting(*titles: str, body: BodyRecord | None = None) -> Meeting:
    """Held, everybody there, everything agreed, the minutes written."""
    meeting = everybody_came(a_meeting_under_way(*titles, body=body))
    for item in meeting.items.all():
        write(item, f"Drøftet: {item.number}.", c1="agreed", c2="agreed")
    return attendance_rules.close_meeting(by=None, meeting=meeting)


def a_meeting_in_review(*titles: str, body: BodyRecord | None = None) -> Meeting:
    meeting = a_held_meeting(*titles, body=body)
    approval_rules.send(by=None, meeting=meeting)
    meeting.refresh_from_db()
    return meeting


def an_approved_meeting(*titles: str, body: BodyRecord | None = None) -> Meeting:
    """Every member has approved the minutes."""
    meeting = a_meeting_in_review(*titles, body=body)
    for each in approval_rules.progress(meeting).answers:
        approval_rules.answer(by=None, meeting=meeting, person=each.person, approved=True)
    meeting.refresh_from_db()
    return meeting


def row_of(meeting: Meeting, name: str) -> Attendance:
    return meeting.attendance.get(person__name=name)


def items_of(meeting: Meeting) -> list[Item]:
    return list(meeting.items.order_by("number"))
