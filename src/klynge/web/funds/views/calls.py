"""Calls, the decision packet of a call, and what the secretariat recommends."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from klynge.web.bodies.forms import DayField
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.funds import (
    applying_forms,
    applying_rules,
    ledger,
    packet,
    rules,
    scoring_rules,
    telling,
)
from klynge.web.funds.asking import Asking, Rows
from klynge.web.funds.models import Application, Call
from klynge.web.funds.views.common import ask, must, only, posted
from klynge.web.funds.views.pools import crumbs_of, pool_or_404


@only("funds.administer")
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """A new call of a pool."""
    pool = pool_or_404(pk)
    data = posted(request)
    left = telling.pool(pool, ledger.today()).free
    initial = {"opens_on": ledger.today(), "amount": left}
    form = applying_forms.CallForm(data, initial=initial)
    usual = [
        {"name": _("Virkning for borgerne"), "asks": _("Er behovet vist med tal, og kan virkningen"
         " måles?"), "weight": 2},
        {"name": _("Samarbejde"), "asks": _("Er hospital, kommuner og almen praksis med?"),
         "weight": 1},
        {"name": _("Lighed i sundhed"), "asks": _("Når det dem, der har mest brug for det?"),
         "weight": 1},
        {"name": _("Kan det fortsætte?"), "asks": _("Er det klart, hvem der betaler bagefter?"),
         "weight": 1},
    ]  # fmt: skip
    criteria = Rows(applying_forms.CriterionRow, "kriterium", data=data, initial=usual)
    return ask(
        request,
        form,
        lambda: applying_rules.open_call(
            by=request.user, pool=pool, criteria=criteria.values, **form.cleaned_data
        ),
        heading=_("Ny ansøgningsrunde"),
        button=_("Opret runden"),
        back=reverse("funds:pool", args=[pool.pk]),
        said=_("Runden er oprettet."),
        crumbs=crumbs_of(pool),
        kind=pool.name,
        tables=[(_("Kriterier"), criteria)],
        long=True,
    )


@require_safe
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """A call: what can be applied for, by when, and what has come in."""
    found = _call_or_404(pk)
    sees = request.user.has_perm("funds.see")
    if not sees:
        must(request, "funds.apply")
    applications = found.applications.select_related("applicant")
    shown = [one for one in applications if request.user.has_perm("funds.see_application", one)]
    today = ledger.today()
    context = {
        "call": found,
        "pool": found.pool,
        "terms": rules.terms_on(found.pool, found.opens_on),
        "criteria": found.criteria.all(),
        "applications": shown,
        "is_open": found.opens_on <= today <= found.deadline,
        "sees": sees,
        "may_administer": request.user.has_perm("funds.administer"),
        "may_apply": request.user.has_perm("funds.apply"),
        "crumbs": crumbs_of(found.pool) if sees else (),
    }
    return render(request, "funds/call.html", context)


class _DeadlineForm(Asking):
    deadline = DayField()


@only("funds.administer")
def deadline(request: HttpRequest, pk: int) -> HttpResponse:
    """Give everybody more time."""
    found = _call_or_404(pk)
    form = _DeadlineForm(posted(request), initial={"deadline": found.deadline})
    form.fields["deadline"].label = _("Ny frist")
    return ask(
        request,
        form,
        lambda: applying_rules.move_deadline(
            by=request.user, call=found, deadline=form.cleaned_data["deadline"]
        ),
        heading=_("Forlæng fristen"),
        button=_("Forlæng fristen"),
        back=reverse("funds:call", args=[found.pk]),
        said=_("Fristen er forlænget."),
        crumbs=(*crumbs_of(found.pool), (found.title, reverse("funds:call", args=[found.pk]))),
    )


@require_safe
def decision_packet(request: HttpRequest, pk: int) -> HttpResponse:
    """What the body is asked to decide: applications, combinations, recommendations, stances."""
    must(request, "funds.see")
    found = _call_or_404(pk)
    scorer = scoring_rules.scorer(request.user, found)
    made = packet.of_call(found, scorer.person if scorer else None, request.user)
    context = {
        "call": found,
        "pool": found.pool,
        "packet": made,
        "scorer": scorer,
        "stance_form": applying_forms.StanceForm().render_ready(),
        "may_administer": request.user.has_perm("funds.administer"),
        "crumbs": (*crumbs_of(found.pool), (found.title, reverse("funds:call", args=[found.pk]))),
    }
    return render(request, "funds/packet.html", context)


@require_POST
def take_stance(request: HttpRequest, pk: int) -> HttpResponse:
    """A member agrees or disagrees with a recommendation."""
    application = get_object_or_404(Application.objects.select_related("call__pool__body"), pk=pk)
    must(request, "funds.score")
    form = applying_forms.StanceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Vælg, om du er enig eller uenig."))
        return redirect("funds:packet", pk=application.call_id)
    try:
        scoring_rules.take_stance(
            by=request.user,
            application=application,
            agrees=form.cleaned_data["agrees"] == "ja",
            comment=form.cleaned_data["comment"],
        )
        messages.success(request, _("Din stilling er gemt."))
    except NotAllowed as refused:
        messages.error(request, str(refused))
    return redirect("funds:packet", pk=application.call_id)


@only("funds.administer")
def recommend(request: HttpRequest, pk: int) -> HttpResponse:
    """What the secretariat recommends for an application."""
    application = get_object_or_404(
        Application.objects.select_related("call__pool__body", "recommendation"), pk=pk
    )
    before = getattr(application, "recommendation", None)
    initial = {
        "amount": before.amount if before else application.requested,
        "text": before.text if before else "",
    }
    form = applying_forms.RecommendForm(posted(request), initial=initial)
    found = application.call
    return ask(
        request,
        form,
        lambda: scoring_rules.recommend(
            by=request.user, application=application, **form.cleaned_data
        ),
        heading=_("Indstilling: {title}").format(title=application.title),
        button=_("Gem indstillingen"),
        back=reverse("funds:packet", args=[found.pk]),
        said=_("Indstillingen er gemt. Tidligere tilkendegivelser om ansøgningen er fjernet."),
        crumbs=(*crumbs_of(found.pool), (found.title, reverse("funds:call", args=[found.pk]))),
        kind=found.title,
    )


def _call_or_404(pk: int) -> Call:
    found: Call = get_object_or_404(Call.objects.select_related("pool__body"), pk=pk)
    return found
