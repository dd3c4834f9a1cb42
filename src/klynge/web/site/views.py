"""Denmark's page, the search, the accessibility statement and the pages for what went wrong."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from klynge import structure
from klynge.web.bodies import kinds, listing, maps
from klynge.web.bodies.search import find


def home(request: HttpRequest) -> HttpResponse:
    """Denmark on the chosen date."""
    kind = kinds.organising(request.on)
    context = {
        "kind": kind,
        "kind_name": kinds.MANY[kind],
        "tiles": maps.tile_map(request.on),
        "outlines": maps.outline_map(request.on),
        "listing": listing.by_region(request.on),
        "regime": structure.regime_on(request.on),
        "notes": structure.notes(kind, request.on) if kind != kinds.REGION else (),
        **_results(request),
    }
    return render(request, "site/home.html", context)


def search(request: HttpRequest) -> HttpResponse:
    """Places whose name holds what was written; only the list itself when htmx asks."""
    template = "site/_results.html" if request.htmx else "site/search.html"
    response = render(request, template, _results(request))
    patch_vary_headers(response, ["HX-Request"])
    return response


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible the site is, and where to write when it is not."""
    return render(request, "site/accessibility.html")


@login_not_required
def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400. Without the frame of a page: it may be that nobody has looked yet who is asking."""
    return HttpResponseBadRequest(render_to_string("400.html"))


@login_not_required
def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the reason, when there is one."""
    return render(request, "site/403.html", {"reason": str(exception)}, status=403)


@login_not_required
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return render(request, "site/404.html", status=404)


@login_not_required
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid token: most often one that stood open for long."""
    told = _("Formularen var for gammel eller kom fra et andet sted. Gå tilbage, og prøv igen.")
    return render(request, "site/403.html", {"reason": told}, status=403)


def _results(request: HttpRequest) -> dict[str, Any]:
    wanted = request.GET.get("q", "").strip()[:100]
    return {"wanted": wanted, "results": find(wanted, request.on)}
