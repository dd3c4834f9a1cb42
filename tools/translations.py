"""The web's English catalogues: gathered without GNU gettext, compiled without msgfmt.

    python tools/translations.py            compile every catalogue (make install does it)
    python tools/translations.py renew      add new texts to the catalogues, take gone ones out
    python tools/translations.py renew web  only the catalogue of the folder named

A room with a `locale` folder of its own keeps its texts there; the others' are in
src/klynge/web/locale. Danish is the source language and has no catalogue.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import extract_from_file

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "src/klynge/web"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}
METADATA = {
    "Project-Id-Version": "klynge",
    "Language": "en",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
# What Django's templatize() writes for each translated text of a template.
_TEXT = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_CALL = re.compile(rf"\b(?:n?gettext|_)\(\s*{_TEXT}(?:\s*,\s*{_TEXT})?")
Message = tuple[str, str]  # one, many (empty when there is no plural)


def main(arguments: list[str]) -> int:
    """Renew or compile; returns the exit code."""
    if arguments[:1] == ["renew"]:
        for file, text in renewed().items():
            if not arguments[1:] or file.parents[3].name in arguments[1:]:
                file.write_text(text, encoding="utf-8")
    compile_all()
    return 0


def compile_all() -> int:
    """Make the .mo beside every .po that is newer; returns how many were made."""
    made = 0
    for source in sorted((ROOT / "src/klynge").rglob("*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            made += 1
    return made


def renewed() -> dict[Path, str]:
    """What each of the web's catalogues should say: its file and its text."""
    return {file: _merged(file, messages) for file, messages in catalogues().items()}


def catalogues() -> dict[Path, list[Message]]:
    """Every text of the web, by the catalogue it belongs in."""
    own = [room for room in sorted(WEB.iterdir()) if room != WEB and (room / "locale").is_dir()]
    # A part of a room with a catalogue of its own, as meetings/papers.
    inner = [part for room in own for part in sorted(room.iterdir()) if (part / "locale").is_dir()]
    found = {
        _catalogue(room): sorted(
            {message for file in _files(room, without=inner) for message in _messages(file)}
        )
        for room in (*own, *inner)
    }
    rest = {message for part in sorted(WEB.iterdir()) if part not in own
            for message in _messages(part)}  # fmt: skip
    return {_catalogue(WEB): sorted(rest), **found}


def _catalogue(folder: Path) -> Path:
    return folder / "locale/en/LC_MESSAGES/django.po"


def _files(room: Path, *, without: list[Path]) -> Iterator[Path]:
    """The files of a room, without those of its parts that keep their own catalogue."""
    for file in sorted(room.rglob("*")):
        if file.is_file() and not any(part in file.parents for part in without if part != room):
            yield file


def _messages(part: Path) -> Iterator[Message]:
    """Each text in a file or folder, from Python and from templates."""
    files = [part] if part.is_file() else sorted(part.rglob("*"))
    for file in files:
        if "tests" in file.parts or "migrations" in file.parts:
            continue
        # commands.py speaks through klynge.texts, whose catalogue tools/renew.py keeps.
        if file.suffix == ".py" and file != WEB / "commands.py":
            yield from _of_python(file)
        elif file.suffix == ".html":
            yield from _of_template(file)


def _of_python(file: Path) -> Iterator[Message]:
    for _line, text, _comments, _context in extract_from_file("python", str(file), KEYWORDS):
        one, many = text if isinstance(text, tuple) else (text, "")
        if one:
            yield one, many or ""


def _of_template(file: Path) -> Iterator[Message]:
    from django.utils.translation.template import templatize

    for one, many in _CALL.findall(templatize(file.read_text(encoding="utf-8"))):
        yield ast.literal_eval(one), ast.literal_eval(many) if many else ""


def _merged(file: Path, messages: list[Message]) -> str:
    """The catalogue with today's texts: translations kept, new ones empty, gone ones out."""
    kept = {e.msgid: e for e in polib.pofile(str(file))} if file.exists() else {}
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = METADATA
    _refuse_same_text_with_and_without_plural(file, messages)
    for one, many in messages:
        old = kept.get(one)
        if many:
            strings = dict(old.msgstr_plural) if old and old.msgstr_plural else {0: "", 1: ""}
            entry = polib.POEntry(msgid=one, msgid_plural=many, msgstr_plural=strings)
        else:
            entry = polib.POEntry(msgid=one, msgstr=old.msgstr if old else "")
        if "%(" in one:
            entry.flags.append("python-format")
        catalogue.append(entry)
    return str(catalogue).removeprefix("#\n").rstrip() + "\n"


def _refuse_same_text_with_and_without_plural(file: Path, messages: list[Message]) -> None:
    """A catalogue holds each text once; gettext cannot tell the two apart."""
    singles = {one for one, many in messages if not many}
    both = sorted(singles & {one for one, many in messages if many})
    if both:
        raise SystemExit(f"{file}: both with and without a plural: {', '.join(both)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
