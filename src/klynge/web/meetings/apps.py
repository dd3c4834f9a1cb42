"""The meetings room: the year's wheel, agendas, attendance and minutes."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "klynge.web.meetings"
    verbose_name = _("Møder")

    def ready(self) -> None:
        """Tell the bodies room what it may show of meetings, and what is open at a hand-over."""
        from klynge.web.bodies import cadence, duties, panels
        from klynge.web.bodies import handover as handovers
        from klynge.web.meetings import duties as mine
        from klynge.web.meetings import (
            handover,
            meeting_links,
            minutes_duties,
            minutes_panels,
            parts,
        )
        from klynge.web.meetings import panels as own

        panels.on_body(own.next_meetings)
        panels.on_person(own.meetings_of_person)
        panels.on_person(minutes_panels.of_person)
        cadence.register(own.meetings_of_year)
        duties.register(mine.of_meetings)
        duties.register(minutes_duties.of_minutes)
        handovers.register(handover.ComingMeetings())
        handovers.register(handover.WaitingItems())
        parts.step_of_meeting(meeting_links.to_the_meeting_itself)
