"""The guided hand-over: which there are, one plan with its choices, a try, and the report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klynge.faults import BadInput
from klynge.web.bodies import forms, handover_reading, handover_report, handover_rules
from klynge.web.bodies.closing import closing
from klynge.web.bodies.handover_plan import plan
from klynge.web.bodies.models import Handover
from klynge.web.bodies.reasons import NotAllowed

TRY = "proev"
View = Callable[..., HttpResponse]


def _only_those_who_hand_over(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("bodies.hand_over"):
            raise PermissionDenied(
                _("Kun sekretariatet og administratorer kan overdrage et organ.")
            )
        return view(request, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@_only_those_who_hand_over
def every(request: HttpRequest) -> HttpResponse:
    """The hand-overs there are on a day. POST begins a plan for some of them."""
    form = forms.HandoverDayForm(request.GET if "dag" in request.GET else None)
    on = form.cleaned_data["dag"] if form.is_valid() else handover_reading.usual_day()
    refused: BadInput | NotAllowed | None = None
    if request.method == "POST":
        try:
            found = closing(request.POST.getlist("fra"), [], _posted_day(request, on))
            return redirect(
                "bodies:handover", handover_rules.draft(by=request.user, closing=found).pk
            )
        except (BadInput, NotAllowed) as reason:
            refused = reason
    if not form.is_bound:
        form = forms.HandoverDayForm(initial={"dag": on})
    context = {
        "form": form.render_ready(),
        "day": on,
        "rows": handover_reading.rows(on),
        "all": handover_reading.all_together(on),
        "refused": refused,
    }
    return render(request, "bodies/handovers.html", context, status=422 if refused else 200)


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan for those who hand over; once it is carried out, the closing report for everybody."""
    found = get_object_or_404(Handover, pk=pk)
    if found.carried_out_at is not None:
        return _report_page(request, found)
    if not request.user.has_perm("bodies.hand_over"):
        raise PermissionDenied(_("Kun sekretariatet og administratorer kan overdrage et organ."))
    return _plan_page(request, found)


@require_POST
@_only_those_who_hand_over
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is chosen; then, when asked, try the whole plan out."""
    found = get_object_or_404(Handover, pk=pk)
    values = {
        (kind, key): value
        for name, value in request.POST.items()
        if value and "|" in name
        for kind, _bar, key in [name.partition("|")]
    }
    try:
        changed = handover_rules.choose(by=request.user, handover=found, values=values)
    except NotAllowed as refused:
        return _plan_page(request, found, reasons=refused.reasons)
    if TRY in request.POST:
        return _try(request, found)
    told = ngettext("{n} valg er gemt.", "{n} valg er gemt.", changed)
    messages.success(request, told.format(n=changed))
    return redirect("bodies:handover", pk)


@require_POST
@_only_those_who_hand_over
def carry_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over, when it is confirmed that the plan was looked through."""
    found = get_object_or_404(Handover, pk=pk)
    if found.carried_out_at is not None:
        messages.info(request, _("Overdragelsen er allerede gennemført."))
        return redirect("bodies:handover", pk)
    if "set" not in request.POST:
        why = _("Sæt hak ved, at planen er set igennem, før den gennemføres.")
        return _plan_page(request, found, reasons=[why])
    try:
        done = handover_rules.carry_out(by=request.user, closing=handover_rules.closing_of(found))
    except NotAllowed as refused:
        return _plan_page(request, found, reasons=refused.reasons)
    if done is None:
        messages.info(request, _("Der er ikke mere at overdrage. Intet er ændret."))
        return redirect("bodies:handovers")
    messages.success(request, _("Overdragelsen er gennemført."))
    return redirect("bodies:handover", done.pk)


@require_POST
@_only_those_who_hand_over
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a plan away."""
    found = get_object_or_404(Handover, pk=pk)
    try:
        handover_rules.drop(by=request.user, handover=found)
    except NotAllowed as refused:
        messages.error(request, " ".join(refused.reasons))
        return redirect("bodies:handover", pk)
    messages.success(request, _("Planen er kasseret. Intet andet er ændret."))
    return redirect("bodies:handovers")


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The closing report as CSV."""
    found = get_object_or_404(Handover, pk=pk, carried_out_at__isnull=False)
    drafts = request.user.has_perm("bodies.hand_over")
    text = handover_report.as_csv(found.report, drafts=drafts)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = f"overdragelse-{found.pk}-{found.on}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _posted_day(request: HttpRequest, otherwise: date) -> date:
    form = forms.HandoverDayForm(request.POST)
    return form.cleaned_data["dag"] if form.is_valid() else otherwise


def _try(request: HttpRequest, found: Handover) -> HttpResponse:
    try:
        tried = handover_rules.try_out(by=request.user, closing=handover_rules.closing_of(found))
    except NotAllowed as refused:
        return _plan_page(request, found, reasons=refused.reasons)
    lines = handover_report.lines(tried.report) if tried else []
    return _plan_page(request, found, tried=lines, was_tried=True)


def _plan_page(
    request: HttpRequest,
    found: Handover,
    *,
    reasons: Any = (),
    tried: Any = (),
    was_tried: bool = False,
) -> HttpResponse:
    around = handover_rules.closing_of(found)
    planned = plan(around, handover_rules.choices_of(found))
    context = {
        "handover": found,
        "plan": planned,
        "moves": [(place, around.follows(place)) for place in around.sources],
        "reasons": reasons,
        "tried": tried,
        "was_tried": was_tried,
    }
    return render(request, "bodies/handover_plan.html", context, status=422 if reasons else 200)


def _report_page(request: HttpRequest, found: Handover) -> HttpResponse:
    context = {
        "handover": found,
        "bodies": handover_report.bodies(found.report),
        "lines": handover_report.lines(found.report),
        "matters": handover_report.matters(
            found.report, drafts=request.user.has_perm("bodies.hand_over")
        ),
    }
    return render(request, "bodies/handover_report.html", context)
