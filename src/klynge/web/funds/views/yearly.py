"""The papers of a place's year, each drawn at one click."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from klynge import structure
from klynge.structure import Place
from klynge.web.bodies.standing import bodies_of
from klynge.web.funds import papers as drawn
from klynge.web.funds import yearly, yearly_papers
from klynge.web.funds.showing import YEARLY
from klynge.web.funds.views.common import must
from klynge.web.meetings.papers.case_formats import CaseFormat, format_of

FIRST = 2022
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


@require_safe
def papers(request: HttpRequest, kind: str, place: str, year: int) -> HttpResponse:
    """The year's papers, and whom each is for."""
    must(request, "funds.see")
    at = _place(request, kind, place, year)
    context = {
        "place": at,
        # Texts, for a template writes numbers with thousands: 2.024.
        "year": str(year),
        "years": [str(each) for each in range(_first(at), request.on.year + 1)],
        "bodies": bodies_of(at, request.on),
        "kommuner": [
            (one, format_of("kommune", one.id)) for one in yearly.kommuner(at, request.on)
        ],
    }
    return render(request, "funds/yearly.html", context)


@require_safe
def of_year(
    request: HttpRequest, kind: str, place: str, year: str, what: str, form: str
) -> HttpResponse:
    """One of the papers. what: status, ssu, or the code of a kommune whose committee is told."""
    must(request, "funds.see")
    at = _place(request, kind, place, int(year))
    told = yearly.of_place(at, int(year), request.on, request.user)
    if what.isdecimal():
        made = _orientation(told, _kommune(at, what, request), form)
    else:
        document = (yearly_papers.status if what == "status" else yearly_papers.for_review)(told)
        draw = drawn.as_pdf if form == "pdf" else drawn.as_docx
        made = draw(document)
    response = HttpResponse(made, content_type="application/pdf" if form == "pdf" else drawn.DOCX)
    name = slugify(f"{_WORDS.get(what, what)} {year} {at.name}".lower().translate(_LETTERS))
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


_WORDS = {"status": "aarsstatus", "ssu": "bidrag-til-ssu"}


def _orientation(told: yearly.Status, kommune: Place, form: str) -> bytes:
    setting: CaseFormat = format_of("kommune", kommune.id)
    committee = f"{kommune.name} Kommune"
    if form == "pdf":
        return drawn.as_pdf(yearly_papers.orientation(told, setting, committee))
    return yearly_papers.orientation_docx(told, setting, committee)


def _place(request: HttpRequest, kind: str, place: str, year: int) -> Place:
    try:
        found = structure.place(kind, place)
    except (structure.UnknownPlace, ValueError):
        raise Http404 from None
    if kind not in YEARLY or not _first(found) <= year <= request.on.year:
        raise Http404
    return found


def _first(place: Place) -> int:
    """The first year the place has been there in."""
    return max(place.valid_from.year, FIRST)


def _kommune(place: Place, code: str, request: HttpRequest) -> Any:
    for one in yearly.kommuner(place, request.on):
        if one.id == code:
            return one
    raise Http404
