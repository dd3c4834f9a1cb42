"""Addresses of the figures room.

A place's figures are under the place (`/klynge/rm-randers/tal/`), what is not about one place is
under `/tal/`. `figures:place` is the way in for other rooms.
"""

from __future__ import annotations

from django.urls import path, register_converter

from klynge.web.figures.views import (
    charts,
    compare,
    definitions,
    flows,
    packs,
    places,
    published,
)

app_name = "figures"


class KindConverter:
    """The kinds of place that have figures."""

    regex = "klynge|sundhedsraad|kommune|region|land"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(KindConverter, "figurekind")

_PLACE = "<figurekind:kind>/<slug:place>/tal/"

urlpatterns = [
    path("tal/", places.home, name="home"),
    path("tal/sammenlign/<slug:code>/", compare.compare, name="compare"),
    path("tal/sammenlign/<slug:code>/graf.svg", charts.dots, name="compare-chart"),
    path("tal/definition/<slug:code>/", definitions.definition, name="definition"),
    path(_PLACE, places.overview, name="place"),
    path(f"{_PLACE}indikator/<slug:code>/", places.indicator, name="indicator"),
    path(f"{_PLACE}indikator/<slug:code>/<slug:shape>.svg", charts.at_place, name="chart"),
    path(f"{_PLACE}veje/", flows.ways, name="flows"),
    path(f"{_PLACE}<slug:theme>/", places.theme, name="theme"),
    path("datapakker/", packs.packs, name="packs"),
    path("datapakker/<int:pk>/", packs.pack, name="pack"),
    path("publicerede-tal/", published.published, name="published"),
    path("publicerede-tal/udkast/<int:pk>/", published.draft, name="draft"),
    path("publicerede-tal/<int:pk>/", published.source, name="source"),
]
