"""Addresses of places: `/klynge/rm-randers/`, `/kommune/730/` and so on.

One name, `bodies:place`, with `kind` and `place`; each kind has its own word in the address.
"""

from __future__ import annotations

from django.urls import path, register_converter

from klynge.web.bodies import body_urls, views

app_name = "bodies"


class KindConverter:
    """The kinds of place that have a page."""

    regex = "klynge|sundhedsraad|kommune|region"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(KindConverter, "placekind")

urlpatterns = [
    path("klynger/", views.all_places, name="list"),
    path("kommuner/", views.all_kommuner, name="kommuner"),
    path("<placekind:kind>/<slug:place>/", views.place, name="place"),
    *body_urls.urlpatterns,
]
