"""The agreements room: sundhedsaftale, praksisplan and what follows, with their hearings."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "klynge.web.agreements"
    verbose_name = _("Aftaler")
