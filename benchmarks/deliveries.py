"""Cuts registers in two deliveries: everything to November 2025, and December as files of its own.

`python benchmarks/deliveries.py REGISTERS FIRST MONTH`
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

IN_THE_LAST_MONTH = {
    "bef": "referencetid >= DATE '2025-12-01'",
    "dod": "doddato >= DATE '2025-12-01'",
    "kontakter": "dato_start >= DATE '2025-12-01'",
    "sssy": "honuge >= '2549'",
    "lmdb": "eksd >= DATE '2025-12-01'",
}
"""A table that is not here comes whole with the first delivery."""


def main(registers: Path, first: Path, month: Path) -> None:
    db = duckdb.connect(config={"memory_limit": "1500MB", "threads": 2})
    db.execute(f"SET temp_directory = '{first.parent}'")
    folders = sorted(entry for entry in registers.iterdir() if entry.is_dir())
    # Contacts are cut before their diagnoses.
    for folder in sorted(folders, key=lambda each: each.name == "diagnoser"):
        source = f"read_parquet('{folder}/*.parquet')"
        rule = IN_THE_LAST_MONTH.get(folder.name, "false")
        if folder.name == "diagnoser":
            late = f"SELECT dw_ek_kontakt FROM read_parquet('{month}/kontakter/*.parquet')"
            rule = f"dw_ek_kontakt IN ({late})"
        for where, condition in ((month, rule), (first, f"NOT ({rule})")):
            (where / folder.name).mkdir(parents=True, exist_ok=True)
            file = where / folder.name / ("2025-12.parquet" if where == month else "first.parquet")
            db.execute(
                f"COPY (SELECT * FROM {source} WHERE {condition}) TO '{file}'"
                " (FORMAT parquet, COMPRESSION zstd)"
            )
            if where == month and not db.sql(f"SELECT count(*) FROM '{file}'").fetchall()[0][0]:
                file.unlink()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
