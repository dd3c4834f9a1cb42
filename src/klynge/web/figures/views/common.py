"""What several pages of figures do the same way."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from klynge import structure
from klynge.structure import UnknownPlace
from klynge.web.figures import places
from klynge.web.figures.models import Indicator
from klynge.web.figures.places import Place
from klynge.web.figures.reading import Desk


class NotThere(Exception):
    """What the address names is not there; `page` says so, and what is near."""

    def __init__(self, page: HttpResponse) -> None:
        self.page = page
        super().__init__(page.status_code)


def found_place(request: HttpRequest, desk: Desk | None, kind: str, id: str) -> Place:
    """The place an address names. Raises NotThere."""
    try:
        return desk.places.place(kind, id) if desk else places.known(kind, id)
    except UnknownPlace as unknown:
        near = [structure.place(kind, id) for id in unknown.nearest]
        raise NotThere(
            unknown_page(
                request,
                heading=_("Stedet findes ikke"),
                text=_("Der er ikke noget sted, der hedder »{place}«.").format(place=id),
                links=[(places_address(place), place.name) for place in near],
            )
        ) from None


def found_indicator(request: HttpRequest, desk: Desk, code: str) -> Indicator:
    """The indicator an address names. Raises NotThere."""
    try:
        return desk.indicator(code)
    except Indicator.DoesNotExist:
        raise NotThere(
            unknown_page(
                request,
                heading=_("Nøgletallet findes ikke"),
                text=_("Den viste datapakke har ikke nøgletallet »{code}«.").format(code=code),
            )
        ) from None


def places_address(place: Any) -> str:
    """The address of a place's figures."""
    return reverse("figures:place", kwargs={"kind": place.kind, "place": place.id})


def unknown_page(
    request: HttpRequest, *, heading: str, text: str, links: list[tuple[str, str]] | None = None
) -> HttpResponse:
    """404 with the reason and where to go instead."""
    context = {"heading": heading, "text": text, "links": links or []}
    return render(request, "figures/unknown.html", context, status=404)


def no_pack_page(request: HttpRequest) -> HttpResponse:
    """Says that there is no data pack yet, and how to bring one in."""
    return render(request, "figures/no_pack.html")
