"""A sheet read by the names of its columns, with a fault for every cell that cannot be used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from klynge.faults import BadInput, Fault
from klynge.structure.law import word, words
from klynge.structure.model import Place
from klynge.structure.places import nearest, place, places
from klynge.structure.spreadsheet import Sheet
from klynge.texts import _, language

Made = TypeVar("Made")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DANISH_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})$")


class Table:
    """The rows of a sheet. `columns` is the kind of words that its header is read by."""

    def __init__(self, path: Path, sheet: Sheet, columns: str) -> None:
        self.file, self._sheet, self._columns = path.name, sheet, columns
        self.faults: list[Fault] = []
        self._at: dict[str, int] = {}
        unused = []
        for at, written in enumerate(sheet.header):
            known = word(columns, written)
            if known is None:
                unused.append(written)
            elif self._at.setdefault(known.id, at) != at:
                self.fault(1, written, _("kolonnen findes to gange."), _("én kolonne"))
        self.unused = tuple(unused)

    def must_have(self, *needed: str) -> None:
        """Raise BadInput when a needed column is missing, because then no row can be read."""
        there = ", ".join(self._sheet.header)
        for name in needed:
            if name not in self._at:
                problem = _("kolonnen mangler. Der er: {there}").format(there=there)
                self.fault(1, self.title(name), problem, self.title(name))
        self.raise_faults()

    def each(self, make: Callable[[Cells], Made]) -> Iterator[Made]:
        """What `make` makes of each row; a row with faults is left out."""
        for line, cells in self._sheet.rows:
            before = len(self.faults)
            if any(cells[len(self._sheet.header) :]):
                problem = _("der er flere celler, end overskriften har kolonner.")
                self.fault(line, "", problem, _('et skilletegn mindre, eller " om teksten'))
            made = make(Cells(self, line, cells))
            if len(self.faults) == before:
                yield made

    def cell(self, name: str, cells: Sequence[str]) -> str:
        """The text of a cell, without the signs nobody sees; empty when there is no such cell."""
        at = self._at.get(name)
        if at is None or at >= len(cells):
            return ""
        return _UNSEEN.sub("", " ".join(cells[at].split()))

    def title(self, name: str) -> str:
        """What a column is called in the language spoken now."""
        return column(name, self._columns)

    def fault(self, line: int, title: str, problem: str, expected: str) -> None:
        """Note a fault of a cell."""
        remedy = _("Ret cellen, og kør kommandoen igen.")
        self.faults.append(Fault(location(self.file, line, title), problem, expected, remedy))

    def raise_faults(self) -> None:
        """Raise BadInput with all faults, if there are any."""
        if self.faults:
            raise BadInput(_("Kan ikke bruge {file}.").format(file=self.file), self.faults)


class Cells:
    """The cells of one row, each read as what it should be."""

    def __init__(self, table: Table, line: int, cells: Sequence[str]) -> None:
        self._table, self.line, self._cells = table, line, cells

    def text(self, name: str, *, needed: bool = False) -> str:
        """A free text."""
        found = self._table.cell(name, self._cells)
        if needed and not found:
            self.wrong(name, _("cellen er tom."), _("en tekst"))
        return found

    def word(self, name: str, kind: str, *, default: str = "") -> str:
        """A word of a kind, by any of its spellings; its id is given."""
        written = self.text(name)
        if not written:
            return default
        found = word(kind, written)
        if found is None:
            known = ", ".join(each.name.said_in(language()) for each in words(kind))
            problem = _("ukendt ord '{written}'.").format(written=written)
            self.wrong(name, problem, known)
        return found.id if found else default

    def place(self, name: str, *kinds: str) -> str:
        """The id of a place, written by id or name."""
        written = self.text(name)
        if not written:
            return ""
        found = place_called(written, *kinds)
        if not found:
            close = [f"{near.name} ({near.id})" for near in _close(written, kinds)]
            expected = _("kode eller navn; nærmest: {close}").format(close=", ".join(close))
            problem = _("ukendt {kind} '{written}'.").format(kind=kinds[0], written=written)
            self.wrong(name, problem, expected if close else _("kode eller navn"))
        return found

    def day(self, name: str) -> date | None:
        """A day, written 2023-05-01 or 1.5.2023."""
        written = self.text(name)
        if not written:
            return None
        danish = _DANISH_DAY.match(written)
        try:
            if danish:
                day, month, year = (int(part) for part in danish.groups())
                return date(year, month, day)
            return date.fromisoformat(written)
        except ValueError:
            problem = _("'{written}' er ikke en dato.").format(written=written)
            self.wrong(name, problem, _("2023-05-01 eller 1.5.2023"))
            return None

    def number(self, name: str) -> int | None:
        """A whole number, or None when the cell is empty."""
        written = self.text(name)
        if written and not written.isdecimal():
            problem = _("'{written}' er ikke et helt tal.").format(written=written)
            self.wrong(name, problem, _("et helt tal"))
            return None
        return int(written) if written else None

    def wrong(self, name: str, problem: str, expected: str) -> None:
        """Note that a cell of this row cannot be used."""
        self._table.fault(self.line, self._table.title(name), problem, expected)


def place_called(written: str, *kinds: str) -> str:
    """The id of the place of these kinds with that id or name ("Randers Kommune"), or empty."""
    wanted = written.casefold().removesuffix(" kommune")
    for kind in kinds:
        for each in places(kind):
            names = (each.id, each.name, *each.details.get("alt_names", ()))
            if wanted in (name.casefold() for name in names):
                return each.id
    return ""


def column(name: str, columns: str = "column") -> str:
    """What a column is called in the language spoken now."""
    return next((each.name.said_in(language()) for each in words(columns) if each.id == name), name)


def location(file: str, line: int, title: str) -> str:
    """File, line and column of a cell, as far as known."""
    where = [file] if file else []
    if line:
        where.append(_("linje {line}").format(line=line))
    if title:
        where.append(_("kolonne {column}").format(column=title))
    return ", ".join(where)


def _close(written: str, kinds: Sequence[str]) -> list[Place]:
    return [place(kind, id) for kind in kinds for id in nearest(kind, written)]
