"""The analyst's file of published numbers: a row a number, every fault told at once.

A row names an indicator (or a register, for its rows of a year), a place and a period, and the
number somebody has published for it; `COLUMNS` tells what each column holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from klynge.datapack import schema
from klynge.engine.quality.fates import ROWS
from klynge.faults import BadInput, Fault
from klynge.structure import nearest, place
from klynge.structure.spreadsheet import Sheet, read_sheet
from klynge.structure.table import place_called
from klynge.texts import _

NEEDED = ("what", "place_kind", "place", "period", "published", "source", "as_of")
OPTIONAL = ("number", "sex", "age", "education", "tolerance")
COLUMNS = NEEDED + OPTIONAL
ALL = "all"
COUNTRY = "land"
ROWS_OF = "rows"
NUMBERS = ("numerator", "denominator", "value", "standardised")
TOLERANCE = 1.0
"""Per cent, where a row says nothing of it."""
MOST_ROWS = 5_000
LONGEST_SOURCE = 200
REGISTERS = tuple(name for name in ROWS if name != "bef")
"""Registers whose rows can be held against a number; the population is `pop_folketal`."""

_NUMBER = re.compile(r"\d+([.,]\d+)?")
_THOUSANDS = re.compile(r"\d{1,3}([.,]\d{3})+")
_LIKE_A_CPR_NUMBER = re.compile(r"(?<!\d)\d{6}-?\d{4}(?!\d)")
_DANISH_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


@dataclass(frozen=True, slots=True)
class Total:
    """A published number, and the cell of ours that it is held against.

    what: code of an indicator, or name of a register. number: which of the cell's numbers;
    "rows" for a register. tolerance: the largest difference, in per cent of what is published.
    as_of: the day the source made its number up, or brought it out.
    """

    what: str
    number: str
    place_kind: str
    place: str
    period: str
    sex: str
    age: str
    education: str
    published: float
    tolerance: float
    source: str
    as_of: date

    @property
    def is_of_register(self) -> bool:
        return self.number == ROWS_OF

    @property
    def cell(self) -> tuple[str, ...]:
        """What it is a number of; no two rows have the same."""
        return (
            self.what,
            self.number,
            self.place_kind,
            self.place,
            self.period,
            self.sex,
            self.age,
            self.education,
        )


def read(path: Path, ages: Mapping[str, Collection[str]]) -> tuple[Total, ...]:
    """The numbers of the file at `path`. Raises BadInput with every fault of it.

    ages: the ages of every indicator there is, by its code.
    """
    sheet = read_sheet(path)
    if faults := _header_faults(path.name, sheet):
        raise _refused(path.name, faults)
    rows = _Rows(sheet, ages)
    found = [(line, total) for line, total in rows.each() if total is not None]
    rows.twice(found)
    if rows.faults:
        raise _refused(path.name, rows.told(path.name))
    return tuple(total for _line, total in found)


def _header_faults(file: str, sheet: Sheet) -> list[Fault]:
    where = _("{file}, linje {line}").format(file=file, line=1)
    header = [name.casefold() for name in sheet.header]
    expected = ", ".join(COLUMNS)
    faults = [
        Fault(
            where,
            _("Kolonnen {name} mangler.").format(name=name),
            expected,
            _("Skriv kolonnernes navne i filens første linje."),
        )
        for name in NEEDED
        if name not in header
    ]
    faults += [
        Fault(
            where,
            _("Kolonnen {name} står der mere end én gang.").format(name=name),
            expected,
            _("Fjern den ene."),
        )
        for name in COLUMNS
        if header.count(name) > 1
    ]
    if len(sheet.rows) > MOST_ROWS:
        faults.append(
            Fault(
                file,
                _("Filen har {count} rækker.").format(count=len(sheet.rows)),
                _("højst {most}").format(most=MOST_ROWS),
                _("Vælg de tal, der siger noget om kvaliteten."),
            )
        )
    return faults


def _refused(file: str, faults: Iterable[Fault]) -> BadInput:
    return BadInput(_("Kan ikke bruge {file}.").format(file=file), tuple(faults))


class _Rows:
    """Reads the rows. Equal faults of many rows become one that names their lines; the cells
    themselves are not quoted, for a file given by mistake may hold persons."""

    def __init__(self, sheet: Sheet, ages: Mapping[str, Collection[str]]) -> None:
        self._sheet, self._ages = sheet, ages
        self._at = {name.casefold(): at for at, name in enumerate(sheet.header)}
        self.faults: dict[tuple[str, str, str, str], list[int]] = defaultdict(list)

    def each(self) -> Iterable[tuple[int, Total | None]]:
        for line, cells in self._sheet.rows:
            before = sum(map(len, self.faults.values()))
            total = self._row(line, cells)
            faultless = sum(map(len, self.faults.values())) == before
            yield line, total if faultless else None

    def told(self, file: str) -> list[Fault]:
        return [
            Fault(_where(file, lines, column), problem, expected, remedy)
            for (column, problem, expected, remedy), lines in sorted(
                self.faults.items(), key=lambda item: item[1][0]
            )
        ]

    def twice(self, found: Iterable[tuple[int, Total]]) -> None:
        lines = defaultdict(list)
        for line, total in found:
            lines[total.cell].append(line)
        for again in (lines for lines in lines.values() if len(lines) > 1):
            problem = _("Det samme tal står på linjerne {lines}.").format(lines=_listed(again))
            self.faults["", problem, _("hvert tal én gang"), _("Behold det ene.")] = again

    def _row(self, line: int, cells: tuple[str, ...]) -> Total | None:
        def text(name: str, default: str = "") -> str:
            at = self._at.get(name)
            return (cells[at] if at is not None and at < len(cells) else "") or default

        def wrong(name: str, problem: str, expected: str, remedy: str = "") -> None:
            self.faults[name, problem, expected, remedy].append(line)

        what, number = self._what(text, wrong)
        kind, place_id = _place(text("place_kind"), text("place"), wrong)
        if not re.fullmatch(schema.PERIOD_PATTERN, text("period")):
            wrong("period", _("Det er ikke en periode."), "2024, 2024-K3, 2024-11")
        who = self._who(what, text, wrong)
        if number == ROWS_OF:
            _rows_of_a_register(kind, who, text("period"), wrong)
        _source(text("source"), wrong)
        published = _number("published", text("published"), wrong)
        tolerance = _number("tolerance", text("tolerance", str(TOLERANCE)), wrong)
        as_of = _day(text("as_of"), wrong)
        if published is None or tolerance is None or as_of is None:
            return None
        cell = (what, number, kind, place_id, text("period"), *who)
        return Total(*cell, published, tolerance, text("source"), as_of)

    def _what(self, text: _Text, wrong: _Wrong) -> tuple[str, str]:
        """The indicator or register, and which number of it."""
        what = text("what")
        numbers = (ROWS_OF,) if what in REGISTERS else NUMBERS
        if what not in REGISTERS and what not in self._ages:
            wrong(
                "what",
                _("Der er ingen indikator og intet register med det navn."),
                _("en kode fra docs/reference/indicators.md, eller et af {names}").format(
                    names=", ".join(REGISTERS)
                ),
                _nearest(what, [*self._ages, *REGISTERS]),
            )
        elif text("number", numbers[0]) not in numbers:
            wrong("number", _("Det tal kendes ikke."), ", ".join(numbers))
        return what, text("number", numbers[0])

    def _who(self, what: str, text: _Text, wrong: _Wrong) -> tuple[str, str, str]:
        """Sex, age and education."""
        sex, age, education = (text(name, ALL) for name in ("sex", "age", "education"))
        if sex not in schema.SEXES:
            wrong("sex", _("Kønnet kendes ikke."), ", ".join(schema.SEXES))
        if education not in schema.EDUCATIONS:
            wrong("education", _("Uddannelsen kendes ikke."), ", ".join(schema.EDUCATIONS))
        ages = self._ages.get(what, (age,))
        if age != ALL and age not in ages:
            wrong("age", _("Indikatoren opgøres ikke for den alder."), ", ".join(ages))
        return sex, age, education


_Text = Callable[..., str]
_Wrong = Callable[..., None]


def _rows_of_a_register(kind: str, who: tuple[str, str, str], period: str, wrong: _Wrong) -> None:
    if (kind, *who) != (COUNTRY, ALL, ALL, ALL):
        wrong(
            "place_kind",
            _("Et registers rækker tælles kun i hele landet og for alle."),
            f"{COUNTRY}, DK",
            _("Vælg en indikator, når tallet er om et sted, et køn eller en alder."),
        )
    if not period.isdecimal():
        wrong("period", _("Et registers rækker tælles for et år."), "2024")


def _source(source: str, wrong: _Wrong) -> None:
    if not source or len(source) > LONGEST_SOURCE:
        wrong(
            "source",
            _("Kilden mangler eller er for lang."),
            _("højst {most} tegn").format(most=LONGEST_SOURCE),
        )
    if _LIKE_A_CPR_NUMBER.search(source):
        wrong(
            "source",
            _("Der står noget, der ligner et CPR-nummer, og kilden følger med ud."),
            _("en kilde, som alle må læse"),
            _("Skriv kilden uden tallet."),
        )


def _place(kind: str, written: str, wrong: _Wrong) -> tuple[str, str]:
    if kind not in schema.PLACE_KINDS:
        wrong("place_kind", _("Slags sted kendes ikke."), ", ".join(schema.PLACE_KINDS))
        return kind, written
    found = place_called(written, kind)
    if not found:
        close = [f"{id} ({place(kind, id).name})" for id in nearest(kind, written)]
        wrong(
            "place",
            _("Stedet findes ikke."),
            _("kode, id eller navn"),
            _("Mener du {names}?").format(names=", ".join(close)) if close else "",
        )
    return kind, found


def _number(name: str, written: str, wrong: _Wrong) -> float | None:
    plain = re.sub(r"\s", "", written)
    expected = _("et tal uden enhed og tusindtalsskille, fx 12345 eller 12,5")
    if _THOUSANDS.fullmatch(plain) and not plain.startswith("0"):
        wrong(
            name,
            _("Tallet kan læses på to måder: som tusinder og som decimaler."),
            expected,
            _("Skriv tusinder uden punktum, og tre decimaler med et nul efter."),
        )
    elif not _NUMBER.fullmatch(plain):
        wrong(name, _("Det er ikke et tal."), expected)
    else:
        return float(plain.replace(",", "."))
    return None


def _day(written: str, wrong: _Wrong) -> date | None:
    danish = _DANISH_DAY.fullmatch(written)
    try:
        if danish:
            day, month, year = map(int, danish.groups())
            return date(year, month, day)
        return date.fromisoformat(written)
    except ValueError:
        wrong("as_of", _("Det er ikke en dato."), _("2025-03-01 eller 1.3.2025"))
        return None


def _nearest(word: str, known: Collection[str]) -> str:
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return _("Mener du '{word}'?").format(word=close[0]) if close else ""


def _where(file: str, lines: list[int], column: str) -> str:
    if not column:
        return _("{file}, linje {line}").format(file=file, line=_listed(lines))
    return _("{file}, linje {line}, kolonne {column}").format(
        file=file, line=_listed(lines), column=column
    )


def _listed(lines: list[int], most: int = 8) -> str:
    named = ", ".join(map(str, lines[:most]))
    return named if len(lines) <= most else f"{named} ..."
