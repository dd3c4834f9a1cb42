"""Meetings that somebody with several seats cannot be at both of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any

from django.db.models import Q
from django.utils import timezone

from klynge.web.bodies.models import BodyRecord, Membership, Person
from klynge.web.meetings.models import Meeting

# From one meeting to the next people need to get there.
BETWEEN = timedelta(minutes=30)
ATTENDS = ("formand", "naestformand", "medlem", "observatoer")


@dataclass(frozen=True)
class Collision:
    """Two meetings at once for some people."""

    one: Meeting
    other: Meeting
    people: tuple[Person, ...]


def of_year(year: int) -> list[Collision]:
    """Every collision of a year, in order."""
    begins = timezone.make_aware(datetime(year, 1, 1))
    ends = timezone.make_aware(datetime(year + 1, 1, 1))
    rows = Meeting.objects.filter(begins_at__gte=begins, begins_at__lt=ends)
    return among(rows.exclude(state=Meeting.State.CANCELLED).select_related("body"))


def among(meetings: Iterable[Meeting]) -> list[Collision]:
    """The collisions among some meetings. One query, and only where two lie close."""
    by_day: dict[date, list[Meeting]] = {}
    for meeting in meetings:
        by_day.setdefault(meeting.day, []).append(meeting)
    pairs = [
        pair
        for day in sorted(by_day)
        for pair in combinations(sorted(by_day[day], key=lambda each: each.begins_at), 2)
        if pair[0].body_id != pair[1].body_id and _at_once(*pair)
    ]
    if not pairs:
        return []
    seated = _seated({meeting.body_id for pair in pairs for meeting in pair})
    found = []
    for one, other in pairs:
        both = _people(seated, one) & _people(seated, other)
        if both:
            found.append(Collision(one, other, tuple(sorted(both, key=lambda p: p.sort_key))))
    return found


def with_others(body: BodyRecord, begins_at: datetime, ends_at: datetime) -> list[Collision]:
    """What a meeting of a body at a time, which need not be there yet, would collide with."""
    near = Meeting.objects.filter(
        Q(begins_at__lt=ends_at + BETWEEN) & Q(ends_at__gt=begins_at - BETWEEN)
    )
    near = near.exclude(body=body).exclude(state=Meeting.State.CANCELLED).select_related("body")
    asked = Meeting(body=body, begins_at=begins_at, ends_at=ends_at)
    return [each for each in among([asked, *near]) if asked in (each.one, each.other)]


def _at_once(one: Meeting, other: Meeting) -> bool:
    return one.begins_at < other.ends_at + BETWEEN and other.begins_at < one.ends_at + BETWEEN


def _seated(bodies: Iterable[int]) -> Sequence[Membership]:
    rows: Any = Membership.objects.filter(body__in=bodies, role__in=ATTENDS)
    return list(rows.known_at().select_related("person"))


def _people(seated: Sequence[Membership], meeting: Meeting) -> set[Person]:
    return {
        row.person for row in seated if row.body_id == meeting.body_id and row.holds_on(meeting.day)
    }
