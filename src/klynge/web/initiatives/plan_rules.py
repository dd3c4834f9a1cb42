"""What may happen to an initiative's plan: partners, working group, milestones, risks, goals."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies.models import Organisation, Person
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.goals.models import Goal
from klynge.web.initiatives.models import GroupMember, Initiative, Milestone, Partner, Risk
from klynge.web.initiatives.rights import must_edit


@transaction.atomic
def add_partner(
    *, by: User | None, initiative: Initiative, organisation: Organisation, role: str
) -> Partner:
    """Let an organisation take part; one that does already gets the new role."""
    must_edit(by)
    if not role.strip():
        raise NotAllowed(_("Skriv, hvad partneren bidrager med."))
    partner, _new = Partner.objects.update_or_create(
        initiative=initiative, organisation=organisation, defaults={"role": role.strip()}
    )
    note("partner added", about=initiative, by=by)
    return partner


@transaction.atomic
def add_to_group(
    *, by: User | None, initiative: Initiative, person: Person, role: str = ""
) -> GroupMember:
    """Let somebody be in the working group."""
    must_edit(by)
    member, _new = GroupMember.objects.update_or_create(
        initiative=initiative, person=person, defaults={"role": role.strip()}
    )
    note("added to the working group", about=initiative, by=by)
    return member


@transaction.atomic
def add_milestone(
    *, by: User | None, initiative: Initiative, title: str, due_on: date
) -> Milestone:
    """Something to be done by a day, not before the initiative starts."""
    must_edit(by)
    reasons = []
    if not title.strip():
        reasons.append(_("Skriv, hvad milepælen er."))
    if initiative.ends_on and due_on > initiative.ends_on:
        reasons.append(_("Milepælen ligger efter, at initiativet slutter."))
    if reasons:
        raise NotAllowed(*reasons)
    made = Milestone.objects.create(
        initiative=initiative, title=" ".join(title.split()), due_on=due_on
    )
    note("milestone added", about=initiative, by=by)
    return made


@transaction.atomic
def reach(*, by: User | None, milestone: Milestone, on: date) -> Milestone:
    """A milestone is reached."""
    must_edit(by)
    held = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if held.done_on is not None:
        raise NotAllowed(_("Milepælen er allerede nået."))
    held.done_on = on
    held.save(update_fields=["done_on"])
    note("milestone reached", about=held, by=by)
    return held


@transaction.atomic
def add_risk(
    *, by: User | None, initiative: Initiative, text: str, likely: int, bad: int, answer: str = ""
) -> Risk:
    """Something that may go wrong."""
    must_edit(by)
    if not text.strip():
        raise NotAllowed(_("Skriv, hvad risikoen er."))
    if int(likely) not in Risk.Size.values or int(bad) not in Risk.Size.values:
        raise NotAllowed(_("Sandsynlighed og konsekvens er lille, middel eller stor."))
    made = Risk.objects.create(
        initiative=initiative, text=text.strip(), likely=likely, bad=bad, answer=answer.strip()
    )
    note("risk added", about=initiative, by=by)
    return made


@transaction.atomic
def link_goal(*, by: User | None, initiative: Initiative, goal: Goal) -> None:
    """Say that the initiative is to move a goal."""
    must_edit(by)
    initiative.goals.add(goal)
    note("goal linked", about=initiative, by=by)
