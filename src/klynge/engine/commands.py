"""`klynge datapack build`."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from klynge.faults import WrongUse
from klynge.texts import _, language

if TYPE_CHECKING:
    from klynge.cli import Groups

ENGINES = ("duckdb", "spark")
MOST_YEARS = 50


def add_commands(groups: Groups) -> None:
    """Add the command to the group `datapack`."""
    group = groups.group("datapack", help=_("byg, kontrollér og vis datapakker"))
    text = _("byg en datapakke med beskyttede nøgletal af registrene i en mappe")
    parser = group.add_parser("build", help=text, description=text)
    parser.add_argument(
        "--registers", type=Path, required=True, metavar=_("MAPPE"), help=_("mappen med registrene")
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar=_("PAKKE"), help=_("mappen, pakken skrives i")
    )
    parser.add_argument(
        "--years", metavar="2021-2025", help=_("år; ellers alle hele år i udtrækket")
    )
    parser.add_argument(
        "--engine",
        choices=ENGINES,
        default=ENGINES[0],
        help=_("motor, der tæller; tallene er de samme"),
    )
    parser.add_argument("--memory", default="4GB", help=_("hukommelse i alt, fx 4GB"))
    parser.add_argument(
        "--work",
        type=Path,
        metavar=_("MAPPE"),
        help=_("arbejdsmappe, der gemmes til næste levering; den indeholder personer"),
    )
    parser.add_argument(
        "--indicator",
        action="append",
        metavar=_("KODE"),
        help=_("byg kun denne indikator; kan gives flere gange"),
    )
    parser.add_argument(
        "--definitions",
        type=Path,
        metavar=_("MAPPE"),
        help=_("mappe med egne definitioner, ud over Klynges egne"),
    )
    parser.add_argument(
        "--flows",
        action="store_true",
        help=_("tæl også borgernes veje fra måned til måned"),
    )
    parser.add_argument(
        "--by-education",
        action="store_true",
        help=_("tæl også andele og rater efter uddannelse (registret udda)"),
    )
    parser.add_argument(
        "--totals",
        type=Path,
        metavar=_("FIL"),
        help=_("CSV-fil med offentliggjorte tal, som pakkens holdes op imod"),
    )
    parser.add_argument(
        "--previous",
        type=Path,
        action="append",
        default=[],
        metavar=_("PAKKE"),
        help=_("en pakke, der er givet videre før; kan gives flere gange"),
    )
    parser.add_argument(
        "--rounded",
        type=Path,
        metavar=_("PAKKE"),
        help=_("skriv også pakken med alle antal afrundet til nærmeste 5 i denne mappe"),
    )
    parser.add_argument("--json", action="store_true", help=_("svar som JSON"))
    parser.set_defaults(run=run_build)


def run_build(options: argparse.Namespace) -> int:
    """Build the pack and say what is in it."""
    from klynge.engine.build import build

    began = time.monotonic()
    released = build(
        options.registers,
        options.out,
        years=years_of(options.years),
        memory=options.memory,
        indicators=options.indicator,
        progress=_tell,
        work=options.work,
        definitions=options.definitions,
        flows=options.flows,
        by_education=options.by_education,
        engine=options.engine,
        totals=options.totals,
        previous=options.previous,
        rounded=options.rounded,
    )
    if options.json:
        summary = {
            "out": str(released.path),
            **({"rounded": str(options.rounded)} if options.rounded else {}),
            "cells": released.cells,
            "hidden": released.hidden,
            "hidden_per_cent": round(100 * released.hidden_share, 1),
            "crude_hidden_per_cent": round(100 * released.crude_hidden_share, 1),
            "by_rows_and_columns_per_cent": round(100 * released.plain_share, 1),
            "disclosure_cpu_seconds": round(released.cpu_seconds, 1),
            "disclosure_cpu_per_cent": _part_of_cpu(released.cpu_seconds),
            "disclosure_programs": released.programs,
            "totals": dict(released.totals),
            "seconds": round(time.monotonic() - began, 1),
        }
        print(json.dumps(summary, ensure_ascii=False))
        return 0
    print(
        _("Skrev {out}: {cells} celler, heraf {hidden} skjult ({share} pct.).").format(
            out=options.out,
            cells=_grouped(released.cells),
            hidden=_grouped(released.hidden),
            share=_decimal(round(100 * released.hidden_share, 1)),
        )
    )
    print(
        _(
            "Af årenes rå tal er {share} pct. skjult; række-og-søjle-reglen ville skjule {plain}"
            " pct. Beskyttelsen tog {cpu} af 100 CPU-sekunder og løste {programs} lineære"
            " programmer."
        ).format(
            programs=_grouped(released.programs),
            share=_decimal(round(100 * released.crude_hidden_share, 1)),
            plain=_decimal(round(100 * released.plain_share, 1)),
            cpu=_decimal(_part_of_cpu(released.cpu_seconds)),
        )
    )
    if options.rounded:
        print(
            _(
                "Skrev {rounded}: det samme med alle antal afrundet. Gem {out} i den sikre zone:"
                " den skal med som --previous næste gang."
            ).format(rounded=options.rounded, out=options.out)
        )
    if released.totals:
        print(_reconciled(released.totals))
    return 0


def _reconciled(totals: Mapping[str, int]) -> str:
    return _(
        "Afstemt med offentliggjorte tal: {same} stemmer, {different} afviger, {rest} kunne ikke"
        " sammenlignes. Se afstemningen i pakkens quality.json."
    ).format(
        same=totals.get("agrees", 0),
        different=totals.get("differs", 0),
        rest=totals.get("not_compared", 0),
    )


def _part_of_cpu(seconds: float) -> float:
    """Per cent of the CPU time that this process and those it waited for have used."""
    used = os.times()
    whole = used.user + used.system + used.children_user + used.children_system
    return round(100 * seconds / whole, 1) if whole else 0.0


def years_of(text: str | None) -> tuple[int, ...] | None:
    """ "2021-2025" or "2024" as years."""
    if text is None:
        return None
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", text.strip())
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if last < first or last - first >= MOST_YEARS:
        raise WrongUse(_("--years skal være et år eller første-sidste, fx 2021-2025."))
    return tuple(range(first, last + 1))


def _grouped(number: int) -> str:
    """Thousands apart: by a point in Danish, a comma in English."""
    return f"{number:,}".replace(",", "." if language() == "da" else ",")


def _decimal(number: float) -> str:
    return str(number).replace(".", "," if language() == "da" else ".")


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
