"""The pages that show initiatives: the portfolio in three ways, one initiative, the catalogue."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from klynge.web.accounts.models import User
from klynge.web.bodies.models import BodyRecord
from klynge.web.decisions import access
from klynge.web.figures.reading import Desk
from klynge.web.goals import control, readings
from klynge.web.initiatives import effect, panels, portfolio, sources
from klynge.web.initiatives.models import Crossing, Initiative, Model, Step, TargetGroup
from klynge.web.initiatives.rules import NEXT


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The portfolio as a list: where, for whom, how far, what next."""
    asked = portfolio.Filter.of(request.GET)
    context = {
        **_shown(request, asked),
        "lines": [
            (line, portfolio.words(line.it)) for line in portfolio.lines(asked.found(), request.on)
        ],
    }
    return render(request, "initiatives/home.html", context)


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The portfolio as a board: a column a state."""
    asked = portfolio.Filter.of(request.GET)
    context = {**_shown(request, asked), "columns": portfolio.board(asked.found())}
    return render(request, "initiatives/board.html", context)


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """The portfolio over time."""
    asked = portfolio.Filter.of(request.GET)
    context = {
        **_shown(request, asked),
        "timeline": portfolio.timeline(asked.found(), request.on),
    }
    return render(request, "initiatives/timeline.html", context)


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Who has tried what, with which effect: every body's initiatives, and the models to follow."""
    asked = portfolio.Filter.of(request.GET)
    if not asked.state:
        asked = portfolio.Filter(**{**vars(asked), "state": "alle"})
    rows = [
        (one, portfolio.words(one), _told_effect(one), one.models.order_by("-number").first())
        for one in asked.found()
    ]
    context = {**_shown(request, asked), "rows": rows, "models": portfolio.models()}
    return render(request, "initiatives/catalogue.html", context)


@require_safe
def initiative(request: HttpRequest, pk: int) -> HttpResponse:
    """One initiative, from need to effect."""
    one = get_object_or_404(
        Initiative.objects.select_related(
            "body", "leader", "adopted_from__initiative__body", "continues__body"
        ),
        pk=pk,
    )
    newest = one.reports.first()
    context = {
        "it": one,
        "body_address": _body_address(one),
        "words": portfolio.words(one),
        "place_name": sources.place_name(one.place_kind, one.place),
        "figure": sources.figure_of(one),
        "effect": _effect(one, request),
        "effect_title": sources.indicator_title(one.effect_indicator),
        "steps": _steps(one, request.user),
        "next_states": NEXT[one.state],
        "goals": [
            (goal, control.of(goal, readings.of_goal(goal, request.on))) for goal in one.goals.all()
        ],
        "reports": one.reports.select_related("by"),
        "report_due": portfolio.report_due(one, newest),
        "partners": one.partners.select_related("organisation"),
        "group_members": one.group_members.select_related("person"),
        "milestones": one.milestones.all(),
        "risks": sorted(one.risks.all(), key=lambda risk: -risk.size),
        "models": one.models.order_by("-number"),
        "adoptions": Initiative.objects.filter(adopted_from__initiative=one).select_related("body"),
        "panels": panels.of_initiative(one, request.on, request.user),
        "may_edit": request.user.has_perm("initiatives.edit"),
    }
    return render(request, "initiatives/initiative.html", context)


@require_safe
def model(request: HttpRequest, pk: int) -> HttpResponse:
    """One published model, and who follows it."""
    found = get_object_or_404(Model.objects.select_related("initiative__body"), pk=pk)
    context = {
        "model": found,
        "words": portfolio.words(found.initiative),
        "told": _told_effect(found.initiative),
        "adoptions": Initiative.objects.filter(
            adopted_from__initiative=found.initiative
        ).select_related("body"),
        "versions": Model.objects.filter(initiative=found.initiative).order_by("-number"),
        "may_edit": request.user.has_perm("initiatives.edit"),
    }
    return render(request, "initiatives/model.html", context)


def _shown(request: HttpRequest, asked: portfolio.Filter) -> dict[str, Any]:
    return {
        "asked": asked,
        "states": [*Initiative.State.choices],
        "groups": TargetGroup.choices,
        "crossings": Crossing.choices,
        "bodies": BodyRecord.objects.filter(initiatives__isnull=False).distinct(),
        "indicators": [
            (code, sources.indicator_title(code))
            for code in Initiative.objects.exclude(effect_indicator="")
            .values_list("effect_indicator", flat=True)
            .distinct()
            .order_by("effect_indicator")
        ],
        "may_edit": request.user.has_perm("initiatives.edit"),
    }


def _steps(one: Initiative, user: User) -> list[tuple[Step, bool]]:
    """The steps taken, and whether the user may read the decision behind each."""
    eyes = access.Eyes(user)
    rows = one.steps.select_related("decision__item__meeting", "decision__meeting", "by")
    return [(step, step.decision is not None and eyes.may_see(step.decision)) for step in rows]


def _body_address(one: Initiative) -> str:
    return reverse("bodies:body", kwargs={"kind": one.body.kind, "place": one.body.place})


def _effect(one: Initiative, request: HttpRequest) -> dict[str, Any]:
    try:
        found = effect.estimate(one, request.on)
    except effect.CannotTell as reason:
        return {"why_not": str(reason)}
    return {"found": found, "words": effect.in_words(found), "desk": Desk.of(request.on)}


def _told_effect(one: Initiative) -> str:
    """The effect as the newest status that told one kept it."""
    kept = one.reports.exclude(effect={}).first()
    if kept is None:
        return ""
    return effect.kept_in_words(kept.effect)
