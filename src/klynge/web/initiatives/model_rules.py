"""Publishing a model, following another body's, and going on with what a closing body began."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import clock
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.goals.models import Goal
from klynge.web.initiatives.models import GroupMember, Initiative, Model, Partner, Risk, Step
from klynge.web.initiatives.rights import held_one, must_edit
from klynge.web.initiatives.rules import NEXT, begin, move

State = Initiative.State


@transaction.atomic
def publish_model(
    *,
    by: User | None,
    initiative: Initiative,
    title: str,
    what: str,
    who: str,
    needs: str = "",
    learnt: str = "",
) -> Model:
    """Publish the agreed model, so that other bodies can follow it; a new version each time."""
    must_edit(by)
    held = held_one(initiative)
    reasons = []
    if held.state not in (State.RUNNING, State.EVALUATED, State.SPREAD):
        reasons.append(_("En model udgives først, når initiativet er i gang."))
    if not (title.strip() and what.strip() and who.strip()):
        reasons.append(_("Skriv titel, hvad modellen er, og hvem der gør hvad."))
    if reasons:
        raise NotAllowed(*reasons)
    last = Model.objects.filter(initiative=held).aggregate(last=Max("number"))["last"] or 0
    made = Model.objects.create(
        initiative=held,
        number=last + 1,
        title=" ".join(title.split()),
        what=what.strip(),
        who=who.strip(),
        needs=needs.strip(),
        learnt=learnt.strip(),
        published_at=clock.now(),
        published_by=by,
    )
    note("model published", about=made, by=by)
    return made


@transaction.atomic
def adopt(*, by: User | None, model: Model, body: BodyRecord) -> Initiative:
    """Let another body follow a published model: a new idea there, with where it came from."""
    must_edit(by)
    source = model.initiative
    reasons = []
    if source.body_id == body.pk:
        reasons.append(_("Modellen er organets egen."))
    if (
        Initiative.objects.filter(adopted_from__initiative=source, body=body, state__in=tuple(NEXT))
        .exclude(state__in=(State.STOPPED, State.CARRIED))
        .exists()
    ):
        reasons.append(_("Organet følger allerede modellen."))
    if reasons:
        raise NotAllowed(*reasons)
    made = begin(
        by=by,
        body=body,
        title=model.title,
        need=source.need,
        origin=Initiative.Origin.MODEL,
        groups=source.groups,
        crossings=source.crossings,
        purpose=source.purpose,
        pathway=model.what,
        equality=source.equality,
        effect_indicator=source.effect_indicator,
        effect_age=source.effect_age,
    )
    Initiative.objects.filter(pk=made.pk).update(adopted_from=model)
    made.refresh_from_db()
    words = _("Følger modellen fra {body}.").format(body=source.body)
    move(by=by, initiative=made, to=State.IDEA, why=words)
    note("model adopted", about=model, by=by)
    made.refresh_from_db()
    return made


@transaction.atomic
def carry(*, by: User | None, initiative: Initiative, to: BodyRecord, reason: str) -> Initiative:
    """Let another body go on with an initiative as it stands; the old one says where it went.

    Partners, the working group, milestones that are not reached, risks and goals go along; steps
    and status reports stay where they were written.
    """
    must_edit(by)
    held = held_one(initiative)
    if not held.is_open:
        raise NotAllowed(_("Initiativet er afsluttet."))
    values = {f.attname: getattr(held, f.attname) for f in Initiative._meta.concrete_fields}
    new = Initiative(**values)
    new.pk, new.uid, new._state.adding = None, uuid.uuid4(), True
    new.body, new.continues, new.version, new.created_by = to, held, 1, by
    new.save(force_insert=True)
    for related in (Partner, GroupMember, Risk):
        for row in related._default_manager.filter(initiative=held):
            _copy(row, new)
    for milestone in held.milestones.filter(done_on=None):
        _copy(milestone, new)
    new.goals.set(
        Goal.objects.filter(continues__in=held.goals.all(), body=to) | held.goals.filter(body=to)
    )
    now = clock.now()
    Step.objects.create(initiative=new, state=new.state, why=reason, at=now, by=by)
    held.state, held.version = State.CARRIED, held.version + 1
    held.save()
    Step.objects.create(initiative=held, state=State.CARRIED, why=reason, at=now, by=by)
    note("initiative carried over", about=new, by=by)
    return new


def _copy(row: Any, to: Initiative) -> None:
    row.pk, row._state.adding, row.initiative = None, True, to
    row.save(force_insert=True)
