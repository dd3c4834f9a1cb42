"""Agreements on other rooms' pages: a body's box, what is due, and the hand-over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klynge.web.accounts.models import User
from klynge.web.agreements import course, reading, rules
from klynge.web.agreements.models import Hearing, Process
from klynge.web.bodies import handover, history
from klynge.web.bodies.duties import Duty
from klynge.web.bodies.handover import Matter
from klynge.web.bodies.models import BodyRecord, Organisation
from klynge.web.bodies.panels import Panel
from klynge.web.bodies.standing import Body

HEARING_SOON = timedelta(days=14)
WITH_AGREEMENTS = ("ssu", "sundhedsraad")


def agreements_of_body(body: Body, on: date, user: User) -> Panel | None:
    """The body's agreements and plans, each with its next step."""
    if body.kind.id not in WITH_AGREEMENTS:
        return None
    rows = Process.objects.filter(body=history.find(*body.key), state__in=reading.OPEN)
    context = {
        "rows": [(process, next_step(process, on)) for process in rows],
        "may_edit": user.has_perm("agreements.edit"),
    }
    return Panel("aftaler", _("Aftaler"), "agreements/_panel.html", context, order=25, wide=True)


def due(user: User, on: date) -> list[Duty]:
    """Steps whose deadline is near or passed, and hearings that end or lack a synopsis."""
    return [*_steps_due(on), *_hearings_due(on)]


def next_step(process: Process, on: date) -> course.Step | None:
    """The first step that is not done and waits for nothing; the first open one else."""
    waiting = [step for step in course.steps(process, on) if step.is_open]
    return next((step for step in waiting if not step.missing), next(iter(waiting), None))


class OpenAgreements(handover.Kind):
    """Agreements and plans on their way or in force when a body closes."""

    id = "agreements"
    title = gettext_lazy("Aftaler og planer, der er undervejs eller gælder")
    order = 35

    def open_matters(self, bodies: Sequence[BodyRecord], on: date) -> Iterator[Matter]:
        rows = Process.objects.filter(body__in=bodies, state__in=reading.OPEN)
        for process in rows.select_related("body").order_by("body", "pk"):
            step = next_step(process, on)
            yield Matter(
                kind=self.id,
                key=str(process.uid),
                body=process.body,
                title=process.title,
                detail=_("Næste skridt: {step}").format(step=step.title) if step else "",
                address=reverse("agreements:process", args=[process.pk]),
            )

    def carry_over(
        self, matter: Matter, *, to: BodyRecord, on: date, by: User | None, reason: str
    ) -> str:
        new = rules.carry(by=by, process=_process(matter), to=to, reason=_why(reason))
        return reverse("agreements:process", args=[new.pk])

    def close(self, matter: Matter, *, on: date, by: User | None, reason: str) -> None:
        rules.set_state(
            by=by, process=_process(matter), state=Process.State.ENDED, because=_why(reason)
        )

    def send_home(
        self, matter: Matter, *, party: Organisation, on: date, by: User | None, reason: str
    ) -> None:
        words = _("{party} går videre med den. {reason}").format(party=party, reason=reason)
        rules.set_state(
            by=by, process=_process(matter), state=Process.State.CARRIED, because=words.strip()
        )


def _steps_due(on: date) -> Iterator[Duty]:
    rows = Process.objects.filter(state__in=reading.OPEN).select_related("body")
    for process in rows.prefetch_related("steps"):
        for step in course.steps(process, on):
            if step.is_late or step.is_soon:
                yield Duty(
                    what=_("{step} ({title})").format(step=step.title, title=process.title),
                    address=reverse("agreements:step", args=[step.row.pk]),
                    due=step.deadline,
                    body=process.body,
                )


def _hearings_due(on: date) -> Iterator[Duty]:
    rows = Hearing.objects.filter(
        process__state__in=reading.OPEN, points=None, opens_on__lte=on,
        deadline__lte=on + HEARING_SOON,
    ).select_related("process__body")  # fmt: skip
    for hearing in rows:
        over = hearing.deadline < on
        words = _("Skriv høringsnotat: {title}") if over else _("Høringen slutter: {title}")
        yield Duty(
            what=words.format(title=hearing.title),
            address=reverse("agreements:hearing", args=[hearing.pk]),
            due=None if over else hearing.deadline,
            body=hearing.process.body,
        )


def _why(reason: str) -> str:
    return reason or _("Organet ophører.")


def _process(matter: Matter) -> Process:
    return Process.objects.get(uid=matter.key)
