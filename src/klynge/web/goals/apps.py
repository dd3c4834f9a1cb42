"""The goals room: what a body wants to reach, and how far it is."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoalsConfig(AppConfig):
    name = "klynge.web.goals"
    verbose_name = _("Mål")

    def ready(self) -> None:
        """Show goals on the page of a body, their deadlines as duties, and hand them over."""
        from klynge.web.agreements import serving
        from klynge.web.bodies import duties, handover, panels
        from klynge.web.figures import onwards
        from klynge.web.goals import elsewhere

        panels.on_body(elsewhere.goals_of_body)
        duties.register(elsewhere.due)
        handover.register(elsewhere.OpenGoals())
        serving.register(elsewhere.under_agreement)
        onwards.begins(elsewhere.goal_from_figure)
        onwards.rests(elsewhere.goals_on)
