"""The one command, `klynge`: reads arguments, calls one function, returns an exit code.

Each room that has commands offers `add_commands(groups)` in its `commands.py`, which is light:
what is heavy, or belongs to an extra, is imported when the command runs. This is the only file
where importlib may be used, because import-linter does not see it.

Exit codes: 0 fine; 1 findings; 2 wrong use; 10 bad input; 11 definition error; 12 disclosure
refused; 20 engine stopped.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import klynge
from klynge import texts
from klynge.faults import KlyngeError
from klynge.texts import _

ROOMS = (
    "klynge.demo",
    "klynge.engine.registers",
    "klynge.engine",
    "klynge.datapack",
    "klynge.structure",
    "klynge.web",
)
EXTRA_OF = {"duckdb": "engine", "highspy": "engine", "sqlglot": "engine", "django": "web"}


class Groups:
    """The first words of the command (`registers`, `datapack` ...), each made once."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._top = parser.add_subparsers(dest="group", metavar=_("KOMMANDO"), required=True)
        self._made: dict[str, argparse._SubParsersAction[argparse.ArgumentParser]] = {}

    def group(self, name: str, help: str) -> argparse._SubParsersAction[argparse.ArgumentParser]:
        """The sub-commands of `name`; several rooms may add to one group."""
        if name not in self._made:
            parser = self._top.add_parser(name, help=help, description=help)
            self._made[name] = parser.add_subparsers(
                dest="command", metavar=_("HANDLING"), required=True
            )
        return self._made[name]

    def command(self, name: str, help: str) -> argparse.ArgumentParser:
        """A command of a single word, such as `klynge demo`."""
        return self._top.add_parser(name, help=help, description=help)


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(prog="klynge", description=_("Værktøjer til sundhedsklynger."))
    top.add_argument("--version", action="version", version=f"klynge {klynge.__version__}")
    top.add_argument("--language", choices=texts.LANGUAGES, help=_("sprog: dansk eller engelsk"))
    groups = Groups(top)
    for room in ROOMS:
        name = f"{room}.commands"
        if importlib.util.find_spec(name) is not None:
            importlib.import_module(name).add_commands(groups)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; never a traceback for what a user can mend."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _choose_language(words)
    try:
        options = parser().parse_args(words)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        return int(options.run(options) or 0)
    except KlyngeError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except ModuleNotFoundError as error:
        return _missing_extra(error)
    except BrokenPipeError:
        # The reader of our output went away (`| head`); nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _refused(error)
    except Exception as error:
        return _unexpected(error)
    except KeyboardInterrupt:
        print(_("Afbrudt."), file=sys.stderr)
        return 130


def _choose_language(words: Sequence[str]) -> None:
    """Set the language before the parser is built, so that help is in it too."""
    for at, word in enumerate(words):
        value = word.partition("=")[2] or (words[at + 1] if at + 1 < len(words) else "")
        if word.split("=")[0] == "--language" and value in texts.LANGUAGES:
            texts.use_language(value)


def _unexpected(error: Exception) -> int:
    """Tell where it broke and nothing more: an error's words may quote a row of a register."""
    if os.environ.get("KLYNGE_TRACEBACK"):
        raise error
    last = traceback.extract_tb(error.__traceback__)[-1]
    print(
        _(
            "Klynge stoppede uventet: {kind} i {file}, linje {line}. Meld det gerne som en fejl.\n"
            "(Årsagen vises ikke, fordi den kan indeholde værdier; uden for den sikre zone viser"
            " KLYNGE_TRACEBACK=1 den.)"
        ).format(kind=type(error).__name__, file=Path(last.filename).name, line=last.lineno),
        file=sys.stderr,
    )
    return 20


def _refused(error: OSError) -> int:
    """A full disk, a closed folder: nothing in Klynge is wrong. The error's own words are not
    shown, only what the system calls its number."""
    if os.environ.get("KLYNGE_TRACEBACK"):
        raise error
    if not error.errno:
        return _unexpected(error)
    print(
        _("Styresystemet afviste det: {reason}.").format(reason=os.strerror(error.errno)),
        _("Se efter, om disken er fuld, og om du har adgang; kør så kommandoen igen."),
        file=sys.stderr,
    )
    return 20


def _missing_extra(error: ModuleNotFoundError) -> int:
    extra = EXTRA_OF.get((error.name or "").split(".")[0])
    if extra is None:
        return _unexpected(error)
    print(
        _("Kommandoen kræver tilvalget '{extra}'. Installér: pip install 'klynge[{extra}]'").format(
            extra=extra
        ),
        file=sys.stderr,
    )
    return 2


def port(text: str) -> int:
    """A port number, for argparse."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(_("en port er et tal fra 1 til 65535"))
    return int(text)


def entry() -> None:
    """The console script."""
    sys.exit(main())
