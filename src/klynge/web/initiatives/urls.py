"""Addresses of the initiatives room."""

from __future__ import annotations

from django.urls import path

from klynge.web.initiatives import edit_views, views

app_name = "initiatives"

urlpatterns = [
    path("", views.home, name="home"),
    path("tavle/", views.board, name="board"),
    path("tidslinje/", views.timeline, name="timeline"),
    path("katalog/", views.catalogue, name="catalogue"),
    path("organ/<slug:kind>/<slug:place>/nyt/", edit_views.begin, name="begin"),
    path("<int:pk>/", views.initiative, name="initiative"),
    path("<int:pk>/ret/", edit_views.change, name="change"),
    path("<int:pk>/skridt/", edit_views.move, name="move"),
    path("<int:pk>/status/", edit_views.report, name="report"),
    path("<int:pk>/partner/", edit_views.partner, name="partner"),
    path("<int:pk>/arbejdsgruppe/", edit_views.group, name="group"),
    path("<int:pk>/milepael/", edit_views.milestone, name="milestone"),
    path("<int:pk>/risiko/", edit_views.risk, name="risk"),
    path("<int:pk>/maal/", edit_views.goal, name="goal"),
    path("<int:pk>/model/", edit_views.publish, name="publish"),
    path("milepael/<int:pk>/naaet/", edit_views.reach, name="reach"),
    path("model/<int:pk>/", views.model, name="model"),
    path("model/<int:pk>/foelg/", edit_views.adopt, name="adopt"),
]
