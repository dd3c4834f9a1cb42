"""How pieces are written.

Denser packing, and filters for look-ups that nobody makes, cost a quarter of all preparing and
spared a tenth of the disk. Of the rest half was words: codes that a row has one of a few thousand
of. They are numbers while they are cut into ranges and written; the file has each word once.
"""

# ruff: noqa: S608  (names come from the catalogue, words are quoted)
from __future__ import annotations

from collections.abc import Sequence

from klynge.engine.backends.duckdb import Database, literal
from klynge.engine.registers import catalogue
from klynge.engine.registers.files import Register
from klynge.engine.registers.reader import plain_columns, table_sql
from klynge.texts import _

WRITTEN = "FORMAT parquet, COMPRESSION lz4_raw, WRITE_BLOOM_FILTER false, ROW_GROUP_SIZE 122880"

FEW = 5_000
"""So many different words are worth numbering: each group of rows has the list of them."""


def as_numbers(db: Database, register: Register, wanted: Sequence[str], rows: str) -> str:
    """The query `rows` of a register's rows with the words of its columns of few as numbers."""
    if any(part.layout.format != "parquet" for part in register.parts):
        return rows  # Other formats have no list of words: they would be read twice over.
    words = _few(db, register, wanted)
    for column, found in words.items():
        listed = ", ".join(map(literal, found))
        db.execute(f"CREATE OR REPLACE TYPE words_of_{column} AS ENUM ({listed})", doing=column)
    told = ", ".join(f"CAST({column} AS words_of_{column}) AS {column}" for column in words)
    return f"SELECT * REPLACE ({told}) FROM ({rows})" if words else rows


def _few(db: Database, register: Register, wanted: Sequence[str]) -> dict[str, list[str]]:
    """The different words of each column that has few."""
    table = catalogue.into(register.table)
    keys = {table.person, *table.primary_key, table.parent.key if table.parent else ""}
    columns = [
        column.name
        for column in (*table.columns, *table.derived)
        if column.duckdb_type == "VARCHAR" and column.name in wanted and column.name not in keys
    ]
    if not columns:
        return {}
    source = f"({table_sql(register, plain_columns(db, register))})"
    doing = _("forberedelse af {table}").format(table=table.name)
    asked = ", ".join(f"approx_count_distinct({column})" for column in columns)
    about = db.fetchall(f"SELECT {asked} FROM {source}", doing=doing)[0]
    few = [column for column, n in zip(columns, about, strict=True) if 0 < n <= FEW]
    if not few:
        return {}
    asked = ", ".join(f"list(DISTINCT {column})" for column in few)
    found = db.fetchall(f"SELECT {asked} FROM {source}", doing=doing)[0]
    words = zip(few, found, strict=True)
    return {column: sorted(each for each in told if each is not None) for column, told in words}
