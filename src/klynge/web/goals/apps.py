"""The goals room: what a body wants to reach, and how far it is."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoalsConfig(AppConfig):
    name = "klynge.web.goals"
    verbose_name = _("Mål")
