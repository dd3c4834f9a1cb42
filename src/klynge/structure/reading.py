"""Reads the rows of one data file, and gathers what is wrong with them.

The data are ours, so a fault here is our own slip; it is told like any other bad input,
with every fault at once, because the next person to add a regime will make several.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from klynge.faults import Fault
from klynge.structure.model import CERTAINTIES, UNMARKED, Source, Text
from klynge.texts import _

Row = Mapping[str, Any]
Made = TypeVar("Made")


class WrongRow(Exception):
    """One row cannot be used; the words say why."""


class Reading:
    """The files of a data folder, read row by row, with the faults found on the way."""

    def __init__(self, folder: Traversable) -> None:
        self._folder = folder
        self.faults: list[Fault] = []
        self.sources: dict[str, Source] = {}

    def all_of(self, name: str, make: Callable[[Row], Made]) -> tuple[Made, ...]:
        """What `make` makes of each row of file `name`; rows with faults are left out."""
        made = []
        for number, row in self._rows(name):
            try:
                made.append(make(row))
            except WrongRow as wrong:
                self.wrong(_row(name, number), str(wrong))
            except KeyError as missing:
                problem = _("feltet {field} mangler.").format(field=missing)
                self.wrong(_row(name, number), problem)
        return tuple(made)

    def wrong(self, where: str, problem: str) -> None:
        """Note one fault."""
        remedy = _("Ret rækken; formatet står i docs/reference/structure.md.")
        self.faults.append(Fault(where, problem, "", remedy))

    def cited(self, row: Row, name: str = "sources") -> tuple[Source, ...]:
        """The sources of a row: at least one, all of them known."""
        ids = row[name]
        unknown = [id for id in ids if id not in self.sources]
        if unknown:
            raise WrongRow(_("ukendt kilde: {ids}.").format(ids=", ".join(unknown)))
        if not ids:
            raise WrongRow(_("rækken har ingen kilde."))
        return tuple(self.sources[id] for id in ids)

    def _rows(self, name: str) -> Iterator[tuple[int, Row]]:
        try:
            content = json.loads((self._folder / name).read_text(encoding="utf-8"))
            yield from enumerate(content["rows"], start=1)
        except (OSError, ValueError, KeyError, TypeError) as error:
            problem = _("filen kan ikke læses som data ({kind}).").format(kind=type(error).__name__)
            self.wrong(name, problem)


def text(row: Row, name: str) -> Text:
    """A bilingual text of a row; empty when it is not there."""
    found = row.get(name)
    return Text(found["da"], found["en"]) if found else Text("")


def certainty(row: Row, name: str = "certainty") -> str:
    """A certainty of a row."""
    found = str(row[name])
    if found not in CERTAINTIES:
        expected = ", ".join(CERTAINTIES)
        raise WrongRow(
            _("ukendt sikkerhed {found}; en af: {expected}.").format(found=found, expected=expected)
        )
    return found


def certainty_with_note(row: Row) -> tuple[str, Text]:
    """The certainty and its note, which is there whenever the row must be marked."""
    found, note = certainty(row), text(row, "certainty_note")
    if found not in UNMARKED and not note:
        raise WrongRow(_("en usikker række skal have certainty_note."))
    return found, note


def period(row: Row) -> tuple[date, date | None]:
    """First and last day of a row."""
    first, last = _day(row["from"]), _day(row["to"]) if row["to"] is not None else None
    if last is not None and last < first:
        raise WrongRow(
            _("slutter {last}, før den begynder {first}.").format(last=last, first=first)
        )
    return first, last


def day(row: Row, name: str) -> date:
    """A day of a row."""
    return _day(row[name])


def _day(found: object) -> date:
    try:
        return date.fromisoformat(str(found))
    except ValueError:
        raise WrongRow(_("{found} er ikke en dato (ÅÅÅÅ-MM-DD).").format(found=found)) from None


def _row(name: str, number: int) -> str:
    return _("{name}, række {number}").format(name=name, number=number)
