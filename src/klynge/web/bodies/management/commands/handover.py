"""`klynge web manage handover --from ... --to ... --on DATE`: bodies close and others take over."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from klynge.faults import BadInput, Fault, WrongUse
from klynge.web.accounts.models import User
from klynge.web.bodies import handover_report, handover_rules
from klynge.web.bodies.closing import closing, every_klynge


class Command(BaseCommand):
    """Raises BadInput when it cannot be carried out; nothing has changed then."""

    help = (
        "Hands over everything open in the bodies of some places to those that take over, in one"
        " transaction. The choices are those of the plan made in the workspace for the same places"
        " and day, else the suggested ones. --dry-run carries it out, tells, and takes it back."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="sources", default="", metavar="ID,ID")
        parser.add_argument("--all", action="store_true", help="every klynge")
        parser.add_argument("--to", dest="targets", default="", metavar="ID,ID")
        parser.add_argument("--on", required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--by", default="", metavar="USER")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, **options: Any) -> None:
        on = _day(options["on"])
        if bool(options["sources"]) == options["all"]:
            raise WrongUse(_("Skriv enten --from eller --all."))
        sources = every_klynge(on) if options["all"] else _split(options["sources"])
        found = closing(sources, _split(options["targets"]), on)
        carry = handover_rules.try_out if options["dry_run"] else handover_rules.carry_out
        try:
            done = carry(by=_user(options["by"]), closing=found)
        except handover_rules.NotAllowed as refused:
            faults = [Fault("", reason, "", "") for reason in refused.reasons]
            raise BadInput(_("Overdragelsen er ikke gennemført."), faults) from None
        report = done.report if done else None
        if options["json"]:
            told = {"dry_run": options["dry_run"], "changed": bool(done), **(report or {})}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(handover_report.as_text(report, dry_run=options["dry_run"]))


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise WrongUse(_("--on skal være en dato som 2027-01-01.")) from None


def _user(name: str) -> User | None:
    found = User.objects.filter(username=name).first() if name else None
    if name and found is None:
        raise WrongUse(_("Der er ingen bruger, der hedder {name}.").format(name=name))
    return found
