"""Finding decisions: the register, searched and filtered, with only what its reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from klynge.web.accounts.models import User
from klynge.web.bodies.danish import plain
from klynge.web.bodies.models import BodyRecord, Person
from klynge.web.decisions import access
from klynge.web.decisions.access import Shown
from klynge.web.decisions.models import Decision, TreatedAtHome
from klynge.web.decisions.rules import OPEN

STILL_OPEN, LATE = "aaben", "overskredet"


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; empty things are not asked about.

    state: one of Decision.State, STILL_OPEN or LATE. text: words that all must be in it.
    """

    body: BodyRecord | None = None
    state: str = ""
    responsible: Person | None = None
    text: str = ""


def find(wanted: Wanted, user: User, on: date) -> list[Shown]:
    """The decisions that fit, the latest first, as this user may see them.

    Words are looked for in what is shown to the user and in nothing else, so that a search cannot
    tell what is hidden.
    """
    rows = every()
    if wanted.body is not None:
        rows = rows.filter(body=wanted.body)
    if wanted.state in Decision.State.values:
        rows = rows.filter(state=wanted.state)
    elif wanted.state == STILL_OPEN:
        rows = rows.filter(state__in=OPEN)
    elif wanted.state == LATE:
        rows = rows.filter(state__in=OPEN, deadline__lt=on)
    if wanted.responsible is not None:
        rows = rows.filter(responsible=wanted.responsible)
    found = access.shown(rows, user)
    # Who sees to a decision, and how it goes, is not for those who may not read it.
    if wanted.responsible is not None or wanted.state:
        found = [each for each in found if each.readable]
    words = plain(wanted.text).split()
    return [each for each in found if all(word in _searched(each) for word in words)]


def every() -> QuerySet[Decision]:
    """All decisions with what is needed to say who may see them."""
    return Decision.objects.select_related(
        "body", "meeting", "item__meeting", "responsible", "organisation", "clause"
    )


def bodies_with_decisions() -> QuerySet[BodyRecord]:
    """The bodies that have decided something."""
    return BodyRecord.objects.filter(decisions__isnull=False).distinct().order_by("name")


def matrix(
    decisions: Iterable[Decision],
) -> tuple[list[str], list[tuple[Decision, list[TreatedAtHome | None]]]]:
    """Which authority has treated which decision: names of the columns, and a row a decision."""
    rows = TreatedAtHome.objects.filter(decision__in=list(decisions))
    by_decision: dict[int, dict[int, TreatedAtHome]] = {}
    columns: dict[int, tuple[bool, str]] = {}
    for row in rows.select_related("organisation"):
        by_decision.setdefault(row.decision_id, {})[row.organisation_id] = row
        columns[row.organisation_id] = (row.organisation.kind != "region", row.organisation.name)
    order = sorted(columns, key=lambda pk: columns[pk])
    return (
        [columns[pk][1] for pk in order],
        [
            (each, [by_decision[each.pk].get(pk) for pk in order])
            for each in decisions
            if each.pk in by_decision
        ],
    )


def _searched(shown: Shown) -> str:
    return plain(shown.text)
