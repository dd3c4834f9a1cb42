"""What may happen to decisions: recorded, followed until they are closed, and replaced.

What was decided is never changed: only who sees to it, until when, how it goes and what came of
it. Another decision may replace it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import rules
from django.db import models, transaction
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.accounts.rules import is_secretariat
from klynge.web.audit.rules import note
from klynge.web.bodies import clock
from klynge.web.bodies.models import BodyRecord, Organisation, Person
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.decisions.models import Decision, FollowUp, LedTo
from klynge.web.meetings.models import Clause, Item, Meeting
from klynge.web.meetings.rights import ChangedMeanwhile

__all__ = ["NotAllowed"]

OPEN = (Decision.State.OPEN, Decision.State.RUNNING)


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
    must(by, "decisions.record")
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
    must(by, "decisions.record")
    text, origin = text.strip(), " ".join(origin.split())
    reasons = []
    if not text:
        reasons.append(_("Skriv beslutningens tekst."))
    if not origin:
        reasons.append(_("Skriv, hvor beslutningen er truffet."))
    if decided_on > clock.today():
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
    must(by, "decisions.record")
    decision = locked(decision, version)
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
    decision = locked(decision, version)
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
    must(by, "decisions.record")
    decision = locked(decision)
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
def carry_over(*, by: User | None, decision: Decision, to: BodyRecord, reason: str) -> Decision:
    """Let the body that follows go on with a decision; the old one stays and names the new."""
    must(by, "decisions.record")
    decision = locked(decision)
    if not decision.is_open:
        raise NotAllowed(_("Beslutningen er ikke åben længere."))
    new = Decision.objects.create(
        body=to,
        origin=_("Overtaget fra {body}").format(body=decision.body)[:300],
        decided_on=decision.decided_on,
        text=decision.text,
        closed=decision.closed,
        authorities_only=decision.authorities_only,
        public_text=decision.public_text,
        state=decision.state,
        responsible=decision.responsible,
        organisation=decision.organisation,
        deadline=decision.deadline,
        created_by=by,
    )
    decision.state, decision.replaced_by = Decision.State.REPLACED, new
    _save(decision)
    _tell(decision, reason, by=by)
    note("decision carried over", about=new, by=by)
    return new


@transaction.atomic
def end_with_body(*, by: User | None, decision: Decision, reason: str) -> None:
    """Give a decision up because its body ends."""
    must(by, "decisions.record")
    decision = locked(decision)
    decision.state = Decision.State.DROPPED
    _save(decision)
    _tell(decision, reason, by=by)
    note("decision ended with its body", about=decision, by=by)


@transaction.atomic
def send_home(*, by: User | None, decision: Decision, party: Organisation, reason: str) -> None:
    """Let one party go on with a decision by itself."""
    must(by, "decisions.record")
    decision = locked(decision)
    decision.state, decision.organisation = Decision.State.HOME, party
    _save(decision)
    _tell(decision, reason, by=by)
    note("decision sent home", about=decision, by=by)


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


def must(by: User | None, permission: str) -> None:
    """Raise NotAllowed unless `by` may, or is None: the system itself."""
    if by is not None and not by.has_perm(permission):
        raise NotAllowed(_("Kun sekretariatet fører beslutningerne."))


def locked(decision: Decision, version: int | None = None) -> Decision:
    """The decision as it is now, kept from others; version: the one that was read."""
    Decision.objects.select_for_update().get(pk=decision.pk)
    found = Decision.objects.select_related("body", "item", "meeting").get(pk=decision.pk)
    if version is not None and version != found.version:
        raise ChangedMeanwhile(
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
    at: int | None = decision.pk
    while at is not None and at not in seen:
        if at == target.pk:
            return True
        seen.add(at)
        at = Decision.objects.values_list("replaced_by", flat=True).get(pk=at)
    return False


def find(uid: uuid.UUID) -> Decision | None:
    """The decision of that key."""
    return Decision.objects.filter(uid=uid).select_related("body", "item", "meeting").first()
