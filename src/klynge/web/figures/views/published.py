"""The pages of published figures: which there are, a file looked at first, then brought in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from klynge.faults import BadInput
from klynge.web.figures import preview, rules
from klynge.web.figures.choices import choose
from klynge.web.figures.forms import PublishedForm
from klynge.web.figures.models import KINDS, Draft, PublishedSource
from klynge.web.figures.published import all_of
from klynge.web.figures.vocabulary import KIND_TITLES


@require_http_methods(["GET", "HEAD", "POST"])
def published(request: HttpRequest) -> HttpResponse:
    """Every source; the secretariat and analysts can look at a file that is to be brought in."""
    allowed = request.user.has_perm("figures.import_published")
    if request.method == "POST" and not allowed:
        raise PermissionDenied(_reason())
    form = PublishedForm(*_sent(request)) if allowed else None
    refused = None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            return redirect("figures:draft", pk=_kept(request, form).pk)
        except BadInput as reason:
            refused = reason
    context = {"sources": _sources(), "form": form, "refused": refused}
    return render(request, "figures/published.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """What bringing in the file will do; nothing is saved before somebody says so here."""
    if not request.user.has_perm("figures.import_published"):
        raise PermissionDenied(_reason())
    kept = get_object_or_404(Draft, pk=pk, made_by=request.user)
    if request.method == "POST":
        try:
            return _imported(request, rules.import_draft(kept, by=request.user))
        except BadInput as reason:
            messages.error(request, reason.heading)
            return redirect("figures:published")
    plan = rules.plan_draft(kept)
    context = {"draft": kept, "plan": plan, "preview": preview.of(plan)}
    return render(request, "figures/draft.html", context)


@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """Every figure of one source, a kind of place at a time."""
    one = get_object_or_404(PublishedSource.objects.select_related("imported_by"), pk=pk)
    kind = choose(request, "type", KINDS, "klynge")
    context = {
        "source": one,
        "table": preview.table(all_of(one, kind)),
        "kinds": [(word, KIND_TITLES[word][1], word == kind) for word in KINDS],
        "kind": kind,
    }
    return render(request, "figures/source.html", context)


def _sources() -> list[PublishedSource]:
    figures = Count("indicators__figures", filter=Q(indicators__figures__computed=False))
    computed = Count("indicators__figures", filter=Q(indicators__figures__computed=True))
    return list(
        PublishedSource.objects.select_related("imported_by")
        .annotate(figures=figures, computed=computed)
        .order_by("title", "-imported_at")
    )


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form was sent with; nothing when the page is only looked at."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _kept(request: HttpRequest, form: PublishedForm) -> Draft:
    """Read the file once, so that a faulty one is refused before it is kept."""
    file = form.cleaned_data["file"]
    content = file.read()
    facts = form.facts
    rules.plan_published(file.name, content, source=rules.source_facts(facts))
    return rules.keep_draft(file.name, content, facts=facts, by=request.user)


def _imported(request: HttpRequest, sources: list[PublishedSource]) -> HttpResponse:
    messages.success(
        request,
        ngettext(
            "Kilden er indlæst: {titles}.", "Kilderne er indlæst: {titles}.", len(sources)
        ).format(titles="; ".join(one.title for one in sources)),
    )
    if len(sources) == 1:
        return redirect("figures:source", pk=sources[0].pk)
    return redirect("figures:published")


def _reason() -> str:
    return _("Kun sekretariatet og analytikere kan indlæse publicerede tal.")
