"""`klynge web manage tidy_published WIDE.csv`: a table with a column an indicator, made tidy.

    klynge web manage tidy_published sundhedsprofil.csv --period 2025 \\
      --source "Den Nationale Sundhedsprofil 2025" --unit "pct. af voksne" \\
      --columns "rygning_pct=Dagligrygere" "ensomhed_pct=Ensomhed" --out tidy.csv
"""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from klynge.faults import BadInput, Fault
from klynge.web.figures import numbers, tables

COLUMNS = (
    "indicator",
    "title_da",
    "unit",
    "theme",
    "place_kind",
    "place",
    "period",
    "value",
    "source",
)


class Command(BaseCommand):
    """Values are copied as they stand; an empty cell gives no row."""

    help = _("lav en bred tabel (en kolonne for hvert nøgletal) om til den form, der kan indlæses")
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--columns", nargs="+", required=True, metavar=_("KOLONNE[=TITEL]"))
        parser.add_argument("--period", required=True)
        parser.add_argument("--source", required=True)
        parser.add_argument("--unit", default="")
        parser.add_argument("--theme", default="population")
        parser.add_argument("--place-column", default="kommune_kode")
        parser.add_argument("--place-kind", default="kommune")
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *, file: Path, out: Path, **options: Any) -> None:
        titles = dict(_named(column) for column in options["columns"])
        table = _read(file)
        _check(table, [options["place_column"].lower(), *titles])
        rows = [
            {
                "indicator": code,
                "title_da": title,
                "unit": options["unit"],
                "theme": options["theme"],
                "place_kind": options["place_kind"],
                "place": cells[options["place_column"].lower()],
                "period": options["period"],
                "value": cells[code],
                "source": options["source"],
            }
            for code, title in titles.items()
            for _number, cells in table.rows
            if cells[code]
        ]
        _write(out, rows, table.separator or ";")
        self.stdout.write(
            _("Skrev {file}: {rows} rækker.").format(file=out, rows=numbers.whole(len(rows)))
        )


def _named(column: str) -> tuple[str, str]:
    name, _equals, title = column.partition("=")
    return name.strip().lower(), title.strip() or name.strip()


def _read(file: Path) -> tables.Table:
    try:
        return tables.read(file.name, file.read_bytes())
    except OSError:
        fault = Fault(str(file), _("Filen kan ikke læses."), _("en CSV- eller XLSX-fil"), "")
        raise BadInput(_("Der er ikke skrevet noget."), [fault]) from None


def _check(table: tables.Table, wanted: list[str]) -> None:
    missing = [name for name in wanted if name not in table.columns]
    if missing:
        fault = Fault(
            _("overskriftsrækken"),
            _("Kolonner findes ikke: {names}.").format(names=", ".join(missing)),
            ", ".join(filter(None, table.columns)),
            _("Skriv kolonnernes navne, som de står i filen."),
        )
        raise BadInput(_("Der er ikke skrevet noget."), [fault])


def _write(out: Path, rows: list[dict[str, str]], separator: str) -> None:
    beside = out.with_name(f"{out.name}.part")
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter=separator, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    beside.replace(out)
