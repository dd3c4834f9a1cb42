"""Invented meetings and agendas, so that the demo has something to look at."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from klynge.web.meetings import demo


class Command(BaseCommand):
    help = "Lays a year of invented meetings in a klynge. Does nothing the second time."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.KLYNGE_DEMO:
            raise CommandError(_("Opdigtede møder oprettes kun med demoens indstillinger."))
        laid = demo.fill()
        self.stdout.write(_("{n} opdigtede møder er lagt.").format(n=laid))
