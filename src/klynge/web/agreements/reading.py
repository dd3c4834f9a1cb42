"""What other rooms may ask of agreements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from klynge.web.agreements import course
from klynge.web.agreements.models import AgreementGoal, Process
from klynge.web.bodies.models import BodyRecord

OPEN = (Process.State.RUNNING, Process.State.HOLDS)


def goals_of(region: str, on: date) -> list[AgreementGoal]:
    """The goals of the region's agreements that hold on a day: of the region and its sundhedsråd.

    region: its code. An agreement that is still on its way has no goals that hold.
    """
    rows = AgreementGoal.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=on),
        valid_from__lte=on,
        process__holds_from__lte=on,
        process__holds_to__gte=on,
        process__state=Process.State.HOLDS,
    ).select_related("process")
    return [goal for goal in rows if course.region_of(goal.process).id == region]


def deadlines(bodies: Sequence[BodyRecord], year: int) -> list[tuple[date, str, Process]]:
    """The deadlines of a year that are still to be met, at some bodies: day, what, of which."""
    rows = Process.objects.filter(body__in=bodies, state__in=OPEN).select_related("body")
    return [
        (step.deadline, step.title, process)
        for process in rows
        for step in course.steps(process, date(year, 1, 1))
        if step.deadline and step.is_open and step.deadline.year == year
    ]
