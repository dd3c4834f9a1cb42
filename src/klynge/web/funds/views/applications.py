"""Applying in steps, the application, and scoring it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klynge import structure
from klynge.web.accounts.models import User
from klynge.web.bodies.models import Organisation
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.funds import applying_forms, applying_rules, classes, rules, scoring_rules
from klynge.web.funds.asking import Rows, asks_for_more
from klynge.web.funds.models import Application, Call
from klynge.web.funds.views.common import ask, done, form_page, must, only, posted
from klynge.web.funds.views.pools import crumbs_of

STEPS = (
    gettext_lazy("Hvem, hvor og hvornår"),
    gettext_lazy("Hvorfor og hvordan"),
    gettext_lazy("Parter"),
    gettext_lazy("Budget"),
    gettext_lazy("Se igennem og send"),
)
LAST = len(STEPS)


@only("funds.apply")
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an application in an open call."""
    call = get_object_or_404(Call.objects.select_related("pool__body"), pk=pk)
    form = applying_forms.TitleForm(posted(request))
    made: list[Application] = []

    def do() -> None:
        made[:] = [
            applying_rules.begin_application(
                by=request.user, call=call, title=form.cleaned_data["title"]
            )
        ]

    page = ask(
        request,
        form,
        do,
        heading=_("Søg om midler"),
        button=_("Begynd"),
        back=reverse("funds:call", args=[call.pk]),
        said=_("Kladden er gemt. Du kan gå fra den og komme tilbage."),
        crumbs=crumbs_to(request, call),
        kind=call.title,
        explains=_("Ansøgningen er en kladde, indtil du sender den. Kun I, der skriver den, og"
                   " sekretariatet kan se den."),
    )  # fmt: skip
    return redirect("funds:step", pk=made[0].pk, number=1) if made else page


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One step of a draft. Each is saved by itself, finished or not."""
    application = _to_change(request, pk)
    if not 1 <= number <= LAST:
        raise Http404
    return _STEP[number](request, application)


@require_safe
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """An application as it was sent."""
    found = application_or_404(pk)
    must(request, "funds.see_application", found)
    scorer = scoring_rules.scorer(request.user, found.call)
    lines = list(found.budget.all())
    context = {
        "application": found,
        "call": found.call,
        "pool": found.call.pool,
        "lines": lines,
        "cost": sum(line.cost for line in lines),
        "applied": sum(line.applied for line in lines),
        "own": applying_rules.own_money(found),
        "partners": found.partners.select_related("organisation"),
        "place": telling_place(found),
        "team": found.team.select_related("user"),
        "may_change": found.is_draft and request.user.has_perm("funds.change_application", found),
        "may_withdraw": (found.is_draft or found.is_sent)
        and request.user.has_perm("funds.change_application", found),
        "may_administer": request.user.has_perm("funds.administer"),
        "scorer": scorer,
        "conflict": conflict_of(request.user, found, scorer),
        "scored": bool(scorer and found.scores.filter(person=scorer.person).exists()),
        "declarations": found.declarations.select_related("person"),
        "sees": request.user.has_perm("funds.see"),
        "crumbs": crumbs_to(request, found.call),
    }
    return render(request, "funds/application.html", context)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft; back to the last step with every fault when it cannot be."""
    found = _to_change(request, pk)
    try:
        applying_rules.send(by=request.user, application=found)
    except NotAllowed:
        return redirect(f"{reverse('funds:step', args=[pk, LAST])}?fejl=1")
    messages.success(request, _("Ansøgningen er sendt."))
    return redirect("funds:application", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an application back."""
    found = application_or_404(pk)
    must(request, "funds.change_application", found)
    form = applying_forms.ReasonForm(posted(request))
    return ask(
        request,
        form,
        lambda: applying_rules.withdraw(
            by=request.user, application=found, reason=form.cleaned_data["reason"]
        ),
        heading=_("Træk ansøgningen tilbage"),
        button=_("Træk tilbage"),
        back=reverse("funds:application", args=[pk]),
        said=_("Ansøgningen er trukket tilbage."),
        crumbs=crumbs_to(request, found.call),
        kind=found.title,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody else work on the draft too."""
    found = _to_change(request, pk)
    form = applying_forms.TeamForm(posted(request))

    def do() -> None:
        user = User.objects.filter(username=form.cleaned_data["username"]).first()
        if user is None:
            raise NotAllowed(_("Der er ingen bruger med det brugernavn."))
        applying_rules.add_to_team(by=request.user, application=found, user=user)

    return ask(
        request,
        form,
        do,
        heading=_("Lad en anden skrive med"),
        button=_("Tilføj"),
        back=reverse("funds:application", args=[pk]),
        said=_("Brugeren kan nu se og ændre kladden."),
        crumbs=crumbs_to(request, found.call),
        kind=found.title,
        explains=_("Den, der arbejder med ansøgningen, kan ikke være med til at vurdere den."),
    )


@only("funds.administer")
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """The body gave nothing."""
    found = application_or_404(pk)
    form = applying_forms.RefuseForm(posted(request))
    return ask(
        request,
        form,
        lambda: applying_rules.refuse(by=request.user, application=found, **form.cleaned_data),
        heading=_("Giv afslag"),
        button=_("Registrér afslaget"),
        back=reverse("funds:application", args=[pk]),
        said=_("Afslaget er registreret."),
        crumbs=crumbs_to(request, found.call),
        kind=found.title,
    )


def telling_place(found: Application) -> str:
    """Where the project is, in words."""
    if not found.place:
        return ""
    try:
        return structure.place(found.place_kind, found.place).name
    except structure.UnknownPlace:
        return found.place


def _what(request: HttpRequest, found: Application) -> HttpResponse:
    data = posted(request)
    names = ("title", "initiative", "target_group", "first_day", "last_day")
    initial = {name: getattr(found, name) for name in names}
    initial |= {
        "applicant": str(found.applicant or ""),
        "place": f"{found.place_kind}:{found.place}" if found.place else "",
    }
    form = applying_forms.WhatForm(data, call=found.call, initial=initial)

    def do() -> None:
        values = dict(form.cleaned_data)
        kind, _colon, place = values.pop("place").partition(":")
        applying_rules.save_draft(
            by=request.user, application=found, place_kind=kind, place=place, **values
        )

    return _step_page(request, found, 1, form, do)


def _why(request: HttpRequest, found: Application) -> HttpResponse:
    initial = {name: getattr(found, name) for name in applying_forms.WhyForm.base_fields}
    form = applying_forms.WhyForm(posted(request), initial=initial)
    return _step_page(
        request,
        found,
        2,
        form,
        lambda: applying_rules.save_draft(by=request.user, application=found, **form.cleaned_data),
    )


def _partners(request: HttpRequest, found: Application) -> HttpResponse:
    data = posted(request)
    initial = [
        {"organisation": str(each.organisation), "role": each.role, "own_money": each.own_money}
        for each in found.partners.select_related("organisation")
    ]
    rows = Rows(applying_forms.PartnerRow, "part", data=data, initial=initial)
    form = applying_forms.Asking(data)
    share = found.call.own_share
    explains = (
        _("Parterne skal selv betale mindst {share} % af det samlede budget.").format(share=share)
        if share
        else ""
    )
    return _step_page(
        request,
        found,
        3,
        form,
        lambda: applying_rules.save_draft(by=request.user, application=found, partners=rows.values),
        tables=[(_("Parter"), rows)],
        explains=explains,
    )


def _budget(request: HttpRequest, found: Application) -> HttpResponse:
    data = posted(request)
    initial = [
        {"text": each.text, "kind": each.kind, "cost": each.cost, "applied": each.applied}
        for each in found.budget.all()
    ]
    rows = Rows(applying_forms.BudgetRow, "linje", data=data, initial=initial, least=4)
    form = applying_forms.RequestedForm(data, initial={"requested": found.requested})
    terms = rules.terms_on(found.call.pool, found.call.opens_on)
    return _step_page(
        request,
        found,
        4,
        form,
        lambda: applying_rules.save_draft(
            by=request.user,
            application=found,
            budget=rows.values,
            requested=form.cleaned_data["requested"],
        ),
        tables=[(_("Budgetlinjer"), rows)],
        refused_kinds=[classes.title(kind) for kind in terms.refused],
        ground=terms.ground,
        hints=[(title, classes.HINTS[kind]) for kind, title in classes.CLASSES],
    )


def _review(request: HttpRequest, found: Application) -> HttpResponse:
    lines = list(found.budget.all())
    context = {
        "application": found,
        "call": found.call,
        "steps": _steps(found, LAST),
        "faults": applying_rules.faults_of(found),
        "tried": "fejl" in request.GET,
        "lines": lines,
        "cost": sum(line.cost for line in lines),
        "applied": sum(line.applied for line in lines),
        "own": applying_rules.own_money(found),
        "partners": found.partners.select_related("organisation"),
        "place": telling_place(found),
        "number": LAST,
        "crumbs": crumbs_to(request, found.call),
    }
    return render(request, "funds/review.html", context)


_STEP: dict[int, Callable[[HttpRequest, Application], HttpResponse]] = {
    1: _what,
    2: _why,
    3: _partners,
    4: _budget,
    5: _review,
}


def _step_page(
    request: HttpRequest,
    found: Application,
    number: int,
    form: Any,
    do: Callable[[], object],
    *,
    tables: Any = (),
    **more: Any,
) -> HttpResponse:
    """A step: saved and on to the next, or saved and left."""
    data = posted(request)
    if data is not None and not asks_for_more(data):
        usable = all([form.is_valid(), *(rows.is_valid() for _title, rows in tables)])
        for title, rows in tables:
            for error in rows.errors:
                form.add_error(None, f"{title}: {error}")
        if usable and done(form, do):
            if "gem" in data:
                messages.success(request, _("Kladden er gemt."))
                return redirect("funds:application", pk=found.pk)
            return redirect("funds:step", pk=found.pk, number=number + 1)
    return form_page(
        request,
        form,
        heading=found.title,
        button=_("Gem og gå videre"),
        back=reverse("funds:application", args=[found.pk]),
        crumbs=crumbs_to(request, found.call),
        tables=tables,
        template="funds/step.html",
        kind=found.call.title,
        steps=_steps(found, number),
        step_title=STEPS[number - 1],
        number=number,
        organisations=Organisation.objects.values_list("name", flat=True),
        **more,
    )


def _steps(found: Application, here: int) -> list[tuple[int, str, str, bool]]:
    """Each step: number, title, address, and whether it is this one."""
    return [
        (at, str(title), reverse("funds:step", args=[found.pk, at]), at == here)
        for at, title in enumerate(STEPS, start=1)
    ]


def conflict_of(user: Any, found: Application, scorer: scoring_rules.Scorer | None) -> str:
    """Why the reader may not score; empty when they may, and for those who do not score at all."""
    if scorer is None:
        return ""
    declared = scoring_rules.conflict(user, found)
    return declared or scoring_rules.found_conflict(user, scorer.person, found)


def _to_change(request: HttpRequest, pk: int) -> Application:
    """A draft the reader may change; its page when it has been sent."""
    found = application_or_404(pk)
    must(request, "funds.change_application", found)
    if not found.is_draft:
        raise PermissionDenied(_("Ansøgningen er sendt og kan ikke længere ændres."))
    return found


def application_or_404(pk: int) -> Application:
    """An application with its call, pool and body."""
    found: Application = get_object_or_404(
        Application.objects.select_related("call__pool__body", "applicant"), pk=pk
    )
    return found


def crumbs_to(request: HttpRequest, call: Call) -> tuple[tuple[str, str], ...]:
    """Where a page below a call is; the pool only for those who may see it."""
    pool = crumbs_of(call.pool) if request.user.has_perm("funds.see") else ()
    return (*pool, (call.title, reverse("funds:call", args=[call.pk])))
