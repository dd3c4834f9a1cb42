"""The decisions room: what bodies decided, and what came of it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    name = "klynge.web.decisions"
    verbose_name = _("Beslutninger")
