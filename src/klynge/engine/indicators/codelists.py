"""Codelists: small CSV files beside the indicators that use them.

Columns: code, match, label, source; a codelist may have further ones of its own.

    code    upper case without dots: DJ44, R03AC18
    match   prefix (the code and all that begin with it) or exact
    label   what the code means, in Danish, as in SKS or ATC
    source  where it is read that the code belongs here
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from pathlib import Path

from klynge.engine.indicators.words import authors_line, heading, nearest, short
from klynge.faults import DefinitionError, Fault
from klynge.texts import _

COLUMNS = ("code", "match", "label", "source")
MATCHES = ("prefix", "exact")


@dataclass(frozen=True, slots=True)
class Code:
    """One line of a codelist; `own` holds the columns beyond the common ones."""

    code: str
    match: str
    label: str
    source: str
    own: tuple[tuple[str, str], ...] = ()

    def get(self, column: str) -> str:
        """What the line says in a column of the codelist's own; "" when it has no such column."""
        return dict(self.own).get(column, "")


@dataclass(frozen=True, slots=True)
class Codelist:
    """The codes of one file."""

    name: str
    codes: tuple[Code, ...]

    def holds(self, code: str) -> bool:
        """Whether `code` is on the list."""
        return any(
            code == line.code or (line.match == "prefix" and code.startswith(line.code))
            for line in self.codes
        )

    @property
    def exact(self) -> tuple[str, ...]:
        """Codes that match only themselves."""
        return tuple(sorted(line.code for line in self.codes if line.match == "exact"))

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Codes that match all that begin with them."""
        return tuple(sorted(line.code for line in self.codes if line.match == "prefix"))

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources named in it, in order, each once."""
        return tuple(dict.fromkeys(line.source for line in self.codes))


def codelist(name: str) -> Codelist:
    """The codelist `name`.csv beside the file that asks for it.

    DefinitionError names the nearest when there is none, and all faults of the file at once.
    """
    folder = Path(sys._getframe(1).f_code.co_filename).parent
    path = folder / f"{name}.csv"
    if not path.is_file():
        known = [other.stem for other in folder.glob("*.csv")]
        raise DefinitionError(
            heading(),
            [
                Fault(
                    authors_line(),
                    _("Kodelisten '{name}' findes ikke.").format(name=name),
                    _("filen {file} ved siden af indikatoren").format(file=short(path)),
                    nearest(name, known) if known else _("Læg kodelisten ved siden af filen."),
                )
            ],
        )
    return read(path)


def read(path: Path) -> Codelist:
    """Read and check one codelist."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        columns = tuple(reader.fieldnames or ())
        rows = [(reader.line_num, row) for row in reader]
    missing = [column for column in COLUMNS if column not in columns]
    if missing or not rows:
        problem = (
            _("Kolonnerne {columns} mangler.").format(columns=", ".join(missing))
            if missing
            else _("Kodelisten er tom.")
        )
        raise DefinitionError(heading(), [_fault(path, None, problem)])
    faults = [
        _fault(path, line, wrong) for line, row in rows if (wrong := _problem(row)) is not None
    ]
    faults += _repeated(path, rows)
    if faults:
        raise DefinitionError(heading(), faults)
    own = [column for column in columns if column not in COLUMNS]
    codes = (
        Code(
            row["code"],
            row["match"],
            row["label"],
            row["source"],
            tuple((name, row[name] or "") for name in own),
        )
        for _line, row in rows
    )
    return Codelist(path.stem, tuple(codes))


def _problem(row: dict[str, str]) -> str | None:
    code = row["code"] or ""
    if not code or code != code.strip().upper() or not code.isalnum():
        return _("Koden er tom, har små bogstaver, punktum eller mellemrum.")
    if row["match"] not in MATCHES:
        return _("'match' er hverken prefix eller exact.")
    if not row["label"] or not row["source"]:
        return _("Koden mangler betydning (label) eller kilde (source).")
    return None


def _repeated(path: Path, rows: list[tuple[int, dict[str, str]]]) -> list[Fault]:
    seen: set[tuple[str, ...]] = set()
    faults = []
    for line, row in rows:
        key = tuple(value or "" for name, value in row.items() if name not in ("label", "source"))
        if key in seen:
            faults.append(_fault(path, line, _("Koden står der i forvejen.")))
        seen.add(key)
    return faults


def _fault(path: Path, line: int | None, problem: str) -> Fault:
    where = short(path)
    if line is not None:
        where = _("{file}, linje {line}").format(file=where, line=line)
    return Fault(
        where,
        problem,
        _("kolonnerne {columns}; en kode pr. linje, fx DJ44,prefix,KOL,<kilde>").format(
            columns=", ".join(COLUMNS)
        ),
        _("Ret kodelisten."),
    )
