"""Invented money in a klynge's pool, so that the demo has something to look at."""

from __future__ import annotations

from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from klynge.web.funds import demo


class Command(BaseCommand):
    help = "Fills the funds room with invented money. Does nothing the second time."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.KLYNGE_DEMO:
            raise CommandError(_("Opdigtede midler oprettes kun med demoens indstillinger."))
        # The demo's users apply and score; who they are is told when the demo is served.
        call_command("create_demo_users", stdout=StringIO())
        filled = demo.fill()
        if options["verbosity"]:
            self.stdout.write(_("{n} puljer er fyldt med opdigtede midler.").format(n=filled))
