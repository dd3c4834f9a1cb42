"""The decisions room: what bodies decided, and what came of it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    name = "klynge.web.decisions"
    verbose_name = _("Beslutninger")

    def ready(self) -> None:
        from klynge.web.bodies import duties, handover, panels
        from klynge.web.decisions import papers, telling
        from klynge.web.decisions.handover import OpenDecisions
        from klynge.web.meetings import parts
        from klynge.web.meetings.papers import follow_up

        duties.register(telling.duties)
        panels.on_body(telling.of_body)
        panels.on_person(telling.of_person)
        parts.step_of_meeting(telling.after_meeting)
        parts.on_item(telling.on_item)
        follow_up.tell(papers.of_meeting)
        handover.register(OpenDecisions())
