"""The bodies room: regions, klynger, sundhedsråd and kommuner, as they are on a date."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BodiesConfig(AppConfig):
    name = "klynge.web.bodies"
    verbose_name = _("Samarbejdets steder")

    def ready(self) -> None:
        from klynge.web.bodies import handover_kinds

        handover_kinds.register()
