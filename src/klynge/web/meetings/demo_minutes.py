"""The demo's held meeting: the political level in March 2024, with minutes that are approved.

Who speaks and what is decided is made up.
"""

from __future__ import annotations

from datetime import date, time

from klynge.web.bodies import clock
from klynge.web.meetings import (
    approval_rules,
    attendance_rules,
    calendar_times,
    house_rules,
    minutes_rules,
)
from klynge.web.meetings.attendance_rules import Change
from klynge.web.meetings.minutes_rules import Came, Written
from klynge.web.meetings.models import Attendance, ItemAbsence, Meeting

HELD = date(2024, 3, 12)
PARTIES = ("kommune", "plo")
MINUTES = {
    "Godkendelse af dagsorden": ("Dagsordenen blev godkendt.", ()),
    "Fælles mål for ældre med flere indlæggelser": (
        "Niveauet drøftede de tre emner.\n\n"
        "- Kommunerne ser flest akutte indlæggelser fra plejehjem.\n"
        "- Almen praksis ønsker én indgang til akutpladserne.\n"
        "- Patientrepræsentanterne bad om, at de pårørende høres, før målet gøres op.",
        (
            Came("agreed"),
            Came("changed", "Planen skal også vise, hvad almen praksis har brug for."),
        ),
    ),
    "Midler til arbejdet på tværs": (
        "Region og kommuner drøftede fordelingen. Sagen kommer igen, når rammen kendes.",
        (Came("noted"),),
    ),
    "Gensidig orientering": ("Parterne orienterede om sommerens bemanding.", ()),
    "Eventuelt": ("Intet at bemærke.", ()),
}
DISSENT = "Målet bør også gælde borgere under 65 år."


def hold(meeting: Meeting) -> Meeting:
    """Open, attend, write, close and approve; gives the meeting as it is afterwards."""
    opened = calendar_times.moment(HELD, time(9, 2))
    with clock.at(opened):
        meeting = attendance_rules.open_meeting(by=None, meeting=meeting, at=opened)
        _attend(meeting)
        _write(meeting)
        closed = calendar_times.moment(HELD, time(10, 48))
        meeting = attendance_rules.close_meeting(by=None, meeting=meeting, at=closed)
    with clock.at(clock.noon_of(date(2024, 3, 15))):
        approval_rules.send(by=None, meeting=meeting, due_on=date(2024, 3, 26))
    _approve(meeting)
    meeting.refresh_from_db()
    return meeting


def _attend(meeting: Meeting) -> None:
    attendance_rules.everybody_is_here(by=None, meeting=meeting)
    members = list(meeting.attendance.filter(counts=True, role="medlem").order_by("pk"))
    # One of each of two parties, so that every party is there all the same.
    of_party = {party: [row for row in members if row.party == party] for party in PARTIES}
    away = [rows[-1] for rows in of_party.values() if len(rows) > 1]
    late = of_party["kommune"][0]
    second = meeting.items.exclude(number=None).order_by("number")[1]
    here = {"status": Attendance.Status.PRESENT}
    attendance_rules.record(
        by=None,
        meeting=meeting,
        changes=[
            *(Change(row.pk, here, {"status": Attendance.Status.EXCUSED}) for row in away),
            Change(late.pk, {"joined_id": None}, {"joined_id": second.pk}),
        ],
    )
    money = meeting.items.filter(authorities_only=True).first()
    if money is not None:
        attendance_rules.step_out(
            by=None,
            item=money,
            attendance=of_party["kommune"][1],
            why=ItemAbsence.Why.CONFLICT,
            reason="Sidder i bestyrelsen for en ansøger",
        )


def _write(meeting: Meeting) -> None:
    for item in meeting.items.exclude(number=None):
        text, came = MINUTES.get(item.title, ("", ()))
        clauses = dict(zip(item.clauses.values_list("pk", flat=True), came, strict=False))
        if text:
            minutes_rules.save(by=None, item=item, written=Written(text, clauses), base=0)
    goal = meeting.items.filter(title=list(MINUTES)[1]).first()
    doctor = meeting.attendance.filter(party="plo", counts=True, status="present").first()
    if goal is not None and doctor is not None:
        minutes_rules.add_dissent(by=None, item=goal, attendance=doctor, text=DISSENT)


def _approve(meeting: Meeting) -> None:
    """Everybody who must says yes; the chairs alone do it once the deadline has passed."""
    rule, _why = house_rules.approval(meeting.body, meeting.day)
    must = approval_rules.must_approve(meeting, rule)
    with clock.at(clock.noon_of(date(2024, 3, 27))):
        for each in approval_rules.progress(meeting).answers:
            meeting.refresh_from_db()
            if each.person.pk in must and meeting.state == Meeting.State.MINUTES_REVIEW:
                approval_rules.answer(by=None, meeting=meeting, person=each.person, approved=True)
