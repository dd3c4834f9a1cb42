"""The open decisions of a body that closes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klynge.web.accounts.models import User
from klynge.web.bodies import handover
from klynge.web.bodies.models import BodyRecord, Organisation
from klynge.web.decisions import rules
from klynge.web.decisions.models import Decision


class OpenDecisions(handover.Kind):
    """Decisions that are still to be followed: the body that follows goes on with them."""

    id = "decisions"
    title = gettext_lazy("Åbne beslutninger")
    order = 30

    def open_matters(self, bodies: Sequence[BodyRecord], on: date) -> Iterable[handover.Matter]:
        rows = Decision.objects.filter(body__in=bodies, state__in=rules.OPEN)
        for decision in rows.select_related("body", "meeting", "responsible", "organisation"):
            yield handover.Matter(
                kind=self.id,
                key=str(decision.pk),
                body=decision.body,
                title=str(decision),
                detail=_detail(decision),
                address=reverse("decisions:decision", kwargs={"uid": decision.uid}),
                kommune=_kommune(decision.organisation),
                draft=not decision.is_out,
            )

    def carry_over(
        self,
        matter: handover.Matter,
        *,
        to: BodyRecord,
        on: date,
        by: User | None,
        reason: str,
    ) -> str | None:
        new = rules.carry_over(by=by, decision=_decision(matter), to=to, reason=reason)
        return reverse("decisions:decision", kwargs={"uid": new.uid})

    def close(self, matter: handover.Matter, *, on: date, by: User | None, reason: str) -> None:
        rules.end_with_body(by=by, decision=_decision(matter), reason=reason)

    def send_home(
        self,
        matter: handover.Matter,
        *,
        party: Organisation,
        on: date,
        by: User | None,
        reason: str,
    ) -> None:
        rules.send_home(by=by, decision=_decision(matter), party=party, reason=reason)


def _decision(matter: handover.Matter) -> Decision:
    return Decision.objects.get(pk=int(matter.key))


def _detail(decision: Decision) -> str:
    who = decision.responsible or decision.organisation
    parts = [str(who)] if who else []
    if decision.deadline:
        day = date_format(decision.deadline, "DATE_FORMAT")
        parts.append(_("frist {day}").format(day=day))
    return ", ".join(parts)


def _kommune(organisation: Organisation | None) -> str:
    """The kommune that sees to a decision, so that it follows it when a klynge is split."""
    if organisation is None or organisation.place_kind != "kommune":
        return ""
    return organisation.place
