"""`klynge registers check`, `klynge registers synth` and `klynge registers gateway`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from klynge.faults import BadInput, Fault, WrongUse, values_are_not_shown
from klynge.texts import _

if TYPE_CHECKING:
    from klynge.cli import Groups
    from klynge.engine.registers.check import Report

MOST_YEARS = 50


def add_commands(groups: Groups) -> None:
    """Add the commands to the group `registers`."""
    group = groups.group("registers", help=_("tjek af registerudtræk og opdigtede registre"))
    _add_check(group)
    _add_synth(group)
    _add_gateway(group)


def _add_check(group: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = _("tjek et udtræk og fortæl om alle fejl på én gang")
    parser = group.add_parser("check", help=text, description=text)
    parser.add_argument("folder", type=Path, metavar=_("MAPPE"), help=_("mappen med registrene"))
    parser.add_argument(
        "--table",
        action="append",
        metavar=_("REGISTER"),
        help=_("tjek kun dette register; kan gives flere gange"),
    )
    parser.add_argument("--json", action="store_true", help=_("svar som JSON"))
    parser.add_argument("--memory", default="4GB", help=_("hukommelse, fx 4GB"))
    parser.set_defaults(run=run_check)


def _add_synth(group: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = _("skriv opdigtede registre, der ligner Danmark")
    parser = group.add_parser("synth", help=text, description=text)
    parser.add_argument("--persons", type=int, required=True, help=_("antal personer"))
    parser.add_argument("--years", required=True, metavar="2021-2025", help=_("første-sidste år"))
    parser.add_argument("--seed", type=int, default=1, help=_("frø: samme frø, samme registre"))
    parser.add_argument("--out", type=Path, required=True, help=_("en ny eller tom mappe"))
    parser.add_argument(
        "--effect",
        metavar=_("KLYNGE:DATO:ANDEL"),
        help=_("plant en effekt: kun den andel af akutte ophold er tilbage i klyngen fra datoen"),
    )
    parser.add_argument(
        "--ruks",
        action="store_true",
        help=_("levér også registret over kroniske sygdomme (kronikere)"),
    )
    parser.add_argument(
        "--quarterly",
        action="store_true",
        help=_("levér befolkningen (bef) hvert kvartal i stedet for hvert år"),
    )
    parser.add_argument(
        "--migrations",
        action="store_true",
        help=_("levér også registret over ind- og udvandringer (vnds)"),
    )
    parser.add_argument(
        "--gateway",
        action="store_true",
        help=_("levér de kommunale registre som pakker fra KL Gateway"),
    )
    parser.set_defaults(run=run_synth)


def _add_gateway(group: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = _("læs pakker fra KL Gateway (FHIR), og skriv dem som registre")
    parser = group.add_parser("gateway", help=text, description=text)
    parser.add_argument("folder", type=Path, metavar=_("MAPPE"), help=_("mappen med pakkerne"))
    parser.add_argument("--out", type=Path, help=_("registrenes mappe; udelades for kun at tjekke"))
    parser.add_argument("--memory", default="4GB", help=_("hukommelse, fx 4GB"))
    parser.set_defaults(run=run_gateway)


def run_check(options: argparse.Namespace) -> int:
    """Print what was found of each register, then every fault. 0 when there is none, else 10."""
    from klynge.engine.registers.check import examine

    reports = examine(
        options.folder, _known(options.table), memory=options.memory, progress=_progress(options)
    )
    faults = [fault for report in reports for fault in report.faults]
    if options.json:
        print(json.dumps(_as_json(reports), ensure_ascii=False, indent=1))
        return BadInput.exit_code if faults else 0
    for report in reports:
        if report.table:
            print(_line(report), flush=True)
        for note in report.notes:
            print(f"  {note}", flush=True)
    if faults:
        raise _bad_input(faults)
    return 0


def run_synth(options: argparse.Namespace) -> int:
    """Write made-up registers and say where; a folder with something else in it is refused."""
    years = _years(options.years)
    if options.persons < 1:
        raise WrongUse(_("--persons skal være mindst 1."))
    if options.seed < 0:
        raise WrongUse(_("--seed skal være 0 eller mere."))
    from klynge.engine.registers import synth

    planted = synth.Planted.read(options.effect) if options.effect else None
    synth.write(
        options.out,
        persons=options.persons,
        years=years,
        seed=options.seed,
        progress=_share,
        planted=planted,
        gateway=options.gateway,
        ruks=options.ruks,
        quarterly=options.quarterly,
        migrations=options.migrations,
    )
    print(_("Skrev opdigtede registre i {folder}.").format(folder=options.out))
    return 0


def run_gateway(options: argparse.Namespace) -> int:
    """Read the bundles, write the registers, and say what they came to."""
    from klynge.engine.registers import gateway
    from klynge.engine.registers.spot import number

    progress = _say if sys.stderr.isatty() else None
    found = gateway.unpack(options.folder, options.out, memory=options.memory, progress=progress)
    print(
        _(
            "Læste {reports} pakker i {files} filer: {versions} oplysninger, hvoraf {updates} er"
            " afløst af en senere og {erased} er slettet som fejl."
        ).format(
            reports=number(found.reports),
            files=number(found.files),
            versions=number(found.versions),
            updates=number(found.updates),
            erased=number(found.erased),
        )
    )
    for name, rows in found.rows.items():
        print(_("{table}: {rows} rækker").format(table=name, rows=number(rows)))
    if options.out is None:
        print(_("Intet er skrevet; giv --out for at skrive registrene."))
    return 0


def _known(names: list[str] | None) -> list[str] | None:
    from klynge.engine.registers.catalogue import TABLES, table

    for name in names or ():
        try:
            table(name)
        except KeyError:
            raise WrongUse(
                _("Der er intet register, der hedder {name}. De kendte er: {known}.").format(
                    name=name, known=", ".join(TABLES)
                )
            ) from None
    return names


def _years(written: str) -> range:
    """ "2021-2025" or "2024" as a range of years, both ends in."""
    first, dash, last = written.partition("-")
    if not (first.isdecimal() and len(first) == 4) or (dash and not last.isdecimal()):
        raise WrongUse(_("--years skal være fx 2021-2025 eller 2024."))
    years = range(int(first), int(last or first) + 1)
    if not 1 <= len(years) <= MOST_YEARS:
        raise WrongUse(_("--years skal gå fremad og være højst {n} år.").format(n=MOST_YEARS))
    return years


def _progress(options: argparse.Namespace) -> Callable[[str], None] | None:
    return None if options.json or not sys.stderr.isatty() else _say


def _share(what: str, share: float) -> None:
    _say(f"{share:4.0%} {what}")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _line(report: Report) -> str:
    from klynge.engine.registers.spot import number
    from klynge.texts import ngettext

    count = len(report.faults)
    state = ngettext("{n} fejl", "{n} fejl", count) if count else _("i orden")
    parts = []
    if report.files:
        parts = [
            ngettext("{rows} række", "{rows} rækker", report.rows),
            ngettext("{columns} kolonne", "{columns} kolonner", report.columns),
        ]
    return f"{report.table}: " + ", ".join([*parts, state]).format(
        rows=number(report.rows), columns=number(report.columns), n=number(count)
    )


def _bad_input(faults: list[Fault]) -> BadInput:
    return BadInput(_("Udtrækket kan ikke bruges."), faults, note=values_are_not_shown())


def _as_json(reports: list[Report]) -> dict[str, object]:
    return {
        "tables": [
            {
                "table": report.table,
                "files": report.files,
                "rows": report.rows,
                "columns": report.columns,
                "notes": list(report.notes),
                "faults": [asdict(fault) for fault in report.faults],
            }
            for report in reports
        ]
    }
