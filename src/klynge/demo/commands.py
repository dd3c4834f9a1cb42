"""`klynge demo`: the main job in one command."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from klynge import ports
from klynge.cli import port
from klynge.faults import WrongUse
from klynge.texts import _

SMALLEST = 1000


def add_commands(groups: Any) -> None:
    """Add this room's command to the command line."""
    demo = groups.command("demo", _("opdigt registre, byg en datapakke og vis arbejdsrummet"))
    demo.add_argument(
        "--persons", type=int, default=100_000, metavar=_("ANTAL"), help=_("personer (100000)")
    )
    demo.add_argument("--port", type=port, default=8000, help=_("port (8000)"))
    demo.add_argument("--no-serve", action="store_true", help=_("gør alt klar, men vis det ikke"))
    demo.add_argument(
        "--folder",
        type=Path,
        default=Path("var/demo"),
        metavar=_("MAPPE"),
        help=_("hvor demoen ligger (var/demo)"),
    )
    demo.add_argument("--fresh", action="store_true", help=_("begynd forfra"))
    demo.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.persons < SMALLEST:
        raise WrongUse(
            _("--persons skal være mindst {n}: færre giver kun skjulte tal.").format(n=SMALLEST)
        )
    from klynge.demo.running import prepare, serve

    if not options.no_serve:
        ports.must_be_free(ports.HERE, options.port)  # told now, not when all is made
    places = prepare(options.folder, persons=options.persons, fresh=options.fresh, say=_say)
    return 0 if options.no_serve else serve(places, port=options.port, say=_say)


def _say(text: str) -> None:
    print(text, flush=True)
