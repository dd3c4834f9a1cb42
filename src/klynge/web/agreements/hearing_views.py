"""The pages of a hearing for those who are logged in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from klynge.web.agreements import forms, hearing_rules
from klynge.web.agreements.guarding import editor, form_page, pressed
from klynge.web.agreements.models import Hearing, Process

ACTIONS = {
    "hearing": hearing_rules.publish,
    "results": hearing_rules.publish_results,
    "withdraw": hearing_rules.withdraw,
}


@require_safe
def hearing(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was asked, what they answered, and what came of it."""
    found = hearing_or_404(pk)
    may_edit = request.user.has_perm("agreements.edit")
    answers = list(
        found.answers.filter(replaced_by=None)
        .select_related("party", "replaces")
        .prefetch_related("files")
    )
    answered = {answer.party_id: answer for answer in answers}
    context = {
        "hearing": found,
        "process": found.process,
        "parties": [(party, answered.get(party.pk)) for party in found.parties.all()],
        "answers": answers,
        "points": found.points.prefetch_related("answers"),
        "over": found.deadline < request.on,
        "may_edit": may_edit,
    }
    return render(request, "agreements/hearing.html", context)


@editor
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the newest text to parties."""
    process = get_object_or_404(Process.objects.select_related("body"), pk=pk)
    form = forms.HearingForm(request.POST or None)
    made: list[Hearing] = []
    response = form_page(
        request,
        form,
        lambda: made.append(
            hearing_rules.open_hearing(by=request.user, process=process, **form.cleaned_data)
        ),
        back=reverse("agreements:process", args=[pk]),
        done=_("Høringen er oprettet. Den er ikke offentlig, før du vælger det."),
        heading=_("Ny høring"),
        button=_("Opret høringen"),
        process=process,
    )
    return redirect("agreements:hearing", pk=made[0].pk) if made else response


@editor
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the parties longer."""
    found = hearing_or_404(pk)
    form = forms.ExtendForm(request.POST or None, initial={"deadline": found.deadline})
    return hearing_form(
        request, form, found,
        lambda: hearing_rules.extend(by=request.user, hearing=found, **form.cleaned_data),
        done=_("Fristen er forlænget."), heading=_("Forlæng høringen"),
        button=_("Forlæng fristen"),
    )  # fmt: skip


@editor
def sum_up(request: HttpRequest, pk: int) -> HttpResponse:
    """A point of the synopsis."""
    found = hearing_or_404(pk)
    form = forms.PointForm(request.POST or None, answers=found.answers.filter(replaced_by=None))
    return hearing_form(
        request, form, found,
        lambda: hearing_rules.sum_up(by=request.user, hearing=found, **form.cleaned_data),
        done=_("Punktet er gemt."), heading=_("Nyt punkt i høringsnotatet"),
    )  # fmt: skip


@editor
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the hearing or its results public, or nothing of it any more."""
    found = hearing_or_404(pk)
    action = ACTIONS.get(request.POST.get("action", ""))
    if action is None:
        return redirect("agreements:hearing", pk=pk)
    return pressed(
        request,
        lambda: action(by=request.user, hearing=found),
        back=page_of(found),
        done=_("Det er gemt, hvad der er offentligt."),
    )


def hearing_or_404(pk: int) -> Hearing:
    """A hearing with what every page of it shows."""
    rows = Hearing.objects.select_related("process__body", "text")
    return get_object_or_404(rows, pk=pk)


def page_of(found: Hearing) -> str:
    """Where a hearing is read."""
    return reverse("agreements:hearing", args=[found.pk])


def hearing_form(request: HttpRequest, form: Any, found: Hearing, change: Any, **more: Any):
    """Ask for something about a hearing."""
    return form_page(
        request, form, change, back=page_of(found), process=found.process, hearing=found, **more
    )
