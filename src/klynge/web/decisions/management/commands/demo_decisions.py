"""Invented decisions of the demo, one of them overdue."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from klynge.web.decisions import demo


class Command(BaseCommand):
    help = "Takes the decisions of the held meeting of the demo. Does nothing the second time."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.KLYNGE_DEMO:
            raise CommandError(_("Opdigtede beslutninger oprettes kun med demoens indstillinger."))
        laid = demo.fill()
        self.stdout.write(_("{n} opdigtede beslutninger er taget med.").format(n=laid))
