"""The pages of agreements: the list, one agreement, and those that change it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from klynge import structure
from klynge.web.agreements import (
    comparing,
    course,
    elsewhere,
    forms,
    reading,
    rules,
    serving,
    text_rules,
)
from klynge.web.agreements.guarding import editor, form_page, pressed
from klynge.web.agreements.models import AgreementGoal, AgreementText, Process
from klynge.web.bodies import asked
from klynge.web.bodies.standing import body_called


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Every agreement and plan, those that are open first, and what can be begun."""
    everyone = request.GET.get("alle") == "1"
    rows = Process.objects.select_related("body")
    if not everyone:
        rows = rows.filter(state__in=reading.OPEN)
    may_edit = request.user.has_perm("agreements.edit")
    context = {
        "rows": [(row, elsewhere.next_step(row, request.on)) for row in rows],
        "everyone": everyone,
        "may_edit": may_edit,
        "kinds": structure.process_kinds() if may_edit else (),
    }
    return render(request, "agreements/home.html", context)


@require_safe
def process(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement: its steps, text, goals, hearings, and who has adopted it."""
    found = _process(pk)
    councils = course.councils(found)
    context = {
        "process": found,
        "body": body_called(found.body.kind, found.body.place),
        "rule": found.rule,
        "steps": course.steps(found, request.on),
        "texts": found.texts.select_related("by"),
        "goals": [(goal, serving.of(goal, request.user)) for goal in found.goals.all()],
        "on": request.on,
        "hearings": found.hearings.all(),
        "councils": councils,
        "adopted": sum(1 for each in councils if each.adoption
                       and each.adoption.outcome != "refused"),
        "may_edit": request.user.has_perm("agreements.edit") and found.is_open,
    }  # fmt: skip
    return render(request, "agreements/process.html", context)


@editor
def begin(request: HttpRequest, kind: str) -> HttpResponse:
    """Begin an agreement or plan."""
    try:
        rule = structure.process_kind(kind)
    except KeyError:
        raise Http404 from None
    form = forms.BeginForm(request.POST or None, rule=rule, on=request.on, initial=_usual(rule))
    made: list[Process] = []
    response = form_page(
        request,
        form,
        lambda: made.append(rules.begin(by=request.user, kind=kind, **form.cleaned_data)),
        back=reverse("agreements:home"),
        done=_("Den er begyndt. Her er dens skridt og frister."),
        heading=rule.name.said_in(get_language() or "da"),
        law=rule,
        button=_("Begynd"),
    )
    return redirect("agreements:process", pk=made[0].pk) if made else response


@editor
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """It is adopted by everybody and holds."""
    found = _process(pk)
    return pressed(
        request,
        lambda: rules.set_state(by=request.user, process=found, state=Process.State.HOLDS),
        back=_page_of(found),
        done=_("Den gælder nu."),
    )


@editor
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it, saying why."""
    found = _process(pk)
    form = forms.WhyForm(request.POST or None)
    return _form(
        request, form, found,
        lambda: rules.set_state(by=request.user, process=found, state=Process.State.ENDED,
                                version=_version(request, found), **form.cleaned_data),
        done=_("Den er afsluttet."), heading=_("Afslut"),
        button=_("Afslut"), edition=_version(request, found),
    )  # fmt: skip


@require_safe
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """A version of the text, and what is new in it since the one before."""
    found = get_object_or_404(AgreementText.objects.select_related("process__body", "by"), pk=pk)
    before = found.process.texts.filter(number=found.number - 1).first()
    context = {
        "process": found.process,
        "text": found,
        "parts": comparing.parts(found.text),
        "changes": comparing.changes(before.text, found.text) if before else [],
        "before": before,
    }
    return render(request, "agreements/text.html", context)


@editor
def new_text(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version, begun from the newest."""
    found = _process(pk)
    newest = found.texts.first()
    form = forms.TextForm(request.POST or None, initial={"text": newest.text if newest else ""})
    return _form(
        request, form, found,
        lambda: text_rules.add_version(by=request.user, process=found, **form.cleaned_data),
        done=_("Versionen er gemt."), heading=_("Ny version af teksten"),
    )  # fmt: skip


@editor
def new_goal(request: HttpRequest, pk: int) -> HttpResponse:
    """A goal of the agreement."""
    found = _process(pk)
    form = forms.GoalForm(request.POST or None, initial={"valid_from": found.holds_from})
    return _form(
        request, form, found,
        lambda: text_rules.set_goal(by=request.user, process=found, **form.cleaned_data),
        done=_("Målet er gemt."), heading=_("Nyt mål i aftalen"),
    )  # fmt: skip


@editor
def change_goal(request: HttpRequest, pk: int) -> HttpResponse:
    """A new wording of a goal, from a day; the old one is kept."""
    goal = get_object_or_404(AgreementGoal.objects.select_related("process__body"), pk=pk)
    day = max(request.on, goal.valid_from + timedelta(days=1))
    initial = {"title": goal.title, "text": goal.text, "group": goal.group, "valid_from": day}
    form = forms.GoalForm(request.POST or None, initial=initial)
    return _form(
        request, form, goal.process,
        lambda: text_rules.set_goal(by=request.user, process=goal.process, replaces=goal,
                                    **form.cleaned_data),
        done=_("Målet er gemt. Det gamle kan stadig læses."), heading=_("Ret målet"),
    )  # fmt: skip


@editor
def end_goal(request: HttpRequest, pk: int) -> HttpResponse:
    """A goal that no longer holds; what serves it keeps pointing at it."""
    goal = get_object_or_404(AgreementGoal.objects.select_related("process__body"), pk=pk)
    form = forms.LastDayForm(request.POST or None, initial={"last_day": request.on})
    return _form(
        request, form, goal.process,
        lambda: text_rules.end_goal(by=request.user, goal=goal, **form.cleaned_data),
        done=_("Målet gælder ikke længere. Det kan stadig læses."),
        heading=_("Afslut målet: {goal}").format(goal=goal), button=_("Afslut målet"),
    )  # fmt: skip


@editor
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """What a council decided of the newest text."""
    found = _process(pk)
    councils = course.councils(found)
    waiting = [each for each in councils if each.adoption is None]
    form = forms.AdoptForm(
        request.POST or None,
        councils=councils,
        initial={"council": f"{waiting[0].kind}:{waiting[0].id}" if waiting else ""},
    )
    return _form(
        request, form, found,
        lambda: text_rules.record_adoption(by=request.user, process=found, **form.cleaned_data),
        done=_("Beslutningen er registreret."), heading=_("Hvad et råd har besluttet"),
        button=_("Registrér beslutningen"),
    )  # fmt: skip


def _process(pk: int) -> Process:
    return get_object_or_404(Process.objects.select_related("body"), pk=pk)


def _page_of(process: Process) -> str:
    return reverse("agreements:process", args=[process.pk])


def _version(request: HttpRequest, process: Process) -> int:
    written = asked.key(request.POST.get("version"))
    return process.version if written is None else written


def _form(
    request: HttpRequest, form: Any, process: Process, change: Any, **more: Any
) -> HttpResponse:
    return form_page(request, form, change, back=_page_of(process), process=process, **more)


def _usual(rule: structure.ProcessKind) -> dict[str, Any]:
    """What the form begins with: the newest term, and when what is agreed in it usually holds."""
    if not rule.terms:
        return {}
    term = rule.terms[-1]
    name = rule.name.said_in(get_language() or "da")
    return {
        "term": term.first.isoformat(),
        "holds_from": term.holds_from,
        "holds_to": term.holds_to,
        "title": f"{name} {term.holds_from.year}-{term.holds_to.year}",
    }
