"""The views `reg_<table>` over the store: of one person range, or of everybody."""

# ruff: noqa: S608  (names come from the catalogue, paths are quoted)
from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from klynge.engine.backends.duckdb import Database, literal
from klynge.engine.registers import catalogue, forms
from klynge.engine.registers.describe import Table
from klynge.engine.store.pieces import Piece, Store
from klynge.engine.store.vault import REPLACEMENTS

NUMBER = "INTEGER"
"""What a person's key is in the store."""


def types(table: Table) -> Mapping[str, str]:
    """Every column the view of a table can have, with its type in the store."""
    found = {column.name: column.duckdb_type for column in table.columns}
    found |= {derived.name: derived.duckdb_type for derived in table.derived}
    if table.person:
        found[table.person] = NUMBER
    if table.parent:
        above = types(catalogue.table(table.parent.table))
        found |= {column: above[column] for column in table.parent.inherits}
        found[table.parent.found] = "BOOLEAN"
    return found


def person_of(table: Table) -> str:
    """The column that tells whose a row is."""
    if table.person or table.parent is None:
        return table.person
    return person_of(catalogue.table(table.parent.table))


def open_store(db: Database, store: Store, tables: Iterable[str]) -> None:
    """Make the views of everybody."""
    for name in tables:
        db.execute(f"CREATE OR REPLACE VIEW reg_{name} AS {view(store, name)}", doing=name)


def view(store: Store, name: str, number: int | None = None) -> str:
    """The query of one table, in one range or in all."""
    table = catalogue.table(name)
    rows = _by_form(store, name, number)
    if person := person_of(table):
        told = f"coalesce({person} >= {REPLACEMENTS}, false) AS {forms.REPLACEMENT}"
        rows = [(place, f"SELECT *, {told} FROM ({query})") for place, query in rows]
    originals = _by_form(store, table.parent.table, number) if table.parent else rows
    return forms.together(table, rows, originals)


def read_for(store: Store, name: str) -> tuple[str, ...]:
    """The tables whose files tell what a view holds: its own, and its parent's when that came in
    more forms than one."""
    parent = catalogue.table(name).parent
    if parent and len({piece.form for piece in store.of(parent.table)}) > 1:
        return (name, parent.table)
    return (name,)


def in_form(store: Store, name: str, place: int) -> str:
    """The rows of a table that were delivered in the form of that place, of everybody."""
    rows = dict(_by_form(store, name, None))
    return rows.get(place) or reading(name, columns_of(store, name), [])


def _by_form(store: Store, name: str, number: int | None) -> forms.Ranked:
    """What was delivered of a table in each form; a query without rows when there is nothing."""
    columns = columns_of(store, name)
    files: dict[int, list[Path]] = {}
    for piece in store.of(name):
        place = forms.rank(catalogue.table(piece.form))
        files.setdefault(place, []).extend(_files(store, piece, number))
    there = sorted((place, found) for place, found in files.items() if found)
    return [
        (place, _once(store, name, reading(name, columns, found), number))
        for place, found in there or [(0, [])]
    ]


def _once(store: Store, name: str, query: str, number: int | None) -> str:
    """The rows without those that a person has twice, because they had two numbers: the register
    has its key once, so that nobody is two people of one snapshot, and nobody dies twice."""
    table = catalogue.table(name)
    linked = [n for n in store.linked if number is None or n // store.width == number]
    if not linked or table.person not in table.primary_key:
        return query
    person, theirs = table.person, ", ".join(map(str, linked))
    columns = ", ".join(columns_of(store, name))
    # The smallest row: any rule will do that always answers the same.
    return (
        f"SELECT {columns} FROM ({query}) WHERE {person} IS NULL OR {person} NOT IN ({theirs})"
        f" UNION ALL SELECT {columns} FROM (SELECT {columns}, ROW_NUMBER() OVER"
        f" (PARTITION BY {', '.join(table.primary_key)} ORDER BY {columns}) AS nth"
        f" FROM ({query}) WHERE {person} IN ({theirs})) WHERE nth = 1"
    )


def columns_of(store: Store, name: str) -> tuple[str, ...]:
    """The columns that every piece of a table has."""
    pieces = store.of(name)
    return tuple(
        column for column in types(catalogue.table(name))
        if pieces and all(column in piece.columns for piece in pieces)
    )  # fmt: skip


def reading(name: str, columns: Iterable[str], files: Iterable[Path]) -> str:
    """The query that reads some files of a table; no rows when there are none."""
    known = types(catalogue.table(name))
    listed = ", ".join(literal(str(file)) for file in files)
    if not listed:
        nothing = ", ".join(f"CAST(NULL AS {known[column]}) AS {column}" for column in columns)
        return f"SELECT {nothing} WHERE false"
    return f"SELECT {', '.join(columns)} FROM read_parquet([{listed}], hive_partitioning = false)"


def _files(store: Store, piece: Piece, number: int | None) -> list[Path]:
    numbers = sorted(piece.ranges) if number is None else [number]
    return [file for each in numbers for file in piece.files(store.folder, each)]
