"""How a wrong definition is told: where in the author's file, what is wrong, the likely slip.

A definition never sees a row, so its messages may quote it.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterable
from pathlib import Path

from klynge.faults import DefinitionError, Fault
from klynge.texts import _

_OWN_FOLDER = Path(__file__).parent


def refuse(problem: str, expected: str, remedy: str) -> DefinitionError:
    """The error to raise for a wrong definition; it points at the author's own line."""
    return DefinitionError(heading(), [Fault(authors_line(), problem, expected, remedy)])


def heading() -> str:
    """The first line of every message about definitions."""
    return _("En definition kan ikke bruges.")


def authors_line() -> str:
    """File and line of the innermost call that lies outside the language itself."""
    frame = sys._getframe(1)
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.suffix == ".py" and path.parent != _OWN_FOLDER and path.stem != "dataclasses":
            return _("{file}, linje {line}").format(file=short(path), line=frame.f_lineno)
        if frame.f_back is None:
            break
        frame = frame.f_back
    return ""


def short(path: Path) -> str:
    """The file without the folders that say where on the machine it lies."""
    return "/".join(path.parts[-2:])


def nearest(word: str, known: Iterable[str]) -> str:
    """ "Mener du ...?" with the nearest known word, or the list of them."""
    listed = sorted(known)
    close = difflib.get_close_matches(word, listed, n=1, cutoff=0.5)
    if close:
        return _("Mener du '{word}'?").format(word=close[0])
    return _("Vælg en af: {words}.").format(words=", ".join(listed))
