"""`klynge web manage demo_publishing`: let the demo's public pages have something on them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from klynge.web.bodies.models import BodyRecord
from klynge.web.meetings.models import Meeting
from klynge.web.publishing import rules
from klynge.web.publishing.models import Publication, PublicBody

HOME = "rm-randers"


class Command(BaseCommand):
    """Shows the bodies of Randersklyngen, and publishes what is ready; nothing twice."""

    help = _("vis demoens møder på de offentlige sider")
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        for body in BodyRecord.objects.filter(place=HOME):
            if not PublicBody.objects.filter(body=body).exists():
                rules.show_body(by=None, body=body, members=True, dates=True)
            for meeting in Meeting.objects.filter(body=body):
                for part, states in rules.READY.items():
                    there = Publication.objects.filter(meeting=meeting, part=part)
                    if meeting.state in states and not there.exists():
                        # What the checks stop is an example too: it waits for the secretariat.
                        with suppress(rules.NotAllowed):
                            rules.publish(by=None, meeting=meeting, part=part, looked_through=True)
