"""Which parts of a meeting's papers somebody wants, and how the papers are then called."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from klynge.web.meetings.papers.reading import MeetingPaper, long_day


class Part(StrEnum):
    """One part of the papers, as it stands in an address."""

    INVITATION = "indkaldelse"
    AGENDA = "dagsorden"
    MINUTES = "referat"
    ATTENDANCE = "fremmoede"
    DECISIONS = "beslutninger"
    ANNEXES = "bilag"


NAMES = {
    Part.INVITATION: "Indkaldelse",
    Part.AGENDA: "Dagsorden",
    Part.MINUTES: "Referat",
    Part.ATTENDANCE: "Fremmøde",
    Part.DECISIONS: "Beslutningsliste",
    Part.ANNEXES: "Bilag",
}
# What only those may have who may read the minutes.
OF_MINUTES = frozenset({Part.MINUTES, Part.ATTENDANCE, Part.DECISIONS})


def available(paper: MeetingPaper) -> tuple[Part, ...]:
    """The parts there is something to put in."""
    return tuple(part for part in Part if paper.told or part not in OF_MINUTES)


def usual(paper: MeetingPaper) -> frozenset[Part]:
    """What is wanted most: the agenda before the meeting, the minutes after it."""
    if paper.told:
        return frozenset({Part.AGENDA, Part.MINUTES, Part.ATTENDANCE, Part.ANNEXES})
    return frozenset({Part.AGENDA, Part.ANNEXES})


def chosen(names: Iterable[str], paper: MeetingPaper) -> frozenset[Part]:
    """The parts asked for by name that there are; the usual ones when none was asked for."""
    known = {part.value: part for part in available(paper)}
    wanted = frozenset(known[name] for name in names if name in known)
    return wanted or usual(paper)


def kind_of(parts: frozenset[Part]) -> str:
    """What the papers are called: by their weightiest part."""
    for part in (Part.MINUTES, Part.AGENDA, Part.INVITATION, Part.DECISIONS, Part.ATTENDANCE):
        if part in parts:
            return NAMES[part]
    return NAMES[Part.ANNEXES]


def title_of(paper: MeetingPaper, parts: frozenset[Part]) -> str:
    """«Referat, Randersklyngens politiske niveau, 22. oktober 2024»."""
    return f"{kind_of(parts)}, {paper.body}, {long_day(paper.day)}"
