"""The first administrator of a new installation, and the way back in when nobody can log in."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from klynge.web.accounts import links, rules
from klynge.web.accounts.models import Role, User


class Command(BaseCommand):
    help = (
        "Makes an administrator, or makes an existing user one, and prints the link by which they"
        " choose a password. Add the site's address in front of it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="what a new administrator is called")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            user = _made(options["username"], options["name"])
        rules.open_user(by=None, user=user)
        rules.give_role(by=None, user=user, role=Role.Name.ADMINISTRATOR)
        self.stdout.write(links.to_choose_a_password(user, by=None))


def _made(username: str, name: str) -> User:
    if not name:
        raise CommandError(
            _("Der er ingen bruger '{username}'. Giv --name med for at oprette den.").format(
                username=username
            )
        )
    try:
        return rules.create_user(by=None, username=username, name=name)
    except ValidationError as refused:
        raise CommandError(" ".join(refused.messages)) from None
