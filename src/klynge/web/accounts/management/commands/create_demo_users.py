"""Invented users for the demo, one a role; prints how to log in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from klynge.web.accounts import rules
from klynge.web.accounts.demo import PASSWORD, PEOPLE
from klynge.web.accounts.models import User


class Command(BaseCommand):
    help = "Creates invented users for the demo, one a role, and prints their log-ins."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.KLYNGE_DEMO:
            raise CommandError(_("Demobrugere oprettes kun med demoens indstillinger."))
        for username, name, organisation, role in PEOPLE:
            if not User.objects.filter(username=username).exists():
                rules.create_user(
                    by=None,
                    username=username,
                    password=PASSWORD,
                    name=name,
                    organisation=organisation,
                    roles=[role],
                )
        for username, name, _organisation, role in PEOPLE:
            self.stdout.write(f"  {username:<15}{PASSWORD:<20}{name}, {role.label}")
