"""The list of pools, a pool's page, and what is done to its money."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from klynge.faults import BadInput
from klynge.web.bodies import clock
from klynge.web.bodies import rules as body_rules
from klynge.web.funds import (
    accounts_paper,
    classes,
    exporting,
    forms,
    importing,
    ledger,
    papers,
    rules,
    telling,
)
from klynge.web.funds.models import Application, Call, Entry, Pool
from klynge.web.funds.views.common import XLSX, ask, must, only, posted

SALT = "klynge.funds.import"
ONE_DAY = 24 * 60 * 60


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Every pool and what is left of it, the open calls, and the reader's own applications."""
    if not (request.user.has_perm("funds.see") or request.user.has_perm("funds.apply")):
        must(request, "funds.see")
    sees = request.user.has_perm("funds.see")
    today = ledger.today()
    context = {
        "pools": telling.pools(request.on) if sees else [],
        "sees": sees,
        "calls": Call.objects.filter(opens_on__lte=today, deadline__gte=today).select_related(
            "pool__body"
        ),
        "mine": Application.objects.filter(team__user=request.user).select_related(
            "call", "applicant"
        ),
        "may_administer": request.user.has_perm("funds.administer"),
        "may_apply": request.user.has_perm("funds.apply"),
    }
    return render(request, "funds/home.html", context)


@require_safe
def pool(request: HttpRequest, pk: int) -> HttpResponse:
    """A pool on a day: its frame, movements, grants and terms."""
    must(request, "funds.see")
    found = pool_or_404(pk)
    known_on = _known_on(request)
    moment = clock.end_of(known_on) if known_on else None
    context = {
        "pool": found,
        "told": telling.pool(found, request.on, moment),
        "terms": rules.terms_on(found, request.on),
        "all_terms": found.terms.all(),
        "statement": telling.statement(found, request.on, moment),
        "grants": telling.grants(found, request.on),
        "calls": found.calls.all(),
        "sharings": found.sharings.all(),
        "parts": found.parts.all(),
        "known_on": known_on,
        "may_administer": request.user.has_perm("funds.administer") and not known_on,
        "crumbs": (),
    }
    return render(request, "funds/pool.html", context)


@only("funds.administer")
def new(request: HttpRequest) -> HttpResponse:
    """A new pool, perhaps begun from a frame that is known."""
    known = classes.frame(request.GET.get("ramme", ""))
    form = forms.PoolForm(posted(request), on=request.on, initial=_initial(request, known))

    def do() -> None:
        kind, place, record = forms.body_called(form.cleaned_data["body"])
        body = record or body_rules.open_body(by=request.user, kind=kind, place=place)
        rules.open_pool(by=request.user, body=body, terms=form.terms(), **form.facts())

    explains = _("Kun sekretariatet opretter puljer. Rammen bogføres som puljens første bilag.")
    return ask(
        request,
        form,
        do,
        heading=_("Ny pulje"),
        button=_("Opret puljen"),
        back=reverse("funds:home"),
        said=_("Puljen er oprettet."),
        explains=explains,
        long=True,
        frames=classes.frames() if not known else (),
        frame=known,
    )


@only("funds.administer")
def terms(request: HttpRequest, pk: int) -> HttpResponse:
    """New terms of a pool from a day on."""
    found = pool_or_404(pk)
    now = rules.terms_on(found, request.on)
    initial = {name: getattr(now, name) for name in forms.TermsForm.base_fields}
    form = forms.TermsForm(posted(request), initial=initial | {"valid_from": request.on})
    return _about(
        request,
        found,
        form,
        lambda: rules.set_terms(by=request.user, pool=found, **form.cleaned_data),
        heading=_("Nye vilkår"),
        long=True,
        button=_("Gem vilkårene"),
        said=_("De nye vilkår er gemt. De tidligere kan stadig læses."),
    )


@only("funds.administer")
def frame(request: HttpRequest, pk: int) -> HttpResponse:
    """More or less money from the source."""
    found = pool_or_404(pk)
    form = forms.FrameForm(posted(request), initial={"valid_on": ledger.today()})
    return _about(
        request,
        found,
        form,
        lambda: rules.change_frame(by=request.user, pool=found, **form.cleaned_data),
        heading=_("Ændr rammen"),
        button=_("Bogfør"),
        said=_("Rammen er ændret."),
    )


@only("funds.administer")
def carry(request: HttpRequest, pk: int) -> HttpResponse:
    """Free money into another pool."""
    found = pool_or_404(pk)
    left = telling.pool(found, ledger.today()).free
    initial = {"valid_on": ledger.today(), "amount": left}
    form = forms.CarryForm(posted(request), pool=found, initial=initial)

    def do() -> None:
        values = dict(form.cleaned_data)
        to = get_object_or_404(Pool, pk=values.pop("to"))
        rules.carry_over(by=request.user, pool=found, to=to, **values)

    rule = rules.terms_on(found, request.on).get_carry_over_display()
    return _about(
        request,
        found,
        form,
        do,
        heading=_("Overfør ledige midler"),
        button=_("Overfør"),
        said=_("Midlerne er overført."),
        explains=_("Puljens vilkår: {rule}.").format(rule=rule),
    )


@only("funds.administer")
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Free money back to the source."""
    found = pool_or_404(pk)
    left = telling.pool(found, ledger.today()).free
    form = forms.ReturnForm(posted(request), initial={"valid_on": ledger.today(), "amount": left})
    return _about(
        request,
        found,
        form,
        lambda: rules.return_to_source(by=request.user, pool=found, **form.cleaned_data),
        heading=_("Betal tilbage til kilden"),
        button=_("Bogfør"),
        said=_("Tilbagebetalingen er bogført."),
        explains=_("Kilde: {source}.").format(source=found.source),
    )


@only("funds.administer")
def reverse_entry(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Undo an entry."""
    found = pool_or_404(pk)
    entry = get_object_or_404(Entry, pool=found, number=number)
    form = forms.ReverseForm(posted(request), initial={"valid_on": ledger.today()})
    explains = _("Bilag {number}: {text}. Bilaget bliver stående, og et modsat bilag lægges til.")
    return _about(
        request,
        found,
        form,
        lambda: rules.reverse_entry(by=request.user, entry=entry, **form.cleaned_data),
        heading=_("Modpostér bilag {number}").format(number=number),
        button=_("Modpostér"),
        said=_("Bilaget er modposteret."),
        explains=explains.format(number=number, text=entry.text),
    )


@only("funds.administer")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a pool."""
    found = pool_or_404(pk)
    form = forms.CloseForm(posted(request), initial={"on": ledger.today()})
    return _about(
        request,
        found,
        form,
        lambda: rules.close_pool(by=request.user, pool=found, **form.cleaned_data),
        heading=_("Luk puljen"),
        button=_("Luk puljen"),
        said=_("Puljen er lukket."),
        explains=" ".join(rules.reasons_against_closing(found, ledger.today())),
    )


@require_safe
def accounts(request: HttpRequest, pk: int) -> HttpResponse:
    """The accounts of a pool on a day, for reading and for paper."""
    must(request, "funds.see")
    found = pool_or_404(pk)
    context = {
        "pool": found,
        "told": telling.pool(found, request.on),
        "grants": telling.grants(found, request.on),
        "statement": telling.statement(found, request.on),
        "terms": rules.terms_on(found, request.on),
    }
    return render(request, "funds/accounts.html", context)


@require_safe
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The accounts of a pool as PDF or DOCX to be read, as CSV or XLSX to be counted on."""
    must(request, "funds.see")
    found = pool_or_404(pk)
    if form == "csv":
        response = HttpResponse(
            exporting.as_csv(found, request.on), content_type="text/csv; charset=utf-8"
        )
    elif form == "xlsx":
        response = HttpResponse(exporting.as_xlsx(found, request.on), content_type=XLSX)
    else:
        paper = accounts_paper.document(found, request.on)
        draw = papers.as_pdf if form == "pdf" else papers.as_docx
        kind = "application/pdf" if form == "pdf" else papers.DOCX
        response = HttpResponse(draw(paper), content_type=kind)
    name = slugify(f"{found.name} {_('regnskab')} {request.on}")
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


@only("funds.administer")
def bring_in(request: HttpRequest, pk: int) -> HttpResponse:
    """A pool's history from a file: looked through first, posted when that is confirmed."""
    found = pool_or_404(pk)
    if "confirmed" in request.POST:
        return _carry_out(request, found)
    form = forms.FileForm(posted(request), request.FILES or None)
    plan, content, refused = None, "", None
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            plan = importing.read(file.name, file.read(), found)
            content = signing.dumps(
                [file.name, found.pk, importing.to_json(plan)], salt=SALT, compress=True
            )
        except BadInput as reason:
            refused = reason
    context = {
        "form": form.render_ready(),
        "pool": found,
        "plan": plan,
        "content": content,
        "refused": refused,
        "columns": importing.COLUMNS,
        "words": importing.WORDS,
    }
    return render(request, "funds/import.html", context, status=422 if refused else 200)


def _carry_out(request: HttpRequest, found: Pool) -> HttpResponse:
    try:
        name, pk, rows = signing.loads(request.POST["confirmed"], salt=SALT, max_age=ONE_DAY)
        if pk != found.pk:
            raise signing.BadSignature
    except signing.BadSignature:
        messages.error(request, _("Filen skal vælges igen: gennemsynet var for gammelt."))
        return redirect("funds:import", pk=found.pk)
    try:
        plan = importing.from_json(rows)
        done = importing.carry_out(by=request.user, pool=found, rows=plan, file=name)
    except BadInput as refused:
        context = {
            "form": forms.FileForm().render_ready(),
            "pool": found,
            "refused": refused,
            "columns": importing.COLUMNS,
            "words": importing.WORDS,
        }
        return render(request, "funds/import.html", context, status=422)
    messages.success(request, _("{n} bilag er bogført.").format(n=done))
    return redirect("funds:pool", pk=found.pk)


def pool_or_404(pk: int) -> Pool:
    """A pool with its body."""
    return get_object_or_404(Pool.objects.select_related("body", "parent"), pk=pk)


def crumbs_of(found: Pool) -> tuple[tuple[str, str], ...]:
    """Where a page below a pool is."""
    return ((found.name, reverse("funds:pool", args=[found.pk])),)


def _about(
    request: HttpRequest, found: Pool, form: Any, do: Any, *, heading: str, **more: Any
) -> HttpResponse:
    return ask(
        request,
        form,
        do,
        heading=heading,
        back=reverse("funds:pool", args=[found.pk]),
        crumbs=crumbs_of(found),
        kind=found.name,
        **more,
    )


def _known_on(request: HttpRequest) -> date | None:
    text = request.GET.get("kendt", "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Http404 from None


def _initial(request: HttpRequest, known: classes.Frame | None) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "frame_on": ledger.today(),
        "first_day": date(request.on.year, 1, 1),
        "last_day": date(request.on.year, 12, 31),
        "carry_over": "unknown",
        "certainty": "certain",
        "refused": [classes.RUNNING, classes.ROLLOUT],
    }
    if known is None:
        return initial
    same = ("name", "source", "first_day", "last_day", "purpose", "limits", "ground",
            "fact_source", "certainty")  # fmt: skip
    return {
        **initial,
        **{name: getattr(known, name) for name in same},
        "refused": list(known.refused),
    }
