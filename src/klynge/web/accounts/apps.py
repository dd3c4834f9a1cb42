"""The accounts room: who may come in, and in which roles."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "klynge.web.accounts"
    verbose_name = _("Brugere")
