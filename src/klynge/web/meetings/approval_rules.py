"""From finished minutes to approved ones: sent to the members, approved by click, then frozen.

An approval is of one version of the minutes (MinutesReview) and of nothing else: when something is
changed afterwards, the minutes must be sent again. Once the rule is met the text is frozen, and
what was wrong is mended by corrections with a date of their own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import rules
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import clock
from klynge.web.bodies.models import Person
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import house_rules, light_markup, minutes_content
from klynge.web.meetings.days_off import is_working_day
from klynge.web.meetings.models import (
    Approval,
    Attendance,
    Correction,
    Item,
    Meeting,
    MinutesReview,
)
from klynge.web.meetings.versions import chairs


@dataclass(frozen=True)
class Answer:
    """What one person has said to the minutes that were sent; `said` is None until they do."""

    person: Person
    must: bool
    said: Approval | None


@dataclass(frozen=True)
class Progress:
    """How far the approval of the minutes is. changed: something was changed since they were sent.

    waits_for: who must approve and has not. over: the deadline for remarks has passed.
    """

    review: MinutesReview
    answers: tuple[Answer, ...]
    over: bool
    changed: bool

    @property
    def waits_for(self) -> tuple[Person, ...]:
        return tuple(
            each.person
            for each in self.answers
            if each.must and not (each.said and each.said.approved)
        )

    @property
    def everybody_answered(self) -> bool:
        return all(each.said for each in self.answers)

    @property
    def is_met(self) -> bool:
        """Whether the minutes are approved by the rule."""
        if self.waits_for or self.changed:
            return False
        return (
            self.over or self.everybody_answered or self.review.rule == MinutesReview.Rule.PRESENT
        )


@transaction.atomic
def send(*, by: User | None, meeting: Meeting, due_on: date | None = None) -> MinutesReview:
    """Send the minutes to the members; again, when they have been changed since.

    due_on: the last day for remarks; None is the body's own number of working days from today.
    """
    meeting = _locked(meeting, by)
    today = clock.today()
    due_on = due_on or working_days_after(today, house_rules.remark_days(meeting.body, today))
    reasons = [*missing(meeting)]
    if due_on < today:
        reasons.append(_("Fristen for bemærkninger er gået."))
    last = meeting.reviews.last()
    content = minutes_content.content_of(meeting)
    if last and meeting.state == Meeting.State.MINUTES_REVIEW and last.digest == digest(content):
        reasons.append(_("Referatet er ikke ændret, siden det blev sendt."))
    if reasons:
        raise NotAllowed(*reasons)
    rule, _why = house_rules.approval(meeting.body, meeting.day)
    review = MinutesReview.objects.create(
        meeting=meeting,
        number=(last.number if last else 0) + 1,
        rule=rule,
        due_on=due_on,
        content=content,
        digest=digest(content),
        sent_at=clock.now(),
        sent_by=by,
    )
    meeting.state, meeting.version = Meeting.State.MINUTES_REVIEW, meeting.version + 1
    meeting.save()
    note("minutes sent for approval", about=meeting, by=by)
    return review


@transaction.atomic
def answer(
    *,
    by: User | None,
    meeting: Meeting,
    person: Person,
    approved: bool,
    comment: str = "",
    number: int | None = None,
) -> Approval:
    """Somebody approves the minutes that were sent, or objects (with what is wrong).

    Everybody answers for themselves; the secretariat may enter what somebody has said elsewhere.
    number: the version that was read; None: the last one.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    review = meeting.reviews.last()
    reasons = []
    own = by is not None and person.user_id == by.pk
    if by is not None and not own and not by.has_perm("meetings.write_minutes", meeting):
        reasons.append(_("Man kan kun svare for sig selv."))
    if review is None or meeting.state != Meeting.State.MINUTES_REVIEW:
        raise NotAllowed(_("Referatet er ikke til godkendelse."))
    if number is not None and number != review.number:
        reasons.append(_("Referatet er sendt igen, siden du læste det. Læs det, og svar igen."))
    if person.pk not in {each.person.pk for each in progress(meeting).answers}:
        reasons.append(_("{person} er ikke medlem af organet.").format(person=person))
    if review.digest != digest(minutes_content.content_of(meeting)):
        reasons.append(_("Referatet er ændret, siden det blev sendt. Det skal sendes igen først."))
    comment = comment.strip()
    if not approved and not comment:
        reasons.append(_("Skriv, hvad der er galt."))
    if reasons:
        raise NotAllowed(*reasons)
    row = Approval.objects.create(
        meeting=meeting,
        what=Approval.What.MINUTES,
        version=review.number,
        person=person,
        approved=approved,
        comment=comment,
        at=clock.now(),
        by=by,
    )
    note(
        "minutes approved by a member" if approved else "objection to minutes", about=meeting, by=by
    )
    _finish_if_met(meeting, by)
    return row


@transaction.atomic
def settle(*, by: User | None, meeting: Meeting) -> Meeting:
    """Finish the approval when the rule is met, as it may be once the deadline has passed."""
    meeting = _locked(meeting, by)
    if meeting.state != Meeting.State.MINUTES_REVIEW:
        raise NotAllowed(_("Referatet er ikke til godkendelse."))
    if not _finish_if_met(meeting, by):
        raise NotAllowed(*_why_not(progress(meeting)))
    return meeting


@transaction.atomic
def correct(
    *, by: User | None, meeting: Meeting, text: str, item: Item | None = None
) -> Correction:
    """Mend approved minutes: a new entry with its own date; the approved text stays."""
    meeting = _locked(meeting, by)
    reasons = []
    if meeting.state != Meeting.State.APPROVED:
        reasons.append(_("Referatet er ikke godkendt endnu: ret i selve teksten."))
    if not text.strip():
        reasons.append(_("Skriv rettelsen."))
    if item is not None and item.meeting_id != meeting.pk:
        reasons.append(_("Punktet er ikke på mødets dagsorden."))
    if reasons:
        raise NotAllowed(*reasons)
    row = Correction.objects.create(
        meeting=meeting, item=item, html=light_markup.to_html(text), at=clock.now(), by=by
    )
    note("minutes corrected", about=item or meeting, by=by)
    return row


def progress(meeting: Meeting) -> Progress | None:
    """How far the approval of the minutes that were sent last is; None before the first time."""
    review = meeting.reviews.last()
    if review is None:
        return None
    said = {
        row.person_id: row
        for row in meeting.approvals.filter(
            what=Approval.What.MINUTES, version=review.number
        ).select_related("person", "by")
    }
    who = must_approve(meeting, review.rule)
    answers = tuple(
        Answer(row.person, row.person_id in who, said.get(row.person_id))
        for row in _may_answer(meeting)
    )
    frozen = meeting.state == Meeting.State.APPROVED
    return Progress(
        review=review,
        answers=answers,
        over=clock.today() > review.due_on,
        changed=not frozen and review.digest != digest(minutes_content.content_of(meeting)),
    )


def must_approve(meeting: Meeting, rule: str) -> set[int]:
    """The people (by primary key) whose approval the rule asks for."""
    if rule == MinutesReview.Rule.PRESENT:
        here = meeting.attendance.filter(status=Attendance.Status.PRESENT)
        return {row.person_id for row in here if row.counts or row.deputy_for_id}
    return {row.person_id for row in chairs(meeting)}


def digest(content: object) -> str:
    """What tells whether two contents are the same."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@rules.predicate
def is_in_the_meeting(user: User, meeting: Meeting | None) -> bool:
    """Whether the user is on the meeting's list as more than a guest."""
    if meeting is None or not user.is_authenticated:
        return False
    return meeting.attendance.filter(person__user=user).exclude(membership=None).exists()


rules.add_perm("meetings.answer_minutes", is_in_the_meeting)


def _may_answer(meeting: Meeting) -> Iterable[Attendance]:
    """The members, and the deputies who were there."""
    return [
        row
        for row in meeting.attendance.select_related("person")
        if row.counts or (row.deputy_for_id and row.status == Attendance.Status.PRESENT)
    ]


def _locked(meeting: Meeting, by: User | None) -> Meeting:
    if by is not None and not by.has_perm("meetings.write_minutes", meeting):
        raise NotAllowed(_("Kun sekretariatet fører fremmøde og referat."))
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def missing(meeting: Meeting) -> Iterable[str]:
    """Everything that is missing before the minutes can be sent."""
    if meeting.state not in (Meeting.State.HELD, Meeting.State.MINUTES_REVIEW):
        yield _("Referatet kan sendes, når mødet er hævet.")
        return
    waiting = meeting.attendance.filter(
        status=Attendance.Status.EXPECTED, counts=True
    ).select_related("person")
    if waiting:
        names = ", ".join(str(row.person) for row in waiting)
        yield _("Fremmødet er ikke registreret for {names}.").format(names=names)
    for item in meeting.items.filter(state=Item.State.TREATED).prefetch_related("clauses"):
        if any(not clause.outcome for clause in item.clauses.all()):
            yield _("Punkt {n} har en indstilling uden udfald.").format(n=item.number)


def _why_not(found: Progress) -> list[str]:
    reasons = []
    if found.changed:
        reasons.append(_("Referatet er ændret, siden det blev sendt. Det skal sendes igen først."))
    if found.waits_for:
        names = ", ".join(str(person) for person in found.waits_for)
        reasons.append(_("Referatet mangler at blive godkendt af {names}.").format(names=names))
    elif not found.over:
        day = date_format(found.review.due_on, "DATE_FORMAT")
        reasons.append(_("Fristen for bemærkninger er først gået efter {day}.").format(day=day))
    return reasons


def _finish_if_met(meeting: Meeting, by: User | None) -> bool:
    found = progress(meeting)
    if found is None or not found.is_met:
        return False
    MinutesReview.objects.filter(pk=found.review.pk).update(approved_at=clock.now())
    meeting.state, meeting.version = Meeting.State.APPROVED, meeting.version + 1
    meeting.save()
    note("minutes approved", about=meeting, by=by)
    return True


def working_days_after(day: date, number: int) -> date:
    while number > 0:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day
