"""Every address of the site; each room has its own list."""

from __future__ import annotations

from django.urls import include, path

handler400 = "klynge.web.site.views.not_understood"
handler403 = "klynge.web.site.views.not_allowed"
handler404 = "klynge.web.site.views.not_found"

urlpatterns = [
    path("", include("klynge.web.site.urls")),
    path("konto/", include("klynge.web.accounts.urls")),
    path("aftaler/", include("klynge.web.agreements.urls")),
    path("papirer/", include("klynge.web.meetings.papers.urls")),
    path("moeder/", include("klynge.web.meetings.urls")),
    path("beslutninger/", include("klynge.web.decisions.urls")),
    path("maal/", include("klynge.web.goals.urls")),
    path("initiativer/", include("klynge.web.initiatives.urls")),
    path("midler/", include("klynge.web.funds.urls")),
    path("", include("klynge.web.publishing.urls")),
    path("", include("klynge.web.figures.urls")),
    path("", include("klynge.web.bodies.urls")),
]
