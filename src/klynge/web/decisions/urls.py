"""Addresses of the decisions room."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "decisions"

urlpatterns: list[URLPattern] = []
