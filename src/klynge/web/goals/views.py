"""The pages of goals: the list, a goal, and those that change something."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from klynge.web.bodies import asked, history, people
from klynge.web.bodies import rules as body_rules
from klynge.web.bodies.body_views import body_or_404
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.bodies.standing import Body, body_called
from klynge.web.figures.reading import Desk
from klynge.web.goals import choosing, control, drawing, forms, readings, rules
from klynge.web.goals.models import Goal, OwnIndicator

View = Callable[..., HttpResponse]


def _editor(view: View) -> View:
    """Only for those who may change goals; GET shows the form and POST sends it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("goals.edit"):
            raise PermissionDenied(_("Kun sekretariatet og administratorer kan ændre mål."))
        return view(request, *args, **kwargs)

    return require_http_methods(["GET", "HEAD", "POST"])(guarded)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Every goal by body, those that hold first."""
    everyone = request.GET.get("alle") == "1"
    goals = Goal.objects.select_related("body", "own_indicator", "owner")
    if not everyone:
        goals = goals.filter(state=Goal.State.ACTIVE)
    grouped: dict[BodyRecord, list[Any]] = {}
    for goal in goals:
        grouped.setdefault(goal.body, []).append((goal, _progress(goal, request)))
    context = {"grouped": grouped.items(), "everyone": everyone}
    return render(request, "goals/home.html", context)


@require_safe
def of_body(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """The goals of one body, and the figures it measures itself."""
    body, record = body_or_404(kind, place), history.find(kind, place)
    goals = Goal.objects.filter(body=record).select_related("own_indicator", "owner")
    context = {
        "body": body,
        "rows": [(goal, _progress(goal, request)) for goal in goals],
        "own": OwnIndicator.objects.filter(body=record),
        "may_edit": request.user.has_perm("goals.edit"),
    }
    return render(request, "goals/body.html", context)


@require_safe
def goal(request: HttpRequest, pk: int) -> HttpResponse:
    """One goal: from what, to what, why, its series on a control chart, and what that says."""
    found = _goal(pk)
    progress = _progress(found, request)
    context = {
        "goal": found,
        "body": _body_of(found),
        "progress": progress,
        "about": choosing.about(found, progress.readings, Desk.of(request.on)),
        "restated": readings.restated(found, progress.readings),
        "drawing": drawing.in_words(found, progress),
        "table": _table(progress),
        "assessments": found.assessments.select_related("by"),
        "may_edit": request.user.has_perm("goals.edit"),
    }
    return render(request, "goals/goal.html", context)


@require_safe
def chart(request: HttpRequest, pk: int) -> HttpResponse:
    """The control chart alone, as SVG."""
    found = _goal(pk)
    progress = _progress(found, request)
    if progress.chart is None:
        raise Http404
    language, narrow = "en" if get_language() == "en" else "da", "smal" in request.GET
    drawn = drawing.svg(found, progress, language, _("Måltal"), narrow=narrow)
    response = HttpResponse(drawn, content_type="image/svg+xml")
    response["Cache-Control"] = "private, no-cache"
    return response


@_editor
def new(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """A new goal: first the figure and the place, then the rest."""
    body = body_or_404(kind, place)
    record, desk = history.find(kind, place), Desk.of(request.on)
    figures, places = choosing.figures(record, desk), choosing.places(body, desk, request.on)
    asked = {name: request.GET.get(name, "") for name in ("figure", "place")}
    choose = forms.ChooseForm(asked if any(asked.values()) else None, figures=figures,
                              places=places)  # fmt: skip
    choose.render_ready()
    if not choose.is_valid():
        return _page(request, choose, body, _("Nyt mål"), step=1)
    subject = choosing.subject(choose.cleaned_data)
    series = choosing.series(subject, request.on)
    form = forms.GoalForm(
        request.POST if request.method == "POST" else None,
        initial={"baseline_period": request.GET.get("periode", "")},
        periods=[(row.period, f"{row.title}: {row.text} {series.unit}") for row in
                 reversed(series.rows)],
        agreement_goals=choosing.agreement_goals(body, request.on),
    )  # fmt: skip
    form.render_ready()
    if form.is_valid() and _done(form, lambda: _set(request, form, body, subject)):
        messages.success(request, _("Målet er sat."))
        return redirect("goals:body", kind=kind, place=place)
    return _page(request, form, body, _("Nyt mål"), step=2, series=series)


@_editor
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a goal's words, owner, target or date."""
    found = _goal(pk)
    initial = {name: getattr(found, name) for name in
               ("title", "why", "target", "target_on", "group", "agreement",
                "agreement_goal")}  # fmt: skip
    if found.agreement_goal:
        initial["agreement"] = ""
    initial["owner"] = people.label(found.owner) if found.owner else ""
    form = forms.WordsForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        agreement_goals=choosing.agreement_goals(_body_of(found), request.on, found),
    )
    form.render_ready()
    version = asked.key(request.POST.get("version", str(found.version))) or 0
    if form.is_valid() and _done(
        form,
        lambda: rules.change_goal(
            by=request.user, goal=found, version=version, changes=form.cleaned_data
        ),
    ):
        messages.success(request, _("Målet er rettet."))
        return redirect("goals:goal", pk=pk)
    return _page(request, form, _body_of(found), _("Ret målet"), edition=version, goal=found)


@_editor
def assess(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down how far a goal is."""
    found = _goal(pk)
    form = forms.AssessForm(
        request.POST if request.method == "POST" else None, initial={"state": found.state}
    )
    form.render_ready()
    if form.is_valid() and _done(
        form, lambda: rules.assess(by=request.user, goal=found, **form.cleaned_data)
    ):
        messages.success(request, _("Vurderingen er gemt."))
        return redirect("goals:goal", pk=pk)
    return _page(request, form, _body_of(found), _("Vurdér målet"), goal=found)


@_editor
def define(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """A figure the body measures itself."""
    body = body_or_404(kind, place)
    form = forms.OwnIndicatorForm(request.POST if request.method == "POST" else None)
    form.render_ready()
    if form.is_valid() and _done(
        form,
        lambda: rules.define_own(by=request.user, body=_record(request, body), **form.cleaned_data),
    ):
        messages.success(request, _("Nøgletallet er oprettet. Indtast nu målingerne."))
        return redirect("goals:body", kind=kind, place=place)
    return _page(request, form, body, _("Eget nøgletal"))


@_editor
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """Type in measurements of the body's own figure."""
    indicator = get_object_or_404(OwnIndicator.objects.select_related("body"), pk=pk)
    body = body_or_404(indicator.body.kind, indicator.body.place)
    form = forms.MeasurementsForm(
        request.POST if request.method == "POST" else None, indicator=indicator
    )
    form.render_ready()
    if form.is_valid() and _done(
        form,
        lambda: rules.measure(
            by=request.user, indicator=indicator, entries=form.cleaned_data["lines"]
        ),
    ):
        messages.success(request, _("Målingerne er gemt."))
        return redirect("goals:measure", pk=pk)
    shown = indicator.measurements.filter(replaced_at=None).order_by("-period")
    return _page(request, form, body, indicator.title, indicator=indicator, measurements=shown)


def _goal(pk: int) -> Goal:
    rows = Goal.objects.select_related("body", "own_indicator", "owner", "agreement_goal__process")
    return get_object_or_404(rows, pk=pk)


def _body_of(goal: Goal) -> Body:
    found = body_called(goal.body.kind, goal.body.place)
    if found is None:
        raise Http404
    return found


def _record(request: HttpRequest, body: Body) -> BodyRecord:
    return body_rules.open_body(by=request.user, kind=body.kind.id, place=body.place.id)


def _progress(goal: Goal, request: HttpRequest) -> control.Progress:
    return control.of(goal, readings.of_goal(goal, request.on))


def _set(request: HttpRequest, form: Form, body: Body, subject: choosing.Subject) -> Goal:
    return rules.set_goal(
        by=request.user,
        body=_record(request, body),
        place=subject.place,
        indicator=subject.indicator,
        own_indicator=subject.own,
        age=subject.age,
        on=request.on,
        **form.cleaned_data,
    )


def _done(form: Form, change: Callable[[], Any]) -> bool:
    """Do it; what the rules refuse is shown on the form."""
    try:
        change()
    except NotAllowed as refused:
        for reason in refused.reasons:
            form.add_error(None, reason)
        return False
    return True


def _table(progress: control.Progress) -> list[tuple[Any, bool]]:
    """Every reading, newest first, and whether it is part of a sign."""
    rows = [(row, at in progress.special) for at, row in enumerate(progress.readings.rows)]
    return rows[::-1]


def _page(request: HttpRequest, form: Form, body: Body, heading: str, **more: Any) -> HttpResponse:
    context = {"form": form, "body": body, "heading": heading, "people": people.known(), **more}
    return render(request, "goals/form.html", context)
