"""Grants: given, paid in instalments, accounted for, repaid, closed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from klynge.web.decisions import access as decisions
from klynge.web.funds import accounts_rules, applying_forms, forms, granting_rules, ledger, telling
from klynge.web.funds.asking import Asking, Rows
from klynge.web.funds.models import (
    Accounts,
    Application,
    Condition,
    Grant,
    Instalment,
    Pool,
)
from klynge.web.funds.views.common import ask, must, only, posted
from klynge.web.funds.views.pools import crumbs_of, pool_or_404


@only("funds.administer")
def of_application(request: HttpRequest, pk: int) -> HttpResponse:
    """Give what was applied for, or some of it."""
    found = get_object_or_404(
        Application.objects.select_related("call__pool__body", "recommendation", "applicant"), pk=pk
    )
    return _give(request, found.call.pool, found)


@only("funds.administer")
def without_application(request: HttpRequest, pk: int) -> HttpResponse:
    """Give money that nobody applied for in a call."""
    return _give(request, pool_or_404(pk), None)


@require_safe
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """A grant: what was decided, paid, accounted for and left."""
    found = _grant_or_404(pk)
    must(request, "funds.see_grant", found)
    (told,) = telling.tell([found], ledger.today())
    administers = request.user.has_perm("funds.administer")
    context = {
        "grant": found,
        "pool": found.pool,
        "told": told,
        "instalments": found.instalments.select_related("condition", "entry"),
        "conditions": found.conditions.all(),
        "accounts": found.accounts.select_related("entry").prefetch_related("lines"),
        "against_closing": granting_rules.reasons_against_closing(found) if administers else (),
        "may_administer": administers and found.is_running,
        "may_send_accounts": found.is_running and request.user.has_perm(
            "funds.send_accounts", found
        ),
        "decisions": decisions.shown([found.decision] if found.decision else [], request.user),
        "crumbs": _crumbs(request, found),
    }  # fmt: skip
    return render(request, "funds/grant.html", context)


@only("funds.administer")
def pay(request: HttpRequest, pk: int) -> HttpResponse:
    """Pay an instalment."""
    due = get_object_or_404(Instalment.objects.select_related("grant__pool__body"), pk=pk)
    form = applying_forms.PayForm(posted(request), initial={"valid_on": ledger.today()})
    return _about(
        request,
        due.grant,
        form,
        lambda: granting_rules.pay(by=request.user, instalment=due, **form.cleaned_data),
        heading=_("Udbetal rate {number}").format(number=due.number),
        button=_("Bogfør udbetalingen"),
        said=_("Udbetalingen er bogført."),
        amount=due.amount,
    )


@only("funds.administer")
def undo_payment(request: HttpRequest, pk: int) -> HttpResponse:
    """A payment that was a mistake."""
    paid = get_object_or_404(Instalment.objects.select_related("grant__pool__body"), pk=pk)
    form = forms.ReverseForm(posted(request), initial={"valid_on": ledger.today()})
    return _about(
        request,
        paid.grant,
        form,
        lambda: granting_rules.undo_payment(by=request.user, instalment=paid, **form.cleaned_data),
        heading=_("Modpostér rate {number}").format(number=paid.number),
        button=_("Modpostér"),
        said=_("Udbetalingen er modposteret, og raten kan betales igen."),
        amount=paid.amount,
    )


@only("funds.administer")
def meet(request: HttpRequest, pk: int) -> HttpResponse:
    """A condition is met."""
    condition = get_object_or_404(Condition.objects.select_related("grant__pool__body"), pk=pk)
    form = applying_forms.MeetForm(posted(request), initial={"met_on": ledger.today()})
    return _about(
        request,
        condition.grant,
        form,
        lambda: granting_rules.meet_condition(
            by=request.user, condition=condition, **form.cleaned_data
        ),
        heading=_("Vilkåret er opfyldt"),
        button=_("Gem"),
        said=_("Det er noteret, at vilkåret er opfyldt."),
        explains=condition.text,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def send_accounts(request: HttpRequest, pk: int) -> HttpResponse:
    """The grantee's accounts of a period."""
    found = _grant_or_404(pk)
    must(request, "funds.send_accounts", found)
    data = posted(request)
    form = applying_forms.AccountsForm(data, initial={"first_day": found.decided_on})
    lines = Rows(applying_forms.AccountsRow, "linje", data=data)
    return _about(
        request,
        found,
        form,
        lambda: accounts_rules.send_accounts(
            by=request.user, grant=found, lines=lines.values, **form.cleaned_data
        ),
        heading=_("Aflæg regnskab"),
        button=_("Send regnskabet"),
        said=_("Regnskabet er sendt. Det tæller, når sekretariatet har godkendt det."),
        tables=[(_("Hvad pengene er brugt til"), lines)],
        explains=_("Skriv kun det, bevillingen har betalt. Linjerne skal give det samlede beløb."),
    )


@only("funds.administer")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept accounts."""
    sent = _accounts_or_404(pk)
    form = applying_forms.ApproveForm(posted(request), initial={"valid_on": ledger.today()})
    return _about(
        request,
        sent.grant,
        form,
        lambda: accounts_rules.approve_accounts(
            by=request.user, accounts=sent, **form.cleaned_data
        ),
        heading=_("Godkend regnskabet"),
        button=_("Godkend"),
        said=_("Regnskabet er godkendt og bogført."),
        amount=sent.used,
    )


@only("funds.administer")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Send accounts back with what is wrong."""
    sent = _accounts_or_404(pk)
    form = applying_forms.AnswerForm(posted(request))
    return _about(
        request,
        sent.grant,
        form,
        lambda: accounts_rules.return_accounts(by=request.user, accounts=sent, **form.cleaned_data),
        heading=_("Send regnskabet retur"),
        button=_("Send retur"),
        said=_("Regnskabet er sendt retur."),
        amount=sent.used,
    )


@only("funds.administer")
def undo_approval(request: HttpRequest, pk: int) -> HttpResponse:
    """An approval that was a mistake."""
    approved = _accounts_or_404(pk)
    form = forms.ReverseForm(posted(request), initial={"valid_on": ledger.today()})
    return _about(
        request,
        approved.grant,
        form,
        lambda: accounts_rules.undo_approval(
            by=request.user, accounts=approved, **form.cleaned_data
        ),
        heading=_("Tag godkendelsen tilbage"),
        button=_("Modpostér"),
        said=_("Godkendelsen er modposteret, og regnskabet er sendt retur."),
        amount=approved.used,
    )


@only("funds.administer")
def repay(request: HttpRequest, pk: int) -> HttpResponse:
    """The grantee pays back."""
    found = _grant_or_404(pk)
    (told,) = telling.tell([found], ledger.today())
    initial = {"valid_on": ledger.today(), "amount": told.paid}
    form = applying_forms.RepayForm(posted(request), initial=initial)
    return _about(
        request,
        found,
        form,
        lambda: granting_rules.repay(by=request.user, grant=found, **form.cleaned_data),
        heading=_("Bogfør en tilbagebetaling"),
        button=_("Bogfør"),
        said=_("Tilbagebetalingen er bogført, og pengene er ledige igen."),
    )


@only("funds.administer")
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """The rest is not paid."""
    found = _grant_or_404(pk)
    (told,) = telling.tell([found], ledger.today())
    form = forms.ReverseForm(posted(request), initial={"valid_on": ledger.today()})
    return _about(
        request,
        found,
        form,
        lambda: granting_rules.release(by=request.user, grant=found, **form.cleaned_data),
        heading=_("Lad resten bortfalde"),
        button=_("Lad resten bortfalde"),
        said=_("Resten er bortfaldet, og pengene er ledige igen."),
        amount=told.reserved,
    )


@only("funds.administer")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a grant."""
    found = _grant_or_404(pk)
    form = forms.CloseForm(posted(request), initial={"on": ledger.today()})
    return _about(
        request,
        found,
        form,
        lambda: granting_rules.close_grant(by=request.user, grant=found, **form.cleaned_data),
        heading=_("Afslut bevillingen"),
        button=_("Afslut"),
        said=_("Bevillingen er afsluttet."),
        explains=" ".join(granting_rules.reasons_against_closing(found)),
    )


def _give(request: HttpRequest, pool: Pool, application: Application | None) -> HttpResponse:
    data = posted(request)
    form = applying_forms.GrantForm(
        data, pool=pool, application=application, initial=_initial(pool, application)
    )
    conditions = Rows(applying_forms.ConditionRow, "vilkaar", data=data, least=2)
    instalments = Rows(applying_forms.InstalmentRow, "rate", data=data)
    made: list[Grant] = []

    def do() -> None:
        made[:] = [
            granting_rules.grant(
                by=request.user,
                pool=pool,
                application=application,
                conditions=conditions.values,
                instalments=instalments.values,
                **form.cleaned_data,
            )
        ]

    back = (
        reverse("funds:application", args=[application.pk])
        if application
        else reverse("funds:pool", args=[pool.pk])
    )
    page = ask(
        request,
        form,
        do,
        heading=_("Bevilg: {title}").format(title=application.title)
        if application
        else _("Ny bevilling uden ansøgning"),
        button=_("Bevilg"),
        back=back,
        said=_("Bevillingen er givet og bogført."),
        crumbs=crumbs_of(pool),
        kind=pool.name,
        tables=[(_("Vilkår"), conditions), (_("Rater"), instalments)],
        free=telling.pool(pool, ledger.today()).free,
    )
    return redirect("funds:grant", pk=made[0].pk) if made else page


def _initial(pool: Pool, application: Application | None) -> dict[str, Any]:
    initial: dict[str, Any] = {"decided_by_body": str(pool.body), "decided_on": ledger.today()}
    if application is not None:
        recommended = getattr(application, "recommendation", None)
        initial["amount"] = recommended.amount if recommended else application.requested
        initial["accounts_due"] = application.last_day
    return initial


def _about(
    request: HttpRequest, found: Grant, form: Asking, do: Any, *, heading: str, **more: Any
) -> HttpResponse:
    address = reverse("funds:grant", args=[found.pk])
    return ask(
        request,
        form,
        do,
        heading=heading,
        back=address,
        crumbs=(*_crumbs(request, found), (found.title, address)),
        kind=found.title,
        **more,
    )


def _grant_or_404(pk: int) -> Grant:
    found: Grant = get_object_or_404(
        Grant.objects.select_related("pool__body", "application__initiative", "decision"), pk=pk
    )
    return found


def _accounts_or_404(pk: int) -> Accounts:
    found: Accounts = get_object_or_404(
        Accounts.objects.select_related("grant__pool__body", "grant__application"), pk=pk
    )
    return found


def _crumbs(request: HttpRequest, found: Grant) -> tuple[tuple[str, str], ...]:
    return crumbs_of(found.pool) if request.user.has_perm("funds.see") else ()
