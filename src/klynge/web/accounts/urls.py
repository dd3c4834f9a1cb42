"""Addresses of the accounts room, all under /konto/."""

from __future__ import annotations

from django.urls import path

from klynge.web.accounts import views

app_name = "accounts"

urlpatterns = [
    path("log-ind/", views.Login.as_view(), name="login"),
    path("log-ud/", views.Logout.as_view(), name="logout"),
    path("", views.mine, name="mine"),
]
