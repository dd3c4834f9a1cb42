"""Papers stand beside the meetings room as an app of their own: they keep the edited templates."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "klynge.web.meetings.papers"
    label = "papers"
    verbose_name = _("Mødepapirer")
