"""Addresses of the papers."""

from __future__ import annotations

from django.urls import path

from klynge.web.meetings.papers import template_views, views

app_name = "papers"

urlpatterns = [
    path("skabeloner/", template_views.templates, name="templates"),
    path("skabeloner/<slug:use>/", template_views.template, name="template"),
    path("skabeloner/<slug:use>/hent/", template_views.fetch, name="fetch_template"),
    path("skabeloner/<slug:use>/tilbage/", template_views.drop, name="drop_template"),
    path("moede/<uuid:uid>/", views.choose, name="meeting"),
    path("moede/<uuid:uid>/fil/", views.meeting_file, name="meeting_file"),
    path("moede/<uuid:uid>/journal.zip", views.journal_package, name="journal"),
    path("punkt/<uuid:uid>/", views.choose_case, name="case"),
    path("punkt/<uuid:uid>/fil/", views.case_file, name="case_file"),
]
