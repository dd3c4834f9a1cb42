"""The pages of places."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from klynge import structure
from klynge.web.bodies import kinds, listing, maps, slots
from klynge.web.bodies.pages import page_of


def all_places(request: HttpRequest) -> HttpResponse:
    """Every klynge or sundhedsråd on the chosen date, by region."""
    kind = kinds.organising(request.on)
    context = {
        "kind": kind,
        "heading": kinds.MANY[kind],
        "kind_one": kinds.ONE[kind],
        "listing": listing.by_region(request.on),
        "notes": structure.notes(kind, request.on) if kind != kinds.REGION else (),
        "fills": maps.tile_map(request.on).fills,
    }
    return render(request, "bodies/list.html", context)


def all_kommuner(request: HttpRequest) -> HttpResponse:
    """The 98 kommuner and what each belongs to on the chosen date."""
    context = {"listing": listing.kommuner(request.on), "kind": kinds.organising(request.on)}
    return render(request, "bodies/kommuner.html", context)


def place(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """One place as on the chosen date; 404 only for what never was."""
    try:
        found = structure.place(kind, place)
    except structure.UnknownPlace as unknown:
        near = [structure.place(kind, id) for id in unknown.nearest]
        return render(request, "bodies/unknown.html", {"near": near, "wanted": place}, status=404)
    page = page_of(found, request.on)
    context = {
        "page": page,
        "place": found,
        "map": maps.outline_map(page.seen, around=found),
        "inside": maps.kommuner_of(found, page.seen),
        "slots": slots.on_place_pages(),
    }
    return render(request, "bodies/place.html", context)
