"""The minutes of a meeting as one user may see them, in plain values that carry nothing more.

A page, a paper or a feed that is made of these cannot tell what its reader may not know: the items
come from access.py, and what came of an item follows `Reader.may_read_minutes`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from klynge.web.meetings import access, house_rules, taking_part
from klynge.web.meetings.models import Approval, Attendance, Item, Meeting, Vote
from klynge.web.meetings.readers import STRANGER, Reader, Somebody, reader_of
from klynge.web.meetings.taking_part import CONFLICT, Meet, Round

FOR_MEMBERS = (Meeting.State.MINUTES_REVIEW, Meeting.State.APPROVED)


@dataclass(frozen=True)
class Who:
    """Somebody at a meeting. what: of what is to be said of them, in words; may be empty."""

    name: str
    represents: str
    what: str = ""


@dataclass(frozen=True)
class Corrected:
    """A correction of approved minutes."""

    at: datetime
    html: str


@dataclass(frozen=True)
class ItemMinutes:
    """One item of the minutes. `item` is what access.py shows of it; the rest is empty when the
    minutes of it may not be read.

    filled, seats: how many seats took part. quorum: what is to be said of it, empty when nothing.
    """

    item: access.ItemView
    readable: bool
    html: str = ""
    away: tuple[Who, ...] = ()
    dissents: tuple[tuple[str, str], ...] = ()
    votes: tuple[str, ...] = ()
    quorum: str = ""
    has_quorum: bool | None = None
    corrections: tuple[Corrected, ...] = ()


@dataclass(frozen=True)
class MinutesView:
    """The minutes as somebody may see them. readable: whether there is more than the agenda.

    approved: who approved, and when, once the minutes are approved.
    """

    meeting: Meeting
    readable: bool
    items: tuple[ItemMinutes, ...]
    present: tuple[Who, ...] = ()
    excused: tuple[Who, ...] = ()
    absent: tuple[Who, ...] = ()
    others: tuple[Who, ...] = ()
    quorum_rule: house_rules.Quorum | None = None
    approved: tuple[tuple[str, datetime], ...] = ()
    corrections: tuple[Corrected, ...] = ()


def minutes_of(meeting: Meeting, user: Somebody) -> MinutesView | None:
    """The minutes as a user may see them; None when they may not know of the meeting at all."""
    agenda = access.view(meeting, user)
    if agenda is None:
        return None
    seen = reader_of(user, meeting)
    if not _may_read(meeting, seen):
        items = tuple(ItemMinutes(item, False) for item in agenda.items)
        return MinutesView(meeting, False, items)
    meet = taking_part.of_meeting(meeting)
    rule = house_rules.quorum(meeting.body, meeting.day)
    lists = _lists(meet)
    return MinutesView(
        meeting=meeting,
        readable=True,
        items=tuple(_items(agenda, seen, meet, rule)),
        quorum_rule=rule,
        approved=tuple(_approved(meeting)),
        corrections=tuple(
            Corrected(row.at, row.html) for row in meeting.corrections.filter(item=None)
        ),
        **lists,
    )


def public_minutes(meeting: Meeting) -> MinutesView | None:
    """What may be published of a meeting's minutes: nothing before they are approved."""
    return minutes_of(meeting, STRANGER)


def _may_read(meeting: Meeting, seen: Reader) -> bool:
    if meeting.state == Meeting.State.APPROVED or seen.drafts:
        return True
    return seen.member and meeting.state in FOR_MEMBERS


def _items(
    agenda: access.AgendaView, seen: Reader, meet: Meet, rule: house_rules.Quorum
) -> Iterable[ItemMinutes]:
    rows = {item.pk: item for item in _with_minutes(agenda.meeting)}
    rounds = {each.item.pk: each for each in meet.rounds()}
    for view in agenda.items:
        row = rows[view.pk]
        if view.pk not in rounds or not seen.may_read_minutes(row):
            yield ItemMinutes(view, False)
            continue
        verdict = house_rules.judge(rule, rounds[view.pk])
        minute = getattr(row, "minute", None)
        yield ItemMinutes(
            item=view,
            readable=True,
            html=minute.html if minute else "",
            away=tuple(_away(rounds[view.pk], with_reason=seen.member)),
            dissents=tuple((d.attendance.person.name, d.text) for d in row.dissents.all()),
            votes=tuple(_tally(row)),
            quorum=verdict.in_words if rule.source != house_rules.SILENT else "",
            has_quorum=verdict.met,
            corrections=tuple(Corrected(each.at, each.html) for each in row.corrections.all()),
        )


def _with_minutes(meeting: Meeting) -> Iterable[Item]:
    rows = meeting.items.select_related("minute", "meeting")
    return rows.prefetch_related("dissents__attendance__person", "votes__clause", "corrections")


def _away(at: Round, *, with_reason: bool) -> Iterable[Who]:
    """Who did not take part; why somebody is in conflict is for the members."""
    for part in at.away:
        tell = part.note and (with_reason or part.why != CONFLICT)
        what = f"{part.in_words}: {part.note}" if tell else part.in_words
        yield Who(part.attendance.person.name, part.attendance.represents, what)


def _tally(item: Item) -> Iterable[str]:
    """How the votes fell, one line a clause, as in "At 1: 9 for, 2 imod"."""
    by_clause: dict[int, Counter[str]] = {}
    for vote in item.votes.all():
        position = vote.clause.position if vote.clause else 0
        by_clause.setdefault(position, Counter())[vote.choice] += 1
    for position in sorted(by_clause):
        counted = by_clause[position]
        said = ", ".join(
            f"{counted[choice]} {label.lower()}" for choice, label in Vote.Choice.choices
            if counted[choice]
        )  # fmt: skip
        yield _("At {n}: {votes}").format(n=position, votes=said) if position else said


def _lists(meet: Meet) -> dict[str, tuple[Who, ...]]:
    """Who was there, who sent apologies, who stayed away, and who was there without a seat."""
    status = Attendance.Status
    here = [row for row in meet.attendance if row.status == status.PRESENT]
    return {
        "present": tuple(_who(row) for row in here if row.counts or row.deputy_for_id is not None),
        "others": tuple(_who(row) for row in here if not row.counts and row.deputy_for_id is None),
        "excused": tuple(
            _who(row) for row in meet.attendance if row.counts and row.status == status.EXCUSED
        ),
        "absent": tuple(
            _who(row)
            for row in meet.attendance
            if row.counts and row.status in (status.ABSENT, status.EXPECTED)
        ),
    }


def _who(row: Attendance) -> Who:
    told = []
    if row.status == Attendance.Status.PRESENT:
        if row.deputy_for is not None:
            told.append(_("stedfortræder for {who}").format(who=row.deputy_for.person))
        if row.joined is not None:
            told.append(_("kom ved punkt {n}").format(n=row.joined.number))
        if row.left is not None:
            told.append(_("gik fra punkt {n}").format(n=row.left.number))
    return Who(row.person.name, row.represents, ", ".join(told))


def _approved(meeting: Meeting) -> Iterable[tuple[str, datetime]]:
    if meeting.state != Meeting.State.APPROVED:
        return
    last = meeting.reviews.last()
    if last is None:
        return
    rows = meeting.approvals.filter(what=Approval.What.MINUTES, version=last.number, approved=True)
    latest = {row.person_id: row for row in rows.select_related("person")}
    for row in sorted(latest.values(), key=lambda each: each.at):
        yield row.person.name, row.at
