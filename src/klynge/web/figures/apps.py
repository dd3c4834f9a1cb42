"""The figures room: data packs, published figures, and the pages that show both."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "klynge.web.figures"
    verbose_name = _("Tal")
