"""The funds room: pools, keys, applications, grants and the ledger."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundsConfig(AppConfig):
    name = "klynge.web.funds"
    verbose_name = _("Midler")
