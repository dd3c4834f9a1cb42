"""What nobody else may read: looked for in every text and file before it is shown to everybody.

What is found is told by its kind and its place, never by what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from klynge.web.agreements.models import Answer, AnswerFile
from klynge.web.documents import reading_files
from klynge.web.documents.reading_files import Unreadable

# Six digits that may be a date, then four: as a CPR number is written.
_CPR = re.compile(r"(?<!\d)(\d{2})(\d{2})\d{2}\s{0,2}[-‐‑‒–—−]?\s{0,2}\d{4}(?!\d)")
_CONTACT = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def found_in(text: str) -> str:
    """What in a text nobody else may read, without saying it; empty when nothing is found."""
    if _holds_cpr(text):
        return _("noget, der kan være et CPR-nummer")
    return _("en mailadresse") if _CONTACT.search(text) else ""


def reasons_against(answer: Answer) -> Iterator[str]:
    """Why an answer cannot be shown to everybody, its files included."""
    if found := found_in(f"{answer.who} {answer.correction} {answer.text}"):
        yield _("Der står {what} i svaret fra {name}. Lad svaret ude, eller få et nyt.").format(
            what=found, name=_called(answer)
        )
    for file in answer.files.all():
        yield from _against_file(file)


def _against_file(file: AnswerFile) -> Iterator[str]:
    found = found_in(f"{file.name}\n{file.file_name}")
    where = _("bilaget “{file}” fra {name}").format(
        file="…" if found else file.name, name=_called(file.answer)
    )
    if found:
        yield _("Der står {what} i navnet på {where}.").format(what=found, where=where)
    try:
        words = "\n".join(_words(file))
    except (Unreadable, OSError):
        if not file.looked_through:
            told = _("En maskine kan ikke læse {where}. Se det igennem, og tryk på “Jeg har set"
                     " det igennem”, eller lad svaret ude.")  # fmt: skip
            yield told.format(where=where)
        return
    if _holds_cpr(words):
        yield _("Der står {what} i {where}. Lad svaret ude, eller få et nyt.").format(
            what=_("noget, der kan være et CPR-nummer"), where=where
        )
    # A letterhead often holds an authority's own address: for somebody to see, and no reason alone.
    elif _CONTACT.search(words) and not file.looked_through:
        yield _("Der står en mailadresse i {where}. Se det igennem, og tryk på “Jeg har set det"
                " igennem”, eller lad svaret ude.").format(where=where)  # fmt: skip


def _called(answer: Answer) -> str:
    """Who an answer is from, unless just that is what nobody else may read."""
    return "…" if found_in(answer.who) else answer.who


def _words(file: AnswerFile) -> list[str]:
    with file.file.open("rb") as content:
        return [part.text for part in reading_files.passages(content.read(), file.content_type)]


def _holds_cpr(text: str) -> bool:
    return any(_may_be_a_day(*found.groups()) for found in _CPR.finditer(text))


def _may_be_a_day(day: str, month: str) -> bool:
    # Some replacement numbers add 60 to the day.
    return 1 <= int(day) % 60 <= 31 and 1 <= int(month) <= 12
