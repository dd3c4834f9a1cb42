"""The publishing room: what the public sees, and what is checked before."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "klynge.web.publishing"
    verbose_name = _("Offentliggørelse")

    def ready(self) -> None:
        """Tell the rooms below what stands on their pages of this one."""
        from klynge.web.bodies import duties, panels
        from klynge.web.meetings import parts
        from klynge.web.publishing import elsewhere

        parts.on_meeting(elsewhere.on_meeting)
        parts.link_of_meeting(elsewhere.links_of_meeting)
        panels.on_body(elsewhere.on_body)
        panels.on_person(elsewhere.on_person)
        duties.register(elsewhere.duties)
