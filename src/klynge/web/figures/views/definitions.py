"""The page of a definition: in words and in numbers, with sources, owner and weak points."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from klynge.web.figures import onwards
from klynge.web.figures.definition import Definition
from klynge.web.figures.models import Indicator
from klynge.web.figures.reading import Desk
from klynge.web.figures.views.common import NotThere, found_indicator, no_pack_page
from klynge.web.figures.vocabulary import THEME_OF_CODE


@require_safe
def definition(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator's definition in the pack the pages show."""
    desk = Desk.of(request.on)
    if desk is None:
        return no_pack_page(request)
    try:
        indicator: Indicator = found_indicator(request, desk, code)
    except NotThere as gone:
        return gone.page
    context = {
        "desk": desk,
        "indicator": indicator,
        "definition": Definition(indicator, desk.on),
        "theme": THEME_OF_CODE.get(indicator.theme),
        "resting": onwards.resting_on(indicator.code, request.user),
    }
    return render(request, "figures/definition.html", context)
