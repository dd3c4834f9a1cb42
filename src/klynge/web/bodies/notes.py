"""Numbered notes of one page: what is uncertain, why, and where it was read.

The same reservation is written once, however many cells it marks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from klynge.structure import Source, Text
from klynge.structure.model import UNMARKED

WORDS = {
    "medium": _("Usikkert"),
    "low": _("Meget usikkert"),
    "unknown": _("Ikke efterprøvet"),
}


class Fact(Protocol):
    """A structural fact: it says how sure it is and where it was read."""

    certainty: str
    certainty_note: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Mark:
    """A number that stands at a fact and at its note. `word` is empty for what is sure."""

    number: int
    word: str
    text: Text
    sources: tuple[Source, ...]


class Notes:
    """Gathers the notes and sources of a page while it is put together."""

    def __init__(self) -> None:
        self._marks: dict[tuple[str, str], Mark] = {}
        self._sources: dict[str, Source] = {}

    def __iter__(self) -> Iterable[Mark]:
        return iter(self._marks.values())

    def __len__(self) -> int:
        return len(self._marks)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source of the page, once."""
        return tuple(self._sources.values())

    def doubt(self, fact: Fact) -> Mark | None:
        """The mark of a fact that is not sure; None for one that is."""
        self.read_in(fact.sources)
        return self.doubt_of(fact.certainty, fact.certainty_note, fact.sources)

    def doubt_of(
        self, certainty: str, text: Text | str, sources: tuple[Source, ...] = ()
    ) -> Mark | None:
        """As `doubt`, for a certainty that belongs to a part of a fact."""
        if certainty in UNMARKED:
            return None
        return self._mark(str(WORDS[certainty]), text, sources)

    def remark(self, text: Text | str, sources: tuple[Source, ...] = ()) -> Mark:
        """The mark of something that is sure but must be said."""
        return self._mark("", text, sources)

    def read_in(self, sources: Iterable[Source]) -> None:
        """Remember where something on the page was read."""
        for source in sources:
            self._sources.setdefault(source.id, source)

    def _mark(self, word: str, text: Text | str, sources: tuple[Source, ...]) -> Mark:
        self.read_in(sources)
        key = (word, str(text))
        if key not in self._marks:
            said = text if isinstance(text, Text) else Text(str(text))
            self._marks[key] = Mark(len(self._marks) + 1, word, said, sources)
        return self._marks[key]
