"""The initiatives room: what is tried, where, for whom, and with which effect."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "klynge.web.initiatives"
    verbose_name = _("Initiativer")
