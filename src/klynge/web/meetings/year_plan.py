"""Next year's dates: a proposal from the law's number, the body's rhythm, and the other bodies.

The professional level meets before the political one, and that before the SSU, so that what one
recommends can be on the next one's agenda: each lays its dates by those of the body it works
towards, the rest evenly over the year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from klynge import structure
from klynge.web.bodies import local_rules
from klynge.web.bodies.models import BodyRecord
from klynge.web.meetings import days_off
from klynge.web.meetings.models import Meeting, Rhythm

# Towards which body each works, by kind; the place is the same or the region it lies in.
TOWARDS = {
    "klynge-faglig": "klynge-politisk",
    "klynge-politisk": "ssu",
    "patient-og-paaroerendeudvalg": "sundhedsraad",
    "patientinddragelsesudvalg": "ssu",
}
AHEAD = timedelta(weeks=4)  # between one body's meeting and that of the body it works towards
A_WEEK = timedelta(weeks=1)
LEAST_AHEAD = timedelta(days=15)  # two weeks to hand items in, and a day to write them
EARLIEST, LATEST = (1, 13), (12, 15)
USUALLY = 4
NOT_COUNTED = (Meeting.State.CANCELLED, Meeting.State.PROPOSED)


@dataclass(frozen=True)
class Habit:
    """How a body usually meets. how_many: meetings a year, with where that is from in words."""

    weekday: int | None
    begins: time
    minutes: int
    place: str
    how_many: int
    because: str


@dataclass(frozen=True)
class Date:
    """One proposed date. before: the meeting of the body it works towards, if it was laid by it."""

    begins_at: datetime
    ends_at: datetime
    before: Meeting | None = None

    @property
    def day(self) -> date:
        return timezone.localtime(self.begins_at).date()


def propose(body: BodyRecord, year: int, towards: Sequence[Meeting] | None = None) -> list[Date]:
    """Dates for the meetings a body still lacks in a year, in order.

    towards: the meetings of the body it works towards; None: those that are laid already.
    """
    usual = habit(body, year)
    there = sorted(meeting.day for meeting in of_year(body, year))
    lacking = usual.how_many - len(there)
    if lacking <= 0:
        return []
    if towards is None:
        above = works_towards(body)
        towards = list(of_year(above, year)) if above else []
    first, last = _span(body, year)
    if first > last:
        return []
    ideals = _ideals(there, lacking, towards, first, last)
    found = []
    for ideal, before in ideals:
        latest = before.day - LEAST_AHEAD if before else last
        day = _nearest_day(ideal, usual.weekday, there, first, min(latest, last))
        if day is not None:
            there.append(day)
            found.append(_date(day, usual, before))
    return sorted(found, key=lambda each: each.begins_at)


def habit(body: BodyRecord, year: int) -> Habit:
    """How a body meets: as is settled in its rhythm, else as it met the year before."""
    rhythm = Rhythm.objects.filter(body=body).first()
    past = list(of_year(body, year - 1).exclude(state=Meeting.State.PROPOSED))
    begun = [timezone.localtime(meeting.begins_at) for meeting in past]
    how_many, because = _how_many(body, year, rhythm, len(past))
    usual = rhythm or Rhythm(body=body)
    if rhythm is not None or not past:
        return Habit(usual.weekday, usual.begins, usual.minutes, usual.place, how_many, because)
    lasted = [int((each.ends_at - each.begins_at).total_seconds() // 60) for each in past]
    return Habit(
        weekday=_most_common([each.weekday() for each in begun]),
        begins=_most_common([each.time() for each in begun]) or usual.begins,
        minutes=_most_common(lasted) or usual.minutes,
        place=_most_common([each.place for each in past]) or "",
        how_many=how_many,
        because=because,
    )


def least(kind: str, on: date) -> tuple[int, str]:
    """The least number of meetings a year by law, and its paragraph; 0 when it says nothing."""
    for rule in structure.rules(kind, on):
        if "meetings" in (rule.test or {}):
            return int(rule.test["meetings"]), rule.paragraph
    return 0, ""


def works_towards(body: BodyRecord) -> BodyRecord | None:
    """The body whose agenda this one prepares; None when it is not recorded or there is none."""
    kind = TOWARDS.get(body.kind)
    if kind is None:
        return None
    place = body.place
    if kind == "ssu" and body.place_kind != "region":
        place = structure.place(body.place_kind, body.place).region
    return BodyRecord.objects.filter(kind=kind, place=place).first()


def of_year(body: BodyRecord, year: int) -> Any:
    """A body's meetings in a year, proposed ones too, without cancelled ones."""
    begins = timezone.make_aware(datetime(year, 1, 1))
    ends = timezone.make_aware(datetime(year + 1, 1, 1))
    rows = Meeting.objects.filter(body=body, begins_at__gte=begins, begins_at__lt=ends)
    return rows.exclude(state=Meeting.State.CANCELLED).select_related("body")


def _how_many(body: BodyRecord, year: int, rhythm: Rhythm | None, held: int) -> tuple[int, str]:
    """The largest of what law, forretningsorden and rhythm say; last year's number without them."""
    first = date(year, 1, 1)
    by_law, paragraph = least(body.kind, first)
    said = local_rules.local_rule(body, "meetings", first)
    ways = [
        (by_law, _("mindst {n} efter {paragraph}").format(n=by_law, paragraph=paragraph)),
        (int(said or 0), _("efter forretningsordenen")),
        ((rhythm.meetings_a_year or 0) if rhythm else 0, _("efter organets rytme")),
    ]
    if not any(ways[number][0] for number in (1, 2)):
        ways.append((held, _("som året før")))
    number, because = max(ways, key=lambda way: way[0])
    return (number, because) if number else (USUALLY, _("intet er fastsat"))


def _span(body: BodyRecord, year: int) -> tuple[date, date]:
    """The days of a year on which meetings are laid, as far as the body is there."""
    first, last = date(year, *EARLIEST), date(year, *LATEST)
    return max(first, body.valid_from), min(last, body.valid_to or last)


def _ideals(
    there: Sequence[date], lacking: int, towards: Sequence[Meeting], first: date, last: date
) -> list[tuple[date, Meeting | None]]:
    """Where the dates would best lie: ahead of the other body's meetings, the rest in the gaps."""
    open_ones = [
        meeting
        for meeting in sorted(towards, key=lambda each: each.begins_at)
        if meeting.day - AHEAD >= first - A_WEEK and not _prepared(meeting, there)
    ]
    chosen = _spread(open_ones, lacking)
    found: list[tuple[date, Meeting | None]] = [
        (meeting.day - AHEAD, meeting) for meeting in chosen
    ]
    taken = [*there, *(day for day, _before in found)]
    while len(found) < lacking:
        day = _middle_of_largest_gap(taken, first, last, lacking - len(found))
        taken.append(day)
        found.append((day, None))
    return found


def _prepared(meeting: Meeting, there: Sequence[date]) -> bool:
    """Whether a date lies well ahead of a meeting already."""
    return any(LEAST_AHEAD <= meeting.day - day <= 2 * AHEAD for day in there)


def _spread(rows: list[Meeting], number: int) -> list[Meeting]:
    """At most `number` of the rows, evenly chosen, the last one always among them."""
    if len(rows) <= number:
        return rows
    return [rows[-(-(each + 1) * len(rows) // number) - 1] for each in range(number)]


def _middle_of_largest_gap(taken: Sequence[date], first: date, last: date, lacking: int) -> date:
    """The middle of the largest gap; of an empty year the first of `lacking` even parts."""
    if not taken:
        return first + (last - first) / (2 * lacking)
    days = sorted(taken)
    gaps = [
        # The ends of the year count double: nobody meets on its first or last day.
        (2 * (days[0] - first), first, days[0]),
        *((after - before, before, after) for before, after in pairwise(days)),
        (2 * (last - days[-1]), days[-1], last),
    ]
    size, begins, ends = max(gaps)
    if begins == first:
        return first + (ends - first) / 3
    if ends == last:
        return last - (last - begins) / 3
    return begins + size / 2


def _nearest_day(
    ideal: date, weekday: int | None, taken: Sequence[date], first: date, last: date
) -> date | None:
    """The day nearest to the ideal that nothing speaks against; any weekday if none fits."""
    for wanted in dict.fromkeys((weekday, None)):
        for away in range(60):
            for day in (ideal - timedelta(days=away), ideal + timedelta(days=away)):
                fits = wanted is None or day.weekday() == wanted
                free = all(abs((day - other).days) >= 7 for other in taken)
                if fits and free and first <= day <= last and not days_off.why_not(day):
                    return day
    return None


def _date(day: date, usual: Habit, before: Meeting | None) -> Date:
    begins = timezone.make_aware(datetime.combine(day, usual.begins))
    return Date(begins, begins + timedelta(minutes=usual.minutes), before)


def _most_common(values: Sequence[Any]) -> Any:
    return Counter(values).most_common(1)[0][0] if values else None
