"""`klynge web manage publish_due`: for cron; notes in the log what became public and what ended."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from klynge.web.publishing import rules


class Command(BaseCommand):
    """Publishing does not wait for this: a page is public because now lies inside its time."""

    help = _("notér i loggen, hvad der er blevet offentligt, og hvad der er udløbet")
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        begun, ended = rules.tell_what_is_due(by=None)
        told = _("{begun} er blevet offentlige, {ended} er udløbet.")
        self.stdout.write(told.format(begun=begun, ended=ended))
