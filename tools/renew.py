"""Renews what is generated and committed: reference pages and translation catalogues.

`python tools/renew.py` renews both, `--docs` only the pages, `--check` changes nothing and exits 1
when something is stale. tests/docs/test_generated.py runs the check.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import polib
import translations
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "src/klynge/locale/en/LC_MESSAGES/klynge.po"


def command_reference() -> str:
    """docs/reference/commands.md, from the parser itself."""
    from klynge import texts
    from klynge.cli import parser

    texts.use_language("en")
    top = parser()
    lines = [
        "# Commands",
        "",
        "Generated from the command line itself by `make docs`.",
        "It speaks Danish; `--language en` or `KLYNGE_LANGUAGE=en` makes it speak English.",
        "",
        "Exit codes: 0 fine; 1 findings; 2 wrong use; 10 bad input; 11 definition error;"
        " 12 disclosure refused; 20 engine stopped.",
        "",
    ]
    for words, sub in _walk(top, "klynge"):
        lines += [f"## {words}", "", "```text", sub.format_help().rstrip(), "```", ""]
    return "\n".join(lines)


def _walk(parser: argparse.ArgumentParser, words: str) -> list[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found = []
            for name, sub in action.choices.items():
                found += _walk(sub, f"{words} {name}")
            return found
    return [(words, parser)]


def pages() -> dict[str, Callable[[], str]]:
    """Each generated page and what makes it."""
    from klynge.engine.indicators import reference as indicators
    from klynge.engine.registers import reference as registers
    from klynge.engine.spine import reference as spine
    from klynge.structure import handbook

    return {
        "docs/explanation/haandbog.md": handbook.markdown,
        "docs/reference/commands.md": command_reference,
        "docs/reference/indicators.md": indicators.page,
        "docs/reference/registers.md": registers.page,
        "docs/reference/spine.md": spine.page,
    }


def slow_pages() -> dict[str, Callable[[], str]]:
    """Pages that take long to make: renewed, but checked by slow tests of their own."""
    from klynge.engine.registers.synth import calibration

    return {"docs/reference/synthetic-registers.md": calibration.reference_page}


def catalogue() -> str:
    """The English catalogue of what is outside the web: new texts added, gone ones out."""
    found = Catalog(project="klynge")
    source = ROOT / "src/klynge"
    for filename, line, message, comments, context in extract_from_dir(
        source,
        method_map=[
            # The rest of the web has Django's catalogues: tools/translations.py.
            ("web/commands.py", "python"),
            ("web/**", "ignore"),
            ("**.py", "python"),
        ],
        keywords={"_": None, "ngettext": (1, 2)},
    ):
        found.add(message, None, [(filename, line)], auto_comments=comments, context=context)
    buffer = BytesIO()
    write_po(buffer, found, no_location=True, omit_header=True, sort_output=True)
    template = polib.pofile(buffer.getvalue().decode("utf-8"))
    kept = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    kept.metadata = {
        "Project-Id-Version": "klynge",
        "Language": "en",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    kept.merge(template)
    for entry in kept.obsolete_entries():
        kept.remove(entry)
    for entry in kept:
        entry.occurrences = []
    kept.sort(key=lambda entry: entry.msgid)
    kept.wrapwidth = 100
    return str(kept)


def main(arguments: list[str]) -> int:
    """Renew, or say what is stale."""
    os.environ["COLUMNS"] = "90"  # argparse folds at the terminal's width
    made = {ROOT / path: make for path, make in pages().items()}
    if "--docs" in arguments:
        made |= {ROOT / path: make for path, make in slow_pages().items()}
    if "--docs" not in arguments:
        made = {CATALOGUE: catalogue, **made}
    stale = []
    for path, make in made.items():
        text = make().rstrip() + "\n"
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path.relative_to(ROOT))
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            if path == CATALOGUE:
                translations.compile_all()  # the pages speak English from what is compiled
    for path in stale:
        print(("stale: " if "--check" in arguments else "renewed: ") + str(path))
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
