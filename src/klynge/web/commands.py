"""`klynge web serve | import | manage`: the workspace from the command line."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from klynge import ports
from klynge.cli import port
from klynge.faults import WrongUse
from klynge.texts import _

DEFAULT_SETTINGS = "klynge.web.settings.demo"


def add_commands(groups: Any) -> None:
    """Add this room's commands to the command line."""
    web = groups.group("web", _("Arbejdsrummet på nettet"))

    serve = web.add_parser("serve", help=_("vis arbejdsrummet i en browser"))
    serve.add_argument("--port", type=port, default=8000, help=_("port (8000)"))
    serve.add_argument("--host", default="127.0.0.1", help=_("adresse at lytte på (127.0.0.1)"))
    serve.add_argument("--workers", type=int, default=2, help=_("antal processer (2)"))
    serve.set_defaults(run=_serve)

    bring = web.add_parser("import", help=_("indlæs en datapakke"))
    bring.add_argument("pack", type=Path, metavar=_("DATAPAKKE"))
    bring.add_argument("--by", default="", metavar=_("BRUGER"), help=_("hvem der indlæser"))
    bring.set_defaults(run=_import)

    # With no character that starts an option, everything after the word goes to Django.
    manage = web.add_parser(
        "manage", help=_("Djangos egne kommandoer"), add_help=False, prefix_chars="\0"
    )
    manage.add_argument("words", nargs="*", metavar=_("KOMMANDO"))
    manage.set_defaults(run=_manage)


def _serve(options: argparse.Namespace) -> int:
    _choose_settings()
    ports.must_be_free(options.host, options.port)
    from klynge.web.server import serve

    host = "localhost" if options.host == "127.0.0.1" else options.host
    words = _("Arbejdsrummet er på http://{host}:{port}/ (stop med Ctrl-C)")
    print(words.format(host=host, port=options.port), flush=True)
    return serve(host=options.host, port=options.port, workers=options.workers)


def _import(options: argparse.Namespace) -> int:
    _choose_settings()
    with _told():
        import django
        from django.core.management import call_command

        django.setup()
        call_command("import_pack", str(options.pack), by=options.by)
    return 0


def _manage(options: argparse.Namespace) -> int:
    _choose_settings()
    with _told():
        from django.core.management import execute_from_command_line

        execute_from_command_line(["klynge web manage", *options.words])
    return 0


@contextmanager
def _told() -> Iterator[None]:
    """Say what to do where Django would only show a traceback."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError, ProgrammingError

    try:
        yield
    except ImproperlyConfigured as error:
        raise WrongUse(_("Indstillingerne er forkerte: {why}").format(why=error)) from error
    except (OperationalError, ProgrammingError) as error:
        words = _("Databasen er ikke klar. Kør først: klynge web manage migrate")
        raise WrongUse(words) from error


def _choose_settings() -> None:
    """DJANGO_SETTINGS_MODULE decides; without it this is a trial on one's own machine."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", DEFAULT_SETTINGS)
