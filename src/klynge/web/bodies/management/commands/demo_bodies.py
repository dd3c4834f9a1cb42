"""Invented people in the bodies of a region, so that the demo has something to look at."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from klynge.web.bodies import demo


class Command(BaseCommand):
    help = "Fills the bodies of some klynger with invented people. Does nothing the second time."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.KLYNGE_DEMO:
            raise CommandError(_("Opdigtede medlemmer oprettes kun med demoens indstillinger."))
        filled = demo.fill()
        demo.link_users()
        self.stdout.write(_("{n} organer har fået opdigtede medlemmer.").format(n=filled))
