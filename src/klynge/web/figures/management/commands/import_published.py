"""`klynge web manage import_published FILE`: bring published figures into the workspace."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from klynge.faults import BadInput, Fault
from klynge.web.figures import numbers, rules
from klynge.web.figures.management.commands.import_pack import user
from klynge.web.figures.models import PublishedSource


class Command(BaseCommand):
    """Raises BadInput with every fault of the file; nothing is saved then."""

    help = _("indlæs publicerede tal fra en CSV- eller XLSX-fil")
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="", help=_("hvor filen ikke selv siger det"))
        parser.add_argument("--publisher", default="")
        parser.add_argument("--url", default="")
        parser.add_argument("--retrieved", type=date.fromisoformat, default=None)
        parser.add_argument("--terms", choices=PublishedSource.Terms.values, default="unverified")
        parser.add_argument("--note", default="")
        parser.add_argument("--own-computation", action="store_true")
        parser.add_argument(
            "--only-as-published", action="store_true", help=_("beregn ikke for større steder")
        )
        parser.add_argument("--dry-run", action="store_true", help=_("gem ikke noget"))
        parser.add_argument("--by", default="")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError:
            fault = Fault(str(file), _("Filen kan ikke læses."), _("en CSV- eller XLSX-fil"), "")
            raise BadInput(_("Der er ikke indlæst noget."), [fault]) from None
        facts = rules.SourceFacts(
            title=options["source"],
            publisher=options["publisher"],
            url=options["url"],
            terms=options["terms"],
            retrieved=options["retrieved"],
            note=options["note"],
            own_computation=options["own_computation"],
        )
        compute = not options["only_as_published"]
        plan = rules.plan_published(file.name, content, source=facts, compute=compute)
        if options["dry_run"]:
            words = _("{file} er i orden: {rows} tal, og {computed} kan beregnes.")
        else:
            rules.import_published(
                file.name, content, by=user(options["by"]), source=facts, compute=compute
            )
            words = _("Indlæste {file}: {rows} tal, og {computed} beregnede.")
        self.stdout.write(
            words.format(
                file=file.name,
                rows=numbers.whole(len(plan.content.rows)),
                computed=numbers.whole(len(plan.computed)),
            )
        )
