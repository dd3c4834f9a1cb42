"""`klynge web manage overdue_decisions`: what is overdue, and a mail to those who see to it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klynge.web.decisions import reminding
from klynge.web.meetings.readers import today


class Command(BaseCommand):
    """Prints; with --mail it also writes to each responsible person who has an address."""

    help = _("vis de beslutninger, der har overskredet deres frist, og mind om dem med --mail")
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--mail", action="store_true", help=_("send de ansvarlige en mail om deres")
        )
        parser.add_argument(
            "--address",
            default="",
            metavar="URL",
            help=_("arbejdsrummets adresse, som mailen henviser til: https://klynge.example"),
        )

    def handle(self, *, mail: bool, address: str, **options: Any) -> None:
        if mail and not address.startswith(("https://", "http://")):
            raise CommandError(
                _("Skriv arbejdsrummets adresse med --address, for eksempel https://klynge.example")
            )
        found = reminding.overdue(today())
        self.stdout.write(
            ngettext(
                "{n} beslutning har overskredet sin frist.",
                "{n} beslutninger har overskredet deres frist.",
                len(found),
            ).format(n=len(found))
        )
        for body in dict.fromkeys(each.body for each in found):
            self.stdout.write(f"\n{body}")
            for each in found:
                if each.body == body:
                    self.stdout.write(f"  {reminding.line(each)}")
        if mail:
            self._mail(found, address.rstrip("/"))

    def _mail(self, found: list[reminding.Decision], address: str) -> None:
        wanted = reminding.reminders(found)
        sent = reminding.send(
            by=None,
            reminders=wanted,
            address=lambda each: address + reverse("decisions:decision", kwargs={"uid": each.uid}),
        )
        told = _("\nMail er sendt til {n} af {m} ansvarlige.")
        self.stdout.write(told.format(n=sent, m=len(wanted)))
        for each in wanted:
            if not each.email:
                self.stdout.write(f"  {_('Ingen e-mailadresse:')} {each.person}")
