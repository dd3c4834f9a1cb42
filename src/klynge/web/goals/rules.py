"""What may happen to goals and to the figures a body measures itself.

Every function takes `by` (None: the system itself), runs in one transaction and notes what was
done. What is refused is refused whole, with every reason (NotAllowed).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import rules
from django.db import transaction
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.accounts.rules import is_administrator, is_secretariat
from klynge.web.agreements.models import AgreementGoal
from klynge.web.audit.rules import note
from klynge.web.bodies import clock
from klynge.web.bodies.models import BodyRecord, Person
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.figures import periods
from klynge.web.goals import readings
from klynge.web.goals.models import Assessment, Goal, Measurement, OwnIndicator

__all__ = ["NotAllowed"]

CHANGEABLE = (
    *("title", "why", "agreement", "agreement_goal", "group", "owner"),
    *("target", "target_on"),
)
rules.add_perm("goals.edit", is_secretariat | is_administrator)


@dataclass(frozen=True)
class Baseline:
    """What a goal sets out from. pack: the seal of the data pack; empty for own measurements."""

    period: str
    value: float
    lower: float | None = None
    upper: float | None = None
    pack: str = ""


class ChangedMeanwhile(NotAllowed):
    """Somebody else changed the goal after the page was opened; nothing was saved."""


@transaction.atomic
def set_goal(
    *,
    by: User | None,
    body: BodyRecord,
    title: str,
    why: str,
    baseline_period: str,
    target: float,
    target_on: date,
    place: tuple[str, str],
    indicator: str = "",
    own_indicator: OwnIndicator | None = None,
    age: str = "all",
    owner: Person | None = None,
    agreement: str = "",
    agreement_goal: AgreementGoal | None = None,
    group: str = "",
    on: date | None = None,
) -> Goal:
    """Set a goal from the figure of `baseline_period` to `target`. Which way follows from the two.

    place: kind and id. on: the day it is set; today when None. Raises NotAllowed when there is no
    figure to set out from, when the target is what there is already, or lies in the past.
    """
    _must_edit(by)
    day = on or clock.today()
    found = (
        readings.of_own(own_indicator, day)
        if own_indicator is not None
        else readings.of_pack(indicator, *place, age, day)
    )
    goal = Goal(
        body=body,
        title=" ".join(title.split()),
        why=why.strip(),
        agreement=_words_of(agreement, agreement_goal),
        agreement_goal=agreement_goal,
        group=" ".join(group.split()),
        indicator="" if own_indicator else indicator,
        own_indicator=own_indicator,
        place_kind=place[0],
        place=place[1],
        age=age,
        baseline_period=baseline_period,
        target=target,
        target_on=target_on,
        owner=owner,
        set_on=day,
        created_by=by,
    )
    reasons = _reasons_against(goal, _baseline(goal, found))
    if reasons:
        raise NotAllowed(*reasons)
    goal.save(force_insert=True)
    note("goal set", about=goal, by=by)
    return goal


@transaction.atomic
def change_goal(*, by: User | None, goal: Goal, version: int, changes: Mapping[str, Any]) -> Goal:
    """Change a goal's words, owner, target or date; never what it set out from.

    version: the goal's, as it was when the page was opened. Raises ChangedMeanwhile when it is no
    longer that.
    """
    _must_edit(by)
    held = Goal.objects.select_for_update().get(pk=goal.pk)
    if held.version != version:
        raise ChangedMeanwhile(
            _("En anden har rettet målet imens. Læs det, og ret så dit eget ind igen.")
        )
    if not held.is_active:
        raise NotAllowed(_("Målet gælder ikke længere og kan ikke rettes."))
    for name in CHANGEABLE:
        if name in changes:
            setattr(held, name, changes[name])
    held.agreement = _words_of(held.agreement, held.agreement_goal)
    reasons = _reasons_against(held, Baseline(held.baseline_period, held.baseline))
    if reasons:
        raise NotAllowed(*reasons)
    held.version += 1
    held.save()
    note("goal changed", about=held, by=by)
    return held


@transaction.atomic
def assess(*, by: User | None, goal: Goal, text: str, state: str) -> Assessment:
    """Write down how far a goal is; `state` closes it when it is no longer active."""
    _must_edit(by)
    held = Goal.objects.select_for_update().get(pk=goal.pk)
    reasons = []
    if not text.strip():
        reasons.append(_("Skriv, hvordan det går."))
    if state not in Goal.State.values:
        reasons.append(_("Tilstanden er ukendt."))
    if not held.is_active:
        reasons.append(_("Målet er afsluttet."))
    if reasons:
        raise NotAllowed(*reasons)
    held.state, held.version = state, held.version + 1
    held.save()
    made = Assessment.objects.create(
        goal=held, text=text.strip(), state=state, at=clock.now(), by=by
    )
    note("goal assessed", about=held, by=by)
    return made


@transaction.atomic
def carry(*, by: User | None, goal: Goal, to: BodyRecord, on: date, reason: str) -> Goal:
    """Let another body go on with a goal, as it stands; the old one says where it went."""
    _must_edit(by)
    held = Goal.objects.select_for_update().get(pk=goal.pk)
    if not held.is_active:
        raise NotAllowed(_("Målet er afsluttet."))
    values = {field.attname: getattr(held, field.attname) for field in Goal._meta.concrete_fields}
    new = Goal(**values)
    new.pk, new.uid, new._state.adding = None, uuid.uuid4(), True
    new.body, new.continues, new.version, new.created_by = to, held, 1, by
    new.save(force_insert=True)
    close(by=by, goal=held, state=Goal.State.CARRIED, text=reason)
    note("goal carried over", about=new, by=by)
    return new


@transaction.atomic
def close(*, by: User | None, goal: Goal, state: str, text: str) -> Assessment:
    """End a goal, saying why."""
    return assess(by=by, goal=goal, text=text or _("Afsluttet."), state=state)


@transaction.atomic
def define_own(
    *,
    by: User | None,
    body: BodyRecord,
    title: str,
    definition: str,
    unit: str,
    kind: str,
    source: str,
    per: int = 100,
) -> OwnIndicator:
    """A figure the body measures itself. Raises NotAllowed when something of it is not said."""
    _must_edit(by)
    title = " ".join(title.split())
    reasons = []
    if not (title and definition.strip() and unit.strip() and source.strip()):
        reasons.append(_("Skriv navn, definition, enhed og hvor tallene kommer fra."))
    if kind not in OwnIndicator.Kind.values:
        reasons.append(_("Slagsen er ukendt."))
    if per < 1:
        reasons.append(_("»Pr.« er et helt tal på mindst 1."))
    if OwnIndicator.objects.filter(body=body, title=title).exists():
        reasons.append(_("Organet har allerede et nøgletal med det navn."))
    if reasons:
        raise NotAllowed(*reasons)
    made = OwnIndicator.objects.create(
        body=body,
        title=title,
        definition=definition.strip(),
        unit=" ".join(unit.split()),
        kind=kind,
        per=per,
        source=" ".join(source.split()),
        created_by=by,
    )
    note("own indicator defined", about=made, by=by)
    return made


@dataclass(frozen=True)
class Entry:
    """One measurement as it is typed in. line: where it stands, for a message."""

    line: int
    period: str
    value: float | None = None
    numerator: int | None = None
    denominator: int | None = None
    note: str = ""


@transaction.atomic
def measure(
    *, by: User | None, indicator: OwnIndicator, entries: Sequence[Entry]
) -> list[Measurement]:
    """Enter measurements, all or none. One of a period that is there already replaces it, and the
    old one is kept. Raises NotAllowed with every fault of every line."""
    _must_edit(by)
    OwnIndicator.objects.select_for_update().get(pk=indicator.pk)
    reasons = [reason for entry in entries for reason in _faults_of(entry, indicator)]
    times = [entry.period for entry in entries]
    reasons += [
        _("Perioden {period} står to gange.").format(period=period)
        for period in sorted({period for period in times if times.count(period) > 1})
    ]
    if not entries:
        reasons.append(_("Der er ingen målinger at gemme."))
    if reasons:
        raise NotAllowed(*reasons)
    now = clock.now()
    indicator.measurements.filter(replaced_at=None, period__in=times).update(replaced_at=now)
    made = [
        Measurement.objects.create(
            indicator=indicator,
            period=entry.period,
            value=_value_of(entry, indicator),
            numerator=entry.numerator,
            denominator=entry.denominator,
            note=" ".join(entry.note.split())[:300],
            entered_at=now,
            entered_by=by,
        )
        for entry in entries
    ]
    note("measurements entered", about=indicator, by=by)
    return made


def _faults_of(entry: Entry, indicator: OwnIndicator) -> list[str]:
    where = _("Linje {n}: ").format(n=entry.line)
    faults = []
    if not periods.is_period(entry.period):
        faults.append(
            _("»{text}« er ingen periode. Skriv 2024, 2024-K3 eller 2024-11.").format(
                text=entry.period[:20]
            )
        )
    if indicator.kind == OwnIndicator.Kind.NUMBER:
        if entry.value is None:
            faults.append(_("der mangler en værdi."))
    elif entry.numerator is None or not entry.denominator:
        faults.append(_("skriv både tæller og nævner; nævneren er over 0."))
    elif entry.numerator < 0 or (
        indicator.kind == OwnIndicator.Kind.SHARE and entry.numerator > entry.denominator
    ):
        faults.append(_("tælleren skal være mellem 0 og nævneren."))
    return [where + fault for fault in faults]


def _value_of(entry: Entry, indicator: OwnIndicator) -> float:
    if entry.numerator is not None and entry.denominator:
        return indicator.per * entry.numerator / entry.denominator
    return float(entry.value or 0)


def _baseline(goal: Goal, found: readings.Readings) -> Baseline | None:
    """What the goal sets out from: its period's figure in the series, or in the year's row."""
    row = found.at(goal.baseline_period) or readings.of_period(goal, found)
    if row is None:
        return None
    seal = found.pack.seal if found.pack else ""
    return Baseline(row.period, row.value, row.lower, row.upper, seal)


def _reasons_against(goal: Goal, baseline: Baseline | None) -> list[str]:
    reasons = []
    if not goal.title or not goal.why:
        reasons.append(_("Skriv, hvad målet er, og hvorfor det er sat."))
    if goal.target_on <= goal.set_on:
        reasons.append(_("Målet skal være nået efter den dag, det er sat."))
    if baseline is None:
        reasons.append(
            _(
                "Der er intet tal for {period} at gå ud fra: det er skjult eller findes ikke."
            ).format(
                period=periods.title(goal.baseline_period)
                if periods.is_period(goal.baseline_period)
                else goal.baseline_period
            )
        )
        return reasons
    if periods.first_day(baseline.period) >= goal.target_on:
        reasons.append(_("Målet skal være nået efter den periode, det går ud fra."))
    if goal.target == baseline.value:
        reasons.append(_("Måltallet er det samme som udgangspunktet."))
    goal.baseline = baseline.value
    if not goal.pk:
        goal.baseline_lower, goal.baseline_upper = baseline.lower, baseline.upper
        goal.baseline_pack = baseline.pack
    goal.direction = Goal.Direction.UP if goal.target > baseline.value else Goal.Direction.DOWN
    return reasons


def _words_of(agreement: str, goal: AgreementGoal | None) -> str:
    """The words of the agreement's goal; its own where it is kept here."""
    return goal.title if goal else " ".join(agreement.split())


def _must_edit(by: User | None) -> None:
    if by is not None and not by.has_perm("goals.edit"):
        raise NotAllowed(_("Kun sekretariatet og administratorer kan ændre mål."))
