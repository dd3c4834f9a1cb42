"""Addresses of the goals room."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "goals"

urlpatterns: list[URLPattern] = []
