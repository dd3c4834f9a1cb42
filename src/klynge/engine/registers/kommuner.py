"""What a register's kommune codes are: one of the 98, a place outside them, or one of before 2007.

`merged_kommuner.csv` names for each code that ended in the mergers (Bornholm in 2003, Ærø in 2006,
the rest on 1 January 2007) the kommune that most of it belongs to now. Bornholm and Ærø are sourced
(Statistics Denmark, AMT_KOM); the rest is probable: the sum is the 270 kommuner of 2006.
"""

# ruff: noqa: S608  (names come from the catalogue)
from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from klynge.engine.backends.duckdb import Database
from klynge.engine.registers import words
from klynge.engine.registers.describe import Column
from klynge.engine.registers.files import Register
from klynge.engine.registers.reader import view_sql
from klynge.faults import Fault

CHRISTIANSOE = "411"
OUTSIDE = "411|9[0-9]{2}"
"""Christiansø, and codes of the CPR system for abroad, Greenland and no known address."""

_LATE = "referencetid >= DATE '2006-12-31'"


@cache
def merged() -> Mapping[str, str]:
    """For each code that is no more, the kommune that most of it belongs to now."""
    file = Path(__file__).parent / "merged_kommuner.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["old"]: row["new"] for row in csv.DictReader(lines)}


def told(db: Database, register: Register) -> tuple[list[str], list[Fault]]:
    """Notes of people outside the 98, and faults of old codes where there should be new ones.

    Old codes are in order in a snapshot of the population of before 2007.
    """
    notes: list[str] = []
    faults: list[Fault] = []
    for column in register.table.columns:
        if column.type == "kommune" and any(part.layout.find(column) for part in register.parts):
            counts, late = _counted(db, register, column)
            notes += _notes(register, column, counts)
            old = {code: merged()[code] for code in sorted(late) if code in merged()}
            if old:
                rows = sum(late[code] for code in old)
                faults.append(words.merged_kommuner(register.table, column, rows, old))
    return notes, faults


def _counted(
    db: Database, register: Register, column: Column
) -> tuple[dict[str, int], dict[str, int]]:
    """The rows of each code, and those where it should be a code of today."""
    dated = any(other.name == "referencetid" for other in register.table.columns)
    late = f"count(*) FILTER ({_LATE})" if dated else "count(*)"
    rows = db.fetchall(
        f"SELECT {column.name}, count(*), {late} FROM ({view_sql(register)})"
        f" WHERE {column.name} IS NOT NULL GROUP BY 1",
        doing=register.table.name,
    )
    return {c: int(n) for c, n, _late in rows}, {c: int(n) for c, _n, n in rows if n}


def _notes(register: Register, column: Column, counts: Mapping[str, int]) -> list[str]:
    island = counts.get(CHRISTIANSOE, 0)
    abroad = sum(n for code, n in counts.items() if code.startswith("9") and len(code) == 3)
    old = sum(n for code, n in counts.items() if code in merged())
    return words.outside_the_98(register.table, column, island=island, abroad=abroad, old=old)
