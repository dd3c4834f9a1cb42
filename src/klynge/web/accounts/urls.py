"""Addresses of the accounts room, all under /konto/."""

from __future__ import annotations

from django.urls import path

from klynge.web.accounts import user_views, views

app_name = "accounts"

urlpatterns = [
    path("log-ind/", views.Login.as_view(), name="login"),
    path("log-ind/kode/", views.code, name="code"),
    path("andet-trin/", views.set_up, name="set_up"),
    path("log-ud/", views.Logout.as_view(), name="logout"),
    path(
        "adgangskode/<uidb64>/<token>/",
        views.ChoosePassword.as_view(),
        name="choose_password",
    ),
    path("adgangskode/", views.OtherPassword.as_view(), name="other_password"),
    path("", views.mine, name="mine"),
    path("brugere/", user_views.users, name="users"),
    path("brugere/ny/", user_views.new_user, name="new_user"),
    path("brugere/<int:pk>/", user_views.user, name="user"),
    path("brugere/<int:pk>/roller/", user_views.roles, name="user_roles"),
    path("brugere/<int:pk>/luk/", user_views.close, name="close_user"),
    path("brugere/<int:pk>/aabn/", user_views.reopen, name="reopen_user"),
    path("brugere/<int:pk>/link/", user_views.link, name="user_link"),
    path("brugere/<int:pk>/andet-trin/", user_views.reset_second_step, name="reset_second_step"),
]
