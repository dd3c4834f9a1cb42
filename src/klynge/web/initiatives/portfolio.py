"""Initiatives found and laid out: the list, the board, the timeline, the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from klynge.web.initiatives.models import (
    OPEN,
    Crossing,
    Initiative,
    Milestone,
    Model,
    StatusReport,
    TargetGroup,
)

State = Initiative.State
COLUMNS = (
    State.NEED, State.IDEA, State.PROPOSAL, State.DECIDED, State.RUNNING, State.EVALUATED,
    State.SPREAD,
)  # fmt: skip


@dataclass(frozen=True)
class Filter:
    """What a reader asks to see; empty is everything."""

    state: str = ""
    group: str = ""
    crossing: str = ""
    indicator: str = ""
    body: str = ""
    text: str = ""

    @classmethod
    def of(cls, asked: QueryDict) -> Filter:
        """The filter in an address; words that are not there are left out."""
        state, group = asked.get("tilstand", ""), asked.get("maalgruppe", "")
        crossing = asked.get("overgang", "")
        return cls(
            state=state if state in (*State.values, "alle") else "",
            group=group if group in TargetGroup.values else "",
            crossing=crossing if crossing in Crossing.values else "",
            indicator=asked.get("noegletal", "")[:100],
            body=asked.get("organ", "") if asked.get("organ", "").isdecimal() else "",
            text=asked.get("q", "").strip()[:100],
        )

    def found(self) -> list[Initiative]:
        """The initiatives, by title; those that are over only when asked for."""
        rows = Initiative.objects.select_related("body", "leader", "adopted_from")
        rows = rows.prefetch_related("goals")
        if self.state == "":
            rows = rows.filter(state__in=(*OPEN, State.SPREAD))
        elif self.state != "alle":
            rows = rows.filter(state=self.state)
        if self.body:
            rows = rows.filter(body=int(self.body))
        if self.indicator:
            rows = rows.filter(effect_indicator=self.indicator)
        return [one for one in _about(rows, self.text) if self._fits(one)]

    def _fits(self, one: Initiative) -> bool:
        # Lists in JSON are looked through here: the two databases search them differently.
        return (not self.group or self.group in one.groups) and (
            not self.crossing or self.crossing in one.crossings
        )


def _about(rows: QuerySet[Initiative], text: str) -> QuerySet[Initiative]:
    if not text:
        return rows
    return rows.filter(
        Q(title__icontains=text)
        | Q(need__icontains=text)
        | Q(purpose__icontains=text)
        | Q(pathway__icontains=text)
    )


@dataclass(frozen=True)
class Line:
    """One initiative as a list shows it."""

    it: Initiative
    report: StatusReport | None
    next: Milestone | None
    report_due: date | None
    late: bool


def lines(found: list[Initiative], on: date) -> list[Line]:
    """Each with its newest status, its next milestone and when its next status is due."""
    reports: dict[int, StatusReport] = {}
    for report in StatusReport.objects.filter(initiative__in=found).order_by("at", "pk"):
        reports[report.initiative_id] = report
    milestones: dict[int, Milestone] = {}
    for one in Milestone.objects.filter(initiative__in=found, done_on=None).order_by("-due_on"):
        milestones[one.initiative_id] = one
    made = []
    for one in found:
        due = report_due(one, reports.get(one.pk))
        coming = milestones.get(one.pk)
        late = bool((due and due < on) or (coming and coming.due_on < on))
        made.append(Line(one, reports.get(one.pk), coming, due, late))
    return made


def report_due(one: Initiative, newest: StatusReport | None) -> date | None:
    """When the next status is due; None for one that is not running."""
    if one.state != State.RUNNING or one.starts_on is None:
        return None
    last = timezone.localtime(newest.at).date() if newest else one.starts_on
    return last + timedelta(days=one.report_every)


@dataclass(frozen=True)
class Bar:
    """One initiative on the timeline, and its milestones, each in per cent of the whole."""

    it: Initiative
    left: float
    width: float
    marks: tuple[tuple[float, Milestone], ...]


@dataclass(frozen=True)
class Timeline:
    """The years from the first start to the last end."""

    first: date
    last: date
    years: tuple[tuple[int, float], ...]
    bars: tuple[Bar, ...]
    today: float


def timeline(found: list[Initiative], on: date) -> Timeline | None:
    """The initiatives that have a first day, laid out; None when none has."""
    timed = [one for one in found if one.starts_on]
    if not timed:
        return None
    starts = [one.starts_on for one in timed if one.starts_on]
    ends = [one.ends_on or one.starts_on for one in timed]
    first = date(min([*starts, on]).year, 1, 1)
    last = date(max([*(end for end in ends if end), on]).year, 12, 31)
    days = (last - first).days

    def at(day: date) -> float:
        return round(100 * min(max((day - first).days, 0), days) / days, 2)

    marks: dict[int, list[Milestone]] = {}
    for one in Milestone.objects.filter(initiative__in=timed):
        marks.setdefault(one.initiative_id, []).append(one)
    bars = [
        Bar(
            one,
            at(one.starts_on or first),
            max(at(one.ends_on or last) - at(one.starts_on or first), 1.0),
            tuple((at(mark.due_on), mark) for mark in marks.get(one.pk, [])),
        )
        for one in sorted(timed, key=lambda one: (one.starts_on or first, one.title))
    ]
    years = tuple((year, at(date(year, 1, 1))) for year in range(first.year, last.year + 1))
    return Timeline(first, last, years, tuple(bars), at(on))


def board(found: list[Initiative]) -> list[tuple[str, list[Initiative]]]:
    """A column a state."""
    titles = dict(State.choices)
    return [(str(titles[state]), [one for one in found if one.state == state]) for state in COLUMNS]


def models() -> list[Model]:
    """The newest version of every published model."""
    newest: dict[int, Model] = {}
    for model in Model.objects.select_related("initiative__body").order_by("number"):
        newest[model.initiative_id] = model
    return sorted(newest.values(), key=lambda model: model.title)


def words(one: Initiative) -> dict[str, Any]:
    """Its groups and crossings in words."""
    groups, crossings = dict(TargetGroup.choices), dict(Crossing.choices)
    return {
        "groups": [groups[id] for id in one.groups if id in groups],
        "crossings": [crossings[id] for id in one.crossings if id in crossings],
    }
