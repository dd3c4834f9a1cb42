"""How far back a register goes, against how far definitions of chronic disease look."""

# ruff: noqa: S608  (names come from the catalogue)
from __future__ import annotations

from statistics import median

from klynge.engine.backends.duckdb import Database
from klynge.engine.registers import words
from klynge.engine.registers.files import Register
from klynge.engine.registers.reader import view_sql

LOOKED_BACK = 10
"""So many years tell nearly everybody who has a chronic disease; see the quality report."""

_DATES = {"lmdb": "eksd"}
_FEW = 0.1


def told(db: Database, register: Register) -> list[str]:
    """A note when the medicines go less far back than definitions look. The hospital contacts are
    looked at in the quality report, where all their forms are together."""
    day = _DATES.get(register.table.name)
    if not day:
        return []
    rows = db.fetchall(
        f"SELECT year({day}), count(*) FROM ({view_sql(register)}) WHERE {day} IS NOT NULL"
        " GROUP BY 1",
        doing=register.table.name,
    )
    if not rows:
        return []
    usual = median(int(n) for _year, n in rows)
    years = [int(year) for year, n in rows if n >= _FEW * usual]
    if max(years) - min(years) >= LOOKED_BACK:
        return []
    return [words.short_history(register.table, min(years), max(years), LOOKED_BACK)]
