"""The agreements room: sundhedsaftale, praksisplan and what follows, with their hearings."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "klynge.web.agreements"
    verbose_name = _("Aftaler")

    def ready(self) -> None:
        """Show agreements on the page of a body, their deadlines as duties, and hand them over."""
        from klynge.web.agreements import elsewhere
        from klynge.web.bodies import duties, handover, panels

        panels.on_body(elsewhere.agreements_of_body)
        duties.register(elsewhere.due)
        handover.register(elsewhere.OpenAgreements())
