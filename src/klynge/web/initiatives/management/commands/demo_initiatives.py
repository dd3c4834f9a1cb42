"""Invented initiatives of a klynge, so that the demo has something to look at."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from klynge.web.initiatives import demo


class Command(BaseCommand):
    help = "Fills the initiatives room with invented work. Does nothing the second time."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.KLYNGE_DEMO:
            raise CommandError(_("Opdigtede initiativer oprettes kun med demoens indstillinger."))
        filled = demo.fill()
        if options["verbosity"]:
            self.stdout.write(_("Demoen har {n} initiativer.").format(n=filled))
