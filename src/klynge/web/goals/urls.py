"""Addresses of the goals room."""

from __future__ import annotations

from django.urls import path

from klynge.web.goals import views

app_name = "goals"

BODY = "organ/<slug:kind>/<slug:place>/"

urlpatterns = [
    path("", views.home, name="home"),
    path(BODY, views.of_body, name="body"),
    path(f"{BODY}nyt/", views.new, name="new"),
    path(f"{BODY}eget-noegletal/", views.define, name="define"),
    path("noegletal/<int:pk>/", views.measure, name="measure"),
    path("<int:pk>/", views.goal, name="goal"),
    path("<int:pk>/kort.svg", views.chart, name="chart"),
    path("<int:pk>/ret/", views.change, name="change"),
    path("<int:pk>/vurder/", views.assess, name="assess"),
]
