"""The pages of the secretariat: whose it is, what it costs each, whom it serves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from klynge import structure
from klynge.web.bodies import secretariat_forms as forms
from klynge.web.bodies import secretariat_rules as rules
from klynge.web.bodies.edit_views import done, editor, posted
from klynge.web.bodies.models import BodyRecord, Secretariat, SecretariatService

LAW = "secretariat"  # the topic of the rules


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """The secretariats there are."""
    context = {
        "secretariats": Secretariat.objects.all(),
        "may_edit": request.user.has_perm("bodies.edit_members"),
        "law": _law(request),
    }
    return render(request, "bodies/secretariats.html", context)


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One secretariat on the chosen date."""
    found = get_object_or_404(Secretariat, pk=pk)
    agreement = rules.agreement_on(found, request.on)
    context = {
        "secretariat": found,
        "agreement": agreement,
        "paid": rules.paid(agreement) if agreement else (),
        "services": rules.services(found, request.on),
        "versions": found.agreements.all(),
        "may_edit": request.user.has_perm("bodies.edit_members"),
        "law": _law(request),
    }
    return render(request, "bodies/secretariat.html", context)


@editor
def new(request: HttpRequest) -> HttpResponse:
    """A new secretariat."""
    form = forms.NameForm(posted(request))
    made: list[Secretariat] = []
    if form.is_valid() and done(
        form, lambda: made.append(rules.add(by=request.user, **form.cleaned_data))
    ):
        return redirect("bodies:secretariat", made[0].pk)
    return _page(request, form, _("Nyt sekretariat"), _("Opret"), reverse("bodies:secretariats"))


@editor
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version of how the partners share it."""
    found = get_object_or_404(Secretariat, pk=pk)
    last = found.agreements.first()
    initial = {"valid_from": request.on, **forms.AgreementForm.initial_of(last)}
    form = forms.AgreementForm(posted(request), initial=initial)
    if form.is_valid() and done(form, lambda: _agree(request, form, found)):
        messages.success(request, _("Fordelingen er gemt. De tidligere kan stadig læses."))
        return redirect("bodies:secretariat", pk)
    return _page(request, form, _("Ny fordeling"), _("Gem fordelingen"), _address(found), found)


@editor
def serve(request: HttpRequest, pk: int) -> HttpResponse:
    """A task for a body."""
    found = get_object_or_404(Secretariat, pk=pk)
    form = forms.ServiceForm(posted(request), initial={"valid_from": request.on})
    if form.is_valid() and done(form, lambda: _serve(request, form, found)):
        messages.success(request, _("Opgaven er gemt."))
        return redirect("bodies:secretariat", pk)
    return _page(request, form, _("Betjen et organ"), _("Gem"), _address(found), found)


@editor
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """A task ends."""
    service = get_object_or_404(SecretariatService.objects.select_related("body"), pk=pk)
    form = forms.LastDayForm(posted(request), initial={"last_day": request.on})
    if form.is_valid() and done(
        form, lambda: rules.stop(by=request.user, service=service, **form.cleaned_data)
    ):
        messages.success(request, _("Opgaven er afsluttet."))
        return redirect("bodies:secretariat", service.secretariat_id)
    heading = _("Afslut opgaven: {task}").format(task=service.task)
    where = service.secretariat
    return _page(request, form, heading, _("Afslut"), _address(where), where)


def _agree(request: HttpRequest, form: forms.AgreementForm, found: Secretariat) -> None:
    rules.agree(
        by=request.user,
        secretariat=found,
        decision=form.cleaned_data["decision"],
        valid_from=form.cleaned_data["valid_from"],
        parts=form.parts(),
        yearly_cost=form.yearly_cost,
    )


def _serve(request: HttpRequest, form: forms.ServiceForm, found: Secretariat) -> None:
    values = form.cleaned_data
    body = BodyRecord.objects.get(pk=values["body"])
    kept = {name: values[name] for name in ("task", "person", "valid_from")}
    rules.serve(by=request.user, secretariat=found, body=body, **kept)


def _law(request: HttpRequest) -> list[structure.Rule]:
    every_rule = (rule for rule in structure.rules(on=request.on) if rule.topic == LAW)
    return list(every_rule)


def _address(secretariat: Secretariat) -> str:
    return reverse("bodies:secretariat", args=[secretariat.pk])


def _page(
    request: HttpRequest,
    form: Any,
    heading: str,
    button: str,
    cancel: str,
    secretariat: Secretariat | None = None,
) -> HttpResponse:
    context = {
        "form": form.render_ready(),
        "heading": heading,
        "button": button,
        "cancel": cancel,
        "secretariat": secretariat,
        "people": getattr(form, "known_people", ()),
    }
    status = 422 if form.is_bound else 200
    return render(request, "bodies/secretariat_form.html", context, status=status)
