"""The pages that change initiatives. Each asks the rules, and shows their reasons on the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from klynge.web.bodies import asked, people
from klynge.web.bodies import rules as body_rules
from klynge.web.bodies.body_views import body_or_404
from klynge.web.bodies.models import BodyRecord, Organisation
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.decisions.models import Decision
from klynge.web.figures.reading import Desk
from klynge.web.goals import choosing
from klynge.web.goals.models import Goal
from klynge.web.initiatives import effect, forms, model_rules, plan_rules, rules
from klynge.web.initiatives.models import Initiative, Milestone, Model

View = Callable[..., HttpResponse]
WRITTEN = tuple(name for name in rules.CHANGEABLE if name not in ("leader", "effect_age"))


def _editor(view: View) -> View:
    """Only for those who may change initiatives; GET shows the form and POST sends it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("initiatives.edit"):
            raise PermissionDenied(_("Kun sekretariatet og administratorer kan ændre initiativer."))
        return view(request, *args, **kwargs)

    return require_http_methods(["GET", "HEAD", "POST"])(guarded)


@_editor
def begin(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """A new need, perhaps from a figure (`?noegletal=...&sted=KIND:ID&periode=...`)."""
    body = body_or_404(kind, place)
    figure = _asked_figure(request)
    initial = {"origin": Initiative.Origin.FIGURE if figure else Initiative.Origin.WISH}
    form = forms.NeedForm(_posted(request), initial=initial)
    form.render_ready()
    if form.is_valid():
        made = _try(
            form,
            lambda: rules.begin(
                by=request.user,
                body=body_rules.open_body(by=request.user, kind=kind, place=place),
                figure=figure,
                **form.cleaned_data,
            ),
        )
        if made:
            messages.success(request, _("Behovet er skrevet ned."))
            return redirect("initiatives:initiative", pk=made.pk)
    title = _title_of(figure, request) if figure else ""
    return _page(
        request, form, body.name, _("Nyt behov"), body.address, figure=figure, figure_title=title
    )


@_editor
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """What is written of an initiative."""
    one = _found(pk)
    initial = {name: getattr(one, name) for name in WRITTEN}
    initial["leader"] = people.label(one.leader) if one.leader else ""
    if one.effect_indicator:
        initial["effect_indicator"] = f"{one.effect_indicator}:{one.effect_age}"
    figures = choosing.figures(None, Desk.of(request.on))
    form = forms.InitiativeForm(_posted(request), initial=initial, figures=figures)
    form.render_ready()
    edition = asked.key(request.POST.get("version", str(one.version))) or 0
    if form.is_valid() and _try(
        form,
        lambda: rules.change(
            by=request.user, initiative=one, version=edition, changes=form.cleaned_data
        ),
    ):
        messages.success(request, _("Initiativet er rettet."))
        return redirect("initiatives:initiative", pk=pk)
    return _of(request, form, one, _("Ret initiativet"), edition=edition)


@_editor
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """To the next state."""
    one = _found(pk)
    titles = dict(Initiative.State.choices)
    decisions = [
        (str(row.pk), f"{row.decided_on:%d.%m.%Y}: {row}")
        for row in Decision.objects.filter(body=one.body)[:50]
    ]
    form = forms.MoveForm(
        _posted(request),
        steps=[(state, titles[state]) for state in rules.NEXT[one.state]],
        decisions=decisions,
    )
    form.render_ready()
    if form.is_valid():
        chosen = form.cleaned_data.pop("decision")
        decision = Decision.objects.get(pk=int(chosen)) if chosen else None
        if _try(
            form,
            lambda: rules.move(
                by=request.user, initiative=one, decision=decision, **form.cleaned_data
            ),
        ):
            messages.success(request, _("Initiativet er gået videre."))
            return redirect("initiatives:initiative", pk=pk)
    return _of(request, form, one, _("Næste skridt"))


@_editor
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """How it is going; the effect as it looks today is kept with it."""
    one = _found(pk)
    form = forms.ReportForm(_posted(request))
    form.render_ready()
    try:
        found = effect.estimate(one, request.on)
    except effect.CannotTell:
        found = None
    if form.is_valid() and _try(
        form,
        lambda: rules.report(
            by=request.user,
            initiative=one,
            effect=found.kept if found else None,
            **form.cleaned_data,
        ),
    ):
        messages.success(request, _("Status er gemt."))
        return redirect("initiatives:initiative", pk=pk)
    said = effect.in_words(found) if found else []
    return _of(request, form, one, _("Skriv status"), said=said)


@_editor
def partner(request: HttpRequest, pk: int) -> HttpResponse:
    """A partner."""
    one = _found(pk)
    known = [(str(row.pk), row.name) for row in Organisation.objects.all()]
    form = forms.PartnerForm(_posted(request), organisations=known)
    form.render_ready()
    if form.is_valid():
        organisation = Organisation.objects.get(pk=int(form.cleaned_data["organisation"]))
        if _try(
            form,
            lambda: plan_rules.add_partner(
                by=request.user,
                initiative=one,
                organisation=organisation,
                role=form.cleaned_data["role"],
            ),
        ):
            return redirect("initiatives:initiative", pk=pk)
    return _of(request, form, one, _("Tilføj en partner"))


@_editor
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody in the working group."""
    return _simple(request, pk, forms.GroupForm, plan_rules.add_to_group, _("Arbejdsgruppen"))


@_editor
def milestone(request: HttpRequest, pk: int) -> HttpResponse:
    """A milestone."""
    return _simple(request, pk, forms.MilestoneForm, plan_rules.add_milestone, _("Ny milepæl"))


@_editor
def risk(request: HttpRequest, pk: int) -> HttpResponse:
    """A risk."""
    return _simple(request, pk, forms.RiskForm, plan_rules.add_risk, _("Ny risiko"))


@_editor
@require_POST
def reach(request: HttpRequest, pk: int) -> HttpResponse:
    """A milestone is reached."""
    found = get_object_or_404(Milestone.objects.select_related("initiative"), pk=pk)
    try:
        plan_rules.reach(by=request.user, milestone=found, on=request.on)
        messages.success(request, _("Milepælen er nået."))
    except NotAllowed as refused:
        messages.error(request, str(refused))
    return redirect("initiatives:initiative", pk=found.initiative_id)


@_editor
def goal(request: HttpRequest, pk: int) -> HttpResponse:
    """Which goal it is to move."""
    one = _found(pk)
    goals = [(str(row.pk), row.title) for row in Goal.objects.filter(body=one.body)]
    form = forms.GoalLinkForm(_posted(request), goals=goals)
    form.render_ready()
    if form.is_valid():
        chosen = Goal.objects.get(pk=int(form.cleaned_data["goal"]))
        plan_rules.link_goal(by=request.user, initiative=one, goal=chosen)
        return redirect("initiatives:initiative", pk=pk)
    return _of(request, form, one, _("Knyt til et mål"))


@_editor
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The model, for others to follow."""
    one = _found(pk)
    newest = one.models.order_by("-number").first()
    initial = (
        {name: getattr(newest, name) for name in ("title", "what", "who", "needs", "learnt")}
        if newest
        else {"title": one.title, "what": one.pathway}
    )
    form = forms.ModelForm(_posted(request), initial=initial)
    form.render_ready()
    if form.is_valid():
        made = _try(
            form,
            lambda: model_rules.publish_model(by=request.user, initiative=one, **form.cleaned_data),
        )
        if made:
            messages.success(request, _("Modellen er udgivet, så andre kan følge den."))
            return redirect("initiatives:model", pk=made.pk)
    return _of(request, form, one, _("Udgiv modellen"))


@_editor
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a body follow a model."""
    model = get_object_or_404(Model.objects.select_related("initiative__body"), pk=pk)
    bodies = [
        (str(row.pk), row.name)
        for row in BodyRecord.objects.exclude(pk=model.initiative.body_id)
        if row.kind == model.initiative.body.kind
    ]
    form = forms.AdoptForm(_posted(request), bodies=bodies)
    form.render_ready()
    if form.is_valid():
        body = BodyRecord.objects.get(pk=int(form.cleaned_data["body"]))
        made = _try(form, lambda: model_rules.adopt(by=request.user, model=model, body=body))
        if made:
            messages.success(request, _("Modellen følges nu også her."))
            return redirect("initiatives:initiative", pk=made.pk)
    back = reverse("initiatives:model", args=[pk])
    return _page(request, form, model.title, _("Følg modellen"), back)


def _simple(
    request: HttpRequest, pk: int, form_class: type[Any], rule: Callable[..., Any], heading: str
) -> HttpResponse:
    one = _found(pk)
    form = form_class(_posted(request))
    form.render_ready()
    if form.is_valid() and _try(
        form, lambda: rule(by=request.user, initiative=one, **form.cleaned_data)
    ):
        return redirect("initiatives:initiative", pk=pk)
    return _of(request, form, one, heading)


def _asked_figure(request: HttpRequest) -> rules.FigureOnTheTable | None:
    code, place = request.GET.get("noegletal", ""), request.GET.get("sted", "")
    kind, _colon, id = place.partition(":")
    period = request.GET.get("periode", "")
    if not (code and id and period):
        return None
    return rules.FigureOnTheTable(code, kind, id, period, request.GET.get("alder") or "all")


def _title_of(figure: rules.FigureOnTheTable, request: HttpRequest) -> str:
    desk = Desk.of(request.on)
    titles = {one.code: one.title for one in (desk.indicators if desk else ())}
    return titles.get(figure.indicator, figure.indicator)


def _found(pk: int) -> Initiative:
    return get_object_or_404(Initiative.objects.select_related("body", "leader"), pk=pk)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _try(form: Form, change: Callable[[], Any]) -> Any:
    """Do it; what the rules refuse is shown on the form, and None is given."""
    try:
        return change() or True
    except NotAllowed as refused:
        for reason in refused.reasons:
            form.add_error(None, reason)
        return None


def _of(
    request: HttpRequest, form: Form, one: Initiative, heading: str, **more: Any
) -> HttpResponse:
    back = reverse("initiatives:initiative", args=[one.pk])
    return _page(request, form, one.title, heading, back, **more)


def _page(
    request: HttpRequest, form: Form, about: str, heading: str, back: str, **more: Any
) -> HttpResponse:
    context = {
        "form": form, "about": about, "heading": heading, "back": back,
        "people": people.known(), **more,
    }  # fmt: skip
    return render(request, "initiatives/form.html", context)
