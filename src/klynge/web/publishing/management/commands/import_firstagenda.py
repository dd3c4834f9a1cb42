"""`klynge web manage import_firstagenda FILE...`: bring saved agendas and minutes in."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from klynge.faults import WrongUse
from klynge.web.accounts.models import User
from klynge.web.bodies import history
from klynge.web.bodies.models import BodyRecord
from klynge.web.meetings.exchange import bringing_in


class Command(BaseCommand):
    """Raises BadInput with every fault; nothing is saved then."""

    help = _("indlæs gemte dagsordener og referater fra FirstAgenda (JSON)")
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", type=Path, nargs="+", help=_("filer eller mapper"))
        parser.add_argument("--body", default="", help=_("slags/sted, fx klynge-faglig/rm-randers"))
        parser.add_argument("--dry-run", action="store_true", help=_("vis kun, hvad der ville ske"))
        parser.add_argument("--by", default="")

    def handle(
        self, *, paths: list[Path], body: str, dry_run: bool, by: str, **options: Any
    ) -> None:
        files = list(_files(paths))
        documents = [(file.name, file.read_bytes()) for file in files if file.suffix == ".json"]
        annexes = {file.name: file.read_bytes() for file in files if file.suffix != ".json"}
        lines = bringing_in.plan(documents, body=_body(body), files=annexes)
        words = {
            bringing_in.NEW: _("nyt"),
            bringing_in.MORE: _("suppleres"),
            bringing_in.SAME: _("uændret"),
            bringing_in.OURS: _("vores eget; røres ikke"),
        }
        for line in lines:
            when = f"{line.meeting.begins_at:%d.%m.%Y %H:%M}"
            self.stdout.write(f"{when} {line.body}: {words[line.what]}")
            for name in line.missing:
                self.stdout.write(_("  Filen til bilaget “{name}” er ikke med.").format(name=name))
        if dry_run:
            return
        saved = bringing_in.bring_in(by=_user(by), lines=lines, files=annexes)
        self.stdout.write(_("{n} møder indlæst.").format(n=len(saved)))


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.is_file())
        elif path.is_file():
            yield path
        else:
            raise WrongUse(_("Der er ingen fil eller mappe, der hedder {name}.").format(name=path))


def _body(text: str) -> BodyRecord | None:
    if not text:
        return None
    kind, _slash, place = text.partition("/")
    found = history.find(kind, place)
    if found is None:
        raise WrongUse(_("Der er ikke registreret noget organ {name}.").format(name=text))
    return found


def _user(name: str) -> User | None:
    found = User.objects.filter(username=name).first() if name else None
    if name and found is None:
        raise WrongUse(_("Der er ingen bruger, der hedder {name}.").format(name=name))
    return found
