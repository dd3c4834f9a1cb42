"""The audit room: what happened, who did it and when; added to and never changed."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "klynge.web.audit"
    verbose_name = _("Hændelser")
