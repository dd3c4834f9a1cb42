"""The demo's decisions: what the political level decided in March, one of them overdue."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from klynge.web.accounts.models import User
from klynge.web.bodies import clock
from klynge.web.decisions import home_rules, rules
from klynge.web.decisions.models import Decision
from klynge.web.decisions.rules import New
from klynge.web.meetings.models import Clause, Meeting

PLACE = "rm-randers"
# Until when, and how it went so far: the date, the words. The demo stands at 15 September 2024.
DEADLINES = (date(2024, 8, 30), date(2024, 10, 8))
TOLD = (
    (0, date(2024, 5, 14), "Kommunerne og hospitalet har valgt, hvilke indlæggelser der tælles."),
    (0, date(2024, 8, 27), "Udkastet til mål er sendt rundt. To kommuner har ikke svaret endnu."),
    (1, date(2024, 8, 27), "Arbejdsgruppen lægger sin plan frem til mødet i oktober."),
)


@transaction.atomic
def fill() -> int:
    """Take the decisions of the held meeting; does nothing the second time. Gives their number."""
    meeting = (
        Meeting.objects.filter(
            body__kind="klynge-politisk", body__place=PLACE, state=Meeting.State.APPROVED
        )
        .select_related("body")
        .first()
    )
    if meeting is None or Decision.objects.filter(meeting=meeting).exists():
        return Decision.objects.count()
    settled = (Clause.Outcome.AGREED, Clause.Outcome.CHANGED)
    clauses = list(Clause.objects.filter(item__meeting=meeting, outcome__in=settled))
    chair = meeting.attendance.filter(role="formand").first()
    with clock.at(clock.noon_of(date(2024, 4, 2))):
        taken = rules.take_from_minutes(
            by=None,
            meeting=meeting,
            decisions=[
                New(
                    item=clause.item,
                    clause=clause,
                    text=clause.decision or f"At {clause.text}.",
                    responsible=chair.person if chair else None,
                    deadline=deadline if chair else None,
                )
                for clause, deadline in zip(clauses, DEADLINES, strict=False)
            ],
        )
        home_rules.carry_home(by=None, decision=taken[0])
    secretary = User.objects.filter(username="sekretariat").first()
    for number, day, text in TOLD:
        with clock.at(clock.noon_of(day)):
            state = Decision.State.RUNNING
            rules.follow_up(by=secretary, decision=taken[number], text=text, state=state)
    return Decision.objects.count()
