"""Bringing decisions back: what is open is put among its body's coming items, once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.decisions.models import Decision
from klynge.web.decisions.rules import OPEN, locked, must
from klynge.web.meetings import rules as meetings
from klynge.web.meetings.models import Item, ItemKind

LONGEST_TITLE = 200
TREATED = (Item.State.TREATED, Item.State.POSTPONED, Item.State.WITHDRAWN)


@transaction.atomic
def propose_follow_up(*, by: User | None, decision: Decision) -> Item:
    """Put the decision on its body's backlog, to come back on the next agenda.

    Raises NotAllowed when it lies there already.
    """
    must(by, "decisions.record")
    decision = locked(decision)
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
    must(by, "decisions.record")
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
    return Item.objects.filter(follows=decision.uid).exclude(state__in=TREATED)


def not_waiting(decisions: Iterable[Decision]) -> list[Decision]:
    """Those of some decisions that no waiting item follows up."""
    some = list(decisions)
    waits = Item.objects.filter(follows__in=[each.uid for each in some])
    followed = set(waits.exclude(state__in=TREATED).values_list("follows", flat=True))
    return [each for each in some if each.uid not in followed]


def _is_gone(body: BodyRecord, on: date) -> bool:
    return body.valid_to is not None and body.valid_to < on


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
