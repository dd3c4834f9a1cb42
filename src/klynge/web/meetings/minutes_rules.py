"""What may happen to the minutes of an item: written by several at once, and nothing lost.

Who saves says which version they began from. What somebody else has saved since is kept: the two
are put together where they do not touch (text_merging.py), else nothing is saved, what was written
is set aside (MinuteRevision), and the writer gets a `Clash` with both texts to choose from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import clock
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import house_rules, light_markup, taking_part
from klynge.web.meetings.models import (
    Attendance,
    Clause,
    Dissent,
    Item,
    Meeting,
    Minute,
    MinuteRevision,
    Vote,
)
from klynge.web.meetings.text_merging import both, merge, merge_value

LONGEST = 100_000


@dataclass(frozen=True)
class Came:
    """What one clause came to."""

    outcome: str = ""
    decision: str = ""


@dataclass(frozen=True)
class Written:
    """The minutes of one item as they are typed. clauses: by the clause's primary key."""

    text: str
    clauses: Mapping[int, Came]


@dataclass(frozen=True)
class Saved:
    """It was saved. merged: together with what somebody else had saved in the meantime."""

    version: int
    merged: bool = False


@dataclass(frozen=True)
class Clash:
    """It was not saved: `theirs` stands there now, and touches `mine`.

    both: a proposal with everything of each. version: what to save the choice upon. by, at: whose
    text stands there, and since when.
    """

    theirs: Written
    mine: Written
    both: Written
    version: int
    by: User | None
    revision: MinuteRevision


@transaction.atomic
def save(
    *, by: User | None, item: Item, written: Written, base: int, chosen: bool = False
) -> Saved | Clash:
    """Save the minutes of an item that were begun from version `base`.

    chosen: it is what somebody chose when shown both texts of a clash.
    """
    minute = _open(item, by)
    reasons = _reasons_against(item, written)
    if reasons:
        raise NotAllowed(*reasons)
    now = current(minute)
    written = _normal(written, now)
    if written == now:
        return Saved(minute.version)
    before = _version(minute, base)
    if base == minute.version:
        kind = MinuteRevision.Kind.CHOSEN if chosen else MinuteRevision.Kind.SAVED
        return Saved(_keep(minute, written, base=base, kind=kind, by=by))
    together = None if before is None else _together(before, now, written)
    if together is not None:
        return Saved(
            _keep(minute, together, base=base, kind=MinuteRevision.Kind.MERGED, by=by), merged=True
        )
    aside = _add_revision(minute, written, base=base, kind=MinuteRevision.Kind.SET_ASIDE, by=by)
    note("minutes set aside", about=item, by=by)
    return Clash(
        theirs=now,
        mine=written,
        both=_proposal(before or Written("", {}), now, written),
        version=minute.version,
        by=minute.changed_by,
        revision=aside,
    )


@transaction.atomic
def add_dissent(*, by: User | None, item: Item, attendance: Attendance, text: str) -> Dissent:
    """What somebody wants the minutes to say they thought; they must have taken part."""
    _open(item, by)
    text = text.strip()
    reasons = []
    if not text:
        reasons.append(_("Skriv, hvad der skal stå."))
    if attendance.meeting_id != item.meeting_id or not _took_part(item, attendance):
        reasons.append(_("Kun den, der deltog i punktet, kan få en udtalelse ført til referat."))
    if reasons:
        raise NotAllowed(*reasons)
    dissent = Dissent.objects.create(item=item, attendance=attendance, text=text)
    note("dissent recorded", about=item, by=by)
    return dissent


@transaction.atomic
def remove_dissent(*, by: User | None, dissent: Dissent) -> None:
    """Take a statement out again, before the minutes are approved."""
    _open(dissent.item, by)
    note("dissent taken back", about=dissent.item, by=by)
    dissent.delete()


@transaction.atomic
def record_votes(
    *, by: User | None, item: Item, clause: Clause | None, choices: Mapping[int, str]
) -> None:
    """How each seat voted, by the primary key of the attendance; replaces what was recorded.

    Raises NotAllowed where the body does not vote, and for somebody without a seat in the item.
    """
    _open(item, by)
    how = house_rules.voting(item.body, item.meeting.day)
    if not how.allowed:
        raise NotAllowed(how.text)
    parts = taking_part.of_meeting(item.meeting).round(item).parts
    voters = {part.attendance.pk: part.attendance for part in parts if part.counts}
    if clause is not None and clause.item_id != item.pk:
        raise NotAllowed(_("Indstillingen hører til et andet punkt."))
    reasons = []
    if set(choices) - set(voters):
        reasons.append(_("Kun den, der deltog i punktet med en plads, har en stemme."))
    if set(choices.values()) - set(Vote.Choice.values):
        reasons.append(_("En stemme er for, imod eller hverken for eller imod."))
    if reasons:
        raise NotAllowed(*reasons)
    Vote.objects.filter(item=item, clause=clause).delete()
    Vote.objects.bulk_create(
        Vote(item=item, clause=clause, attendance=voters[pk], choice=choice)
        for pk, choice in choices.items()
    )
    note("votes recorded", about=item, by=by)


def may_be_written(item: Item, by: User | None, written: Written) -> None:
    """Raises NotAllowed when this could not be saved by this user now."""
    _open(item, by)
    reasons = _reasons_against(item, written)
    if reasons:
        raise NotAllowed(*reasons)


def current(minute: Minute) -> Written:
    """The minutes as they stand, as they would be typed."""
    return Written(
        light_markup.from_html(minute.html),
        {
            clause.pk: Came(clause.outcome, clause.decision)
            for clause in Clause.objects.filter(item=minute.item_id)
        },
    )


def read(item: Item) -> tuple[Written, int]:
    """What to begin writing from, and its version; an empty one is nothing yet."""
    minute = Minute.objects.filter(item=item).first() or Minute(item=item)
    return current(minute), minute.version


def _open(item: Item, by: User | None) -> Minute:
    """The item's minutes, kept from others until the transaction ends; made when it is the first.

    Two who write the first words at the same time wait for each other at the meeting.
    """
    if item.meeting is None or item.state == Item.State.WITHDRAWN:
        raise NotAllowed(_("Punktet er ikke på en dagsorden."))
    if by is not None and not by.has_perm("meetings.write_minutes", item.meeting):
        raise NotAllowed(_("Kun sekretariatet fører fremmøde og referat."))
    meeting = Meeting.objects.select_for_update().get(pk=item.meeting_id)
    if not meeting.minutes_are_open:
        raise NotAllowed(
            _("Referatet er godkendt og lukket. Skriv en rettelse i stedet; den får sin egen dato.")
            if meeting.state == Meeting.State.APPROVED
            else _("Referatet kan skrives, når dagsordenen er sendt ud.")
        )
    minute, _new = Minute.objects.select_for_update().get_or_create(item=item)
    return minute


def _reasons_against(item: Item, written: Written) -> list[str]:
    mine = set(Clause.objects.filter(item=item).values_list("pk", flat=True))
    reasons = []
    if set(written.clauses) - mine:
        reasons.append(_("En af indstillingerne hører til et andet punkt."))
    if {each.outcome for each in written.clauses.values()} - {"", *Clause.Outcome.values}:
        reasons.append(_("Vælg indstillingens udfald på listen."))
    if max([len(written.text), *(len(c.decision) for c in written.clauses.values())]) > LONGEST:
        reasons.append(_("Teksten er for lang: højst {n} tegn.").format(n=LONGEST))
    return reasons


def _normal(written: Written, now: Written) -> Written:
    """As it will be read again, and with the clauses that were not sent as they are."""
    return Written(
        light_markup.from_html(light_markup.to_html(written.text)),
        {
            pk: Came(each.outcome, each.decision.replace("\r\n", "\n").strip())
            for pk, each in {**now.clauses, **written.clauses}.items()
        },
    )


def _version(minute: Minute, version: int) -> Written | None:
    """What a version said; nothing before the first; None when there never was such a version."""
    if version == 0:
        return Written("", {})
    row = minute.revisions.filter(version=version).first()
    return None if row is None else of_revision(row)


def of_revision(row: MinuteRevision) -> Written:
    """A kept text, as it was typed."""
    return Written(
        light_markup.from_html(row.html),
        {int(pk): Came(each["outcome"], each["decision"]) for pk, each in row.clauses.items()},
    )


def _together(before: Written, theirs: Written, mine: Written) -> Written | None:
    text = merge(before.text, theirs.text, mine.text)
    if text is None:
        return None
    clauses = {}
    for pk, his in theirs.clauses.items():
        was, own = before.clauses.get(pk, Came()), mine.clauses[pk]
        outcome = merge_value(was.outcome, his.outcome, own.outcome)
        decision = merge(was.decision, his.decision, own.decision)
        if outcome is None or decision is None:
            return None
        clauses[pk] = Came(outcome, decision)
    return Written(text, clauses)


def _proposal(before: Written, theirs: Written, mine: Written) -> Written:
    """Both in one: put together where it can be, else everything of each; the writer's outcomes."""
    clauses = {}
    for pk, his in theirs.clauses.items():
        was, own = before.clauses.get(pk, Came()), mine.clauses[pk]
        outcome = merge_value(was.outcome, his.outcome, own.outcome)
        decision = merge(was.decision, his.decision, own.decision)
        clauses[pk] = Came(
            own.outcome if outcome is None else outcome,
            both(his.decision, own.decision) if decision is None else decision,
        )
    text = merge(before.text, theirs.text, mine.text)
    return Written(both(theirs.text, mine.text) if text is None else text, clauses)


def _keep(minute: Minute, written: Written, *, base: int, kind: str, by: User | None) -> int:
    minute.version += 1
    minute.html = light_markup.to_html(written.text)
    minute.changed_at, minute.changed_by = clock.now(), by
    minute.save()
    for pk, each in written.clauses.items():
        Clause.objects.filter(pk=pk).update(outcome=each.outcome, decision=each.decision)
    _add_revision(minute, written, base=base, kind=kind, by=by, version=minute.version)
    note("minutes saved", about=minute.item, by=by)
    return minute.version


def _add_revision(
    minute: Minute,
    written: Written,
    *,
    base: int,
    kind: str,
    by: User | None,
    version: int | None = None,
) -> MinuteRevision:
    last = minute.revisions.aggregate(last=Max("number"))["last"] or 0
    return MinuteRevision.objects.create(
        minute=minute,
        number=last + 1,
        version=version,
        base=base,
        kind=kind,
        html=light_markup.to_html(written.text),
        clauses={
            str(pk): {"outcome": each.outcome, "decision": each.decision}
            for pk, each in written.clauses.items()
        },
        at=clock.now(),
        by=by,
    )


def _took_part(item: Item, attendance: Attendance) -> bool:
    parts = taking_part.of_meeting(item.meeting).round(item).parts
    return any(part.took_part and part.attendance.pk == attendance.pk for part in parts)
