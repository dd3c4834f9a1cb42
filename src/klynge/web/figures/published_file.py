"""Reads published figures from a tidy table: one row a figure, every fault told at once.

    indicator, place_kind, place, period, value[, n, lower, upper][, source]
    [, title_da, title_en, unit, theme]

A place is written as its id (a kommune's 3 digits) or its name. In a file with semicolons, as
Danish Excel writes them, a decimal comma is read as one; in a file with commas it is a fault.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import isfinite

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klynge import structure
from klynge.datapack.schema import CODE_PATTERN
from klynge.faults import BadInput, Fault
from klynge.web.figures import periods, tables
from klynge.web.figures.vocabulary import THEME_OF_CODE

REQUIRED = ("indicator", "place_kind", "place", "period", "value")
OPTIONAL = ("n", "lower", "upper", "source", "title_da", "title_en", "unit", "theme")
_ROWS_NAMED = 8
_THOUSANDS = re.compile(r"[+-]?\d{1,3}([.]\d{3})+")
_NUMBER = re.compile(r"[+-]?\d+([.]\d+)?([eE][+-]?\d+)?")


@dataclass(frozen=True)
class Row:
    """One figure as it stands in the file. `place` is an id of klynge.structure."""

    indicator: str
    place_kind: str
    place: str
    period: str
    value: float
    n: int | None
    lower: float | None
    upper: float | None
    source: str

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        return (self.source, self.indicator, self.place_kind, self.place, self.period)


@dataclass(frozen=True)
class About:
    """What an indicator of the file is called."""

    title_da: str
    title_en: str
    unit: str
    theme: str


@dataclass(frozen=True)
class Content:
    """A file that can be used: its figures, and what each (source, indicator) is called."""

    rows: tuple[Row, ...]
    about: Mapping[tuple[str, str], About]


@dataclass
class _Faults:
    """Faults found so far; equal ones become one fault that names its rows."""

    file: str
    found: dict[tuple[str, str, str, str], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, row: int, column: str, problem: str, expected: str, remedy: str = "") -> None:
        self.found[column, problem, expected, remedy].append(row)

    def all(self) -> list[Fault]:
        first = sorted(self.found.items(), key=lambda item: (item[1][0], item[0][0]))
        return [
            Fault(_where(rows, column), problem, expected, remedy)
            for (column, problem, expected, remedy), rows in first
        ]


def read(name: str, content: bytes, *, source: str = "") -> Content:
    """The figures of a file called `name`; BadInput with every fault when there is any.

    source: the title of the source where the file has no `source` column or an empty cell.
    """
    table = tables.read(name, content)
    faults = [*_column_faults(table, source)]
    if faults:
        raise _refused(table.name, faults)
    return _content(table, source)


def _column_faults(table: tables.Table, source: str) -> list[Fault]:
    needed = REQUIRED if source else (*REQUIRED, "source")
    missing = [column for column in needed if column not in table.columns]
    twice = sorted({column for column in table.columns if table.columns.count(column) > 1} - {""})
    faults = []
    if missing:
        faults.append(
            Fault(
                _("overskriftsrækken"),
                ngettext(
                    "Kolonnen mangler: {names}.", "Kolonner mangler: {names}.", len(missing)
                ).format(names=", ".join(missing)),
                ", ".join((*needed, *(c for c in OPTIONAL if c not in needed))),
                _("Skriv kolonnernes navne i filens første række."),
            )
        )
    if twice:
        faults.append(
            Fault(
                _("overskriftsrækken"),
                _("Kolonner står der mere end én gang: {names}.").format(names=", ".join(twice)),
                _("hver kolonne én gang"),
                _("Fjern den ene."),
            )
        )
    return faults


def _content(table: tables.Table, source: str) -> Content:
    faults = _Faults(table.name)
    comma = _has_decimal_comma(table)
    rows: list[tuple[int, Row]] = []
    about: dict[tuple[str, str], About] = {}
    for number, cells in table.rows:
        row = _row(number, cells, source, comma, faults)
        if row is not None:
            rows.append((number, row))
            about.setdefault((row.source, row.indicator), _about(number, cells, faults))
    _duplicates(rows, faults)
    found = faults.all()
    if found:
        raise _refused(table.name, found)
    return Content(tuple(row for _number, row in rows), about)


def _row(
    number: int, cells: Mapping[str, str], source: str, comma: bool, faults: _Faults
) -> Row | None:
    """One row, None when any of it is wrong. Every part is looked at, so that all is told."""
    code = _code(number, cells["indicator"], faults)
    place = _place(number, cells["place_kind"], cells["place"], faults)
    period = _period(number, cells["period"], faults)
    value = _number(number, "value", cells, comma, faults, required=True)
    lower = _number(number, "lower", cells, comma, faults)
    upper = _number(number, "upper", cells, comma, faults)
    n = _whole(number, cells, comma, faults)
    said = cells.get("source", "") or source
    if not said:
        faults.add(number, "source", _("Cellen er tom."), _("hvor tallet kommer fra"))
    if lower is not None and value is not None and lower > value:
        faults.add(
            number, "lower", _("Nedre grænse er større end værdien."), _("lower ≤ value ≤ upper")
        )
    if upper is not None and value is not None and upper < value:
        faults.add(
            number, "upper", _("Øvre grænse er mindre end værdien."), _("lower ≤ value ≤ upper")
        )
    if (lower is None) != (upper is None) and not (cells.get("lower") and cells.get("upper")):
        faults.add(
            number, "lower", _("Kun den ene grænse er der."), _("begge grænser, eller ingen")
        )
    if not code or not place or not period or value is None or not said:
        return None
    return Row(code, cells["place_kind"].lower(), place, period, value, n, lower, upper, said)


def _code(number: int, text: str, faults: _Faults) -> str:
    if re.fullmatch(CODE_PATTERN, text):
        return text
    faults.add(
        number,
        "indicator",
        _("»{text}« er ikke en kode.").format(text=_quoted(text)) if text else _("Cellen er tom."),
        _("små bogstaver a-z, tal, _ og -; først et bogstav"),
    )
    return ""


def _place(number: int, kind: str, text: str, faults: _Faults) -> str:
    kind = kind.lower()
    if kind not in structure.KINDS:
        faults.add(
            number,
            "place_kind",
            _("»{text}« er ikke en slags sted.").format(text=_quoted(kind))
            if kind
            else _("Cellen er tom."),
            ", ".join(structure.KINDS),
        )
        return ""
    found = _places(kind).get(_plain(kind, text))
    if found is None:
        faults.add(number, "place", *_unknown_place(kind, text))
        return ""
    return found


def _unknown_place(kind: str, text: str) -> tuple[str, str, str]:
    expected = {
        "kommune": _("en kommunes kode på tre cifre eller dens navn"),
        "klynge": _("en klynges id eller navn"),
        "sundhedsraad": _("et sundhedsråds id eller navn"),
        "region": _("en regions kode eller navn"),
        "land": "DK",
    }[kind]
    if not text:
        return _("Cellen er tom."), expected, ""
    problem = {
        "kommune": _("Kommunen »{text}« findes ikke."),
        "klynge": _("Klyngen »{text}« findes ikke."),
        "sundhedsraad": _("Sundhedsrådet »{text}« findes ikke."),
        "region": _("Regionen »{text}« findes ikke."),
        "land": _("Landet »{text}« findes ikke."),
    }[kind].format(text=_quoted(text))
    near = [structure.place(kind, id) for id in structure.nearest(kind, text)]
    hint = ", ".join(f"{place.id} ({place.name})" for place in near)
    return problem, expected, _("Mente du {places}?").format(places=hint) if hint else ""


@lru_cache(len(structure.KINDS))
def _places(kind: str) -> dict[str, str]:
    """Every way of writing a place of a kind; a name two places share is none of them."""
    ids: dict[str, set[str]] = defaultdict(set)
    for place in structure.places(kind):
        for text in (place.id, place.name, *place.details.get("alt_names", ())):
            ids[_plain(kind, text)].add(place.id)
    return {text: found.pop() for text, found in ids.items() if len(found) == 1}


def _plain(kind: str, text: str) -> str:
    text = " ".join(text.casefold().split())
    if kind == "kommune":
        # "Randers Kommune", "Faxe kommune"; København is also written "Københavns Kommune".
        text = "københavn" if text == "københavns kommune" else text.removesuffix(" kommune")
        return text.lstrip("0") if text.isdigit() else text
    return text


def _period(number: int, text: str, faults: _Faults) -> str:
    if periods.is_period(text):
        return text
    faults.add(
        number,
        "period",
        _("»{text}« er ikke en periode.").format(text=_quoted(text))
        if text
        else _("Cellen er tom."),
        _("et år (2024), et kvartal (2024-K3) eller en måned (2024-11)"),
    )
    return ""


def _number(
    number: int,
    column: str,
    cells: Mapping[str, str],
    comma: bool,
    faults: _Faults,
    *,
    required: bool = False,
) -> float | None:
    text = cells.get(column, "")
    if not text:
        if required:
            faults.add(number, column, _("Cellen er tom."), _("et tal"))
        return None
    if comma and _THOUSANDS.fullmatch(text):
        # 1.234 in a file with decimal commas is a thousand to most, and one and a bit to some.
        faults.add(number, column, *_not_a_number(text, comma))
        return None
    wanted = text.replace(",", ".") if comma and "." not in text else text
    if _NUMBER.fullmatch(wanted) and isfinite(float(wanted)):
        return float(wanted)
    faults.add(number, column, *_not_a_number(text, comma))
    return None


def _not_a_number(text: str, comma: bool) -> tuple[str, str, str]:
    if comma and re.fullmatch(r"[+-]?[\d.,]+", text):
        return (
            _("»{text}« har punktum, hvor filen har decimalkomma.").format(text=_quoted(text)),
            _("decimalkomma i hele filen og ingen tusindtalspunktum: 1234,5"),
            _("Fjern tusindtalspunktummer, og brug samme decimaltegn i hele filen."),
        )
    if re.fullmatch(r"[+-]?[\d.]*\d,\d+", text):
        return (
            _("»{text}« har decimalkomma.").format(text=_quoted(text)),
            _("decimalpunktum (12.5), når filens celler er adskilt af komma"),
            _("Skriv punktum, eller gem filen med semikolon mellem cellerne."),
        )
    return (
        _("»{text}« er ikke et tal.").format(text=_quoted(text)),
        _("et tal uden enhed, mellemrum og tusindtalsskille"),
        "",
    )


def _whole(number: int, cells: Mapping[str, str], comma: bool, faults: _Faults) -> int | None:
    found = _number(number, "n", cells, comma, faults)
    if found is None:
        return None
    if found < 0 or not found.is_integer():
        faults.add(number, "n", _("n er ikke et antal."), _("et helt tal på 0 eller derover"))
        return None
    return int(found)


def _has_decimal_comma(table: tables.Table) -> bool:
    """Whether numbers are written the Danish way; impossible where commas part the cells."""
    if table.separator == ",":
        return False
    numbers = ("value", "n", "lower", "upper")
    return any("," in cells.get(column, "") for _n, cells in table.rows for column in numbers)


def _about(number: int, cells: Mapping[str, str], faults: _Faults) -> About:
    theme = cells.get("theme", "").lower()
    if theme and theme not in THEME_OF_CODE:
        faults.add(
            number,
            "theme",
            _("»{text}« er ikke et tema.").format(text=_quoted(theme)),
            ", ".join(THEME_OF_CODE),
        )
    return About(
        title_da=cells.get("title_da", "") or cells["indicator"],
        title_en=cells.get("title_en", ""),
        unit=cells.get("unit", ""),
        theme=theme or "population",
    )


def _duplicates(rows: list[tuple[int, Row]], faults: _Faults) -> None:
    first: dict[tuple[str, ...], int] = {}
    for number, row in rows:
        earlier = first.setdefault(row.key, number)
        if earlier != number:
            faults.add(
                number,
                "indicator, place_kind, place, period",
                _("Rækken gentager række {row}.").format(row=earlier),
                _("ét tal for hver indikator, hvert sted og hver periode"),
                _("Fjern den ene."),
            )


def _where(rows: list[int], column: str) -> str:
    named = ", ".join(map(str, rows[:_ROWS_NAMED]))
    if len(rows) > _ROWS_NAMED:
        named = _("{rows} og {more} til").format(rows=named, more=len(rows) - _ROWS_NAMED)
    return _("række {rows}, kolonne {column}").format(rows=named, column=column)


def _quoted(text: str) -> str:
    """What was written, cut short: a message is no place for a whole cell."""
    return text if len(text) <= 40 else f"{text[:39]}…"


def _refused(name: str, faults: list[Fault]) -> BadInput:
    return BadInput(
        _("{name} er ikke indlæst. Ret fejlene, og prøv igen.").format(name=name), faults
    )
