"""`klynge web manage import_pack PACK`: bring a data pack into the workspace."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from klynge.faults import WrongUse
from klynge.web.accounts.models import User
from klynge.web.figures import numbers, rules


class Command(BaseCommand):
    """Raises BadInput with every fault of the pack; nothing is saved then."""

    help = _("indlæs en datapakke")
    # Saves the seconds that checking the whole site takes; migrate has done it.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pack", type=Path)
        parser.add_argument("--by", default="")

    def handle(self, *, pack: Path, by: str, **options: Any) -> None:
        imported = rules.import_pack(pack, by=user(by))
        words = (
            _("Indlæste {title}: {figures} tal.")
            if imported.is_new
            else _("{title} var allerede indlæst; der er ikke ændret noget.")
        )
        told = words.format(title=imported.pack.title, figures=numbers.whole(imported.figures))
        self.stdout.write(told)


def user(name: str) -> User | None:
    """The user called `name`; None for no name. Raises WrongUse."""
    found = User.objects.filter(username=name).first() if name else None
    if name and found is None:
        raise WrongUse(_("Der er ingen bruger, der hedder {name}.").format(name=name))
    return found
