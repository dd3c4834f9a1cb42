"""The pages of one step: done, its deadline, left out, opened again."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from klynge.web.agreements import course, forms, rules
from klynge.web.agreements.guarding import editor, form_page, pressed
from klynge.web.agreements.models import ProcessStep


@editor
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """A step was done."""
    row = _row(pk)
    form = forms.StepForm(request.POST or None)
    return _form(
        request, form, row,
        lambda: rules.do_step(by=request.user, step=row, **form.cleaned_data),
        done=_("Skridtet er gjort."), others=True,
    )  # fmt: skip


@editor
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """A deadline of its own."""
    row = _row(pk)
    form = forms.MoveForm(
        request.POST or None, initial={"to": row.moved_to, "because": row.moved_because}
    )
    return _form(
        request, form, row,
        lambda: rules.move_deadline(by=request.user, step=row, **form.cleaned_data),
        done=_("Fristen er gemt."),
    )  # fmt: skip


@editor
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """It will not be done."""
    row = _row(pk)
    form = forms.WhyForm(request.POST or None)
    return _form(
        request, form, row,
        lambda: rules.drop_step(by=request.user, step=row, note=form.cleaned_data["because"]),
        done=_("Skridtet er udeladt."),
    )  # fmt: skip


@editor
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that it was done or left out."""
    row = _row(pk)
    return pressed(
        request,
        lambda: rules.reopen_step(by=request.user, step=row),
        back=_page_of(row),
        done=_("Skridtet er åbent igen."),
    )


def _row(pk: int) -> ProcessStep:
    return get_object_or_404(ProcessStep.objects.select_related("process__body"), pk=pk)


def _page_of(row: ProcessStep) -> str:
    return reverse("agreements:process", args=[row.process_id])


def _form(request: HttpRequest, form: Any, row: ProcessStep, change: Any, **more: Any):
    found = next((s for s in course.steps(row.process, request.on) if s.row.pk == row.pk), None)
    if found is None:
        raise Http404
    return form_page(
        request, form, change, back=_page_of(row), heading=found.title, process=row.process,
        step=found, **more,
    )  # fmt: skip
