"""Puts a pack's figures into the database, fast.

A pack has some 170,000 rows. `bulk_create` makes an object of each and, on SQLite, a statement of
every 70: nine seconds where `executemany` of plain tuples takes one and a half. The rows were
verified by klynge.datapack, and the table's constraints hold either way.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
from django.db import connection

from klynge.web.figures.models import Figure

BATCH = 20_000


def save_figures(figures: pa.Table, indicators: Mapping[str, int]) -> None:
    """Insert every row of `figures`; `indicators` gives the key of each code. In a transaction."""
    names = figures.column_names
    fields = [Figure._meta.get_field(name) for name in names]
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    # Only names of our own model are put into the text; the values are parameters.
    sql = f"INSERT INTO {quoted(Figure._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608
    at = names.index("indicator")
    with connection.cursor() as cursor:
        for batch in figures.to_batches(max_chunksize=BATCH):
            cells = [column.to_pylist() for column in batch.columns]
            cells[at] = [indicators[code] for code in cells[at]]
            cursor.executemany(sql, list(zip(*cells, strict=True)))
