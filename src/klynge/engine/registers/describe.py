"""The words a register is described in: table, column, rule. See catalogue.py for the registers."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

ColumnType = Literal[
    "pnr", "text", "code", "kommune", "date", "time", "moment", "integer", "number"
]
Certainty = Literal["S", "P", "K"]

DUCKDB_TYPES: Mapping[ColumnType, str] = {
    "pnr": "VARCHAR",
    "text": "VARCHAR",
    "code": "VARCHAR",
    "kommune": "VARCHAR",
    "date": "DATE",
    "time": "VARCHAR",
    "moment": "TIMESTAMP",
    "integer": "BIGINT",
    "number": "DOUBLE",
}
"""What each type is in the `reg_` views. A time of day is text, HH:MM:SS."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a register.

    name: canonical, lower case. synonyms: other names for the same, matched without case.
    type: `DUCKDB_TYPES` says what it becomes. `pnr` is a text key: a CPR number of ten characters
        or any pseudonym; never rejected on modulus 11.
    required: the column must be there. unless: another column that, when it is there, makes this
        one needless. nullable: it may be empty in some rows.
    pattern: a regular expression the whole value must match (codes are upper-cased first).
    codes: the only values there may be. fold: "upper", "lower" or "" for text as it is.
    width: codes of digits are filled with zeros in front up to it (deliveries drop them).
    da, en: what it is. expected_da, expected_en: what a value should look like, in words.
    """

    name: str
    type: ColumnType
    da: str
    en: str
    synonyms: tuple[str, ...] = ()
    required: bool = True
    unless: str = ""
    nullable: bool = False
    pattern: str = ""
    codes: tuple[str, ...] = ()
    fold: Literal["", "upper", "lower"] = ""
    width: int = 0
    expected_da: str = ""
    expected_en: str = ""

    @property
    def duckdb_type(self) -> str:
        return DUCKDB_TYPES[self.type]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it may have in a file, the canonical one first."""
        return (self.name, *self.synonyms)


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that must hold within a row; `broken` is SQL that is true where it does not.

    line: what is wrong, in words ("slut før start").
    """

    columns: tuple[str, ...]
    broken: str
    da: str
    en: str


@dataclass(frozen=True, slots=True)
class Derived:
    """A column the reader adds to the view, computed by `sql` from the canonical ones."""

    name: str
    duckdb_type: str
    sql: str
    da: str
    en: str


@dataclass(frozen=True, slots=True)
class Parent:
    """Where a table without a person's key finds its person: the row of `table` with its `key`.

    Its `inherits` columns of that row stand in the view too, and `found`: whether there is a row.
    """

    table: str
    key: str
    inherits: tuple[str, ...]
    found: str


@dataclass(frozen=True, slots=True)
class Becomes:
    """What the rows of a table become: rows of `table`, another form of which it is.

    columns: names of that table's columns, and the SQL that makes each of one's own; the rest are
    empty. series: which row of numbers its contacts' keys are taken from.
    """

    table: str
    columns: tuple[tuple[str, str], ...]
    series: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One register table.

    synonyms: other names its file or folder may have. primary_key: columns that together name a
    row, empty when the register has none. certainty: S (a source describes this layout), P
    (probable), K (our own layout). sources: keys of `catalogue.SOURCES`. parent: for a table whose
    rows belong to another table's. becomes: for another form of a table.
    alike: SQL that is the same in two rows that tell of the same thing in two forms.
    optional: nothing is missing when it is not there.
    """

    name: str
    da: str
    en: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    derived: tuple[Derived, ...] = ()
    parent: Parent | None = None
    becomes: Becomes | None = None
    alike: tuple[str, ...] = ()
    optional: bool = False
    certainty: Certainty = "S"
    certainty_note_da: str = ""
    certainty_note_en: str = ""
    sources: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """The column called `name` or by a synonym of it; KeyError names the nearest."""
        wanted = name.lower()
        for column in self.columns:
            if wanted in column.names:
                return column
        known = [column.name for column in self.columns]
        near = difflib.get_close_matches(wanted, known, n=3)
        raise KeyError(f"no column {name!r} in {self.name}; nearest: {near or known}")

    @property
    def person(self) -> str:
        """The column that holds the person's key, or "" when the table has none."""
        return next((column.name for column in self.columns if column.type == "pnr"), "")


def start_before_end(start: str, end: str) -> Rule:
    """The rule that `end` is not before `start`."""
    return Rule((start, end), f"{end} < {start}", f"{end} før {start}", f"{end} before {start}")
