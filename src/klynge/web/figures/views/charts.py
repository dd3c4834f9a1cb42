"""Charts as SVG. An address with the right hash may be kept for ever; any other is made afresh."""

from __future__ import annotations

from datetime import date

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from klynge.structure import UnknownPlace
from klynge.web.figures import chart_addresses, charts, choices, reading
from klynge.web.figures.across import known_periods
from klynge.web.figures.models import Indicator
from klynge.web.figures.places import Place
from klynge.web.figures.reading import Desk
from klynge.web.figures.views.compare import asked_across
from klynge.web.figures.vocabulary import STANDARDISED_WORD

KEPT = 365 * 24 * 60 * 60
DRAWN = 7 * 24 * 60 * 60
SHAPES = ("udvikling", "lille", "alder")


@require_safe
def at_place(request: HttpRequest, kind: str, place: str, code: str, shape: str) -> HttpResponse:
    """One indicator at one place: over time (`udvikling`, `lille`) or by sex and age (`alder`)."""
    if shape not in SHAPES:
        raise Http404
    desk, indicator = _found(request, code)
    try:
        at = desk.places.place(kind, place)
    except UnknownPlace:
        raise Http404 from None
    with translation.override(_language(request)):
        if shape == "alder":
            return _sent(request, _bands(request, desk, at, indicator))
        return _sent(request, _trend(request, desk, at, indicator, small=shape == "lille"))


@require_safe
def dots(request: HttpRequest, code: str) -> HttpResponse:
    """Every place of a kind beside each other."""
    desk, indicator = _found(request, code)
    with translation.override(_language(request)):
        asked = asked_across(request, desk, indicator)
        return _sent(request, charts.dots(asked.across, _language(request)))


def _found(request: HttpRequest, code: str) -> tuple[Desk, Indicator]:
    try:
        on = date.fromisoformat(request.GET.get(chart_addresses.LATEST, ""))
    except ValueError:
        on = request.on
    desk = Desk.of(on)
    if desk is None:
        raise Http404
    try:
        return desk, desk.indicator(code)
    except Indicator.DoesNotExist:
        raise Http404 from None


def _trend(
    request: HttpRequest, desk: Desk, place: Place, indicator: Indicator, *, small: bool
) -> charts.Chart:
    wanted = request.GET.get("maal") == STANDARDISED_WORD
    grain, _title = choices.GRAINS.get(request.GET.get("opgjort", "aar"), choices.GRAINS["aar"])
    faces = reading.faces(desk, place, [indicator], standardised=wanted, grain=grain)
    age = request.GET.get("alder", faces[0].age)
    face = next((face for face in faces if face.age == age), None)
    if face is None:
        raise Http404
    return charts.trend(face, _language(request), small=small)


def _bands(request: HttpRequest, desk: Desk, place: Place, indicator: Indicator) -> charts.Chart:
    known, _later = known_periods(desk, indicator, reading.plain_measure(indicator))
    period = request.GET.get("periode") or (known[-1] if known else "")
    if period not in known:
        raise Http404
    found = reading.breakdown(desk, place, indicator, period)
    return charts.bands(found, indicator.unit, _language(request))


def _sent(request: HttpRequest, chart: charts.Chart) -> HttpResponse:
    key = f"figures-chart-{chart.hash}"
    drawn = cache.get(key)
    if drawn is None:
        drawn = charts.svg(chart)
        cache.set(key, drawn, DRAWN)
    response = HttpResponse(drawn, content_type="image/svg+xml")
    right = request.GET.get(chart_addresses.VERSION) == chart.hash
    # private: figures are shown to those who have logged in.
    response["Cache-Control"] = f"private, max-age={KEPT}, immutable" if right else "no-cache"
    return response


def _language(request: HttpRequest) -> str:
    return "en" if request.GET.get(chart_addresses.LANGUAGE) == "en" else "da"
