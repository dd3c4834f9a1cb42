"""The pages of a place's figures: the overview, a theme, one indicator."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from klynge.web.figures import (
    chart_addresses,
    choices,
    downloads,
    membership,
    onwards,
    periods,
    published,
    reading,
)
from klynge.web.figures.across import Across, find_across
from klynge.web.figures.definition import Definition
from klynge.web.figures.models import Indicator
from klynge.web.figures.places import LAND, Place
from klynge.web.figures.reading import Desk, Face
from klynge.web.figures.views.common import (
    NotThere,
    found_indicator,
    found_place,
    no_pack_page,
    unknown_page,
)
from klynge.web.figures.vocabulary import (
    MEASURE_TITLES,
    MEASURE_WORDS,
    THEME_OF_CODE,
    THEME_OF_SLUG,
    THEMES,
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The way in: choose a place, or start from an indicator."""
    desk = Desk.of(request.on)
    if desk is None:
        return no_pack_page(request)
    kind = "sundhedsraad" if request.on.year >= 2026 else "klynge"
    context = {
        "desk": desk,
        "land": desk.places.place(*LAND),
        "themes": _themes_with(reading.faces(desk, desk.places.place(*LAND), desk.indicators)),
        "regions": _by_region(desk, kind),
        "kind": kind,
    }
    return render(request, "figures/home.html", context)


@require_safe
def overview(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """Every indicator of a place, the newest figure of each, by theme."""
    try:
        desk, at = _at(request, kind, place)
    except NotThere as gone:
        return gone.page
    standardised = choices.wants_standardised(request)
    faces = reading.faces(desk, at, desk.indicators, standardised=standardised)
    lines = published.lines(at, desk.neighbours(at), desk.on)
    if request.GET.get("format") == "csv":
        return downloads.of_faces(desk, at, faces, lines)
    domains = {face.indicator.domain for face in faces}
    context = {
        **_place_context(desk, at, domains, standardised),
        "themes": _themes_with(faces),
        "published": lines,
        "later": _later(faces),
    }
    return render(request, "figures/place.html", context)


@require_safe
def theme(request: HttpRequest, kind: str, place: str, theme: str) -> HttpResponse:
    """One theme of a place: each indicator with its newest figure, over time, beside others."""
    try:
        desk, at = _at(request, kind, place)
    except NotThere as gone:
        return gone.page
    about = THEME_OF_SLUG.get(theme)
    if about is None:
        return _unknown_theme(request, at, theme)
    standardised = choices.wants_standardised(request)
    indicators = [one for one in desk.indicators if one.theme == about.code]
    faces = reading.faces(desk, at, indicators, standardised=standardised)
    lines = published.lines(at, desk.neighbours(at), desk.on, theme=about.code)
    if request.GET.get("format") == "csv":
        return downloads.of_faces(desk, at, faces, lines)
    context = {
        **_place_context(desk, at, {one.domain for one in indicators}, standardised),
        "theme": about,
        "rows": [(face, chart_addresses.trend(face, desk.on, small=True)) for face in faces],
        "published": lines,
        "later": _later(faces),
    }
    return render(request, "figures/theme.html", context)


@require_safe
def indicator(request: HttpRequest, kind: str, place: str, code: str) -> HttpResponse:
    """One indicator at a place: over time, by sex and age, in its kommuner, and its definition."""
    try:
        desk, at = _at(request, kind, place)
        one = found_indicator(request, desk, code)
    except NotThere as gone:
        return gone.page
    standardised = choices.wants_standardised(request)
    grains, grain = _grains(request, one)
    faces = reading.faces(desk, at, [one], standardised=standardised, grain=grain)
    face = _chosen_face(request, faces)
    period = _chosen_period(request, face) if grain == periods.YEAR else ""
    by_sex_and_age = reading.breakdown(desk, at, one, period) if period else None
    inside = _inside(desk, at, face, period)
    if request.GET.get("format") == "csv":
        return downloads.of_indicator(desk, at, face, by_sex_and_age, inside)
    context = {
        **_place_context(desk, at, {one.domain}, standardised),
        "face": face,
        "faces": faces,
        "indicator": one,
        "theme": THEME_OF_CODE.get(one.theme),
        "definition": Definition(one, desk.on),
        "picture": chart_addresses.trend(face, desk.on),
        "breakdown": by_sex_and_age,
        "bands": chart_addresses.bands(face, by_sex_and_age, desk.on) if by_sex_and_age else None,
        "inside": inside,
        "later": _later([face]),
        "ways": onwards.from_figure(_on_table(face, period), desk.on, request.user),
        "resting": onwards.resting_on(one.code, request.user),
        "grains": grains,
    }
    return render(request, "figures/indicator.html", context)


def _grains(request: HttpRequest, one: Indicator) -> tuple[list[choices.Option], str]:
    """How long periods can be chosen (none when there are only years), and the chosen length."""
    told = reading.grains_of(one)
    words = {word: title for word, (grain, title) in choices.GRAINS.items() if grain in told}
    if len(words) < 2:
        return [], periods.YEAR
    word = choices.choose(request, "opgjort", list(words), "aar")
    return choices.options(words, word), choices.GRAINS[word][0]


def _at(request: HttpRequest, kind: str, place: str) -> tuple[Desk, Place]:
    desk = Desk.of(request.on)
    at = found_place(request, desk, kind, place)
    if desk is None:
        raise NotThere(no_pack_page(request))
    return desk, at


def _place_context(
    desk: Desk, place: Place, domains: set[str], standardised: bool
) -> dict[str, Any]:
    return {
        "desk": desk,
        "place": place,
        "neighbours": desk.neighbours(place),
        "standardised": standardised,
        "measures": choices.options(
            {word: _measure_title(word) for word in MEASURE_WORDS},
            choices.measure_word("standardised" if standardised else "crude"),
        ),
        "membership": membership.notes(desk.places, place, domains, desk.on),
        "all_themes": THEMES,
    }


def _measure_title(word: str) -> str:
    return str(MEASURE_TITLES[MEASURE_WORDS[word]])


def _themes_with(faces: list[Face]) -> list[tuple[Any, list[Face]]]:
    return [(theme, [f for f in faces if f.indicator.theme == theme.code]) for theme in THEMES]


def _later(faces: list[Face]) -> list[str]:
    """Years the pack holds that are not over on the date, for the note that says so."""
    return sorted({period for face in faces for period in face.later})


def _chosen_face(request: HttpRequest, faces: list[Face]) -> Face:
    age = choices.choose(request, "alder", [face.age for face in faces], faces[0].age)
    return next(face for face in faces if face.age == age)


def _chosen_period(request: HttpRequest, face: Face) -> str:
    known = [cell.period for cell in face.own.cells]
    return choices.choose(request, "periode", known, known[-1]) if known else ""


def _inside(desk: Desk, place: Place, face: Face, period: str) -> Across | None:
    """The kommuner of a place, unless it is one itself or has too many to list here."""
    if not period or place.kind in ("kommune", "region", "land"):
        return None
    return find_across(
        desk,
        face.indicator,
        "kommune",
        period=period,
        sex="all",
        age=face.age,
        measure=face.measure,
        chosen=place,
        inside=place,
    )


def _on_table(face: Face, period: str) -> onwards.OnTable:
    return onwards.OnTable(
        code=face.code,
        age=face.age,
        place_kind=face.place.kind,
        place=face.place.id,
        period=period,
        domain=face.indicator.domain,
    )


def _by_region(desk: Desk, kind: str) -> list[tuple[Place | None, list[Place]]]:
    """Places of a kind under the region they lie in; those that cross regions come last."""
    grouped: dict[Place | None, list[Place]] = {}
    for place in desk.places.of_kind(kind):
        grouped.setdefault(desk.places.region_of(place.key), []).append(place)
    return sorted(grouped.items(), key=lambda item: item[0] is None)


def _unknown_theme(request: HttpRequest, place: Place, theme: str) -> HttpResponse:
    links = [
        (
            reverse(
                "figures:theme", kwargs={"kind": place.kind, "place": place.id, "theme": one.slug}
            ),
            str(one.title),
        )
        for one in THEMES
    ]
    return unknown_page(
        request,
        heading=_("Temaet findes ikke"),
        text=_("Der er ikke noget tema, der hedder »{theme}«.").format(theme=theme),
        links=links,
    )
