"""Addresses of the decisions room."""

from __future__ import annotations

from django.urls import path

from klynge.web.decisions import views

app_name = "decisions"

urlpatterns = [
    path("", views.home, name="home"),
    path("hjemme/", views.at_home, name="at_home"),
    path("overskredne/", views.propose_late, name="propose_late"),
    path("fra-moede/<uuid:uid>/", views.from_minutes, name="from_minutes"),
    path("ny/<int:pk>/", views.bring_in, name="bring_in"),
    path("<uuid:uid>/", views.decision, name="decision"),
    path("<uuid:uid>/opfoelgning/", views.follow_up, name="follow_up"),
    path("<uuid:uid>/ansvar/", views.assign, name="assign"),
    path("<uuid:uid>/afloest/", views.replace, name="replace"),
    path("<uuid:uid>/paa-dagsordenen/", views.propose, name="propose"),
    path("<uuid:uid>/hjem/", views.carry_home, name="carry_home"),
    path("<uuid:uid>/hjem/<int:pk>/", views.tell_from_home, name="tell_from_home"),
]
