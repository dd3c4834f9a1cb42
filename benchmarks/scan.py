"""The floor: reads every value of the columns a build needs once, and does nothing with them.

Each value is hashed, so that no answer can come from the statistics in a file. Prints CPU seconds
of the scan alone. `python benchmarks/scan.py REGISTERS|WORK CODE ...`
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from klynge.engine.backends.duckdb import Database, name
from klynge.engine.indicators.catalogue import choose, every
from klynge.engine.registers import catalogue
from klynge.engine.registers.files import find_register
from klynge.engine.registers.reader import scan
from klynge.engine.spine.models import columns_of, needed_for, registers_of
from klynge.engine.store.opening import columns_of as stored
from klynge.engine.store.opening import open_store
from klynge.engine.store.pieces import Store
from klynge.engine.store.work import MARKER, Work


def main(folder: Path, codes: list[str]) -> None:
    indicators = choose(codes or None, every())
    tables = registers_of(needed_for({t for each in indicators for t in each.tables}))
    with Database("1GB", 2, folders=[folder]) as db:
        queries = _of_store(db, folder, tables) if _is_work(folder) else _raw(folder, tables)
        began = time.process_time()
        for query in queries:
            db.fetchall(query)
        print(time.process_time() - began)


def _is_work(folder: Path) -> bool:
    return (folder / MARKER).exists()


def _of_store(db: Database, folder: Path, tables: tuple[str, ...]) -> list[str]:
    store = Store.open(Work(folder))
    there = [table for table in tables if store.of(table)]
    open_store(db, store, there)
    return [_hashed(stored(store, table), f"reg_{table}") for table in there]


def _raw(folder: Path, tables: tuple[str, ...]) -> list[str]:
    queries = []
    for table in map(catalogue.table, tables):
        wanted = columns_of(table.name)
        for derived in table.derived:
            if derived.name in wanted:
                wanted |= {c.name for c in table.columns if c.name in derived.sql}
        if table.parent:
            wanted |= {table.parent.key}
        for part in find_register(folder.resolve(), table).parts:
            found = [part.layout.find(c) for c in table.columns if c.name in wanted]
            queries.append(_hashed([name(f.name) for f in found if f], scan(part)))
    return queries


def _hashed(columns: object, source: str) -> str:
    return f"SELECT {', '.join(f'bit_xor(hash({column}))' for column in columns)} FROM {source}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
