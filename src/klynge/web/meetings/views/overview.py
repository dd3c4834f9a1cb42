"""The ways in: my work, the meetings of my bodies, one body's meetings, the search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from klynge.web.accounts.models import User
from klynge.web.bodies import asked, duties
from klynge.web.bodies.models import BodyRecord
from klynge.web.meetings import access, searching, year_plan
from klynge.web.meetings.models import Item, Meeting
from klynge.web.meetings.views.common import body_or_404, record_of

MANY = 60
SOON = timedelta(days=14)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What is due for whoever is logged in, in every body; for the secretariat also its own."""
    on, user = request.on, request.user
    every = duties.every(user, on)
    person = getattr(user, "person", None)
    own = [duty for duty in every if person is not None and duty.person == person]
    bodies = my_bodies(user)
    office = []
    if user.has_perm("meetings.edit"):
        keys = {body.pk for body in bodies}
        office = [
            duty
            for duty in every
            if duty.person is None and (not keys or duty.body is None or duty.body.pk in keys)
        ]
    both = [*own, *office]
    coming = _coming(access.visible_meetings(user), on)
    context = {
        "person": person,
        "late": [duty for duty in both if duty.is_late(on)],
        "soon": [d for d in both if d.due and on <= d.due <= on + SOON],
        "later": [d for d in both if d.due is None or d.due > on + SOON],
        "coming": (coming.filter(body__in=bodies) if bodies else coming)[:8],
        "proposed": _proposed(user),
    }
    return render(request, "meetings/mine.html", context)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Coming and past meetings, of my bodies or of all."""
    bodies = my_bodies(request.user)
    whose = request.GET.get("hvis") or ("mine" if bodies else "alle")
    rows = access.visible_meetings(request.user)
    if whose == "mine":
        rows = rows.filter(body__in=bodies)
    elif (chosen := asked.key(whose)) is not None:
        rows = rows.filter(body=chosen)
    rows = rows.annotate(n_items=Count("items", filter=_counted(request.user)))
    wanted = request.GET.get("q", "").strip()[:100]
    context = {
        "whose": whose,
        "mine": bodies,
        "bodies": BodyRecord.objects.filter(meetings__isnull=False).distinct().order_by("name"),
        "coming": _coming(rows, request.on)[:MANY],
        "past": _past(rows, request.on)[:MANY],
        "wanted": wanted,
        "found": searching.find(wanted, request.user) if wanted else (),
        "may_edit": request.user.has_perm("meetings.edit"),
    }
    return render(request, "meetings/home.html", context)


@require_safe
def body(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """One body's meetings, and the ways to its wheel, backlog and templates."""
    found = body_or_404(kind, place)
    record = record_of(found)
    rows = access.visible_meetings(request.user).filter(body=record)
    rows = rows.annotate(n_items=Count("items", filter=_counted(request.user)))
    seen = access.reader(request.user, record, request.on) if record else access.Reader()
    context = {
        "body": found,
        "record": record,
        "coming": _coming(rows, request.on),
        "past": _past(rows, request.on)[:MANY],
        "least": year_plan.least(found.kind.id, found.nearest_day(request.on)),
        "may_edit": request.user.has_perm("meetings.edit"),
        "reads_drafts": seen.drafts,
        "may_propose": record and (request.user.has_perm("meetings.propose_item") or seen.member),
    }
    return render(request, "meetings/body.html", context)


def my_bodies(user: Any) -> Sequence[BodyRecord]:
    """The bodies a user sits in today."""
    seats = access.seats_of(user, access.today())
    return list({seat.body_id: seat.body for seat in seats}.values())


def _counted(user: User) -> Q:
    """Which items are counted: those that have gone out; for who writes agendas, all on them."""
    if user.has_perm("meetings.edit"):
        return ~Q(items__state=Item.State.WITHDRAWN)
    return Q(items__number__isnull=False)


def _coming(rows: QuerySet[Meeting], on: Any) -> QuerySet[Meeting]:
    return rows.filter(begins_at__date__gte=on).order_by("begins_at", "pk")


def _past(rows: QuerySet[Meeting], on: Any) -> QuerySet[Meeting]:
    return rows.filter(begins_at__date__lt=on).order_by("-begins_at", "-pk")


def _proposed(user: Any) -> list[tuple[Item, str]]:
    """The items a user has proposed, with the title that may be said to them now."""
    rows = Item.objects.filter(created_by=user, meeting=None, state=Item.State.IDEA)
    rows = rows.select_related("body", "meeting").order_by("-created_at")[:20]
    return [(item, access.title_for(item, user)) for item in rows]
