"""Registers as DuckDB views `reg_<table>` with canonical names and types.

The readers of the views (spine and checks) need not know how the extract was delivered. A view
never stops at a value: what cannot be converted is NULL, and `check` tells of it beforehand.
"""

# ruff: noqa: S608  (names come from the catalogue, paths and file names are quoted)
from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from klynge.engine.backends.duckdb import Database, literal, name
from klynge.engine.registers import catalogue, convert, forms, unread
from klynge.engine.registers.describe import Column, Parent, Table
from klynge.engine.registers.files import Found, Part, Register, find_forms
from klynge.engine.registers.sas import Copies
from klynge.faults import BadInput
from klynge.texts import _

REJECTS_LIMIT = 100_000
"""How many ill-formed lines of a CSV file are counted before counting stops."""


def open_registers(db: Database, folder: Path, tables: Iterable[str]) -> None:
    """Make a view `reg_<table>` of every table named, with the columns of the catalogue.

    Columns an extract lacks are there as NULL; `kontakter` also has start_ts and slut_ts. Run
    `check` first: here only a table that is not there at all, or whose files cannot be opened,
    raises `BadInput`. Every form a table is delivered in is read, and a row that a newer form tells
    too is `doubled`. A table with a parent has the columns it inherits when the parent is opened
    too.
    """
    from klynge.engine.registers.check import check_presence

    if not folder.is_dir():
        raise BadInput(_("Registrene kan ikke læses."), [unread.no_folder(folder)])
    copies = Copies(db.private)
    wanted = {
        table: [copies.of(register) for register in find_forms(folder.resolve(), table)]
        for table in map(catalogue.table, tables)
    }
    faults = [
        fault for found in wanted.values() for each in found for fault in check_presence(each)
    ]
    if faults:
        raise BadInput(_("Registrene kan ikke læses."), faults)
    opened: dict[str, forms.Ranked] = {}
    # Parents first: a view is bound when it is made.
    for table in sorted(wanted, key=lambda each: each.parent is not None):
        parent = table.parent if table.parent and table.parent.table in opened else None
        rows = [(forms.rank(each.table), table_sql(each)) for each in wanted[table]]
        if parent:
            rows = [(place, with_parent(sql, parent)) for place, sql in rows]
        if parent or table.person:
            rows = [(place, with_replacements(table, sql)) for place, sql in rows]
        opened[table.name] = rows
        originals = opened[parent.table] if parent else () if table.parent else rows
        db.execute(
            f"CREATE OR REPLACE TEMP VIEW reg_{table.name} AS"
            f" {forms.together(table, rows, originals)}",
            doing=_("åbning af {table}").format(table=table.name),
        )


def with_parent(sql: str, parent: Parent, rows: str = "") -> str:
    """The rows of `sql` with the columns they inherit.

    rows: what has the parent's rows; its view when not given.
    """
    inherited = ", ".join(f"p.{column}" for column in parent.inherits)
    return (
        f"SELECT c.*, {inherited}, p.{parent.key} IS NOT NULL AS {parent.found} FROM ({sql}) AS c"
        f" LEFT JOIN {rows or 'reg_' + parent.table} AS p ON p.{parent.key} = c.{parent.key}"
    )


def table_sql(register: Register, plain: Collection[tuple[Part, Column]] = ()) -> str:
    """The rows of a register with the columns of its table, whatever form they came in."""
    return forms.in_the_table(register.table, view_sql(register, plain))


def with_replacements(table: Table, sql: str) -> str:
    """The rows of `sql` and whether each stands under a replacement number."""
    person = table.person or (catalogue.table(table.parent.table).person if table.parent else "")
    told = convert.is_replacement(person) if person else "false"
    return f"SELECT *, {told} AS {forms.REPLACEMENT} FROM ({sql})"


def view_sql(register: Register, plain: Collection[tuple[Part, Column]] = ()) -> str:
    """The query behind `reg_<table>`. plain: columns of parts that need no conversion."""
    columns = [_outer(column) for column in register.table.columns]
    derived = [f"{made.sql} AS {made.name}" for made in register.table.derived]
    parts = " UNION ALL ".join(_canonical(register.table, part, plain) for part in register.parts)
    return f"SELECT {', '.join([*columns, *derived])} FROM ({parts})"


def plain_columns(db: Database, register: Register) -> list[tuple[Part, Column]]:
    """The columns of codes whose values are all written as they should be: read as they are.

    Asked of the different values only, so it costs a fraction of converting every row.
    """
    found = []
    for part in register.parts:
        for column in register.table.columns:
            raw = part.layout.find(column)
            if raw is None or raw.family != "text" or column.type not in ("code", "kommune"):
                continue
            x = name(raw.name)
            other = f"{convert.converted(x, 'text', column)} IS DISTINCT FROM {x}"
            different = f"(SELECT DISTINCT {x} FROM {scan(part)})"
            # As a filter of the sum: DuckDB would ask a WHERE of every row before it tells values
            # apart.
            query = f"SELECT count(*) FILTER ({other}) FROM {different}"
            if db.fetchall(query, doing=register.table.name)[0][0] == 0:
                found.append((part, column))
    return found


def keys_sql(register: Register) -> str:
    """The different keys of persons in a register, as the view has them, in the column `key`."""
    column = register.table.column(register.table.person)
    selects = []
    for part in register.parts:
        if raw := part.layout.find(column):
            key = convert.converted(name(raw.name), raw.family, column)
            different = f"(SELECT DISTINCT {name(raw.name)} FROM {scan(part)})"
            selects.append(f"SELECT {key} AS key FROM {different}")
    return " UNION ALL ".join(selects) or "SELECT CAST(NULL AS VARCHAR) AS key"


def scan(
    part: Part,
    files: Iterable[Path] | None = None,
    *,
    numbered: bool = False,
    keep_rejects: bool = False,
) -> str:
    """The FROM clause that reads a part, or only some files of it.

    Lines of a CSV that do not have the header's number of columns are passed over.
    numbered: with klynge_file and (Parquet) file_row_number, to tell where a row stands.
    keep_rejects: the lines passed over are kept in the table `rejects`, their files in
        `rejects_scan`.
    """
    listed = ", ".join(literal(str(file)) for file in (files or part.copies or part.files))
    layout = part.layout
    options = ["filename = 'klynge_file'"] if numbered else []
    if layout.format != "csv":
        options += ["file_row_number = true"] if numbered else []
        options += [f"hive_partitioning = {literal(layout.hive)}"]
        options += ["hive_types_autocast = false"] if layout.hive else []
        return f"read_parquet([{listed}], {', '.join(options)})"
    types = ", ".join(f"{literal(found.name)}: 'VARCHAR'" for found in layout.columns)
    options += [
        "auto_detect = false",
        "header = true",
        f"delim = {literal(layout.delimiter)}",
        "quote = '\"'",
        "escape = '\"'",
        f"columns = {{{types}}}",
    ]
    if keep_rejects:
        options += ["store_rejects = true", "rejects_table = 'rejects'"]
        options += ["rejects_scan = 'rejects_scan'", f"rejects_limit = {REJECTS_LIMIT}"]
    else:
        options += ["ignore_errors = true"]
    return f"read_csv([{listed}], {', '.join(options)})"


def _canonical(table: Table, part: Part, plain: Collection[tuple[Part, Column]]) -> str:
    columns = (
        _inner(column, part.layout.find(column), plain=(part, column) in plain)
        for column in table.columns
    )
    return f"SELECT {', '.join(columns)} FROM {scan(part)}"


def _inner(column: Column, found: Found | None, *, plain: bool) -> str:
    if found is not None and plain:
        return f"{name(found.name)} AS {column.name}"
    family = "null" if found is None else found.family
    raw = "NULL" if found is None else name(found.name)
    return f"{convert.converted(raw, family, column)} AS {column.name}"


def _outer(column: Column) -> str:
    if column.type == "time":
        # Text, because Spark has no time of day; fractions of a second are dropped.
        return f"left(CAST({column.name} AS VARCHAR), 8) AS {column.name}"
    return column.name
