"""The pages of data packs: which there are, what is in one, and bringing one in."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from klynge.faults import BadInput
from klynge.web.figures import inbox, rules
from klynge.web.figures.contents import Contents
from klynge.web.figures.forms import PackForm
from klynge.web.figures.models import Pack


@require_http_methods(["GET", "HEAD", "POST"])
def packs(request: HttpRequest) -> HttpResponse:
    """Every pack, newest first; the secretariat and analysts can bring in another."""
    allowed = request.user.has_perm("figures.import_pack")
    if request.method == "POST" and not allowed:
        raise PermissionDenied(_("Kun sekretariatet og analytikere kan indlæse datapakker."))
    form = PackForm(*_sent(request)) if allowed else None
    refused = None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            return _imported(request, _import(request, form))
        except BadInput as reason:
            refused = reason
    context = {
        "packs": Pack.objects.defer("geography", "quality", "registers")
        .select_related("imported_by")
        .annotate(indicator_count=Count("indicators"))
        # Said again: a count drops the order of the model.
        .order_by("-created", "-pk"),
        "form": form,
        "refused": refused,
    }
    return render(request, "figures/packs.html", context, status=422 if refused else 200)


@require_safe
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    """What one pack holds: indicators, places, registers and quality."""
    one = get_object_or_404(Pack.objects.select_related("imported_by"), pk=pk)
    return render(request, "figures/pack.html", {"pack": one, "contents": Contents(one)})


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form was sent with; nothing when the page is only looked at."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _import(request: HttpRequest, form: PackForm) -> rules.ImportedPack:
    file = form.cleaned_data.get("file")
    if not file:
        folder = inbox.folder() / form.cleaned_data["folder"]
        return rules.import_pack(folder, by=request.user)
    name = PurePath(file.name).name
    with inbox.unpacked(name, file) as folder:
        return rules.import_pack(folder, by=request.user)


def _imported(request: HttpRequest, imported: rules.ImportedPack) -> HttpResponse:
    if not imported.is_new:
        messages.info(request, _("Datapakken var allerede indlæst. Der er ikke ændret noget."))
    elif imported.pack.is_current:
        messages.success(request, _("Datapakken er indlæst, og siderne viser den nu."))
    else:
        messages.success(
            request, _("Datapakken er indlæst. Siderne viser stadig en, der er lavet senere.")
        )
    return redirect("figures:pack", pk=imported.pack.pk)
