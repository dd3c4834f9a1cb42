"""Rows of a table from every form it was delivered in, and which of them tell of the same thing.

A delivery may hold LPR2 to 2018, LPR_A of all years and LPR3_F of the newest. What two forms tell
of the same contact is not the same word for word, and its key never is. So a row is told again by a
newer form when that has one of the same person that began in the same hour: it is marked `doubled`,
counts nowhere, and is accounted for.
"""

# ruff: noqa: S608  (names come from the catalogue)
from __future__ import annotations

from collections.abc import Sequence

from klynge.engine.registers import catalogue
from klynge.engine.registers.describe import Table

DOUBLED = "doubled"
REPLACEMENT = "replacement"
"""The column that tells whether a row stands under a replacement number."""

Ranked = Sequence[tuple[int, str]]
"""Queries, each with the place of its form: the lowest is believed."""


def rank(form: Table) -> int:
    """The place of a form among those of its table, and of a child's among its parent's."""
    series = ["", *dict.fromkeys(f.becomes.series for f in catalogue.FORMS.values() if f.becomes)]
    return series.index(form.becomes.series if form.becomes else "")


def has_forms(table: Table) -> bool:
    """Whether a table is delivered in more forms than one."""
    return len(catalogue.forms_of(table)) > 1


def in_the_table(form: Table, query: str) -> str:
    """The rows of a form's view with the columns of the table they become."""
    if form.becomes is None:
        return query
    table, told = catalogue.into(form), dict(form.becomes.columns)
    types = {column.name: column.duckdb_type for column in table.columns}
    types |= {derived.name: derived.duckdb_type for derived in table.derived}
    columns = ", ".join(
        f"CAST({told.get(name, 'NULL')} AS {type_}) AS {name}" for name, type_ in types.items()
    )
    return f"SELECT {columns} FROM ({query})"


def together(table: Table, rows: Ranked, originals: Ranked) -> str:
    """All rows of a table, with `doubled`.

    originals: the rows of the table that tells what is alike: a child's parent, or the table.
    """
    told = []
    for place, query in rows:
        newer = [original for other, original in originals if other < place]
        told.append(f"SELECT r.*, {_doubled(table, newer)} AS {DOUBLED} FROM ({query}) AS r")
    return " UNION ALL ".join(told)


def _doubled(table: Table, newer: Sequence[str]) -> str:
    alike = catalogue.table(table.parent.table).alike if table.parent else table.alike
    if not newer or not alike:
        return "false"
    names = [f"alike_{at}" for at in range(len(alike))]
    told = ", ".join(f"{sql} AS {name}" for sql, name in zip(alike, names, strict=True))
    there = " UNION ALL ".join(f"SELECT {told} FROM ({query})" for query in newer)
    same = " AND ".join(f"n.{name} = {sql}" for sql, name in zip(alike, names, strict=True))
    return f"EXISTS (SELECT 1 FROM ({there}) AS n WHERE {same})"
