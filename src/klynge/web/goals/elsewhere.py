"""Goals on other rooms' pages: a body's box, what is due, and the hand-over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klynge.web.accounts.models import User
from klynge.web.agreements.models import AgreementGoal
from klynge.web.agreements.serving import Served
from klynge.web.bodies import handover, history
from klynge.web.bodies.duties import Duty
from klynge.web.bodies.handover import Matter
from klynge.web.bodies.models import BodyRecord, Organisation
from klynge.web.bodies.panels import Panel
from klynge.web.bodies.standing import Body
from klynge.web.figures.onwards import OnTable, Way
from klynge.web.goals import control, readings, rules
from klynge.web.goals.models import Goal

SOON = timedelta(days=60)
"""How long before its date a goal is to be assessed."""


def goals_of_body(body: Body, on: date, user: User) -> Panel | None:
    """The goals that hold, each with the one line that may be said of it."""
    goals = Goal.objects.filter(body=history.find(*body.key), state=Goal.State.ACTIVE)
    rows = [(goal, control.of(goal, readings.of_goal(goal, on))) for goal in goals]
    may_edit = user.has_perm("goals.edit")
    if not rows and not may_edit:
        return None
    context = {"rows": rows, "body": body, "may_edit": may_edit}
    return Panel("maal", _("Mål"), "goals/_panel.html", context, order=30, wide=True)


def under_agreement(of: AgreementGoal, user: User) -> Iterator[Served]:
    """The bodies' goals under a goal of an agreement, those that hold first."""
    rows = Goal.objects.filter(agreement_goal=of).select_related("body")
    for goal in sorted(rows, key=lambda row: (not row.is_active, row.pk)):
        about = str(goal.body)
        if not goal.is_active:
            about = f"{about}, {goal.get_state_display()}"
        yield Served(goal.title, about, reverse("goals:goal", args=[goal.pk]))


def due(user: User, on: date) -> list[Duty]:
    """Goals whose date is near or passed: somebody must say whether they were reached."""
    goals = Goal.objects.filter(state=Goal.State.ACTIVE, target_on__lte=on + SOON)
    return [
        Duty(
            what=_("Vurdér målet »{title}«").format(title=goal.title),
            address=reverse("goals:assess", args=[goal.pk]),
            due=goal.target_on,
            body=goal.body,
            person=goal.owner,
        )
        for goal in goals.select_related("body", "owner")
    ]


def goal_from_figure(figure: OnTable, body: Body, user: User) -> Way | None:
    """The way to a new goal of `body` on the figure that is looked at."""
    if not user.has_perm("goals.edit"):
        return None
    address = reverse("goals:new", kwargs={"kind": body.kind.id, "place": body.place.id})
    chosen = {
        "figure": f"{figure.code}:{figure.age}",
        "place": f"{figure.place_kind}:{figure.place}",
        "periode": figure.period,
    }
    return Way(_("Sæt et mål"), f"{address}?{urlencode(chosen)}")


def goals_on(code: str, user: User) -> list[Way]:
    """The goals that are measured by an indicator."""
    return [
        Way(
            _("Mål: {title}").format(title=goal.title),
            reverse("goals:goal", args=[goal.pk]),
            f"{goal.body}, {goal.get_state_display().lower()}",
        )
        for goal in Goal.objects.filter(indicator=code).select_related("body")
    ]


class OpenGoals(handover.Kind):
    """Goals that hold when a body closes."""

    id = "goals"
    title = gettext_lazy("Mål, der gælder")
    order = 40

    def open_matters(self, bodies: Sequence[BodyRecord], on: date) -> Iterator[Matter]:
        goals = Goal.objects.filter(body__in=bodies, state=Goal.State.ACTIVE)
        for goal in goals.select_related("body").order_by("body", "pk"):
            yield Matter(
                kind=self.id,
                key=str(goal.uid),
                body=goal.body,
                title=goal.title,
                detail=_("Skal være nået {day:%d.%m.%Y}").format(day=goal.target_on),
                address=reverse("goals:goal", args=[goal.pk]),
                kommune=goal.place if goal.place_kind == "kommune" else "",
            )

    def carry_over(
        self, matter: Matter, *, to: BodyRecord, on: date, by: User | None, reason: str
    ) -> str:
        new = rules.carry(by=by, goal=_goal(matter), to=to, on=on, reason=reason)
        return reverse("goals:goal", args=[new.pk])

    def close(self, matter: Matter, *, on: date, by: User | None, reason: str) -> None:
        rules.close(by=by, goal=_goal(matter), state=Goal.State.DROPPED, text=reason)

    def send_home(
        self, matter: Matter, *, party: Organisation, on: date, by: User | None, reason: str
    ) -> None:
        words = _("{party} går videre med målet. {reason}").format(party=party, reason=reason)
        rules.close(by=by, goal=_goal(matter), state=Goal.State.CARRIED, text=words.strip())


def _goal(matter: Matter) -> Goal:
    return Goal.objects.get(uid=matter.key)
