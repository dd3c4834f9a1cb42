"""What may happen to initiatives. Every function takes `by`, runs in one transaction and notes what
was done; what is refused is refused whole, with every reason (NotAllowed)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import clock
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.decisions import rules as decision_rules
from klynge.web.decisions.models import Decision
from klynge.web.figures.models import Figure, Pack
from klynge.web.initiatives.models import (
    Crossing,
    Initiative,
    StatusReport,
    Step,
    TargetGroup,
)
from klynge.web.initiatives.rights import held_one, must_edit

__all__ = ["NotAllowed"]

State = Initiative.State
NEXT: Mapping[str, tuple[str, ...]] = {
    State.NEED: (State.IDEA, State.STOPPED),
    State.IDEA: (State.PROPOSAL, State.STOPPED),
    State.PROPOSAL: (State.DECIDED, State.IDEA, State.STOPPED),
    State.DECIDED: (State.RUNNING, State.STOPPED),
    State.RUNNING: (State.EVALUATED, State.STOPPED),
    State.EVALUATED: (State.SPREAD, State.RUNNING, State.STOPPED),
    State.SPREAD: (),
    State.STOPPED: (),
    State.CARRIED: (),
}
"""Where an initiative may go from where it is."""

CHANGEABLE = (
    "title", "need", "purpose", "pathway", "equality", "groups", "crossings", "decided_by",
    "leader", "group_task", "starts_on", "ends_on", "economy", "effect_indicator", "effect_age",
    "report_every",
)  # fmt: skip


@dataclass(frozen=True)
class FigureOnTheTable:
    """The figure that began it: where it stood, and in which pack."""

    indicator: str
    place_kind: str
    place: str
    period: str
    age: str = "all"


class ChangedMeanwhile(NotAllowed):
    """Somebody else changed the initiative after the page was opened; nothing was saved."""


@transaction.atomic
def begin(
    *,
    by: User | None,
    body: BodyRecord,
    title: str,
    need: str,
    origin: str,
    figure: FigureOnTheTable | None = None,
    groups: Sequence[str] = (),
    crossings: Sequence[str] = (),
    **more: Any,
) -> Initiative:
    """Begin with a need. figure: must be one that the pack shown has, and is kept with its seal.

    more: other fields that `change` takes. Raises NotAllowed with every reason.
    """
    must_edit(by)
    made = Initiative(
        body=body,
        title=" ".join(title.split()),
        need=need.strip(),
        origin=origin,
        groups=list(groups),
        crossings=list(crossings),
        place_kind=body.place_kind,
        place=body.place,
        created_by=by,
        **{name: value for name, value in more.items() if name in CHANGEABLE},
    )
    reasons = _reasons_against(made)
    if origin == Initiative.Origin.FIGURE and figure is None:
        reasons.append(_("Vælg det tal, der viste behovet."))
    if figure is not None:
        reasons += _put_on_the_table(made, figure)
    if reasons:
        raise NotAllowed(*reasons)
    made.save(force_insert=True)
    Step.objects.create(initiative=made, state=made.state, at=clock.now(), by=by)
    note("initiative begun", about=made, by=by)
    return made


@transaction.atomic
def change(
    *, by: User | None, initiative: Initiative, version: int, changes: Mapping[str, Any]
) -> Initiative:
    """Change what is written of an initiative. Raises ChangedMeanwhile when `version` is old."""
    must_edit(by)
    held = held_one(initiative)
    if held.version != version:
        raise ChangedMeanwhile(
            _("En anden har rettet initiativet imens. Læs det, og ret så dit eget ind igen.")
        )
    for name, value in changes.items():
        if name in CHANGEABLE:
            setattr(held, name, value)
    reasons = _reasons_against(held)
    if reasons:
        raise NotAllowed(*reasons)
    held.version += 1
    held.save()
    note("initiative changed", about=held, by=by)
    return held


@transaction.atomic
def move(
    *,
    by: User | None,
    initiative: Initiative,
    to: str,
    why: str = "",
    decision: Decision | None = None,
) -> Step:
    """Take an initiative a step on. Raises NotAllowed with everything that is missing for it."""
    must_edit(by)
    held = held_one(initiative)
    reasons = _reasons_against_moving(held, to, why, decision)
    if reasons:
        raise NotAllowed(*reasons)
    held.state, held.version = to, held.version + 1
    held.save()
    step = Step.objects.create(
        initiative=held, state=to, why=why.strip(), decision=decision, at=clock.now(), by=by
    )
    if decision is not None:
        decision_rules.led_to(
            by=by,
            decision=decision,
            thing=held,
            title=held.title,
            address=reverse("initiatives:initiative", args=[held.pk]),
        )
    note(f"initiative moved: {to}", about=held, by=by)
    return step


@transaction.atomic
def report(
    *,
    by: User | None,
    initiative: Initiative,
    going: str,
    text: str,
    effect: Mapping[str, Any] | None = None,
) -> StatusReport:
    """Tell how it is going. effect: the estimate as it looked, kept with the report."""
    must_edit(by)
    reasons = []
    if not text.strip():
        reasons.append(_("Skriv, hvordan det går."))
    if going not in StatusReport.Going.values:
        reasons.append(_("Vælg, hvordan det går."))
    if not initiative.is_open:
        reasons.append(_("Initiativet er afsluttet."))
    if reasons:
        raise NotAllowed(*reasons)
    made = StatusReport.objects.create(
        initiative=initiative,
        going=going,
        text=text.strip(),
        effect=dict(effect or {}),
        at=clock.now(),
        by=by,
    )
    note("status reported", about=initiative, by=by)
    return made


@transaction.atomic
def stop(*, by: User | None, initiative: Initiative, why: str) -> Step:
    """Stop an initiative, whatever its state."""
    return move(by=by, initiative=initiative, to=State.STOPPED, why=why)


def _reasons_against(one: Initiative) -> list[str]:
    reasons = []
    if not one.title or not one.need:
        reasons.append(_("Skriv, hvad initiativet hedder, og hvilket behov det svarer på."))
    if one.origin not in Initiative.Origin.values:
        reasons.append(_("Vælg, hvad det begyndte med."))
    if not set(one.groups) <= set(TargetGroup.values):
        reasons.append(_("En af målgrupperne er ukendt."))
    if not set(one.crossings) <= set(Crossing.values):
        reasons.append(_("En af overgangene er ukendt."))
    if one.starts_on and one.ends_on and one.ends_on <= one.starts_on:
        reasons.append(_("Initiativet skal slutte, efter at det er begyndt."))
    if one.state == State.RUNNING and (one.starts_on is None or one.leader is None):
        reasons.append(_("Et initiativ, der er i gang, har en første dag og en projektleder."))
    if not 7 <= int(one.report_every or 0) <= 366:
        reasons.append(_("Der skal være mellem 7 og 366 dage mellem statusser."))
    return reasons


def _reasons_against_moving(
    one: Initiative, to: str, why: str, decision: Decision | None
) -> list[str]:
    if to not in NEXT[one.state]:
        return [
            _("Et initiativ kan ikke gå fra »{old}« til »{new}«.").format(
                old=one.get_state_display(), new=dict(State.choices).get(to, to)
            )
        ]
    reasons = []
    if to == State.PROPOSAL and not (one.purpose and one.groups and one.crossings):
        reasons.append(_("Et forslag har formål, målgruppe og de overgange, det retter op på."))
    if to == State.PROPOSAL and not one.equality:
        reasons.append(_("Skriv, hvad forslaget betyder for ligheden i sundhed."))
    if to == State.DECIDED and decision is None and not why.strip():
        reasons.append(_("Vælg beslutningen, eller skriv, hvor og hvornår det blev besluttet."))
    if to == State.RUNNING and (one.starts_on is None or one.leader is None):
        reasons.append(_("Skriv første dag og projektleder, før initiativet går i gang."))
    if to in (State.EVALUATED, State.SPREAD, State.STOPPED) and not why.strip():
        reasons.append(_("Skriv, hvad konklusionen er."))
    if to == State.SPREAD and not one.models.exists():
        reasons.append(_("Udgiv modellen, før initiativet bliver udbredt."))
    return reasons


def _put_on_the_table(one: Initiative, figure: FigureOnTheTable) -> list[str]:
    pack = Pack.objects.current()
    found = (
        pack
        and Figure.objects.filter(
            indicator__pack=pack,
            indicator__code=figure.indicator,
            place_kind=figure.place_kind,
            place=figure.place,
            period=figure.period,
            age=figure.age,
        ).exists()
    )
    if not found or pack is None:
        return [_("Den viste datapakke har ikke det tal.")]
    one.need_indicator, one.need_period = figure.indicator, figure.period
    one.need_age = figure.age
    one.need_place_kind, one.need_place = figure.place_kind, figure.place
    one.need_pack = pack.seal
    return []
