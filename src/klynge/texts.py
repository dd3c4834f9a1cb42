"""The words users read outside the web: Danish in the source, English from the catalogue.

Use `_("Dansk tekst")` when a text is shown, never at import: the language is chosen when
the command starts (`--language` or KLYNGE_LANGUAGE). `klynge.web` uses Django's gettext.
"""

from __future__ import annotations

import gettext as _gettext
import os
from functools import cache
from pathlib import Path

LANGUAGES = ("da", "en")
_chosen: list[str] = []


def use_language(language: str) -> None:
    """Speak `language` ("da" or "en") from now on in this process."""
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}; choose one of {LANGUAGES}")
    _chosen[:] = [language]


def language() -> str:
    """The language spoken now: what was chosen, else KLYNGE_LANGUAGE, else Danish."""
    if _chosen:
        return _chosen[0]
    wanted = os.environ.get("KLYNGE_LANGUAGE", "da")
    return wanted if wanted in LANGUAGES else "da"


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    folder = Path(__file__).parent / "locale"
    return _gettext.translation("klynge", folder, [language], fallback=True)


def _(danish: str) -> str:
    """`danish` in the language spoken now."""
    return danish if language() == "da" else _catalogue(language()).gettext(danish)


def ngettext(one: str, many: str, n: int) -> str:
    """`one` or `many` by `n`, in the language spoken now."""
    if language() == "da":
        return one if n == 1 else many
    return _catalogue(language()).ngettext(one, many, n)
