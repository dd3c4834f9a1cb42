"""Initiatives on other rooms' pages: a body's box, what is due, and the hand-over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klynge.web.accounts.models import User
from klynge.web.bodies import handover, history
from klynge.web.bodies.duties import Duty
from klynge.web.bodies.handover import Matter
from klynge.web.bodies.models import BodyRecord, Organisation
from klynge.web.bodies.panels import Panel
from klynge.web.bodies.standing import Body
from klynge.web.figures.onwards import OnTable, Way
from klynge.web.initiatives import model_rules, portfolio, rules
from klynge.web.initiatives.models import OPEN, Initiative, Milestone

SOON = timedelta(days=21)


def initiatives_of_body(body: Body, on: date, user: User) -> Panel | None:
    """The body's initiatives that are not over."""
    found = Initiative.objects.filter(body=history.find(*body.key), state__in=OPEN)
    rows = portfolio.lines(list(found), on)
    may_edit = user.has_perm("initiatives.edit")
    if not rows and not may_edit:
        return None
    context = {"rows": rows, "body": body, "may_edit": may_edit}
    return Panel("initiativer", _("Initiativer"), "initiatives/_panel.html", context, 35, wide=True)


def due(user: User, on: date) -> list[Duty]:
    """Status reports and milestones that are due soon, or late."""
    running = list(
        Initiative.objects.filter(state=Initiative.State.RUNNING).select_related("body", "leader")
    )
    found = []
    for line in portfolio.lines(running, on):
        if line.report_due and line.report_due <= on + SOON:
            found.append(
                Duty(
                    what=_("Skriv status for »{title}«").format(title=line.it.title),
                    address=reverse("initiatives:report", args=[line.it.pk]),
                    due=line.report_due,
                    body=line.it.body,
                    person=line.it.leader,
                )
            )
    milestones = Milestone.objects.filter(
        initiative__state__in=OPEN, done_on=None, due_on__lte=on + SOON
    ).select_related("initiative__body", "initiative__leader")
    found += [
        Duty(
            what=_("Milepæl: {milestone} ({title})").format(
                milestone=one.title, title=one.initiative.title
            ),
            address=reverse("initiatives:initiative", args=[one.initiative_id]),
            due=one.due_on,
            body=one.initiative.body,
            person=one.initiative.leader,
        )
        for one in milestones
    ]
    return found


def need_from_figure(figure: OnTable, body: Body, user: User) -> Way | None:
    """The way to a need of `body` that begins with the figure that is looked at."""
    if not user.has_perm("initiatives.edit"):
        return None
    address = reverse("initiatives:begin", kwargs={"kind": body.kind.id, "place": body.place.id})
    chosen = {
        "noegletal": figure.code,
        "alder": figure.age,
        "sted": f"{figure.place_kind}:{figure.place}",
        "periode": figure.period,
    }
    return Way(_("Skriv et behov fra dette tal"), f"{address}?{urlencode(chosen)}")


def initiatives_on(code: str, user: User) -> list[Way]:
    """The initiatives that began with an indicator, or whose effect is judged by it."""
    found = Initiative.objects.filter(Q(need_indicator=code) | Q(effect_indicator=code))
    return [
        Way(
            _("Initiativ: {title}").format(title=one.title),
            reverse("initiatives:initiative", args=[one.pk]),
            f"{one.body}, {one.get_state_display().lower()}",
        )
        for one in found.select_related("body")
    ]


class OpenInitiatives(handover.Kind):
    """Initiatives that are not over when a body closes."""

    id = "initiatives"
    title = gettext_lazy("Initiativer, der ikke er afsluttet")
    order = 45

    def open_matters(self, bodies: Sequence[BodyRecord], on: date) -> Iterator[Matter]:
        found = Initiative.objects.filter(body__in=bodies, state__in=OPEN)
        for one in found.select_related("body").order_by("body", "pk"):
            yield Matter(
                kind=self.id,
                key=str(one.uid),
                body=one.body,
                title=one.title,
                detail=one.get_state_display(),
                address=reverse("initiatives:initiative", args=[one.pk]),
                kommune=one.place if one.place_kind == "kommune" else "",
            )

    def carry_over(
        self, matter: Matter, *, to: BodyRecord, on: date, by: User | None, reason: str
    ) -> str:
        new = model_rules.carry(by=by, initiative=_one(matter), to=to, reason=reason)
        return reverse("initiatives:initiative", args=[new.pk])

    def close(self, matter: Matter, *, on: date, by: User | None, reason: str) -> None:
        rules.stop(by=by, initiative=_one(matter), why=reason or _("Organet ophører."))

    def send_home(
        self, matter: Matter, *, party: Organisation, on: date, by: User | None, reason: str
    ) -> None:
        words = _("{party} går videre med initiativet. {reason}")
        rules.stop(
            by=by, initiative=_one(matter), why=words.format(party=party, reason=reason).strip()
        )


def _one(matter: Matter) -> Initiative:
    return Initiative.objects.get(uid=matter.key)
