"""What may happen to decisions: recorded, followed until they are closed, and replaced.

What was decided is never changed: only who sees to it, until when, how it goes and what came of
it. Another decision may replace it.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import rules
from django.db import models, transaction
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.accounts.rules import is_secretariat
from klynge.web.audit.rules import note
from klynge.web.bodies import clock
from klynge.web.bodies.models import BodyRecord, Organisation, Person
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.decisions.models import Decision, FollowUp, LedTo
from klynge.web.meetings import rules as meetings
from klynge.web.meetings.models import Clause, Item, ItemKind, Meeting

__all__ = ["NotAllowed"]

LONGEST_TITLE = 200


@rules.predicate
def is_responsible(user: User, decision: Decision | None) -> bool:
    """Whether the decision is the user's to see to."""
    if decision is None or decision.responsible is None or not user.is_authenticated:
        return False
    return decision.responsible.user_id == user.pk


rules.add_perm("decisions.record", is_secretariat)
rules.add_perm("decisions.follow_up", is_secretariat | is_responsible)


@dataclass(frozen=True)
class New:
    """One decision of a meeting, as the secretariat takes it out of the minutes."""

    item: Item
    text: str
    clause: Clause | None = None
    responsible: Person | None = None
    organisation: Organisation | None = None
    deadline: date | None = None
    public_text: str = ""


@transaction.atomic
def take_from_minutes(
    *, by: User | None, meeting: Meeting, decisions: Sequence[New]
) -> list[Decision]:
    """Record what a meeting decided. Raises NotAllowed with every reason, and then records nothing.

    Closed items make closed decisions, items for the authorities alone decisions for them alone.
    """
    _must(by, "decisions.record")
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    reasons = []
    if not meeting.is_over:
        reasons.append(_("Beslutningerne kan tages med, når mødet er hævet."))
    if not decisions:
        reasons.append(_("Vælg mindst én beslutning."))
    for each in decisions:
        reasons += _reasons_against(each, meeting)
    if reasons:
        raise NotAllowed(*reasons)
    return [_take(each, meeting, by=by) for each in decisions]


@transaction.atomic
def bring_in(
    *,
    by: User | None,
    body: BodyRecord,
    text: str,
    decided_on: date,
    origin: str,
    closed: bool = False,
    public_text: str = "",
    responsible: Person | None = None,
    organisation: Organisation | None = None,
    deadline: date | None = None,
) -> Decision:
    """Record a decision that was made elsewhere than at a meeting that is kept here.

    origin: where and when it was made, in words.
    """
    _must(by, "decisions.record")
    text, origin = text.strip(), " ".join(origin.split())
    reasons = []
    if not text:
        reasons.append(_("Skriv beslutningens tekst."))
    if not origin:
        reasons.append(_("Skriv, hvor beslutningen er truffet."))
    if decided_on > clock.now().date():
        reasons.append(_("Beslutningen kan ikke være truffet i fremtiden."))
    reasons += _who_and_when(responsible, organisation, deadline, decided_on)
    if reasons:
        raise NotAllowed(*reasons)
    decision = Decision.objects.create(
        body=body,
        text=text,
        decided_on=decided_on,
        origin=origin[:300],
        closed=closed,
        public_text=public_text.strip(),
        responsible=responsible,
        organisation=organisation,
        deadline=deadline,
        created_by=by,
    )
    note("decision brought in", about=decision, by=by)
    return decision


@transaction.atomic
def assign(
    *,
    by: User | None,
    decision: Decision,
    responsible: Person | None,
    organisation: Organisation | None,
    deadline: date | None,
    version: int | None = None,
) -> Decision:
    """Who sees to a decision, and until when. version: the one that was read."""
    _must(by, "decisions.record")
    decision = _locked(decision, version)
    reasons = _who_and_when(responsible, organisation, deadline, decision.decided_on)
    if not decision.is_open:
        reasons.append(_("Beslutningen er ikke åben længere."))
    if reasons:
        raise NotAllowed(*reasons)
    decision.responsible, decision.organisation = responsible, organisation
    decision.deadline = deadline
    _save(decision)
    note("decision assigned", about=decision, by=by)
    return decision


@transaction.atomic
def follow_up(
    *,
    by: User | None,
    decision: Decision,
    text: str,
    state: str,
    result: str = "",
    version: int | None = None,
) -> FollowUp:
    """Tell how a decision goes. The one who sees to it may, and the secretariat.

    result: what came of it; must be said when it is done. A closed one may be opened again.
    """
    if by is not None and not by.has_perm("decisions.follow_up", decision):
        raise NotAllowed(_("Kun den ansvarlige og sekretariatet følger op på beslutningen."))
    decision = _locked(decision, version)
    text, result = text.strip(), result.strip()
    possible = (*OPEN, Decision.State.DONE, Decision.State.DROPPED)
    reasons = []
    if not text:
        reasons.append(_("Skriv, hvordan det går."))
    if state not in possible:
        reasons.append(_("Vælg en tilstand på listen."))
    if decision.state in (Decision.State.REPLACED, Decision.State.HOME):
        reasons.append(_("Beslutningen følges ikke her længere."))
    if state == Decision.State.DONE and not (result or decision.result):
        reasons.append(_("Skriv, hvad der kom ud af beslutningen, når den er gennemført."))
    if reasons:
        raise NotAllowed(*reasons)
    decision.state = state
    decision.result = result or decision.result
    _save(decision)
    row = _tell(decision, text, by=by)
    note("decision followed up", about=decision, by=by)
    return row


@transaction.atomic
def replace(*, by: User | None, decision: Decision, with_: Decision, text: str = "") -> Decision:
    """Another decision, of the same body or one that follows it, takes this one's place."""
    _must(by, "decisions.record")
    decision = _locked(decision)
    reasons = []
    if decision.pk == with_.pk or _leads_to(with_, decision):
        reasons.append(_("En beslutning kan ikke afløse sig selv."))
    if not decision.is_open:
        reasons.append(_("Beslutningen er ikke åben længere."))
    if with_.decided_on < decision.decided_on:
        reasons.append(_("Den, der afløser, er ældre end den, der afløses."))
    if reasons:
        raise NotAllowed(*reasons)
    decision.state, decision.replaced_by = Decision.State.REPLACED, with_
    _save(decision)
    _tell(decision, text.strip() or _("Afløst af en ny beslutning"), by=by)
    note("decision replaced", about=decision, by=by)
    return decision


@transaction.atomic
def led_to(
    *, by: User | None, decision: Decision, thing: models.Model, title: str, address: str = ""
) -> LedTo:
    """Keep that a decision led to something: an initiative, a grant, a goal. Once for each thing.

    title: as it may be read by everybody who may read the decision. Other rooms call this.
    """
    row, new = LedTo.objects.update_or_create(
        decision=decision,
        kind=thing._meta.label_lower,
        key=str(getattr(thing, "uid", thing.pk)),
        defaults={"title": title[:300], "address": address[:300], "at": clock.now()},
    )
    if new:
        note("decision led to something", about=decision, by=by)
    return row


@transaction.atomic
def propose_follow_up(*, by: User | None, decision: Decision) -> Item:
    """Put the decision on its body's backlog, to come back on the next agenda.

    Raises NotAllowed when it lies there already.
    """
    _must(by, "decisions.record")
    decision = _locked(decision)
    reasons = []
    if not decision.is_open:
        reasons.append(_("Beslutningen er ikke åben længere."))
    if waiting_items(decision).exists():
        reasons.append(_("Beslutningen ligger allerede til et kommende møde."))
    if reasons:
        raise NotAllowed(*reasons)
    item = meetings.add_item(
        by=by,
        body=decision.body,
        kind=ItemKind.ORIENTERING,
        follows=decision.uid,
        telling_title_confirmed=True,
        **_paper(decision),
    )
    note("follow-up of decision proposed", about=decision, by=by)
    return item


@transaction.atomic
def propose_late(*, by: User | None, on: date, body: BodyRecord | None = None) -> list[Item]:
    """Put every decision that is past its deadline on its body's backlog, each once."""
    _must(by, "decisions.record")
    late = Decision.objects.filter(state__in=OPEN, deadline__lt=on)
    if body is not None:
        late = late.filter(body=body)
    return [
        propose_follow_up(by=by, decision=decision)
        for decision in late.select_related("body").order_by("deadline", "pk")
        if not waiting_items(decision).exists() and not _is_gone(decision.body, on)
    ]


def waiting_items(decision: Decision) -> models.QuerySet[Item]:
    """The items that follow a decision up and have not been treated yet."""
    done = (Item.State.TREATED, Item.State.POSTPONED, Item.State.WITHDRAWN)
    return Item.objects.filter(follows=decision.uid).exclude(state__in=done)


OPEN = (Decision.State.OPEN, Decision.State.RUNNING)


def _is_gone(body: BodyRecord, on: date) -> bool:
    return body.valid_to is not None and body.valid_to < on


def _must(by: User | None, permission: str) -> None:
    if by is not None and not by.has_perm(permission):
        raise NotAllowed(_("Kun sekretariatet fører beslutningerne."))


def _locked(decision: Decision, version: int | None = None) -> Decision:
    Decision.objects.select_for_update().get(pk=decision.pk)
    found = Decision.objects.select_related("body", "item", "meeting").get(pk=decision.pk)
    if version is not None and version != found.version:
        raise meetings.ChangedMeanwhile(
            _("En anden har ændret beslutningen imens. Se, hvad der står nu, og gem igen.")
        )
    return found


def _save(decision: Decision) -> None:
    decision.version += 1
    decision.save()


def _tell(decision: Decision, text: str, *, by: User | None) -> FollowUp:
    return FollowUp.objects.create(
        decision=decision, text=text, state=decision.state, at=clock.now(), by=by
    )


def _take(new: New, meeting: Meeting, *, by: User | None) -> Decision:
    decision = Decision.objects.create(
        body=meeting.body,
        meeting=meeting,
        item=new.item,
        clause=new.clause,
        decided_on=meeting.day,
        text=new.text.strip(),
        closed=new.item.closed,
        authorities_only=new.item.authorities_only,
        public_text=new.public_text.strip(),
        responsible=new.responsible,
        organisation=new.organisation,
        deadline=new.deadline,
        created_by=by,
    )
    note("decision recorded", about=decision, by=by)
    return decision


def _reasons_against(new: New, meeting: Meeting) -> list[str]:
    where = _("Punkt {n}:").format(n=new.item.number or new.item.position)
    reasons = []
    if new.item.meeting_id != meeting.pk:
        reasons.append(_("Punktet er ikke på mødets dagsorden."))
    if not new.text.strip():
        reasons.append(_("Skriv beslutningens tekst."))
    if new.clause is not None and new.clause.item_id != new.item.pk:
        reasons.append(_("Indstillingen hører til et andet punkt."))
    if new.clause is not None and Decision.objects.filter(clause=new.clause).exists():
        reasons.append(_("Beslutningen er allerede taget med."))
    reasons += _who_and_when(new.responsible, new.organisation, new.deadline, meeting.day)
    return [f"{where} {reason}" for reason in reasons]


def _who_and_when(
    responsible: Person | None,
    organisation: Organisation | None,
    deadline: date | None,
    decided_on: date,
) -> list[str]:
    reasons = []
    if deadline is not None and responsible is None and organisation is None:
        reasons.append(_("En frist skal have en ansvarlig: en person eller en organisation."))
    if deadline is not None and deadline < decided_on:
        reasons.append(_("Fristen ligger før beslutningen."))
    return reasons


def _leads_to(decision: Decision, target: Decision) -> bool:
    """Whether `decision` has been replaced by `target`, in one step or several."""
    seen: set[int] = set()
    at: Decision | None = decision
    while at is not None and at.pk not in seen:
        if at.pk == target.pk:
            return True
        seen.add(at.pk)
        at = at.replaced_by
    return False


def _paper(decision: Decision) -> Mapping[str, Any]:
    """The item that takes a decision up again, as restricted as the decision itself."""
    short = " ".join(decision.text.split())
    short = short if len(short) <= LONGEST_TITLE else f"{short[: LONGEST_TITLE - 1]}…"
    decided = date_format(decision.decided_on, "DATE_FORMAT")
    told = [_("Besluttet {day}: {text}").format(day=decided, text=decision.text)]
    if decision.responsible or decision.organisation:
        who = decision.responsible or decision.organisation
        told.append(_("Ansvarlig: {who}").format(who=who))
    if decision.deadline:
        day = date_format(decision.deadline, "DATE_FORMAT")
        told.append(_("Fristen var {day}.").format(day=day))
    last = decision.follow_ups.last()
    if last is not None:
        told.append(_("Senest: {text}").format(text=last.text))
    return {
        "title": _("Opfølgning: {text}").format(text=short),
        "closed": decision.closed,
        "closed_because": _("Følger op på en lukket beslutning") if decision.closed else "",
        "authorities_only": decision.authorities_only,
        "public_title": _("Opfølgning på en tidligere beslutning")
        if decision.is_restricted
        else "",
        "blocks": {"sagsfremstilling": "".join(f"<p>{escape(line)}</p>" for line in told)},
        "clauses": [_("tage status til efterretning"), _("tage stilling til det videre forløb")],
    }


def find(uid: uuid.UUID) -> Decision | None:
    """The decision of that key."""
    return Decision.objects.filter(uid=uid).select_related("body", "item", "meeting").first()
