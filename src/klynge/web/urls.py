"""Every address of the site; each room has its own list."""

from __future__ import annotations

from django.urls import include, path

handler403 = "klynge.web.site.views.not_allowed"
handler404 = "klynge.web.site.views.not_found"

urlpatterns = [
    path("", include("klynge.web.site.urls")),
    path("konto/", include("klynge.web.accounts.urls")),
    path("", include("klynge.web.figures.urls")),
    path("", include("klynge.web.bodies.urls")),
]
