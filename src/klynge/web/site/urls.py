"""Addresses of the site room."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from klynge.web.site import views

app_name = "site"

urlpatterns = [
    path("", views.home, name="home"),
    path("soeg/", views.search, name="search"),
    path("tilgaengelighed/", views.accessibility, name="accessibility"),
    path("sprog/", login_not_required(set_language), name="language"),
]
