"""An invented sundhedsaftale, so that the demo has something to look at."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from klynge.web.agreements import demo


class Command(BaseCommand):
    help = "Fills the agreements room with an invented agreement. Does nothing the second time."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.KLYNGE_DEMO:
            raise CommandError(_("Opdigtede aftaler oprettes kun med demoens indstillinger."))
        filled = demo.fill()
        if options["verbosity"]:
            self.stdout.write(_("{n} opdigtet aftale er klar.").format(n=filled))
