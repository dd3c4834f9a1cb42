"""The initiatives room: what is tried, where, for whom, and with which effect."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "klynge.web.initiatives"
    verbose_name = _("Initiativer")

    def ready(self) -> None:
        """Show initiatives on the page of a body, tell what is due, and hand them over."""
        from klynge.web.bodies import duties, handover, panels
        from klynge.web.figures import onwards
        from klynge.web.initiatives import elsewhere

        panels.on_body(elsewhere.initiatives_of_body)
        duties.register(elsewhere.due)
        handover.register(elsewhere.OpenInitiatives())
        onwards.begins(elsewhere.need_from_figure)
        onwards.rests(elsewhere.initiatives_on)
