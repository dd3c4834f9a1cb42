"""The publishing room: what the public sees, and what is checked before."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "klynge.web.publishing"
    verbose_name = _("Offentliggørelse")
