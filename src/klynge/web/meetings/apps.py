"""The meetings room: the year's wheel, agendas, attendance and minutes."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "klynge.web.meetings"
    verbose_name = _("Møder")
